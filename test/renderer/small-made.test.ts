import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keptEdges, pathsInto, smallConnectivity, SMALL_SPEC } from '../../src/renderer/logic/small-made'
import { keptShare, maskPath, staircases } from '../../src/renderer/logic/staircase'

describe('the network of the Learn view', () => {
  it('never lets an output see its own input or one after it', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), fc.boolean(), (seed, index, isNatural) => {
        const connectivity = smallConnectivity(seed, index, isNatural)
        const edges = keptEdges(connectivity)
        for (let unit = 0; unit < SMALL_SPEC.inputs; unit++) {
          const { inputs } = pathsInto(edges, { layer: SMALL_SPEC.hidden.length + 1, unit })
          for (const input of inputs) expect(connectivity.ordering[input]).toBeLessThan(connectivity.ordering[unit])
        }
      }),
    )
  })

  it('lets an input see nothing', () => {
    const edges = keptEdges(smallConnectivity(1, 0, true))
    expect(pathsInto(edges, { layer: 0, unit: 2 })).toMatchObject({ inputs: [] })
  })
})

describe('the staircases of the Model view', () => {
  const drawn = staircases(
    { hidden: [500, 20, 3, 7], orderings: 1, singleOrdering: 'random', masks: 1, directConnections: true },
    784,
  )

  it('are those of a scaled-down model', () => {
    expect(drawn.map(({ name }) => name.english)).toEqual(['layer 1', 'layer 2', 'layer 3', 'outputs', 'direct'])
    expect(drawn[0].mask).toMatchObject({ rows: 16, columns: 12 })
  })

  it('never rise: what a row keeps, every later row keeps', () => {
    for (const { mask } of drawn)
      for (let i = mask.columns; i < mask.kept.length; i++)
        expect(mask.kept[i]).toBeGreaterThanOrEqual(mask.kept[i - mask.columns])
  })

  it('are the same masks where the units lie, others for each connectivity', () => {
    const config = {
      hidden: [40],
      orderings: -1,
      singleOrdering: 'random' as const,
      masks: -1,
      directConnections: false,
    }
    const kept = (index: number, isSorted: boolean): number[][] =>
      staircases(config, 784, index, isSorted).map(({ mask }) => [...mask.kept])
    const count = (masks: number[][]): number[] => masks.map((mask) => mask.reduce((sum, one) => sum + one, 0))
    expect(count(kept(0, false))).toEqual(count(kept(0, true)))
    expect(kept(0, false)).not.toEqual(kept(0, true))
    expect(kept(1, false)).not.toEqual(kept(0, false))
  })

  it('become paths', () => {
    expect(maskPath({ rows: 2, columns: 3, kept: Uint8Array.of(0, 1, 1, 1, 0, 1) })).toBe(
      'M1 0h2v1h-2zM0 1h1v1h-1zM2 1h1v1h-1z',
    )
    expect(keptShare({ rows: 1, columns: 4, kept: Uint8Array.of(1, 0, 0, 0) })).toBe(0.25)
  })
})
