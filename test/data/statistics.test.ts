import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BitMatrix } from '../../src/data/bit-matrix'
import { columnMeans, independentNll, shareOfOnes } from '../../src/data/statistics'
import { bitMatrices } from './arbitraries'

const train = BitMatrix.fromBytes(3, 2, [1, 0, 1, 0, 0, 0])
const valid = BitMatrix.fromBytes(2, 2, [1, 1, 0, 0])

describe('statistics', () => {
  it('are the mean of all bits and of each column', () => {
    fc.assert(
      fc.property(bitMatrices, (bits) => {
        const bytes = bits.toBytes()
        expect(shareOfOnes(bits)).toBeCloseTo(bytes.reduce((a, b) => a + b, 0) / bytes.length, 12)
        columnMeans(bits).forEach((mean, d) => {
          const column = bytes.filter((_, i) => i % bits.columns === d)
          expect(mean).toBe(Math.fround(column.reduce((a, b) => a + b, 0) / bits.rows))
        })
      }),
    )
  })

  it('are zeros without rows', () => {
    expect(shareOfOnes(new BitMatrix(0, 3))).toBe(0)
    expect(columnMeans(new BitMatrix(0, 3))).toEqual(new Float32Array(3))
  })

  it('smooth the independent bits, so that no row is impossible', () => {
    // Column 0: (2+1)/(3+2); column 1: (0+1)/(3+2).
    const rows = [-Math.log(3 / 5) - Math.log(1 / 5), -Math.log(2 / 5) - Math.log(4 / 5)]
    expect(independentNll(train, valid)).toBeCloseTo((rows[0] + rows[1]) / 2, 12)
  })

  it('find nothing to learn in fair coins', () => {
    const coins = BitMatrix.fromBytes(2, 4, [0, 1, 0, 1, 1, 0, 1, 0])
    expect(independentNll(coins, coins)).toBeCloseTo(4 * Math.LN2, 12)
  })
})
