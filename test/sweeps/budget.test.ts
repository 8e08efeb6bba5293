import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lastStretch, placesOfRungs, rungTime, USUAL_KEEP, VISIT_SECONDS } from '../../src/sweeps/budget'

describe('successive halving by the clock', () => {
  it('has fewer runs from rung to rung, and three at most in the last', () => {
    expect(placesOfRungs(27, 1 / 3)).toEqual([27, 9, 3])
    expect(placesOfRungs(1, 1 / 3)).toEqual([1])
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (points, keep) => {
          const places = placesOfRungs(points, keep)
          expect([places[0], (places.at(-1) ?? 9) <= 3]).toEqual([points, true])
          expect(places.every((count, i) => i === 0 || count < places[i - 1])).toBe(true)
        },
      ),
    )
  })

  it('keeps to its budget but for the last epoch, where one epoch of each run takes no more than half of it', () => {
    const epochs = fc.array(fc.double({ min: 0.01, max: 5, noNaN: true }), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(epochs, fc.double({ min: 1, max: 20, noNaN: true }), (epochSeconds, times) => {
        const all = epochSeconds.reduce((sum, own) => sum + own + VISIT_SECONDS, 0)
        const seconds = 2 * times * all
        const { total, visits } = simulated(epochSeconds, seconds)
        expect(total).toBeLessThanOrEqual(seconds + Math.max(...epochSeconds) + 1e-6)
        // Nor does it leave much of it.
        const rungs = placesOfRungs(epochSeconds.length, USUAL_KEEP).length
        const unused = visits * VISIT_SECONDS + rungs * Math.max(...epochSeconds)
        expect(total).toBeGreaterThanOrEqual(seconds - unused - 1e-6)
      }),
    )
  })
})

/** What a group takes whose runs have epochs of such lengths; those with the smaller numbers go on. */
function simulated(epochSeconds: readonly number[], seconds: number): { total: number; visits: number } {
  const places = placesOfRungs(epochSeconds.length, USUAL_KEEP)
  const had = epochSeconds.map(() => 0)
  let [visits, before] = [0, 0]
  for (const [rung, count] of places.entries()) {
    const spent = had.reduce((sum, own) => sum + own, 0) + visits * VISIT_SECONDS
    const halving = { keep: USUAL_KEEP, seconds }
    const { untilSeconds } = rungTime(halving, epochSeconds.length, rung, spent, before)
    before = untilSeconds
    const isLast = rung === places.length - 1
    // All of the last rung are counted as visited from its beginning.
    if (isLast) visits += count
    for (let number = 0; number < count; number++) {
      const now = had.reduce((sum, own) => sum + own, 0) + visits * VISIT_SECONDS
      const until = isLast ? had[number] + lastStretch(halving, now, count - number) : untilSeconds
      if (!isLast) visits++
      while (had[number] === 0 || had[number] < until) had[number] += epochSeconds[number]
    }
  }
  return { total: had.reduce((sum, own) => sum + own, 0) + visits * VISIT_SECONDS, visits }
}
