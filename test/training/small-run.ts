import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { BitMatrix } from '../../src/data/bit-matrix'
import type { DataSet } from '../../src/data/data-set'
import { bySplit } from '../../src/data/split'
import { CpuEngine } from '../../src/engine/cpu/cpu-engine'
import { DEFAULT_OPTIMIZERS } from '../../src/made/optimizer'
import { PURPOSE, RandomStream } from '../../src/made/random'
import type { RunEvent } from '../../src/shared/run'
import { DEFAULT_RUN_CONFIG, type RunConfig } from '../../src/shared/run-config'
import { RunFolder } from '../../src/training/run-folder'
import { newRecord } from '../../src/training/runs'
import { Trainer } from '../../src/training/trainer'

/** A folder that goes with the test. */
export async function temporaryFolder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'made-test-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return path
}

/** Rows of noisy repeated bits: each bit equals the one two places before it with probability 0.9. */
export function chainRows(rows: number, columns: number, seed: number): BitMatrix {
  const stream = new RandomStream(seed, PURPOSE.shuffle, 7)
  const matrix = new BitMatrix(rows, columns)
  for (let row = 0; row < rows; row++)
    for (let d = 0; d < columns; d++) {
      const before = d < 2 ? stream.below(2) : matrix.get(row, d - 2)
      const bit = d < 2 || stream.uniform() < 0.9 ? before : 1 - before
      if (bit === 1) matrix.set(row, d)
    }
  return matrix
}

/** The entropy of a row of `chainRows` in nats: what no model can beat. */
export function chainEntropy(columns: number): number {
  const noise = -(0.9 * Math.log(0.9) + 0.1 * Math.log(0.1))
  return 2 * Math.log(2) + (columns - 2) * noise
}

export function smallData(columns = 10): DataSet {
  const rows = { train: 230, valid: 60, test: 70 }
  return {
    name: 'chain',
    source: { kind: 'npz', path: '/nowhere/chain.npz' },
    columns,
    picture: null,
    splits: bySplit((split) => chainRows(rows[split], columns, rows[split])),
    hash: 'chain',
  }
}

export function smallConfig(change: Partial<RunConfig> = {}): RunConfig {
  return {
    ...DEFAULT_RUN_CONFIG,
    data: { kind: 'npz', path: '/nowhere/chain.npz' },
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
  const record = await folder.readRecord()
  return new Trainer({ folder, record, data, engine: new CpuEngine('test'), emit, whenDiskFails: 'fail' })
}
