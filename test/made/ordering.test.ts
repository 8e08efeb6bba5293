import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { variablesByPlace, naturalOrdering, randomOrdering } from '../../src/made/ordering'
import { seeds } from './arbitraries'
import { chiSquare, tally, unlikelyChiSquare } from './chi-square'

describe('orderings', () => {
  it('is 1 to D in the natural order', () => {
    expect([...naturalOrdering(5)]).toEqual([1, 2, 3, 4, 5])
  })

  it('is always a permutation of 1 to D', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 300 }), seeds, fc.nat(10_000), (inputs, seed, index) => {
        const sorted = [...randomOrdering(inputs, seed, index)].sort((a, b) => a - b)
        expect(sorted).toEqual([...naturalOrdering(inputs)])
      }),
    )
  })

  it('draws every permutation of four inputs equally often', () => {
    const counts = tally(Array.from({ length: 24_000 }, (_, index) => randomOrdering(4, 1, index).join()))
    expect(counts.size).toBe(24)
    expect(chiSquare(counts.values())).toBeLessThan(unlikelyChiSquare(23))
  })

  it('is fixed by its seed and number', () => {
    expect(randomOrdering(50, 7, 3)).toEqual(randomOrdering(50, 7, 3))
    expect(randomOrdering(50, 7, 3)).not.toEqual(randomOrdering(50, 7, 4))
    expect(randomOrdering(50, 7, 3)).not.toEqual(randomOrdering(50, 8, 3))
  })

  it('has the leading variables first, as they are listed, and the others in any order', () => {
    expect([...naturalOrdering(5, [3, 0])]).toEqual([2, 3, 4, 1, 5])
    const counts = tally(Array.from({ length: 6000 }, (_, index) => randomOrdering(5, 1, index, [3, 0]).join()))
    expect(counts.size).toBe(6)
    for (const ordering of counts.keys()) expect(ordering).toMatch(/^2,.,.,1,.$/)
    expect(chiSquare(counts.values())).toBeLessThan(unlikelyChiSquare(5))
  })

  it('is the same with none that leads as without the word', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 50 }), seeds, (count, seed) => {
        expect(naturalOrdering(count, [])).toEqual(naturalOrdering(count))
        expect(randomOrdering(count, seed, 2, [])).toEqual(randomOrdering(count, seed, 2))
      }),
    )
  })

  it('is inverted by the inputs in the order of their places', () => {
    expect([...variablesByPlace(Int32Array.of(3, 1, 4, 2))]).toEqual([1, 3, 0, 2])
  })
})
