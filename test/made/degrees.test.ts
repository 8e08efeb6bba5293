import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawDegrees } from '../../src/made/degrees'
import type { ModelSpec } from '../../src/made/spec'
import { variableCount } from '../../src/made/variables'
import { anySpecs, seeds } from './arbitraries'
import { chiSquare, tally, unlikelyChiSquare } from './chi-square'

const small: ModelSpec = {
  inputs: 5,
  hidden: [1, 1],
  activation: 'relu',
  directConnections: false,
  conditioningWeights: false,
}

describe('degrees', () => {
  it('lie between the least degree of the layer below and V − 1', () => {
    fc.assert(
      fc.property(anySpecs, seeds, fc.nat(10_000), (spec, seed, index) => {
        const layers = drawDegrees(spec, seed, index)
        expect(layers.map((layer) => layer.length)).toEqual(spec.hidden)
        let least = 1
        for (const layer of layers) {
          for (const degree of layer) {
            expect(degree).toBeGreaterThanOrEqual(least)
            expect(degree).toBeLessThanOrEqual(variableCount(spec) - 1)
          }
          least = Math.min(...layer)
        }
      }),
    )
  })

  it('are uniform from 1 in the first layer, and from the least below in the second', () => {
    const draws = Array.from({ length: 20_000 }, (_, index) => drawDegrees(small, 4, index).map(([degree]) => degree))
    const first = tally(draws.map(([degree]) => degree))
    expect([...first.keys()].sort()).toEqual([1, 2, 3, 4])
    expect(chiSquare(first.values())).toBeLessThan(unlikelyChiSquare(3))
    for (const least of [1, 2, 3]) {
      const second = tally(draws.filter(([degree]) => degree === least).map(([, degree]) => degree))
      expect(Math.min(...second.keys())).toBe(least)
      expect(second.size).toBe(5 - least)
      expect(chiSquare(second.values())).toBeLessThan(unlikelyChiSquare(4 - least))
    }
  })

  it('are all one when there are two inputs', () => {
    expect(drawDegrees({ ...small, inputs: 2, hidden: [3, 2] }, 1, 0)).toEqual([
      Int32Array.of(1, 1, 1),
      Int32Array.of(1, 1),
    ])
  })

  it('are fixed by seed and number', () => {
    const spec = { ...small, inputs: 100, hidden: [20] }
    expect(drawDegrees(spec, 1, 0)).toEqual(drawDegrees(spec, 1, 0))
    expect(drawDegrees(spec, 1, 0)).not.toEqual(drawDegrees(spec, 1, 1))
    expect(drawDegrees(spec, 1, 0)).not.toEqual(drawDegrees(spec, 2, 0))
  })
})
