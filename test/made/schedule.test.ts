import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawDegrees } from '../../src/made/degrees'
import { naturalOrdering, randomOrdering } from '../../src/made/ordering'
import {
  connectivityAt,
  connectivityList,
  isUnlimited,
  MOST_CONNECTIVITIES,
  pairOf,
  testListLength,
  UNLIMITED,
  validateSchedule,
  type Schedule,
} from '../../src/made/schedule'
import type { ModelSpec } from '../../src/made/spec'
import { schedules, specs } from './arbitraries'
import { expectFailure } from '../base/expect-failure'

const spec: ModelSpec = {
  inputs: 12,
  hidden: [9],
  activation: 'relu',
  directConnections: false,
  conditioningWeights: false,
}
const plain: Schedule = { orderings: 1, singleOrdering: 'natural', masks: 1, seed: 1 }

describe('the pair of an update', () => {
  it('takes orderings and masks each modulo its own number', () => {
    const pairs = Array.from({ length: 7 }, (_, t) => pairOf({ ...plain, orderings: 2, masks: 3 }, t))
    expect(pairs.map(({ ordering, degrees }) => [ordering, degrees])).toEqual([
      [0, 0],
      [1, 1],
      [0, 2],
      [1, 0],
      [0, 1],
      [1, 2],
      [0, 0],
    ])
  })

  it('counts zero as one', () => {
    expect(pairOf({ ...plain, orderings: 0, masks: 0 }, 5)).toEqual({ ordering: 0, degrees: 0 })
  })

  it('is fresh for every update where unlimited', () => {
    expect(pairOf({ ...plain, orderings: UNLIMITED, masks: 4 }, 1_000_003)).toEqual({ ordering: 1_000_003, degrees: 3 })
  })
})

describe('the connectivity of an update', () => {
  it('is the natural order, or one random order, for a single ordering', () => {
    for (const orderings of [0, 1]) {
      const natural = connectivityAt(spec, { ...plain, orderings }, 9)
      expect(natural.ordering).toEqual(naturalOrdering(12))
      const random = connectivityAt(spec, { ...plain, orderings, singleOrdering: 'random' }, 9)
      expect(random.ordering).toEqual(randomOrdering(12, 1, 0))
    }
  })

  it('is random for a list of orderings, whatever a single one would be', () => {
    const { ordering, degrees } = connectivityAt(spec, { ...plain, orderings: 4, masks: 3 }, 6)
    expect(ordering).toEqual(randomOrdering(12, 1, 2))
    expect(degrees).toEqual(drawDegrees(spec, 1, 0))
  })

  it('is the entry of the list with the same number', () => {
    fc.assert(
      fc.property(specs, schedules, fc.nat(12), (anySpec, schedule, t) => {
        expect(connectivityList(anySpec, schedule, 13)[t]).toEqual(connectivityAt(anySpec, schedule, t))
      }),
    )
  })
})

describe('the test-time list', () => {
  it.each([
    [1, 1, 1],
    [0, 0, 1],
    [4, 6, 12],
    [32, 32, 32],
    [5, 7, 35],
    [1, 32, 32],
  ])('has for %i orderings and %i masks %i pairs', (orderings, masks, pairs) => {
    expect(testListLength({ ...plain, orderings, masks }, 300)).toBe(pairs)
  })

  it('has as many pairs as asked for where a control is unlimited', () => {
    expect(testListLength({ ...plain, orderings: UNLIMITED, masks: 4 }, 300)).toBe(300)
    expect(testListLength({ ...plain, masks: UNLIMITED }, 1000)).toBe(1000)
    expect(isUnlimited(plain)).toBe(false)
  })

  it('holds each pair of the schedule exactly once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), (orderings, masks) => {
        const schedule = { ...plain, orderings, masks }
        const length = testListLength(schedule, 0)
        const key = (t: number): string => Object.values(pairOf(schedule, t)).join()
        const reachable = new Set(Array.from({ length: orderings * masks * 2 }, (_, t) => key(t)))
        expect(new Set(Array.from({ length }, (_, t) => key(t)))).toEqual(reachable)
        expect(reachable.size).toBe(length)
      }),
    )
  })

  it('shares the arrays of pairs that share an ordering or degrees', () => {
    const list = connectivityList(spec, { ...plain, orderings: 2, masks: 3 }, 6)
    expect(list[0].ordering).toBe(list[2].ordering)
    expect(list[0].degrees).toBe(list[3].degrees)
    expect(list[0].ordering).not.toBe(list[1].ordering)
  })
})

describe('validateSchedule', () => {
  it.each([-1, 0, 1, 32, MOST_CONNECTIVITIES])('accepts %d', (count) => {
    expect(() => validateSchedule({ ...plain, orderings: count })).not.toThrow()
    expect(() => validateSchedule({ ...plain, masks: count })).not.toThrow()
  })

  it.each([-2, 1.5, NaN, Infinity, MOST_CONNECTIVITIES + 1])('refuses %d', async (count) => {
    await expectFailure(
      () => validateSchedule({ ...plain, orderings: count }),
      'invalid-settings',
      /number of orderings/,
    )
    await expectFailure(() => validateSchedule({ ...plain, masks: count }), 'invalid-settings', /number of masks/)
  })

  it('refuses numbers whose pairs would make too long a list', async () => {
    await expectFailure(
      () => validateSchedule({ ...plain, orderings: 101, masks: 100 }),
      'invalid-settings',
      /10100 pairs/,
    )
    expect(() => validateSchedule({ ...plain, orderings: 100, masks: 100 })).not.toThrow()
    expect(() => validateSchedule({ ...plain, orderings: UNLIMITED, masks: 9999 })).not.toThrow()
  })
})
