import { MOST_SEED } from '../made/random'

/** What a gap is filled in with: a draw, or the value that is the likeliest for it alone. */
export const FILLING_WAYS = ['draw', 'likeliest'] as const
export type FillingWay = (typeof FILLING_WAYS)[number]

/** So many tables at most for multiple imputation. */
export const MOST_TIMES = 1000

/** A table of multiple imputation: where it is written, and the seed of its own. */
export interface NumberedTable {
  readonly path: string
  readonly seed: number
}

/**
 * The tables that are drawn apart, numbered from 1, such as `filled.1.csv` for `filled.csv`.
 * @param times how many; null for one that has no number
 */
export function numberedTables(path: string, seed: number, times: number | null): NumberedTable[] {
  if (times === null) return [{ path, seed }]
  const stem = path.replace(/\.csv$/i, '')
  const ending = path.slice(stem.length) || '.csv'
  return Array.from({ length: times }, (_, i) => ({
    path: `${stem}.${i + 1}${ending}`,
    seed: (seed + i) % MOST_SEED,
  }))
}
