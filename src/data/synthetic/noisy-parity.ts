import { coinEntropy, type Truth } from './truth'

/**
 * Fair coins, and a last bit that makes the number of ones even, except that it is wrong with probability `noise`. No
 * proper part of the bits tells anything about the last one.
 * @param columns D, the last bit included
 */
export function noisyParity(columns: number, noise: number): Truth {
  return {
    columns,
    picture: null,
    entropy: (columns - 1) * Math.LN2 + coinEntropy(noise),
    draw(stream) {
      const row = new Uint8Array(columns)
      for (let d = 0; d < columns - 1; d++) row[d] = stream.uniform() < 0.5 ? 1 : 0
      row[columns - 1] = stream.uniform() < noise ? 1 - parity(row) : parity(row)
      return row
    },
    logProbability(row) {
      return -(columns - 1) * Math.LN2 + Math.log(parity(Array.from(row)) === 0 ? 1 - noise : noise)
    },
  }
}

function parity(bits: Iterable<number>): number {
  let odd = 0
  for (const bit of bits) odd ^= bit
  return odd
}
