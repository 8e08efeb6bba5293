import fc from 'fast-check'
import { MOST_SEED } from '../../src/made/random'
import type { Schedule } from '../../src/made/schedule'
import { ACTIVATIONS, type ModelSpec } from '../../src/made/spec'
import { canonicalSpec, columnsOf, VARIABLE_KINDS, type VariableKind, type VariableRun } from '../../src/made/variables'

export const seeds = fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.maxSafeNat(), fc.constant(MOST_SEED))

/** Small architectures of every kind, over binary variables. */
export const specs: fc.Arbitrary<ModelSpec> = fc.record({
  inputs: fc.integer({ min: 2, max: 9 }),
  hidden: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 }),
  activation: fc.constantFrom(...ACTIVATIONS),
  directConnections: fc.boolean(),
  conditioningWeights: fc.boolean(),
})

/** How variables are drawn: how many at most, of which kinds, and the numbers of values of those that have several. */
export interface VariableChoice {
  readonly most: number
  readonly kinds: readonly VariableKind[]
  readonly categories: fc.Arbitrary<number>
}

const FEW: VariableChoice = { most: 5, kinds: VARIABLE_KINDS, categories: fc.integer({ min: 2, max: 5 }) }

function runsOf({ kinds, categories }: VariableChoice): fc.Arbitrary<VariableRun> {
  return fc
    .record({ kind: fc.constantFrom(...kinds), categories })
    .map(({ kind, categories: values }) => (kind === 'binary' ? { kind } : { kind, categories: values }))
}

/** The same architectures over variables of several kinds, some of which lead, in their canonical form. */
export function withVariables(architectures: fc.Arbitrary<ModelSpec>, choice = FEW): fc.Arbitrary<ModelSpec> {
  return fc.array(runsOf(choice), { minLength: 2, maxLength: choice.most }).chain((variables) => {
    const numbers = variables.map((_, v) => v)
    const inputs = variables.reduce((sum, run) => sum + columnsOf(run), 0)
    const leads = fc.shuffledSubarray(numbers, { maxLength: Math.min(3, numbers.length) })
    return fc
      .tuple(architectures, leads)
      .map(([spec, leading]) => canonicalSpec({ ...spec, inputs, variables, leading }))
  })
}

/** Small architectures over any variables. */
export const anySpecs: fc.Arbitrary<ModelSpec> = fc.oneof(specs, withVariables(specs))

/** Schedules of every kind, with short lists. */
export const schedules: fc.Arbitrary<Schedule> = fc.record({
  orderings: fc.integer({ min: -1, max: 6 }),
  singleOrdering: fc.constantFrom('natural', 'random'),
  masks: fc.integer({ min: -1, max: 6 }),
  seed: seeds,
})
