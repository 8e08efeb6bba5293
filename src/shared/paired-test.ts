import { meanOf } from '../base/mean'
import type { ComparedLoss, RowLosses } from './comparing'
import type { RunSummary } from './run'

/** How two models differ on the same rows. */
export interface PairedDifference {
  /** Mean over the rows of the loss of the one minus that of the other, nats: negative where the one is better. */
  readonly mean: number
  /** Half-width of the 95% confidence interval of that mean: 1.96 standard errors. */
  readonly interval95: number
  readonly rows: number
  /** Whether the interval covers zero: the rows do not tell which of them is better. */
  readonly isTied: boolean
}

/**
 * The difference of the losses of two models row by row. What is hard about a row is hard for both and goes out, so that its interval
 * is narrower than those of the two means.
 * @param one −log p of each row, nats, `[rows]`
 * @param other the same rows in the same order
 */
export function pairedDifference(one: ArrayLike<number>, other: ArrayLike<number>): PairedDifference {
  if (one.length !== other.length) throw new RangeError(`${one.length} rows beside ${other.length}`)
  const rows = one.length
  let mean = 0
  let squares = 0
  // Welford's: differences that are small beside the losses keep their digits.
  for (let i = 0; i < rows; i++) {
    const difference = one[i] - other[i]
    const away = difference - mean
    mean += away / (i + 1)
    squares += away * (difference - mean)
  }
  const interval95 = rows > 1 ? 1.96 * Math.sqrt(squares / (rows - 1) / rows) : Infinity
  return { mean, interval95, rows, isTied: !(Math.abs(mean) > interval95) }
}

/** Why a run cannot be compared row by row with the others. */
export type Unpaired = 'no-model' | 'no-data' | 'other-data'

/** Which of the picked runs can be compared row by row. */
export interface Pairing {
  /** On the same rows, each with a model. */
  readonly runs: readonly RunSummary[]
  readonly others: ReadonlyMap<string, Unpaired>
}

/** The runs on the same rows, of which there are most; of as many, those that come first. */
export function pairingOf(picked: readonly RunSummary[], compared: ComparedLoss = 'whole'): Pairing {
  const byHash = new Map<string, RunSummary[]>()
  const others = new Map<string, Unpaired>()
  for (const run of picked) {
    if (!run.hasBest) others.set(run.id, 'no-model')
    else if (run.dataHash === '') others.set(run.id, 'no-data')
    else {
      const hash = hashOf(run, compared)
      byHash.set(hash, [...(byHash.get(hash) ?? []), run])
    }
  }
  const groups = [...byHash.values()]
  const runs = groups.reduce((most, group) => (group.length > most.length ? group : most), groups.at(0) ?? [])
  for (const group of groups) if (group !== runs) for (const { id } of group) others.set(id, 'other-data')
  return { runs, others }
}

/** Without their labels rows are those of runs that learn none. */
function hashOf({ dataHash, references }: RunSummary, compared: ComparedLoss): string {
  return compared === 'unlabelled' ? (references?.withoutLabel?.hash ?? dataHash) : dataHash
}

/** What came of comparing runs row by row. */
export interface PairedTest {
  /** The run with the least mean loss. */
  readonly bestId: string
  /** Of each other run from it. */
  readonly differences: ReadonlyMap<string, PairedDifference>
}

/**
 * Each run against the best of them.
 * @param losses by run, in the order in which they were picked: at least one
 */
export function pairedTest(losses: ReadonlyMap<string, Pick<RowLosses, 'nats'>>): PairedTest | null {
  const means = [...losses].map(([id, { nats }]) => ({ id, nats, mean: meanOf(nats) }))
  const first = means.at(0)
  if (!first) return null
  const best = means.reduce((least, one) => (one.mean < least.mean ? one : least), first)
  const others = means.filter((one) => one !== best)
  return {
    bestId: best.id,
    differences: new Map(others.map(({ id, nats }) => [id, pairedDifference(nats, best.nats)])),
  }
}
