import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { histogramBars } from '../../src/renderer/logic/histogram'
import {
  onesInWords,
  ownBitsOf,
  rangesText,
  readingFor,
  readRanges,
  useOf,
  usesOf,
  withUse,
} from '../../src/renderer/logic/preparation'
import type { Preparation } from '../../src/shared/data-source'

const PREPARATION: Preparation = {
  valuesAs: 'bits',
  learnsLabel: false,
  omitted: [],
  categorical: [2],
  label: null,
  grey: false,
  binarization: { kind: 'threshold', threshold: 128 },
  numberBits: 1,
  ownBits: [],
  missing: 'category',
  pictureSize: null,
  picture: null,
  split: { keepGiven: true, amounts: { kind: 'fractions', valid: 0.1, test: 0.1 }, order: 'random', seed: 1 },
}
const KINDS = ['bits', 'integers', 'numbers', 'categories', 'text'] as const

describe('ranges of columns', () => {
  it('are read as they are written', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(60), { maxLength: 30 }), (numbers) => {
        const sorted = numbers.sort((a, b) => a - b)
        expect(readRanges(rangesText(sorted), 61)).toEqual(sorted)
      }),
    )
    expect(rangesText([0, 1, 2, 7])).toBe('1–3, 8')
    expect(readRanges(' 8 , 1-3,2 ', 8)).toEqual([0, 1, 2, 7])
    expect(readRanges('', 8)).toEqual([])
  })

  it.each(['0', '9', '3-2', '1-9', 'x', '1.5', '-1', '1–'])('%s is refused in words', (text) => {
    expect(readRanges(text, 8)).toMatch(/\.$/)
  })
})

describe('the use of a column', () => {
  it('is what was chosen, for every kind and use', () => {
    for (const kind of KINDS)
      for (const use of usesOf(kind))
        if (readingFor({ name: 'x', kind, missing: 0 }, use) === null)
          expect(useOf(withUse(PREPARATION, 5, use), 5, kind)).toBe(use)
  })

  it('asks for another reading where words are to be numbers, or numbers words', () => {
    const before = { words: ['a', 'x'], numbers: ['b'] }
    const column = { name: 'x', missing: 0 }
    expect(readingFor({ ...column, kind: 'categories' }, 'numbers', before)).toEqual({
      words: ['a'],
      numbers: ['b', 'x'],
    })
    expect(readingFor({ ...column, kind: 'numbers' }, 'categories')).toEqual({ words: ['x'], numbers: [] })
    expect(readingFor({ ...column, kind: 'integers' }, 'categories')).toBeNull()
  })

  it('asks for another reading of whole numbers where words among them may have been taken for missing', () => {
    const column = { name: 'x', kind: 'integers', missing: 1 } as const
    expect(readingFor(column, 'categories')).toEqual({ words: ['x'], numbers: [] })
    expect(readingFor(column, 'numbers')).toBeNull()
  })

  it('by size may be of bits of its own, until another is chosen', () => {
    const own = withUse(withUse(PREPARATION, 5, 'numbers', 3), 1, 'numbers', 2)
    expect(own.ownBits).toEqual([
      { column: 1, bits: 2 },
      { column: 5, bits: 3 },
    ])
    expect([ownBitsOf(own, 5), ownBitsOf(own, 4), useOf(own, 5, 'numbers')]).toEqual([3, null, 'numbers'])
    expect(ownBitsOf(withUse(own, 5, 'numbers'), 5)).toBe(null)
    expect(withUse(own, 5, 'out').ownBits).toEqual([{ column: 1, bits: 2 }])
  })

  it('changes no other column', () => {
    for (const use of usesOf('integers')) expect(useOf(withUse(PREPARATION, 5, use), 2, 'integers')).toBe('categories')
    expect(withUse(withUse(PREPARATION, 5, 'label'), 2, 'label').label).toBe(2)
    expect(withUse(withUse(PREPARATION, 5, 'label'), 5, 'out')).toMatchObject({ label: null, omitted: [5] })
  })
})

describe('a row in words', () => {
  it('names its ones, as many as fit', () => {
    expect(onesInWords([0, 255, 255], ['a', 'b', 'c'], 20)).toBe('b, c')
    expect(onesInWords([255, 255, 255], ['age > 37', 'sex = Female', 'x'], 12)).toBe('age > 37, …')
    expect(onesInWords([255], ['a very long name indeed'], 6)).toBe('a very, …')
    expect(onesInWords([0], ['a'], 6)).toBe('')
  })
})

describe('the bars of a histogram', () => {
  it('are as high as the logarithm of their counts, the tallest one', () => {
    expect(histogramBars([0, 0, 3, 4, 1, 0], 3)).toEqual([0, 1, Math.log(2) / Math.log(8)])
    expect(histogramBars([0, 0], 2)).toEqual([0, 0])
  })
})
