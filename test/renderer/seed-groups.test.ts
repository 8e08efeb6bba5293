import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { meanCurve } from '../../src/renderer/logic/compared-curves'
import { meanOf, tQuantile } from '../../src/renderer/logic/mean'
import { resultOf, scatterPoints, scatterSettings } from '../../src/renderer/logic/scatter'
import { seedGroups } from '../../src/renderer/logic/seed-groups'
import { DEFAULT_RUN_CONFIG, type RunConfig } from '../../src/shared/run-config'
import { summaryOf } from './run-summary'

const withConfig = (id: string, change: Partial<RunConfig>): ReturnType<typeof summaryOf> =>
  summaryOf(id, { dataHash: 'x', config: { ...DEFAULT_RUN_CONFIG, ...change } })

/** How much of Student's t distribution lies below `t`, by Simpson's rule over its density as it is defined. */
function shareBelow(t: number, freedom: number): number {
  const density = (x: number): number => (1 + (x * x) / freedom) ** (-(freedom + 1) / 2)
  // Over the whole line, by x = tan(a).
  const integral = (from: number, to: number): number => {
    const steps = 20_000
    const width = (to - from) / steps
    const at = (a: number): number => density(Math.tan(a)) / Math.cos(a) ** 2
    let sum = 0
    for (let i = 0; i < steps; i++) {
      const a = from + i * width
      sum += (at(a) + 4 * at(a + width / 2) + at(a + width)) * (width / 6)
    }
    return sum
  }
  const end = Math.PI / 2 - 1e-9
  return integral(-end, Math.atan(t)) / integral(-end, end)
}

describe('runs that differ in their seeds alone', () => {
  it('are together, whatever engine computed them', () => {
    const runs = [
      withConfig('a', { seed: 1 }),
      withConfig('b', { seed: 1, hidden: [7] }),
      withConfig('twin', { seed: 1 }),
      withConfig('c', { seed: 2, engine: 'cpu' }),
      { ...withConfig('d', { seed: 3 }), dataHash: 'y' },
      summaryOf('damaged', { columns: 0 }),
      summaryOf('newer', { columns: 0 }),
    ]
    const ids = seedGroups(runs).map((group) => group.runs.map(({ id }) => id))
    expect(ids).toEqual([['a', 'c'], ['b'], ['twin'], ['d'], ['damaged'], ['newer']])
  })

  it('have a mean with an interval by the t distribution', () => {
    expect(meanOf([])).toBeNull()
    expect(meanOf([7])).toEqual({ mean: 7, interval95: null })
    // By hand: the standard error is √(2/3)·√(3/2)/√3 of these, the quantile of two degrees of freedom 4.3027.
    expect(meanOf([1, 2, 3])?.mean).toBe(2)
    expect(meanOf([1, 2, 3])?.interval95).toBeCloseTo(4.3027 / Math.sqrt(3), 6)
    for (const freedom of [1, 2, 3, 7, 19, 30, 31, 60, 500])
      expect(shareBelow(tQuantile(freedom), freedom)).toBeCloseTo(0.975, 5)
    const quantiles = Array.from({ length: 60 }, (_, i) => tQuantile(i + 1))
    expect(quantiles).toEqual(quantiles.toSorted((a, b) => b - a))
  })

  it('have a mean curve as far as all of them go, within its band', () => {
    const losses = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(fc.array(losses, { minLength: 2, maxLength: 5 }), (all) => {
        const { mean, least, most } = meanCurve(all.map((y) => ({ x: y.map((_, i) => i + 1), y })))
        expect(mean.y).toHaveLength(Math.min(...all.map((y) => y.length)))
        for (let i = 0; i < mean.y.length; i++) {
          expect(mean.x[i]).toBeCloseTo(i + 1, 9)
          expect(mean.y[i]).toBeCloseTo(all.reduce((sum, y) => sum + y[i], 0) / all.length, 9)
          expect(mean.y[i] - least.y[i]).toBeCloseTo(most.y[i] - mean.y[i], 6)
          expect(least.y[i]).toBeLessThanOrEqual(mean.y[i])
        }
      }),
    )
  })
})

describe('results over a setting', () => {
  const adam = (learningRate: number): Partial<RunConfig> => ({
    optimizer: { kind: 'adam', learningRate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  })

  it('are over what differs, by ratios where it spans decades, and over words where it is none', () => {
    const runs = [
      withConfig('a', { ...adam(1e-4), hidden: [100], orderings: 4 }),
      withConfig('b', { ...adam(1e-2), hidden: [300], orderings: -1 }),
    ]
    const settings = scatterSettings(runs)
    expect(settings.map(({ label }) => label)).toEqual(['Step size', 'Hidden layers', 'Orderings', 'Optimizer'])
    expect(settings.map(({ isLogarithmic }) => isLogarithmic)).toEqual([true, false, false, false])
    expect(settings.map(({ numbers }) => numbers)).toEqual([[1e-4, 1e-2], [100, 300], null, null])
    // Where nothing differs there is still something to choose.
    expect(scatterSettings([runs[0], runs[0]]).length).toBeGreaterThan(10)
  })

  it('are in the order of the setting, whatever that of the runs', () => {
    const trained = (id: string, rate: number, validNll: number): ReturnType<typeof summaryOf> => ({
      ...withConfig(id, adam(rate)),
      best: { epoch: 1, validNll },
    })
    const runs = [
      trained('a', 1e-3, 90),
      trained('b', 10, 3000),
      trained('c', 1e-3, 91),
      { ...withConfig('d', adam(1e-2)), best: null },
    ]
    const [setting] = scatterSettings(runs)
    expect(scatterPoints(runs, setting, null, 'validation').map(({ x, run }) => [x, run.id])).toEqual([
      [1e-3, 'a'],
      [1e-3, 'c'],
      [10, 'b'],
    ])
    const words = ['100', '300']
    const named = { ...setting, numbers: null, values: ['300', '100', '300', '100'] }
    expect(scatterPoints(runs, named, words, 'validation').map(({ x, run }) => [x, run.id])).toEqual([
      [0, 'b'],
      [1, 'a'],
      [1, 'c'],
    ])
  })

  it('are numbers, or none', () => {
    const tested = { nll: 80, interval95: 1, rows: 3, connectivities: 1 }
    expect(resultOf(summaryOf('a', { test: tested }), 'test')).toBe(80)
    expect(resultOf(summaryOf('a', { test: tested }), 'unlabelled')).toBe(80)
    expect(resultOf(summaryOf('a', { best: { epoch: 1, validNll: NaN } }), 'validation')).toBeNull()
    expect(resultOf(summaryOf('a'), 'test')).toBeNull()
  })
})
