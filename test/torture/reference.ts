import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openDataSet, type DataSet } from '../../src/data/data-set'
import { findEngine } from '../../src/engine/find'
import type { Checkpoint } from '../../src/runs/checkpoint'
import { checkpointShape, RunFolder } from '../../src/runs/run-folder'
import type { RunRecord } from '../../src/runs/run-record'
import { continuedRecord, newRecord } from '../../src/runs/runs'
import type { RunHistory, TestResult } from '../../src/shared/run'
import type { RunConfig } from '../../src/shared/run-config'
import { Trainer } from '../../src/training/trainer'

/** What nobody disturbed: one run from its first epoch to its last, and what it keeps after each of them. */
export interface Reference {
  readonly config: RunConfig
  /** The folder of the finished run; nothing writes in it. */
  readonly folder: RunFolder
  readonly record: RunRecord
  readonly checkpoint: Checkpoint
  readonly history: RunHistory
  /** What a run that ends after epoch e keeps, at index e − 1. */
  readonly ends: readonly EpochEnd[]
}

export interface EpochEnd {
  /** The epoch of its best model, and the bytes of that. */
  readonly bestEpoch: number
  readonly best: Uint8Array
  readonly test: TestResult | null
}

/** Trains the reference in `place`, a new folder. */
export async function trainReference(place: string, config: RunConfig): Promise<Reference> {
  const data = await openDataSet(config.data, { mnistFolder: place })
  const folder = new RunFolder(join(place, 'undisturbed'))
  await folder.create(newRecord('undisturbed', config, data))
  await trainToEnd(folder, await folder.readRecord(), data)
  const record = await folder.readRecord()
  const { checkpoint } = await folder.readCheckpoint(checkpointShape(record))
  if (!checkpoint) throw new Error('the undisturbed run kept no checkpoint')
  const ends = await endsOf(new RunFolder(join(place, 'epoch-by-epoch')), config, data)
  return { config, folder, record, checkpoint, history: await folder.readHistory(record), ends }
}

/** The same run, which ends after each epoch and goes on. */
async function endsOf(folder: RunFolder, config: RunConfig, data: DataSet): Promise<EpochEnd[]> {
  await folder.create(newRecord('epoch by epoch', { ...config, epochs: 1 }, data))
  const ends: EpochEnd[] = []
  for (let epochs = 1; epochs <= config.epochs; epochs++) {
    await trainToEnd(folder, continuedRecord(await folder.readRecord(), data, { epochs }), data)
    const { best, test } = await folder.readRecord()
    ends.push({ bestEpoch: best?.epoch ?? 0, best: await readFile(folder.bestPath), test })
  }
  return ends
}

async function trainToEnd(folder: RunFolder, record: RunRecord, data: DataSet): Promise<void> {
  const engine = await findEngine('cpu')
  const state = await new Trainer({ folder, record, data, engine, emit: () => undefined, whenDiskFails: 'fail' }).run()
  if (state.kind !== 'finished') throw new Error(`the undisturbed run is ${state.kind}: ${JSON.stringify(state)}`)
}
