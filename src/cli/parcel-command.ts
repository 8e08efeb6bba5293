import { extname, resolve } from 'node:path'
import { version } from '../../package.json'
import { failureOf } from '../base/failure'
import { inTurn } from '../base/advice'
import { findEngine } from '../engine/find'
import { replaceFile } from '../files/durable-file'
import { zipped } from '../report/archive'
import { parcelFiles, parcelTest, type ParcelTest } from '../report/parcel'
import { reportedRun } from '../report/reported-run'
import { RunFolder } from '../runs/run-folder'
import { movedData, requireSameData } from '../runs/runs'
import { say } from '../words/say'
import { processorUseOf, type EngineOptions } from './engine-options'
import { openData, withReadingBar } from './places'
import { PhaseBar } from './progress'
import { remark } from './remark'
import { oneOf } from './usage'
import { reader, t } from './words'

/** The options of `made parcel` as typed. */
export interface ParcelOptions extends EngineOptions {
  readonly data?: string
  readonly out: string
}

/** `made parcel`: a run with its model, its report and a program that loads it elsewhere, in one zip file. */
export async function parcelCommand(path: string, options: ParcelOptions, signal: AbortSignal): Promise<void> {
  oneOf('--out', extname(options.out).toLowerCase(), ['.zip'])
  const use = processorUseOf(options)
  const folder = new RunFolder(resolve(path))
  const run = await reportedRun(folder)
  const test = await testOf(folder, run.record, options, use, signal)
  const files = await parcelFiles(folder, { runs: [run], paired: null, version }, test, reader)
  await replaceFile(resolve(options.out), zipped(files))
  console.log(t('cli.parcel.written', { out: options.out }))
}

/** The test rows and their loss; null, and why is told, where the data cannot be had. */
async function testOf(
  folder: RunFolder,
  record: Parameters<typeof requireSameData>[0],
  { data: path }: ParcelOptions,
  use: ReturnType<typeof processorUseOf>,
  signal: AbortSignal,
): Promise<ParcelTest | null> {
  try {
    const source = movedData(record.config.data, path === undefined ? undefined : resolve(path))
    const data = await withReadingBar(signal, (reading) => openData(source, reading))
    requireSameData(record, data)
    const model = await folder.readBest()
    const session = await (await findEngine('cpu', use)).open(model, null)
    const bar = new PhaseBar('cli.bar.scoring')
    try {
      return await parcelTest(session, data, model, async (share) => {
        signal.throwIfAborted()
        bar.show(share)
      })
    } finally {
      bar.stop()
      await session.close()
    }
  } catch (error) {
    const failure = failureOf(error, 'options')
    if (failure.code === 'cancelled' || path !== undefined) throw error
    remark([inTurn(failure.message, say('cli.parcel.no-rows'))])
    return null
  }
}
