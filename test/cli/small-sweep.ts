import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pointId } from '../../src/sweeps/points'
import { temporaryFolder } from '../training/small-run'
import { runMadeHere, type Finished } from './made-command'

/** Settings of runs that take a fraction of a second. */
export const SMALL_BASE = {
  data: 'synthetic:markov-chain,columns=12,train=300,valid=60,test=60',
  hidden: [20],
  batchSize: 20,
  epochs: 4,
  lookAhead: 100,
}

export const SMALL_VARY = { 'optimizer.learningRate': [0.01, 0.05], seed: [1, 2] }

/** A sweep in a folder that goes with the test. */
export interface PreparedSweep {
  /** The folder that all is in. */
  readonly place: string
  /** The folder of the sweep. */
  readonly path: string
  readonly finished: Finished
}

export async function prepared(sweep: object, ...options: string[]): Promise<PreparedSweep> {
  const place = await temporaryFolder()
  const file = join(place, 'sweep.json')
  const path = join(place, 'out')
  await writeFile(file, JSON.stringify(sweep))
  return { place, path, finished: await runMadeHere('sweep', 'prepare', file, '--out', path, ...options) }
}

/** The folder of a point's run. */
export function runPath(sweep: string, point: number): string {
  return join(sweep, 'runs', pointId(point))
}

/**
 * Trains the points of a sweep as `made train` does, without a sweep.
 * @returns the best model of each, in bytes
 */
export async function trainedAlone(place: string, sweep: string, name = 'alone'): Promise<Buffer[]> {
  const lines = (await readFile(join(sweep, 'points.jsonl'), 'utf8')).trim().split('\n')
  const models: Buffer[] = []
  for (const [i, line] of lines.entries()) {
    const file = join(place, `${name}-${i}.json`)
    const out = join(place, `${name}-${i}`)
    await writeFile(file, JSON.stringify((JSON.parse(line) as { config: unknown }).config))
    const { status, stderr } = await runMadeHere('train', '--config', file, '--out', out, '--threads', '1')
    if (status !== 0) throw new Error(stderr)
    models.push(await readFile(join(out, 'best.safetensors')))
  }
  return models
}
