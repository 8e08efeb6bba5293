import type { BitMatrix } from '../data/bit-matrix'
import type { DataSet } from '../data/data-set'
import type { Split } from '../data/split'
import { requireSameData } from '../runs/runs'
import type { RunRecord } from '../runs/run-record'
import { MOST_COMPARED } from '../shared/questions'
import type { OpenData } from './open-data'

/** The data that runs were trained on, read once for as long as the same run is asked about. */
export class RunData {
  private newest: { readonly hash: string; readonly data: Promise<DataSet> } | null = null

  constructor(private readonly open: Pick<OpenData, 'forRun'>) {}

  /** @throws StudioError 'invalid-data' if the data have changed, or what reading them throws */
  of(record: RunRecord): Promise<DataSet> {
    const { hash } = record.data
    if (this.newest?.hash === hash) return this.newest.data
    const newest = { hash, data: this.read(record) }
    this.newest = newest
    newest.data.catch(() => {
      // Whoever asks next tries anew.
      if (this.newest === newest) this.newest = null
    })
    return newest.data
  }

  private async read(record: RunRecord): Promise<DataSet> {
    const data = await this.open.forRun(record.config.data)
    requireSameData(record, data)
    return data
  }
}

/** Rows of a part with their numbers in it. */
export interface SomeRows {
  readonly rows: BitMatrix
  readonly numbers: Uint32Array
}

/** At most so many rows of a part of which everything is known, evenly spaced over it. */
export function completeRowsOf({ splits, known }: DataSet, split: Split, most = MOST_COMPARED): SomeRows {
  const rows = splits[split]
  const ofPart = known?.[split]
  const isWhole = (row: number): boolean =>
    ofPart === undefined ||
    Array.from({ length: ofPart.columns }, (_, v) => ofPart.get(row, v)).every((bit) => bit === 1)
  const whole = Array.from({ length: rows.rows }, (_, row) => row).filter(isWhole)
  const count = Math.min(most, whole.length)
  const numbers = Uint32Array.from({ length: count }, (_, i) => whole[Math.floor((i * whole.length) / count)])
  return { rows: rows.select(numbers), numbers }
}
