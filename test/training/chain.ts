import { BitMatrix } from '../../src/data/bit-matrix'
import { PURPOSE, RandomStream } from '../../src/made/random'

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
