import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { masksOf, type Mask } from '../../src/made/mask'
import { connectivityAt } from '../../src/made/schedule'
import { parameterTensors, type ModelSpec } from '../../src/made/spec'
import { anySpecs, schedules } from './arbitraries'

const small: ModelSpec = {
  inputs: 3,
  hidden: [2, 2],
  activation: 'relu',
  directConnections: true,
  conditioningWeights: true,
}

/** The place of each column, which is that of its variable. */
function placesOf(
  { inputs, variables = [{ kind: 'binary', count: inputs }] }: ModelSpec,
  ordering: Int32Array,
): number[] {
  const widths = variables.flatMap((run) =>
    Array.from({ length: run.count ?? 1 }, () => (run.kind === 'binary' ? 1 : run.categories)),
  )
  return widths.flatMap((width, variable) => Array<number>(width).fill(ordering[variable]))
}

/** docs/mathematics.md, Masks, entry by entry. */
function keeps(
  name: string,
  places: ArrayLike<number>,
  degrees: readonly Int32Array[],
  out: number,
  into: number,
): boolean {
  const layer = /^hidden\.(\d+)/.exec(name)
  if (layer) {
    const l = Number(layer[1])
    const below = l === 0 ? places : degrees[l - 1]
    return degrees[l][out] >= below[into]
  }
  if (name === 'direct.weight') return places[out] > places[into]
  return places[out] > degrees[degrees.length - 1][into]
}

function rowsOf({
  rows,
  columns,
  kept,
}: Mask | { rows: number; columns: number; kept: ArrayLike<number> }): number[][] {
  return Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (_, c) => kept[r * columns + c]))
}

function product(a: number[][], b: number[][]): number[][] {
  return a.map((row) => b[0].map((_, c) => row.reduce((sum, value, i) => sum + value * b[i][c], 0)))
}

function maskNamed(masks: Map<string, Mask>, name: string): Mask {
  const mask = masks.get(name)
  if (!mask) throw new Error(`no mask for ${name}`)
  return mask
}

describe('masks', () => {
  it('is the example worked by hand', () => {
    const masks = masksOf(small, {
      ordering: Int32Array.of(3, 1, 2),
      degrees: [Int32Array.of(1, 2), Int32Array.of(2, 1)],
    })
    const rows = (name: string): number[][] => rowsOf(maskNamed(masks, name))
    expect(rows('hidden.0.weight')).toEqual([
      [0, 1, 0],
      [0, 1, 1],
    ])
    expect(rows('hidden.1.weight')).toEqual([
      [1, 1],
      [1, 0],
    ])
    expect(rows('output.weight')).toEqual([
      [1, 1],
      [0, 0],
      [0, 1],
    ])
    expect(rows('direct.weight')).toEqual([
      [0, 1, 1],
      [0, 0, 0],
      [0, 1, 0],
    ])
  })

  it('follows the definition for every tensor that is masked', () => {
    fc.assert(
      fc.property(anySpecs, schedules, fc.nat(20), (spec, schedule, t) => {
        const connectivity = connectivityAt(spec, schedule, t)
        const places = placesOf(spec, connectivity.ordering)
        const masks = masksOf(spec, connectivity)
        for (const { name, kind, shape } of parameterTensors(spec)) {
          if (kind === 'bias') continue
          const mask = maskNamed(masks, name)
          expect([mask.rows, mask.columns]).toEqual(shape)
          rowsOf(mask).forEach((row, out) =>
            row.forEach((kept, into) =>
              expect(kept).toBe(keeps(name, places, connectivity.degrees, out, into) ? 1 : 0),
            ),
          )
        }
      }),
    )
  })

  it('leaves no path from an input to an output placed at or before it, and all direct ones from before', () => {
    fc.assert(
      fc.property(anySpecs, schedules, fc.nat(20), (spec, schedule, t) => {
        const connectivity = connectivityAt(spec, schedule, t)
        const places = placesOf(spec, connectivity.ordering)
        const masks = masksOf(spec, connectivity)
        let paths = rowsOf(maskNamed(masks, 'hidden.0.weight'))
        for (let l = 1; l < spec.hidden.length; l++)
          paths = product(rowsOf(maskNamed(masks, `hidden.${l}.weight`)), paths)
        paths = product(rowsOf(maskNamed(masks, 'output.weight')), paths)
        const direct = rowsOf(maskNamed(masks, 'direct.weight'))
        for (let d = 0; d < spec.inputs; d++)
          for (let from = 0; from < spec.inputs; from++) {
            if (places[from] >= places[d]) expect(paths[d][from] + direct[d][from]).toBe(0)
            else expect(direct[d][from]).toBe(1)
          }
      }),
    )
  })

  it('can connect every output to all inputs before it, where there are units enough', () => {
    const spec = { ...small, inputs: 6, hidden: [200, 200] }
    const connectivity = connectivityAt(spec, { orderings: 1, singleOrdering: 'random', masks: 1, seed: 1 }, 0)
    const masks = masksOf(spec, connectivity)
    const paths = ['hidden.1.weight', 'output.weight'].reduce(
      (below, name) => product(rowsOf(maskNamed(masks, name)), below),
      rowsOf(maskNamed(masks, 'hidden.0.weight')),
    )
    const places = connectivity.ordering
    paths.forEach((row, d) => row.forEach((count, from) => expect(count > 0).toBe(places[from] < places[d])))
  })
})
