import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CONSTANT_STEPS, LEARNING_RATE_SCHEDULES, stepFactor, stepSchedule } from '../../src/made/step-schedule'

const planned = fc.integer({ min: 1, max: 1_000_000 })

describe('the schedule of steps', () => {
  it('is constant unless it is a cosine', () => {
    expect(stepSchedule('constant', 10)).toEqual(CONSTANT_STEPS)
    fc.assert(fc.property(fc.nat(), (t) => stepFactor(CONSTANT_STEPS, t) === 1))
  })

  it('follows the cosine: whole at first, half in the middle, none at the end and after it', () => {
    const factors = [0, 1, 2, 3, 4, 5, 6, 7].map((t) => stepFactor(stepSchedule('cosine', 6), t))
    // cos 30° is √3/2, cos 60° a half.
    const [high, low] = [(2 + Math.sqrt(3)) / 4, (2 - Math.sqrt(3)) / 4]
    const expected = [1, high, 0.75, 0.5, 0.25, low, 0, 0]
    factors.forEach((factor, t) => expect(factor).toBeCloseTo(expected[t], 14))
    expect(factors[0]).toBe(1)
    expect(factors[6]).toBe(0)
  })

  it('is cos²(πt/2T) for any plan, never rises, and loses in its first part what it keeps in its last', () =>
    fc.assert(
      fc.property(planned, fc.double({ min: 0, max: 1, noNaN: true }), (updates, share) => {
        const t = Math.floor(share * updates)
        const cosine = stepSchedule('cosine', updates)
        const factor = stepFactor(cosine, t)
        expect(factor).toBeCloseTo(Math.cos((Math.PI * t) / (2 * updates)) ** 2, 12)
        expect(factor).toBeGreaterThanOrEqual(stepFactor(cosine, t + 1))
        expect(factor + stepFactor(cosine, updates - t)).toBeCloseTo(1, 12)
      }),
    ))

  it('has half of the steps of a constant one in all', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), (updates) => {
        const sums = LEARNING_RATE_SCHEDULES.map((kind) => {
          const schedule = stepSchedule(kind, updates)
          return Array.from({ length: updates }, (_, t) => stepFactor(schedule, t)).reduce((sum, f) => sum + f, 0)
        })
        // The cosines of a half turn cancel but for the first.
        expect(sums[1]).toBeCloseTo((sums[0] + 1) / 2, 8)
      }),
      { numRuns: 30 },
    ))
})
