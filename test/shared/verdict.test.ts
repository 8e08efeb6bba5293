import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { said } from '../../src/words/say'
import { coinLoss, STANDINGS, verdictOn, type BestKnown, type VerdictFacts } from '../../src/shared/verdict'

const MNIST: VerdictFacts = {
  columns: 784,
  nats: 100,
  interval95: 0,
  independent: 205,
  mixture: { components: 50, nats: 140 },
  best: { kind: 'published', nats: 84.13, whose: 'DARN', isApproximate: true },
  isPicture: true,
  isLive: false,
}

const nats = fc.double({ min: 1e-3, max: 1e5, noNaN: true })
const best = fc.option(
  fc.record<BestKnown>({
    kind: fc.constantFrom('entropy', 'published', 'own'),
    nats,
    whose: fc.constant('somebody'),
    isApproximate: fc.boolean(),
  }),
)
const facts: fc.Arbitrary<VerdictFacts> = fc.record({
  columns: fc.integer({ min: 2, max: 5000 }),
  nats,
  interval95: fc.double({ min: 0, max: 2, noNaN: true }),
  independent: nats,
  mixture: fc.option(fc.record({ components: fc.integer({ min: 1, max: 500 }), nats })),
  best,
  isPicture: fc.boolean(),
  isLive: fc.boolean(),
})

describe('a verdict', () => {
  it('is amber if and only if the model is worse than independent bits, and no better is known to be possible', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const { standing, tone } = verdictOn(given)
        const slack = Math.max(Math.min(given.interval95, 0.1 * given.independent), 0.005 * given.independent)
        if (tone === 'amber') expect(given.nats).toBeGreaterThan(given.independent)
        if (given.nats > given.independent + slack && standing !== 'best') expect(tone).toBe('amber')
      }),
    )
  })

  it('is amber for a mean of a few enormous losses, however wide its interval', () => {
    const ruined = { ...MNIST, nats: 3752.4, interval95: 5897.2 }
    expect(verdictOn(ruined).tone).toBe('amber')
    expect(verdictOn(ruined).sentence.english).toMatch(/^Worse than/)
    expect(verdictOn({ ...ruined, best: null, mixture: null }).tone).toBe('amber')
  })

  it('is never better for a worse loss', () => {
    fc.assert(
      fc.property(facts, nats, (given, other) => {
        const [low, high] = [Math.min(given.nats, other), Math.max(given.nats, other)]
        const rank = (of: number): number => STANDINGS.indexOf(verdictOn({ ...given, nats: of }).standing)
        expect(rank(low)).toBeGreaterThanOrEqual(rank(high))
      }),
    )
  })

  it('puts every loss on the bar, the smaller the further, the worst at its beginning and the best at its end', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const { marks, end } = verdictOn(given)
        expect(marks.map(({ key }) => key)).toEqual([
          'coins',
          'independent',
          ...(given.mixture ? ['mixture'] : []),
          ...(given.best ? ['best'] : []),
          'model',
        ])
        for (const { at } of marks) expect(at >= 0 && at <= 1).toBe(true)
        for (const a of marks) for (const b of marks) if (a.nats <= b.nats) expect(a.at).toBeGreaterThanOrEqual(b.at)
        expect(end).toBe(given.best?.kind ?? null)
        const worst = Math.max(coinLoss(given), given.independent)
        expect(Math.min(...marks.map(({ at }) => at))).toBeCloseTo(0, 9)
        expect(marks.filter(({ nats: of }) => of >= worst).every(({ at }) => at < 1e-9)).toBe(true)
      }),
    )
  })

  it('is one sentence, whatever it is about', () => {
    fc.assert(
      fc.property(facts, (given) => {
        expect(verdictOn(given).sentence.english).toMatch(/^[A-Z][^\n]*[^.]\.$/)
        const korean = said('ko', verdictOn(given).sentence)
        expect(korean).toMatch(/^[^a-z\n]*(somebody[^a-z\n]*)?니다\.$/)
        expect(verdictOn(given).sentence.english + korean).not.toMatch(/NaN|undefined|Infinity/)
      }),
    )
  })

  it.each<[number, Partial<VerdictFacts>, string, string]>([
    [4900, {}, 'amber', 'Worse than flipping a coin for each pixel (543).'],
    [220, { isLive: true }, 'amber', 'So far worse than each pixel guessed alone (205).'],
    [190, {}, 'plain', 'Better than each pixel guessed alone (205), far from the best known (≈ 84.1, DARN).'],
    [120, {}, 'good', 'Better than a mixture of 50 (140.0), on the way to the best known (≈ 84.1, DARN).'],
    [86, {}, 'good', 'All but as good as the best known (≈ 84.1, DARN).'],
    [120, { mixture: null, best: null }, 'plain', 'Better than each pixel guessed alone (205).'],
    [120, { best: null }, 'good', 'Better than a mixture of 50 (140.0).'],
  ])('on %d nats (%o)', (loss, change, tone, sentence) => {
    const verdict = verdictOn({ ...MNIST, nats: loss, ...change })
    expect([verdict.tone, verdict.sentence.english]).toEqual([tone, sentence])
  })

  it('does not blame a model of data in which nothing can be learned', () => {
    const coins = coinLoss({ columns: 16 })
    const nothing: VerdictFacts = {
      ...MNIST,
      columns: 16,
      nats: coins + 0.02,
      independent: coins,
      mixture: null,
      best: { kind: 'entropy', nats: coins, whose: '', isApproximate: false },
      isPicture: false,
    }
    expect(verdictOn(nothing).tone).toBe('good')
    expect(verdictOn(nothing).sentence.english).toBe('As good as the best possible (11.09).')
    // Bars and stripes: independent bits are coins; Adam with steps of 50.
    expect(
      verdictOn({ ...nothing, nats: 15.6, best: { kind: 'entropy', nats: 3.4, whose: '', isApproximate: false } }),
    ).toMatchObject({ tone: 'amber' })
  })
})
