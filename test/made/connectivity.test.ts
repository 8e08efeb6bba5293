import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { validateConnectivity } from '../../src/made/connectivity'
import { connectivityAt } from '../../src/made/schedule'
import type { ModelSpec } from '../../src/made/spec'
import { anySpecs, schedules } from './arbitraries'
import { expectFailure } from '../base/expect-failure'

const spec: ModelSpec = {
  inputs: 3,
  hidden: [2],
  activation: 'relu',
  directConnections: false,
  conditioningWeights: false,
}

describe('validateConnectivity', () => {
  it('accepts every connectivity that is drawn', () => {
    fc.assert(
      fc.property(anySpecs, schedules, fc.nat(9), (anySpec, schedule, t) =>
        validateConnectivity(anySpec, connectivityAt(anySpec, schedule, t)),
      ),
    )
  })

  it('accepts degrees below the least of the layer below: they are autoregressive all the same', () => {
    const degrees = [Int32Array.of(2, 2), Int32Array.of(1)]
    expect(() =>
      validateConnectivity({ ...spec, hidden: [2, 1] }, { ordering: Int32Array.of(1, 2, 3), degrees }),
    ).not.toThrow()
  })

  it.each<[string, number[], number[][], RegExp]>([
    ['a draw with replacement', [1, 1, 3], [[1, 2]], /not a permutation of 1 to 3/],
    ['an ordering from 0', [0, 1, 2], [[1, 2]], /not a permutation/],
    ['a place beyond D', [1, 2, 4], [[1, 2]], /not a permutation/],
    ['too short an ordering', [1, 2], [[1, 2]], /2 inputs/],
    ['too long an ordering', [1, 2, 3, 4], [[1, 2]], /4 inputs/],
    ['too few layers', [1, 2, 3], [], /0 layers/],
    ['too many layers', [1, 2, 3], [[1, 2], [1]], /2 layers/],
    ['too few degrees', [1, 2, 3], [[1]], /1 degrees for hidden layer 1/],
    ['a degree of 0', [1, 2, 3], [[0, 1]], /degree 0/],
    ['a degree of D', [1, 2, 3], [[1, 3]], /degree 3/],
  ])('refuses %s', async (_what, ordering, degrees, sentence) => {
    const connectivity = { ordering: Int32Array.from(ordering), degrees: degrees.map((d) => Int32Array.from(d)) }
    await expectFailure(() => validateConnectivity(spec, connectivity), 'damaged-file', sentence)
  })

  it.each<[string, number[], number[], number[], RegExp]>([
    ['an ordering of columns', [], [1, 2, 3, 4, 5, 6], [1, 2], /ordering of 6 variables/],
    ['a place beyond V', [], [3, 1, 4], [1, 2], /not a permutation of 1 to 3/],
    ['a degree of V', [], [2, 3, 1], [1, 3], /degree 3, outside 1 to 2/],
    ['a leading variable behind another', [2], [1, 3, 2], [1, 2], /leading variables do not come first/],
    ['leading variables in another order', [2, 0], [1, 3, 2], [1, 2], /leading variables do not come first/],
  ])('refuses for variables of several columns %s', async (_what, leading, ordering, degrees, sentence) => {
    const variables = [
      { kind: 'categorical', categories: 3 },
      { kind: 'binary' },
      { kind: 'categorical', categories: 2 },
    ] as const
    const connectivity = { ordering: Int32Array.from(ordering), degrees: [Int32Array.from(degrees)] }
    const wide = { ...spec, inputs: 6, variables, leading }
    await expectFailure(() => validateConnectivity(wide, connectivity), 'damaged-file', sentence)
  })
})
