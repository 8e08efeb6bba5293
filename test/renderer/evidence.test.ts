import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { variablesOf } from '../../src/made/variables'
import { Coalesced } from '../../src/renderer/logic/coalesced'
import {
  chosenValues,
  conflict,
  isAnythingKnown,
  likeliestValues,
  merged,
  nothingKnown,
  toggled,
  valueChances,
  valueErrors,
  valueIn,
  withValues,
} from '../../src/renderer/logic/evidence'
import {
  between,
  hiddenPart,
  painted,
  pixelsIn,
  shareAt,
  shuffledPixels,
  under,
} from '../../src/renderer/logic/painting'
import { keptStep } from '../../src/renderer/logic/kept-steps'
import { REGIONS } from '../../src/shared/painting'
import type { KnownRow } from '../../src/shared/questions'

const VARIABLES = variablesOf({ inputs: 5, variables: [{ kind: 'binary', count: 2 }, { kind: 'categorical', categories: 3 }] }) // prettier-ignore

describe('evidence', () => {
  it('is set by a click and taken back by another', () => {
    const nothing = nothingKnown(5)
    for (const [variable, value] of [
      [0, 0],
      [1, 1],
      [2, 1],
    ] as const) {
      const set = toggled(nothing, VARIABLES, variable, value, false)
      expect(chosenValues(set, VARIABLES, variable)).toEqual([value])
      expect(toggled(set, VARIABLES, variable, value, false)).toEqual(nothing)
    }
    expect(isAnythingKnown(nothing)).toBe(false)
  })

  it('of a category may be several values, but not all', () => {
    const one = toggled(nothingKnown(5), VARIABLES, 2, 0, false)
    const two = toggled(one, VARIABLES, 2, 2, true)
    expect(chosenValues(two, VARIABLES, 2)).toEqual([0, 2])
    expect(chosenValues(toggled(two, VARIABLES, 2, 0, true), VARIABLES, 2)).toEqual([2])
    expect(isAnythingKnown(toggled(two, VARIABLES, 2, 1, true))).toBe(false)
    // One click says which it is.
    expect(chosenValues(toggled(two, VARIABLES, 2, 2, false), VARIABLES, 2)).toEqual([2])
  })

  it('of either is that of both, and of both what the second says', () => {
    const one = withValues(withValues(nothingKnown(5), VARIABLES, 0, [1]), VARIABLES, 2, [0, 1])
    const other = withValues(withValues(nothingKnown(5), VARIABLES, 1, [0]), VARIABLES, 2, [2])
    const both = merged(one, other)
    expect([0, 1, 2].map((variable) => chosenValues(both, VARIABLES, variable))).toEqual([[1], [0], [2]])
  })

  it('is in conflict as far as it is less probable than if its variables had nothing to do with each other', () => {
    const marginals = Float64Array.of(0.25, 0.5, 0.1, 0.2, 0.7)
    const some = withValues(withValues(nothingKnown(5), VARIABLES, 0, [0]), VARIABLES, 2, [0, 1])
    const apart = Math.log(0.75 * (0.1 + 0.2))
    expect(conflict(some, VARIABLES, marginals, apart)).toBeCloseTo(0, 12)
    expect(conflict(some, VARIABLES, marginals, apart - 3)).toBeCloseTo(3, 12)
    expect(conflict(some, VARIABLES, marginals, -Infinity)).toBe(Infinity)
    // Of a single variable there is nothing to be in conflict with.
    const one = withValues(nothingKnown(5), VARIABLES, 1, [1])
    expect(conflict(one, VARIABLES, marginals, Math.log(0.5))).toBeCloseTo(0, 12)
  })

  it('shows the likeliest values in their order, and whichever are chosen', () => {
    expect(likeliestValues([0.1, 0.4, 0.05, 0.3, 0.15], [], 2)).toEqual([1, 3])
    expect(likeliestValues([0.1, 0.4, 0.05, 0.3, 0.15], [2], 2)).toEqual([1, 2, 3])
    expect(likeliestValues([0.1, 0.9], [], 2)).toEqual([0, 1])
  })

  it('has the chances and the value of each variable', () => {
    expect(valueChances(Float64Array.of(0.25, 0.5, 0.1, 0.2, 0.7), VARIABLES, 0)).toEqual([0.75, 0.25])
    expect(valueChances(Float64Array.of(0.25, 0.5, 0.1, 0.2, 0.7), VARIABLES, 2)).toEqual([0.1, 0.2, 0.7])
    expect(valueErrors(Float64Array.of(0.25, 0.5, 0.1, 0.2, 0.7), VARIABLES, 0)).toEqual([0.25, 0.25])
    expect(valueErrors(Float64Array.of(0.25, 0.5, 0.1, 0.2, 0.7), VARIABLES, 2)).toEqual([0.1, 0.2, 0.7])
    expect([0, 1, 2].map((v) => valueIn(Uint8Array.of(1, 0, 0, 0, 1), VARIABLES, v))).toEqual([1, 0, 2])
  })
})

describe('painting', () => {
  const shape = { width: 4, height: 3 }
  const textOf = (row: KnownRow): string => keptStep({ row, cover: null }).text

  it('goes from one spot to another without a gap, and stays on the picture', () => {
    const spot = fc.record({ x: fc.integer({ min: 0, max: 3 }), y: fc.integer({ min: 0, max: 2 }) })
    fc.assert(
      fc.property(spot, spot, fc.integer({ min: 1, max: 5 }), (from, to, size) => {
        const way = between(from, to)
        expect([way[0], way[way.length - 1]]).toEqual([from, to])
        way.slice(1).forEach(({ x, y }, i) => {
          expect(Math.max(Math.abs(x - way[i].x), Math.abs(y - way[i].y))).toBeLessThanOrEqual(1)
        })
        for (const pixel of under(shape, from, size)) expect(pixel >= 0 && pixel < 12).toBe(true)
        expect(under(shape, from, size)).toContain(from.y * 4 + from.x)
      }),
    )
  })

  it('makes pixels ink, paper or unknown', () => {
    const ink = painted(nothingKnown(12), [1, 2], 'ink')
    expect(textOf(ink)).toBe('.11.........')
    const paper = painted(ink, [2, 3], 'paper')
    expect(textOf(paper)).toBe('.100........')
    expect(textOf(painted(paper, pixelsIn(shape, 'left', 0.5, []), 'unknown'))).toBe('..00........')
  })

  it('hides more the further it is drawn, from nothing to everything', () => {
    const shares = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
    const order = shuffledPixels(shape, 7)
    fc.assert(
      fc.property(fc.constantFrom(...REGIONS), shares, (region, [a, b]) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)].map((share) => pixelsIn(shape, region, share, order))
        // A square may move by half a pixel as it grows.
        if (region !== 'middle') for (const pixel of less) expect(more).toContain(pixel)
        expect(less.length).toBeLessThanOrEqual(more.length)
        for (const pixel of more) expect(pixel >= 0 && pixel < 12).toBe(true)
        expect(new Set(more).size).toBe(more.length)
      }),
    )
    for (const region of REGIONS) {
      expect(pixelsIn(shape, region, 0, order)).toEqual([])
      expect(new Set(pixelsIn(shape, region, 1, order)).size).toBe(12)
    }
    expect(pixelsIn(shape, 'top', 0.5, order)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect(pixelsIn(shape, 'right', 0.25, order)).toEqual([3, 7, 11])
    expect(pixelsIn(shape, 'random', 0.5, order)).toEqual(order.slice(0, 6))
  })

  it('is drawn to where the edge of the hidden part then is', () => {
    fc.assert(
      fc.property(fc.constantFrom(...REGIONS), fc.integer({ min: 0, max: 12 }), (region, twelfths) => {
        const wide = { width: 12, height: 12 }
        const part = hiddenPart(wide, region, twelfths / 12)
        if (region === 'random' || part === null) {
          expect([region, part]).toEqual(['random', null])
          return
        }
        const far = { x: part.x + part.width, y: part.y + part.height }
        const edge = region === 'bottom' || region === 'right' ? part : far
        // A square of odd width has no middle among pixels.
        expect(Math.abs(shareAt(wide, region, edge) - twelfths / 12)).toBeLessThanOrEqual(
          region === 'middle' ? 1 / 12 + 1e-9 : 1e-9,
        )
      }),
    )
  })
})

describe('what is asked for often', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
  afterEach(() => vi.useRealTimers())

  it('is done at most once in a while, and not before the last may be overtaken', () => {
    const releases: (() => void)[] = []
    const work = new Coalesced(60, (release) => releases.push(release))
    for (let i = 0; i < 5; i++) work.want()
    vi.advanceTimersByTime(1000)
    expect(releases).toHaveLength(1)
    work.want()
    vi.advanceTimersByTime(1000)
    expect(releases).toHaveLength(1)
    releases[0]()
    releases[0]()
    vi.advanceTimersByTime(59)
    expect(releases).toHaveLength(2)
    releases[1]()
    vi.advanceTimersByTime(1000)
    expect(releases).toHaveLength(2)
  })
})
