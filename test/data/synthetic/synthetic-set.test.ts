import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  drawSplits,
  SYNTHETIC_SETS,
  truthOf,
  type SyntheticKind,
  type SyntheticSet,
} from '../../../src/data/synthetic/synthetic-set'
import { expectFailure } from '../../base/expect-failure'

const small: Readonly<Record<SyntheticKind, fc.Arbitrary<SyntheticSet>>> = {
  'bars-and-stripes': fc.record({
    kind: fc.constant('bars-and-stripes' as const),
    size: fc.integer({ min: 2, max: 3 }),
  }),
  'noisy-parity': fc.record({
    kind: fc.constant('noisy-parity' as const),
    columns: fc.integer({ min: 2, max: 9 }),
    noise: fc.double({ min: 0, max: 0.5, noNaN: true }),
  }),
  'markov-chain': fc.integer({ min: 1, max: 4 }).chain((order) =>
    fc.record({
      kind: fc.constant('markov-chain' as const),
      columns: fc.integer({ min: order + 1, max: 9 }),
      order: fc.constant(order),
    }),
  ),
  'ising-strip': fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 2, max: 3 }), fc.double({ min: -2, max: 2, noNaN: true }))
    .map(([height, width, coupling]) => ({ kind: 'ising-strip', height, width, coupling })),
}
const kinds = Object.keys(small) as SyntheticKind[]
const seeds = fc.integer({ min: 0, max: 1_000_000 })

/** Every row of D bits. */
function allRows(columns: number): number[][] {
  return Array.from({ length: 2 ** columns }, (_, code) => Array.from({ length: columns }, (__, d) => (code >>> d) & 1))
}

describe.each(kinds)('%s', (kind) => {
  it('is a distribution whose entropy is that of all its rows counted out', () => {
    fc.assert(
      fc.property(small[kind], seeds, (set, seed) => {
        const truth = truthOf(set, seed)
        let total = 0
        let entropy = 0
        for (const row of allRows(truth.columns)) {
          const log = truth.logProbability(row)
          if (log === -Infinity) continue
          total += Math.exp(log)
          entropy -= Math.exp(log) * log
        }
        expect(total).toBeCloseTo(1, 10)
        expect(truth.entropy).toBeCloseTo(entropy, 9)
      }),
      { numRuns: 40 },
    )
  })

  it('draws rows as often as their probability says', () => {
    const [set] = fc.sample(small[kind], { numRuns: 1, seed: 5 })
    const truth = truthOf(set, 3)
    const count = 20_000
    const { train } = drawSplits(truth, { train: count, valid: 1, test: 1 }, 3)
    const seen = new Map<number, number>()
    for (let row = 0; row < count; row++) seen.set(train.words[row], (seen.get(train.words[row]) ?? 0) + 1)
    allRows(truth.columns).forEach((row, code) => {
      const expected = count * Math.exp(truth.logProbability(row))
      expect(Math.abs((seen.get(code) ?? 0) - expected)).toBeLessThan(5.5 * Math.sqrt(expected) + 3)
    })
  })

  it('draws the same rows from the same seed, whatever the parts, and others from another', () => {
    const truth = truthOf(SYNTHETIC_SETS[kind], 1)
    const one = drawSplits(truth, { train: 40, valid: 10, test: 10 }, 1)
    const other = drawSplits(truth, { train: 50, valid: 5, test: 5 }, 1)
    expect(other.train.slice(0, 40).toBytes()).toEqual(one.train.toBytes())
    expect(other.train.slice(40, 50).toBytes()).toEqual(one.valid.toBytes())
    expect(drawSplits(truth, { train: 40, valid: 10, test: 10 }, 2).train.words).not.toEqual(one.train.words)
  })

  it('has the entropy that the mean surprise at its own rows comes to', () => {
    const truth = truthOf(SYNTHETIC_SETS[kind], 1)
    const { train } = drawSplits(truth, { train: 4000, valid: 1, test: 1 }, 1)
    const logs = Array.from({ length: train.rows }, (_, row) =>
      truth.logProbability(train.slice(row, row + 1).toBytes()),
    )
    const mean = logs.reduce((a, b) => a + b, 0) / logs.length
    const variance = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / logs.length
    expect(Math.abs(-mean - truth.entropy)).toBeLessThan(4.5 * Math.sqrt(variance / logs.length) + 1e-9)
  })
})

describe('a synthetic set', () => {
  it('of the largest strip stays finite', () => {
    for (const coupling of [-2, 2]) {
      const truth = truthOf({ kind: 'ising-strip', height: 8, width: 24, coupling }, 0)
      expect(truth.entropy).toBeGreaterThan(Math.LN2)
      const { train } = drawSplits(truth, { train: 2, valid: 1, test: 1 }, 0)
      expect(truth.logProbability(train.slice(0, 1).toBytes())).toBeLessThan(0)
    }
  })

  it('of spins that do not interact is fair coins', () => {
    const truth = truthOf({ kind: 'ising-strip', height: 3, width: 5, coupling: 0 }, 0)
    expect(truth.entropy).toBeCloseTo(15 * Math.LN2, 12)
  })

  it.each<[SyntheticSet, RegExp]>([
    [{ kind: 'bars-and-stripes', size: 1 }, /size.*2 to 16/],
    [{ kind: 'bars-and-stripes', size: 2.5 }, /whole/],
    [{ kind: 'noisy-parity', columns: 8, noise: 0.6 }, /noise.*0 to 0\.5/],
    [{ kind: 'noisy-parity', columns: 8, noise: NaN }, /noise/],
    [{ kind: 'markov-chain', columns: 3, order: 3 }, /cannot remember/],
    [{ kind: 'ising-strip', height: 9, width: 8, coupling: 1 }, /height/],
  ])('refuses %j', async (set, words) => {
    await expectFailure(() => Promise.resolve().then(() => truthOf(set, 0)), 'invalid-settings', words)
  })
})
