import { describe, expect, it } from 'vitest'
import { listOf, preparationChangeOf, readingOf, type ColumnOptions } from '../../src/cli/reading-options'
import { dataSourceOf, withLearntLabel, withReading } from '../../src/cli/places'
import { runConfigOf } from '../../src/cli/run-options'
import type { Preparation } from '../../src/data/preparation/preparation'
import { suggestedPreparation } from '../../src/data/preparation/suggestion'
import { readingChoicesSchema } from '../../src/shared/data-source'
import { expectFailure } from '../base/expect-failure'
import { numberColumn, tableOf, wordColumn } from '../data/preparation/tables'

describe('options that say how a file is read', () => {
  it('become choices that a run can keep', () => {
    const reading = readingOf({
      header: false,
      skip: '3',
      separator: 'tab',
      decimal: 'comma',
      encoding: 'cp949',
      missingMarks: '-999, none',
      comment: '',
      sheet: '2',
      transpose: true,
      label: false,
      categorical: 'zip,"a, b"',
      numeric: 'age',
    })
    expect(reading).toEqual({
      header: false,
      skip: 3,
      separator: '\t',
      decimal: ',',
      encoding: 'cp949',
      missingMarks: ['-999', 'none'],
      comment: '',
      sheet: '2',
      transpose: true,
      label: null,
      words: ['zip', 'a, b'],
      numbers: ['age'],
    })
    expect(readingChoicesSchema.parse(JSON.parse(JSON.stringify(reading)))).toEqual(reading)
    expect(readingOf({})).toEqual({})
  })

  it('are part of the data of a run, and only of files', async () => {
    const config = await runConfigOf({ data: '/somewhere/x.csv', out: 'r', label: 'kind', encoding: 'cp949' })
    expect(config.data).toEqual({
      kind: 'file',
      path: '/somewhere/x.csv',
      preparation: null,
      reading: { label: 'kind', encoding: 'cp949' },
    })
    expect(withReading(config.data, { label: null })).toMatchObject({ reading: { label: null, encoding: 'cp949' } })
    expect(() => dataSourceOf('mnist', { label: null })).toThrow('the data are no file')
  })

  it.each(['', 'a,', ',a', 'a,,b', '"a'])('are refused where they are no list: %j', (text) => {
    if (text === '"a') expect(listOf('--omit', text)).toEqual(['"a'])
    else expect(() => listOf('--omit', text)).toThrow('names separated by commas')
  })

  it('hold commas in quotes, around a whole part or around its value', () => {
    expect(listOf('--given', 'a=1, "b=x, y",c="x, ""y""", d=')).toEqual(['a=1', 'b=x, y', 'c=x, "y"', 'd='])
  })

  it('are refused in words', () => {
    expect(() => readingOf({ separator: 'dot' })).toThrow('it must be one of comma, semicolon, tab, bar, blank')
    expect(() => preparationChangeOf({ bits: 'a=32' })).toThrow('the most bits of a number are 31')
    expect(() => preparationChangeOf({ bins: 'a=33' })).toThrow('the most bins of a number are 32')
    expect(() => preparationChangeOf({ bins: '1' })).toThrow('a whole number of 2 or more')
    expect(() => preparationChangeOf({ missing: 'guess' })).toThrow('must be one of')
  })
})

describe('options that say what becomes of columns', () => {
  const columns = [
    numberColumn('age', [1, 2, 3, 4]),
    numberColumn('size', [1.5, 2, 3, 4]),
    wordColumn('colour', ['a', 'b', 'a', 'b']),
  ]
  const table = tableOf({ kind: 'columns', columns }, 4)
  const suggested = suggestedPreparation(table)

  it('go by name', () => {
    expect(suggested.categorical).toEqual([0])
    const changed = preparationChangeOf({ omit: 'colour', bits: '2,age=4', missing: 'drop' })?.(suggested, table)
    expect(changed).toMatchObject({
      valuesAs: 'bits',
      omitted: [2],
      categorical: [],
      numberBits: 2,
      ownBits: [{ column: 0, bits: 4 }],
      missing: 'drop',
    })
    expect(preparationChangeOf({})).toBeUndefined()
  })

  it('make bits of values, or cut numbers into bins', () => {
    const changed = (options: ColumnOptions, before = suggested): Preparation | undefined =>
      preparationChangeOf(options)?.(before, table)
    expect(suggested).toMatchObject({ valuesAs: 'variables', numberBits: 7 })
    expect(changed({ asBits: true })).toEqual({ ...suggested, valuesAs: 'bits', numberBits: 1 })
    expect(changed({ bits: 'size=3' })).toMatchObject({
      valuesAs: 'bits',
      numberBits: 1,
      ownBits: [{ column: 1, bits: 3 }],
    })
    const bins = changed({ bins: '5,age=3' })
    expect(bins).toEqual({ ...suggested, numberBits: 4, categorical: [], ownBits: [{ column: 0, bits: 2 }] })
    // Of a number cut otherwise nothing is left where its values become something else.
    expect(changed({ asBits: true }, bins)).toMatchObject({ valuesAs: 'bits', numberBits: 1, ownBits: [] })
    expect(changed({ bins: 'size=4' }, bins)).toMatchObject({
      numberBits: 4,
      ownBits: [
        { column: 0, bits: 2 },
        { column: 1, bits: 3 },
      ],
    })
  })

  it('learn the label of a file that has one, and of the digits', async () => {
    const labels = { name: 'kind', words: ['a', 'b'], codes: Uint16Array.of(0, 1, 0, 1) }
    const change = preparationChangeOf({ learnLabel: true })
    expect(change?.(suggested, { ...table, labels })).toEqual({ ...suggested, learnsLabel: true })
    expect(change?.({ ...suggested, label: 2 }, table)).toMatchObject({ label: 2, learnsLabel: true })
    await expectFailure(() => change?.(suggested, table), 'invalid-settings', /has no label that could be learnt/)
    const config = await runConfigOf({ data: 'mnist', out: 'r', learnLabel: true })
    expect(config.data).toMatchObject({ kind: 'mnist', learnsLabel: true })
    expect(withLearntLabel(config.data, {})).toBe(config.data)
    await expect(runConfigOf({ data: 'synthetic:ising-strip', out: 'r', learnLabel: true })).rejects.toThrow(
      'have no label that could be learnt',
    )
  })

  it('name a column that is there', async () => {
    await expectFailure(
      () => preparationChangeOf({ omit: 'color' })?.(suggested, table),
      'invalid-settings',
      /has no column called color/,
    )
  })
})
