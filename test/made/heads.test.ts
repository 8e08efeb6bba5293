import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HEADS, type Head } from '../../src/made/heads'

const logits = fc.array(fc.double({ min: -30, max: 30, noNaN: true }), { minLength: 2, maxLength: 6 })
/** A head, its logits, and what of its columns may be one. */
const cases: fc.Arbitrary<{ head: Head; z: number[]; ones: number[] }> = fc.oneof(
  logits.map((z) => ({ head: HEADS.categorical, z, ones: z.map((_, c) => c) })),
  logits.map(([z]) => ({ head: HEADS.binary, z: [z], ones: [-1, 0] })),
)

/** One row as a block. */
const block = (z: Iterable<number>): Float64Array[] => Array.from(z, (value) => Float64Array.of(value))

function loss(head: Head, z: readonly number[], one: number): number {
  const out = new Float64Array(1)
  head.addLosses(block(z), z.length, Int32Array.of(one), 1, out)
  return out[0]
}

function deltas(head: Head, z: readonly number[], one: number): number[] {
  const columns = block(z)
  expect(head.deltas(columns, z.length, Int32Array.of(one), 1)).toBeCloseTo(loss(head, z, one), 12)
  return columns.map(([delta]) => delta)
}

function probabilities(head: Head, z: readonly number[]): Float32Array {
  const columns = block(z)
  head.probabilities(columns, z.length, 1)
  return Float32Array.from(columns, ([p]) => p)
}

function draw(head: Head, p: Float32Array, u: number): number {
  const ones = new Int32Array(1)
  head.draw(block(p), p.length, Float32Array.of(u), 1, ones)
  return ones[0]
}

describe('a head', () => {
  it('gives the values of a variable probabilities that sum to one', () => {
    fc.assert(
      fc.property(cases, ({ head, z, ones }) => {
        const sum = ones.reduce((total, one) => total + Math.exp(-loss(head, z, one)), 0)
        expect(sum).toBeCloseTo(1, 12)
      }),
    )
  })

  it('has a delta that is the slope of its loss, and p − x', () => {
    fc.assert(
      fc.property(cases, fc.nat(), fc.nat(), ({ head, z, ones }, which, at) => {
        const one = ones[which % ones.length]
        const c = at % z.length
        const moved = (step: number): number =>
          loss(
            head,
            z.map((value, i) => (i === c ? value + step : value)),
            one,
          )
        const delta = deltas(head, z, one)
        expect(delta[c]).toBeCloseTo((moved(1e-5) - moved(-1e-5)) / 2e-5, 5)
        expect(delta[c]).toBeCloseTo(probabilities(head, z)[c] - (c === one ? 1 : 0), 6)
      }),
    )
  })

  it('tells the probability of what it drew', () => {
    fc.assert(
      fc.property(cases, fc.float({ min: 0, max: Math.fround(1 - 2 ** -24), noNaN: true }), ({ head, z, ones }, u) => {
        const p = probabilities(head, z)
        const one = draw(head, p, u)
        expect(ones).toContain(one)
        const expected = -loss(head, z, one)
        expect(head.logProbability(p, one)).toBeGreaterThan(-Infinity)
        expect(Math.exp(head.logProbability(p, one))).toBeCloseTo(Math.exp(expected), 6)
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
        const one = draw(head, p, (i + 0.5) / draws)
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
    const z = [-300, 300, -300]
    expect(loss(HEADS.categorical, z, 1)).toBe(0)
    expect(loss(HEADS.categorical, z, 2)).toBe(600)
    expect(loss(HEADS.categorical, [2e8, 0], 1)).toBe(2e8)
  })

  it('draws the first value whose cumulative probability exceeds u, never one of probability zero', () => {
    const p = Float32Array.of(0, 0.25, 0, 0.5, 0.25, 0)
    const drawn = (u: number): number => draw(HEADS.categorical, p, u)
    expect([0, 0.2499, 0.25, 0.7499, 0.75, 1 - 2 ** -24].map(drawn)).toEqual([1, 1, 3, 3, 4, 4])
    // Probabilities that do not quite sum to one are taken in proportion.
    expect(draw(HEADS.categorical, Float32Array.of(0.3, 0.3), 0.51)).toBe(1)
  })
})
