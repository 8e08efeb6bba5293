import { extname } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { replaceFile } from '../files/durable-file'
import { zipped } from '../report/archive'
import { reportPage } from '../report/document'
import type { ReportFacts } from '../report/report'
import { reportFiles } from '../report/report-files'
import { parcelFiles, parcelTest, type ParcelTest } from '../report/parcel'
import { reportedRun } from '../report/reported-run'
import type { Runs } from '../runs/runs'
import type { RowLosses } from '../shared/comparing'
import { pairedTest, pairingOf, type PairedTest } from '../shared/paired-test'
import type { ReportRequest, WrittenParcel } from '../shared/reporting'
import { readerOf } from '../words/reader'
import type { Comparing } from './comparing'
import { KeptModels } from './kept-models'
import type { OpenData } from './open-data'
import { RunData } from './run-data'

/** Makes reports of runs. */
export class Reports {
  private readonly models: KeptModels
  private readonly data: RunData

  /** @param runsOf the folder of runs that a run is in */
  constructor(
    private readonly runsOf: (runId: string) => Pick<Runs, 'reading'>,
    private readonly comparing: Pick<Comparing, 'known'>,
    data: Pick<OpenData, 'forRun'>,
  ) {
    this.models = new KeptModels(runsOf)
    this.data = new RunData(data)
  }

  /** A report as one page. @throws StudioError 'not-found', or what reading a run throws */
  async page(request: ReportRequest): Promise<string> {
    return reportPage(
      await this.factsOf(request),
      readerOf(() => request.language),
    )
  }

  /** Writes a report: as a page, or where the name of the file ends so as a zip file with its charts and tables. @throws as `page` */
  async write(request: ReportRequest, path: string): Promise<void> {
    if (extname(path).toLowerCase() !== '.zip')
      return replaceFile(path, [new TextEncoder().encode(await this.page(request))])
    const facts = await this.factsOf(request)
    return replaceFile(path, zipped(reportFiles(facts, readerOf(() => request.language)))) // prettier-ignore
  }

  /** Writes a parcel of a run: its test rows are in it where its data can be had. @throws as `page`, and 'not-found' without a model */
  async pack(request: ReportRequest, path: string): Promise<WrittenParcel> {
    const [runId] = request.runIds
    const test = await this.testOf(runId)
    const facts = await this.factsOf({ ...request, runIds: [runId] })
    const reader = readerOf(() => request.language)
    await this.runsOf(runId).reading(runId, async (folder) =>
      replaceFile(path, zipped(await parcelFiles(folder, facts, test, reader))),
    )
    return { hasRows: test !== null }
  }

  private async testOf(runId: string): Promise<ParcelTest | null> {
    return this.models.use({ runId, model: 'best' }, async ({ model, session }, record) => {
      // A model is worth passing on without the rows that it was tested on, too.
      const data = await this.data.of(record).catch(() => null)
      return data && parcelTest(session, data, model, () => nextTurn())
    })
  }

  private async factsOf({ runIds, version }: ReportRequest): Promise<ReportFacts> {
    const [first, ...others] = runIds
    const read = (runId: string): ReturnType<typeof reportedRun> => this.runsOf(runId).reading(runId, reportedRun)
    const runs: [Awaited<ReturnType<typeof read>>, ...Awaited<ReturnType<typeof read>>[]] = [await read(first)]
    for (const runId of others) runs.push(await read(runId))
    return { runs, paired: await this.pairedOf(runs), version }
  }

  /** How runs differ row by row, where all that can be compared so were scored; null where they were not. */
  private async pairedOf(runs: ReportFacts['runs']): Promise<PairedTest | null> {
    const { runs: paired } = pairingOf(runs.map(({ summary }) => summary))
    if (paired.length < 2) return null
    const losses = new Map<string, RowLosses>()
    for (const { id } of paired) {
      const known = await this.comparing.known(id)
      if (known === null) return null
      losses.set(id, known)
    }
    return pairedTest(losses)
  }
}
