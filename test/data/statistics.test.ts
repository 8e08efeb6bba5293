import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BitMatrix } from '../../src/data/bit-matrix'
import {
  columnMeans,
  constantColumns,
  greyHistogram,
  independentLogits,
  independentNll,
  RowIndex,
  shareOfOnes,
} from '../../src/data/statistics'
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

  it('are the logits of independent variables, which score rows as independentNll does', () => {
    const logarithm = (logits: readonly number[], value: number): number =>
      logits[value] - Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0))
    const row = fc.tuple(fc.nat(1), fc.nat(2), fc.nat(1))
    const known = fc.tuple(fc.boolean(), fc.boolean(), fc.boolean())
    const rowsOf = (min: number): fc.Arbitrary<[[number, number, number], [boolean, boolean, boolean]][]> =>
      fc.array(fc.tuple(row, known), { minLength: min, maxLength: 30 })
    fc.assert(
      fc.property(rowsOf(1), rowsOf(1), (learnt, scored) => {
        // A bit, a category of three values and a bit; in the place of an unknown value stands the first one.
        const bitsOf = (rows: typeof learnt): BitMatrix =>
          BitMatrix.fromBytes(
            rows.length,
            5,
            rows.flatMap(([[a, b, c], [isA, isB, isC]]) => {
              const category = isB ? b : 0
              return [isA ? a : 0, ...[0, 1, 2].map((value) => Number(value === category)), isC ? c : 0]
            }),
          )
        const knownOf = (rows: typeof learnt): BitMatrix =>
          BitMatrix.fromBytes(
            rows.length,
            3,
            rows.flatMap(([, flags]) => flags.map(Number)),
          )
        const facts = {
          variables: [
            { kind: 'binary', count: 1 },
            { kind: 'categorical', categories: 3 },
            { kind: 'binary', count: 1 },
          ] as const,
          known: { train: knownOf(learnt), valid: knownOf(scored) },
        }
        const logits = [...independentLogits(bitsOf(learnt), facts)]
        const nll = scored.reduce((sum, [[a, b, c], [isA, isB, isC]]) => {
          if (isA) sum -= logarithm([0, logits[0]], a)
          if (isB) sum -= logarithm(logits.slice(1, 4), b)
          return isC ? sum - logarithm([0, logits[4]], c) : sum
        }, 0)
        expect(nll / scored.length).toBeCloseTo(independentNll(bitsOf(learnt), bitsOf(scored), facts), 5)
      }),
    )
  })

  it('find nothing to learn in fair coins', () => {
    const coins = BitMatrix.fromBytes(2, 4, [0, 1, 0, 1, 1, 0, 1, 0])
    expect(independentNll(coins, coins)).toBeCloseTo(4 * Math.LN2, 12)
  })

  it('count constant columns, repeated rows, and rows of one part in another', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(9), { minLength: 1, maxLength: 60 }),
        fc.array(fc.nat(12), { maxLength: 30 }),
        (some, others) => {
          const matrix = (numbers: readonly number[]): BitMatrix =>
            BitMatrix.fromBytes(
              numbers.length,
              40,
              numbers.flatMap((n) => Array.from({ length: 40 }, (_, d) => (n >>> (d % 8)) & 1)),
            )
          const index = new RowIndex(matrix(some))
          expect(index.repeats).toBe(some.length - new Set(some).size)
          expect(index.countOf(matrix(others))).toBe(others.filter((n) => some.includes(n)).length)
          const constant = Array.from(
            { length: 40 },
            (_, d) => new Set(some.map((n) => (n >>> (d % 8)) & 1)).size === 1,
          )
          expect(constantColumns(matrix(some))).toBe(constant.filter(Boolean).length)
        },
      ),
    )
  })

  it('count the greys', () => {
    const counts = greyHistogram(Uint8Array.of(0, 0, 255, 7))
    expect([counts[0], counts[7], counts[255], counts.reduce((a, b) => a + b)]).toEqual([2, 1, 1, 4])
  })
})
