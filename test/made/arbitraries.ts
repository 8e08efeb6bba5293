import fc from 'fast-check'
import { MOST_SEED } from '../../src/made/random'
import type { Schedule } from '../../src/made/schedule'
import { ACTIVATIONS, type ModelSpec } from '../../src/made/spec'

export const seeds = fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.maxSafeNat(), fc.constant(MOST_SEED))

/** Small architectures of every kind. */
export const specs: fc.Arbitrary<ModelSpec> = fc.record({
  inputs: fc.integer({ min: 2, max: 9 }),
  hidden: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 }),
  activation: fc.constantFrom(...ACTIVATIONS),
  directConnections: fc.boolean(),
  conditioningWeights: fc.boolean(),
})

/** Schedules of every kind, with short lists. */
export const schedules: fc.Arbitrary<Schedule> = fc.record({
  orderings: fc.integer({ min: -1, max: 6 }),
  singleOrdering: fc.constantFrom('natural', 'random'),
  masks: fc.integer({ min: -1, max: 6 }),
  seed: seeds,
})
