import { setImmediate as nextTurn } from 'node:timers/promises'
import type { DataSet } from '../data/data-set'
import type { MemorisationAudit } from '../shared/questions'
import type { OpenModel } from './open-models'
import { RowDistance } from './row-distance'
import { completeRowsOf } from './run-data'

/** Rows of each kind at most. */
const MOST_ROWS = 5000
/** Samples that are compared before others are answered. */
const AT_ONCE = 10
const SEED = 1

/**
 * Draws samples, and tells how many are nearer to training rows than to as many test rows: about half, unless training rows have
 * been memorised.
 */
export async function audit({ model, session }: OpenModel, data: DataSet, samples: number): Promise<MemorisationAudit> {
  const held = completeRowsOf(data, 'test', MOST_ROWS).rows
  const { rows: train } = completeRowsOf(data, 'train', held.rows)
  const test = held.rows === train.rows ? held : held.slice(0, train.rows)
  const distance = new RowDistance(model.spec)
  let nearer = 0
  for (let first = 0; first < samples; first += AT_ONCE) {
    const connectivity = model.connectivities[(first / AT_ONCE) % model.connectivities.length]
    const count = Math.min(AT_ONCE, samples - first)
    const { rows } = await session.sample({ first, count, seed: SEED, connectivity })
    for (let row = 0; row < count; row++) {
      const difference = distance.toNearest(row, rows, train) - distance.toNearest(row, rows, test)
      nearer += difference < 0 ? 1 : difference === 0 ? 0.5 : 0
    }
    await nextTurn()
  }
  return { samples, rows: train.rows, share: nearer / samples, interval: interval95(nearer, samples) }
}

/** The 95% interval of a share by Wilson, which stays within 0 and 1. */
export function interval95(hits: number, of: number): readonly [least: number, most: number] {
  const z = 1.96
  const share = hits / of
  const middle = (share + (z * z) / (2 * of)) / (1 + (z * z) / of)
  const half = (z / (1 + (z * z) / of)) * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of))
  return [Math.max(0, middle - half), Math.min(1, middle + half)]
}
