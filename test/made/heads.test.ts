import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HEADS, type Head } from '../../src/made/heads'

const logits = fc.array(fc.double({ min: -30, max: 30, noNaN: true }), { minLength: 2, maxLength: 6 })
/** A head, its logits, and what of its columns may be one. */
const cases: fc.Arbitrary<{ head: Head; z: number[]; ones: number[] }> = fc.oneof(
  logits.map((z) => ({ head: HEADS.categorical, z, ones: z.map((_, c) => c) })),
  logits.map(([z]) => ({ head: HEADS.binary, z: [z], ones: [-1, 0] })),
)

function probabilities(head: Head, z: readonly number[]): Float32Array {
  const p = new Float32Array(z.length)
  head.probabilities(Float64Array.from(z), z.length, p)
  return p
}

describe('a head', () => {
  it('gives the values of a variable probabilities that sum to one', () => {
    fc.assert(
      fc.property(cases, ({ head, z, ones }) => {
        const sum = ones.reduce((total, one) => total + Math.exp(-head.loss(Float64Array.from(z), z.length, one)), 0)
        expect(sum).toBeCloseTo(1, 12)
      }),
    )
  })

  it('has a delta that is the slope of its loss, and p − x', () => {
    fc.assert(
      fc.property(cases, fc.nat(), fc.nat(), ({ head, z, ones }, which, at) => {
        const one = ones[which % ones.length]
        const c = at % z.length
        const loss = (step: number): number =>
          head.loss(
            Float64Array.from(z, (value, i) => (i === c ? value + step : value)),
            z.length,
            one,
          )
        const delta = Float64Array.from(z)
        head.delta(delta, z.length, one)
        expect(delta[c]).toBeCloseTo((loss(1e-5) - loss(-1e-5)) / 2e-5, 5)
        expect(delta[c]).toBeCloseTo(probabilities(head, z)[c] - (c === one ? 1 : 0), 6)
      }),
    )
  })

  it('tells the probability of what it drew', () => {
    fc.assert(
      fc.property(cases, fc.float({ min: 0, max: Math.fround(1 - 2 ** -24), noNaN: true }), ({ head, z, ones }, u) => {
        const p = probabilities(head, z)
        const one = head.draw(p, z.length, u)
        expect(ones).toContain(one)
        const expected = -head.loss(Float64Array.from(z), z.length, one)
        expect(head.logProbability(p, z.length, one)).toBeGreaterThan(-Infinity)
        expect(Math.exp(head.logProbability(p, z.length, one))).toBeCloseTo(Math.exp(expected), 6)
      }),
    )
  })

  it('draws as often as the probabilities say', () => {
    const z = [0.3, -1, 1.2, 0]
    for (const [head, of] of [
      [HEADS.categorical, z],
      [HEADS.binary, z.slice(0, 1)],
    ] as const) {
      const p = probabilities(head, of)
      const counts = new Map<number, number>()
      const draws = 8000
      for (let i = 0; i < draws; i++) {
        const one = head.draw(p, of.length, (i + 0.5) / draws)
        counts.set(one, (counts.get(one) ?? 0) + 1)
      }
      const expected = of.length > 1 ? [...p] : [1 - p[0], p[0]]
      const drawn = of.length > 1 ? [0, 1, 2, 3] : [-1, 0]
      drawn.forEach((one, i) => expect(Math.abs((counts.get(one) ?? 0) - draws * expected[i])).toBeLessThan(2))
    }
  })
})

describe('the categorical head', () => {
  it('loses nothing on a value that it is certain of, and all of it on another', () => {
    const z = Float64Array.of(-300, 300, -300)
    expect(HEADS.categorical.loss(z, 3, 1)).toBe(0)
    expect(HEADS.categorical.loss(z, 3, 2)).toBe(600)
    expect(HEADS.categorical.loss(Float64Array.of(2e8, 0), 2, 1)).toBe(2e8)
  })

  it('draws the first value whose cumulative probability exceeds u, never one of probability zero', () => {
    const p = Float32Array.of(0, 0.25, 0, 0.5, 0.25, 0)
    const draw = (u: number): number => HEADS.categorical.draw(p, 6, u)
    expect([0, 0.2499, 0.25, 0.7499, 0.75, 1 - 2 ** -24].map(draw)).toEqual([1, 1, 3, 3, 4, 4])
    // Probabilities that do not quite sum to one are taken in proportion.
    expect(HEADS.categorical.draw(Float32Array.of(0.3, 0.3), 2, 0.51)).toBe(1)
  })
})
