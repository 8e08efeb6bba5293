import type { BitMatrix } from './bit-matrix'

/** The share of ones among all bits, 0 to 1; 0 for a matrix without rows. */
export function shareOfOnes(bits: BitMatrix): number {
  const total = bits.rows * bits.columns
  return total === 0 ? 0 : bits.columnCounts().reduce((sum, count) => sum + count, 0) / total
}

/** The mean of each column, `[columns]`, 0 to 1; zeros for a matrix without rows. */
export function columnMeans(bits: BitMatrix): Float32Array {
  return Float32Array.from(bits.columnCounts(), (count) => count / Math.max(1, bits.rows))
}

/**
 * Mean NLL in nats of the validation rows under independent bits: what any model must beat. The probability of a one in
 * column d is (ones + 1) / (rows + 2) over the training rows (Laplace), so that no validation row is impossible.
 */
export function independentNll(train: BitMatrix, valid: BitMatrix): number {
  const trainOnes = train.columnCounts()
  const validOnes = valid.columnCounts()
  let nll = 0
  for (let d = 0; d < train.columns; d++) {
    const one = (trainOnes[d] + 1) / (train.rows + 2)
    nll -= validOnes[d] * Math.log(one) + (valid.rows - validOnes[d]) * Math.log1p(-one)
  }
  return nll / valid.rows
}
