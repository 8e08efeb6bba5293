import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { goingOn, rungsOf, type Standing } from '../../src/sweeps/halving'
import { arrayRange, placesOf, taskCount } from '../../src/sweeps/tasks'

/** The numbers that "0,3-5" stands for. */
function numbersIn(range: string): number[] {
  if (range === '') return []
  return range.split(',').flatMap((part) => {
    const [first, last = first] = part.split('-').map(Number)
    return Array.from({ length: last - first + 1 }, (_, i) => first + i)
  })
}

describe('the rungs of a sweep', () => {
  it('become smaller by the share that is kept, the last to its end', () => {
    expect(rungsOf({ keep: 1 / 3, epochs: [2, 6] }, 27)).toEqual([
      { number: 0, places: 27, untilEpoch: 2 },
      { number: 1, places: 9, untilEpoch: 6 },
      { number: 2, places: 3, untilEpoch: null },
    ])
    expect(rungsOf({ keep: 0.1, epochs: [1, 2] }, 5).map(({ places }) => places)).toEqual([5, 1, 1])
    expect(rungsOf(null, 5)).toEqual([{ number: 0, places: 5, untilEpoch: null }])
  })

  it('let the best go on, by their loss and then by their number, in whatever order they are looked at', () => {
    const standing: fc.Arbitrary<Standing> = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(1, 2, 3).map((validNll): Standing => ({ kind: 'there', validNll })) },
      { weight: 1, arbitrary: fc.constantFrom<Standing>({ kind: 'out' }, { kind: 'on-its-way' }) },
    )
    fc.assert(
      fc.property(
        fc.array(standing, { maxLength: 30 }),
        fc.integer({ min: 1, max: 30 }),
        fc.nat(),
        (all, places, turn) => {
          const entries = all.map((one, number): [number, Standing] => [number, one])
          const turned = entries.map((_, i) => entries[(i * 31 + turn) % entries.length])
          const chosen = goingOn(new Map(entries), places)
          if (new Set(turned).size === entries.length) expect(goingOn(new Map(turned), places)).toEqual(chosen)
          const there = entries.flatMap(([number, one]) => (one.kind === 'there' ? [{ number, ...one }] : []))
          expect(chosen).toHaveLength(Math.min(places, there.length))
          const worst = Math.max(...chosen.map((number) => there.find((one) => one.number === number)?.validNll ?? NaN))
          for (const { number, validNll } of there) {
            if (validNll < worst) expect(chosen).toContain(number)
            if (validNll > worst) expect(chosen).not.toContain(number)
          }
          const tied = there.filter(({ validNll }) => validNll === worst).map(({ number }) => number)
          const inTie = chosen.filter((number) => tied.includes(number))
          expect(inTie).toEqual(tied.slice(0, inTie.length))
        },
      ),
    )
  })
})

describe('tasks', () => {
  it('are named as batch systems take them', () => {
    expect(arrayRange([0, 3, 4, 5])).toBe('0,3-5')
    expect(arrayRange([])).toBe('')
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(40)), (numbers) => {
        expect(numbersIn(arrayRange(numbers))).toEqual(numbers.toSorted((a, b) => a - b))
      }),
    )
  })

  it('do every place once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 20 }), (places, pack) => {
        const all = Array.from({ length: taskCount(places, pack) }, (_, task) => placesOf(task, places, pack))
        expect(all.flat()).toEqual(Array.from({ length: places }, (_, place) => place))
        expect(all.every(({ length }) => length > 0 && length <= pack)).toBe(true)
      }),
    )
  })
})
