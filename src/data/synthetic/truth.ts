import type { RandomStream } from '../../made/random'

/** A distribution over rows of bits that is known exactly. */
export interface Truth {
  /** D */
  readonly columns: number
  /** The shape in which a row is looked at; null if rows are not pictures. */
  readonly picture: { readonly width: number; readonly height: number } | null
  /** Exact, in nats: the mean loss that no model can be better than. */
  readonly entropy: number
  /** One row, `[columns]` zeros and ones, from the draws of a stream. */
  draw(stream: RandomStream): Uint8Array
  /** log p(x) in nats of a row `[columns]`; −Infinity if it cannot occur. */
  logProbability(row: ArrayLike<number>): number
}

/** −p ln p − (1−p) ln(1−p): the entropy in nats of a coin. */
export function coinEntropy(p: number): number {
  return surprise(p) + surprise(1 - p)
}

/** −p ln p, 0 at 0. */
export function surprise(p: number): number {
  return p > 0 ? -p * Math.log(p) : 0
}
