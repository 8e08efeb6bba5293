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
