import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { binarizeForEpoch } from '../../src/data/binarization'
import type { DataSet } from '../../src/data/data-set'
import { bySplit } from '../../src/data/split'
import type { Engine } from '../../src/engine/contract'
import { CpuEngine } from '../../src/engine/cpu/cpu-engine'
import { DEFAULT_OPTIMIZERS } from '../../src/made/optimizer'
import type { RunEvent } from '../../src/shared/run'
import { DEFAULT_RUN_CONFIG, type RunConfig } from '../../src/shared/run-config'
import { RunFolder } from '../../src/runs/run-folder'
import { newRecord } from '../../src/runs/runs'
import { Trainer } from '../../src/training/trainer'
import { chainRows } from './chain'

/** A folder that goes with the test. */
export async function temporaryFolder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'made-test-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return path
}

export function smallData(columns = 10): DataSet {
  const rows = { train: 230, valid: 60, test: 70 }
  return {
    name: 'chain',
    source: { kind: 'file', path: '/nowhere/chain.npz', preparation: null },
    columns,
    picture: null,
    splits: bySplit((split) => chainRows(rows[split], columns, rows[split])),
    hash: 'chain',
  }
}

/** As `smallData`, from greys: the training rows are drawn anew for each epoch. */
export function redrawnData(): DataSet {
  const data = smallData()
  const { rows, columns } = data.splits.train
  const pixels = Uint8Array.from({ length: rows * columns }, (_, i) => (i * 89) % 256)
  return { ...data, epochRows: (epoch) => binarizeForEpoch({ rows, width: columns, height: 1, pixels }, 5, epoch) }
}

export function smallConfig(change: Partial<RunConfig> = {}): RunConfig {
  return {
    ...DEFAULT_RUN_CONFIG,
    data: { kind: 'file', path: '/nowhere/chain.npz', preparation: null },
    hidden: [12],
    optimizer: { ...DEFAULT_OPTIMIZERS.adam, learningRate: 0.01 },
    batchSize: 20,
    epochs: 4,
    validationPairs: 3,
    testPairs: 5,
    ...change,
  }
}

/** A run in a folder of its own, ready to be trained. */
export async function newRun(path: string, config: RunConfig, data: DataSet = smallData()): Promise<RunFolder> {
  const folder = new RunFolder(join(path, 'run'))
  await folder.create(newRecord('small', config, data))
  return folder
}

/** A trainer on the state that the folder holds. */
export async function trainerOf(
  folder: RunFolder,
  emit: (event: RunEvent) => void = () => undefined,
  data: DataSet = smallData(),
): Promise<Trainer> {
  return trainerOn(new CpuEngine('test'), folder, data, emit)
}

/** The same with an engine of one's own. */
export async function trainerOn(
  engine: Engine,
  folder: RunFolder,
  data: DataSet = smallData(),
  emit: (event: RunEvent) => void = () => undefined,
): Promise<Trainer> {
  const record = await folder.readRecord()
  return new Trainer({ folder, record, data, engine, emit, whenDiskFails: 'fail' })
}
