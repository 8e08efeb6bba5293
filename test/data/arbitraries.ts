import fc from 'fast-check'
import { BitMatrix } from '../../src/data/bit-matrix'

/** Small matrices of bits, at least 1×2. */
export const bitMatrices: fc.Arbitrary<BitMatrix> = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 2, max: 70 }))
  .chain(([rows, columns]) =>
    fc
      .array(fc.nat(1), { minLength: rows * columns, maxLength: rows * columns })
      .map((bytes) => BitMatrix.fromBytes(rows, columns, bytes)),
  )
