import { extname, resolve } from 'node:path'
import { version } from '../../package.json'
import { replaceFile } from '../files/durable-file'
import { zipped } from '../report/archive'
import { reportPage } from '../report/document'
import type { ReportFacts } from '../report/report'
import { reportFiles } from '../report/report-files'
import { reportedRun, type ReportedRun } from '../report/reported-run'
import { RunFolder } from '../runs/run-folder'
import { MOST_COMPARED_RUNS } from '../shared/comparing'
import { say } from '../words/say'
import { oneOf, UsageError } from './usage'
import { reader, t } from './words'

/** The options of `made report` as typed. */
export interface ReportOptions {
  readonly run: readonly string[]
  readonly out: string
}

/** `made report`: what a run came to, or several side by side, as one page, or with its charts and tables as a zip file. */
export async function reportCommand({ run, out }: ReportOptions): Promise<void> {
  const kind = oneOf('--out', extname(out).toLowerCase(), ['.html', '.zip'])
  const [first, ...others] = run
  if (run.length > MOST_COMPARED_RUNS)
    throw new UsageError(say('cli.report.many-runs', { runs: run.length, most: MOST_COMPARED_RUNS }))
  const runs: [ReportedRun, ...ReportedRun[]] = [await reportedRun(new RunFolder(resolve(first)))]
  for (const path of others) runs.push(await reportedRun(new RunFolder(resolve(path))))
  const facts: ReportFacts = { runs, paired: null, version }
  const path = resolve(out)
  if (kind === '.html') await replaceFile(path, [new TextEncoder().encode(reportPage(facts, reader))])
  else await replaceFile(path, zipped(reportFiles(facts, reader)))
  console.log(t('cli.report.written', { runs: run.length, out }))
}
