import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pairedDifference } from '../../src/shared/paired-test'

const losses = fc.array(fc.tuple(fc.double({ min: 0, max: 500, noNaN: true }), fc.double({ min: 0, max: 500, noNaN: true })), { minLength: 2, maxLength: 60 }) // prettier-ignore

it('the interval is 1.96 standard errors of the mean of the differences, by the sums over all pairs of rows', () => {
  fc.assert(
    fc.property(losses, (pairs) => {
      const told = pairedDifference(
        pairs.map(([one]) => one),
        pairs.map(([, other]) => other),
      )
      const differences = pairs.map(([one, other]) => one - other)
      const n = differences.length
      // The variance as half the mean square of what two rows differ by: no mean is needed for it.
      const squares = differences.flatMap((a, i) => differences.slice(i + 1).map((b) => (a - b) ** 2))
      const variance = squares.reduce((sum, square) => sum + square, 0) / (n * (n - 1))
      expect(told.rows).toBe(n)
      expect(told.mean).toBeCloseTo(differences.reduce((sum, one) => sum + one, 0) / n, 8)
      expect(told.interval95).toBeCloseTo(1.96 * Math.sqrt(variance / n), 6)
      expect(told.isTied).toBe(Math.abs(told.mean) <= told.interval95)
    }),
  )
})

it('turned round, a difference has the other sign and the same interval', () => {
  fc.assert(
    fc.property(losses, (pairs) => {
      const [one, other] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)]
      const [there, back] = [pairedDifference(one, other), pairedDifference(other, one)]
      expect(back.mean).toBeCloseTo(-there.mean, 9)
      expect(back.interval95).toBeCloseTo(there.interval95, 9)
      expect(back.isTied).toBe(there.isTied)
    }),
  )
})

it('a model is tied with itself, and one row tells nothing', () => {
  expect(pairedDifference([3, 5, 9], [3, 5, 9])).toEqual({ mean: 0, interval95: 0, rows: 3, isTied: true })
  expect(pairedDifference([3], [900]).isTied).toBe(true)
  expect(() => pairedDifference([3], [3, 4])).toThrow(RangeError)
})

it('a small difference that every row has is told where the intervals of the means overlap by far', () => {
  const hard = Array.from({ length: 100 }, (_, i) => 50 + 30 * Math.sin(i))
  const told = pairedDifference(
    hard.map((loss, i) => loss + 0.1 + 0.01 * (i % 3)),
    hard,
  )
  expect(told.mean).toBeCloseTo(0.1099, 3)
  expect(told.isTied).toBe(false)
})
