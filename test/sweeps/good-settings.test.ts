import fc from 'fast-check'
import { expect, it } from 'vitest'
import { DEFAULT_RUN_CONFIG, runConfigSchema } from '../../src/shared/run-config'
import { placesOfRungs, rungTime, USUAL_KEEP } from '../../src/sweeps/budget'
import { goodSettings, middlingRun, type SearchedFor } from '../../src/sweeps/good-settings'
import { pointsOf } from '../../src/sweeps/points'
import { readSweep } from '../../src/sweeps/sweep'

const MIDDLING = middlingRun({ data: DEFAULT_RUN_CONFIG.data, engine: 'cpu' }, DEFAULT_RUN_CONFIG)
const searched: fc.Arbitrary<SearchedFor> = fc.record({
  columns: fc.integer({ min: 2, max: 5000 }),
  lacksValues: fc.boolean(),
  secondsPerEpoch: fc.option(fc.double({ min: 1e-3, max: 1000, noNaN: true })),
})

it('whatever the data, the computer and the budget, good settings are looked for among runs that can be', () => {
  fc.assert(
    fc.property(searched, fc.constantFrom(1, 5, 60, 480), (data, minutes) => {
      const { base, vary, search, way } = goodSettings(MIDDLING, data, minutes)
      expect(way).toEqual({ kind: 'halving', minutes })
      const points = pointsOf(readSweep({ base, vary, search }))
      expect(points.length).toBeGreaterThanOrEqual(9)
      for (const { config } of points) {
        expect(runConfigSchema.safeParse(config).success).toBe(true)
        if (data.lacksValues) expect(config.orderings).toBe(-1)
      }
      const { untilSeconds } = rungTime({ keep: USUAL_KEEP, seconds: minutes * 60 }, points.length, 0, 0, 0)
      // More are tried only where a middling one of the first rung gets some epochs.
      if (points.length > 9) expect(untilSeconds).toBeGreaterThanOrEqual(3 * (data.secondsPerEpoch ?? 0))
      // All rungs are full.
      expect(placesOfRungs(points.length, USUAL_KEEP).every((places, i) => points.length === places * 3 ** i)).toBe(
        true,
      )
    }),
    { numRuns: 30 },
  )
})

it('more time tries more', () => {
  const data = { columns: 100, lacksValues: false, secondsPerEpoch: 0.05 }
  const counts = [0.3, 1, 5].map((minutes) => goodSettings(MIDDLING, data, minutes).search)
  expect(counts).toEqual([9, 27, 81].map((count) => ({ kind: 'random', count, seed: 1 })))
})
