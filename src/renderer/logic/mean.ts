/**
 * By how many standard errors the mean of normal values may be off, in 95% of the cases, where their spread is known from them alone:
 * the 97.5% quantile of Student's t distribution, with 1 to 30 degrees of freedom, to four decimals.
 */
const QUANTILES: readonly number[] = [
  12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622, 2.2281, 2.201, 2.1788, 2.1604, 2.1448, 2.1314,
  2.1199, 2.1098, 2.1009, 2.093, 2.086, 2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423,
]

/** Of the normal distribution, to which it tends. */
const NORMAL = 1.959964

/** A mean with what it may be off by. */
export interface Mean {
  readonly mean: number
  /** Half-width of its 95% confidence interval, by Student's t distribution; null of a single value. */
  readonly interval95: number | null
}

/** The mean of values, such as the results of runs that differ in their seeds alone; null of none. */
export function meanOf(values: readonly number[]): Mean | null {
  const count = values.length
  if (count === 0) return null
  const mean = values.reduce((sum, value) => sum + value, 0) / count
  if (count === 1) return { mean, interval95: null }
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, interval95: tQuantile(count - 1) * Math.sqrt(squares / (count - 1) / count) }
}

/** The 97.5% quantile of Student's t distribution. @param freedom degrees of freedom, at least 1 */
export function tQuantile(freedom: number): number {
  const known = QUANTILES.at(freedom - 1)
  if (known !== undefined && freedom <= QUANTILES.length) return known
  // The first terms of its expansion by 1/freedom: exact to five decimals from here on.
  const z = NORMAL
  return z + (z ** 3 + z) / (4 * freedom) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2)
}
