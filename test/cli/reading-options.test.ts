import { describe, expect, it } from 'vitest'
import { listOf, preparationChangeOf, readingOf } from '../../src/cli/reading-options'
import { dataSourceOf, withReading } from '../../src/cli/places'
import { runConfigOf } from '../../src/cli/run-options'
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

  it('are refused in words', () => {
    expect(() => readingOf({ separator: 'dot' })).toThrow('it must be one of comma, semicolon, tab, bar, blank')
    expect(() => preparationChangeOf({ bits: 'a=17' })).toThrow('the most bits of a number are 16')
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
      omitted: [2],
      categorical: [],
      numberBits: 2,
      ownBits: [{ column: 0, bits: 4 }],
      missing: 'drop',
    })
    expect(preparationChangeOf({})).toBeUndefined()
  })

  it('name a column that is there', async () => {
    await expectFailure(
      () => preparationChangeOf({ omit: 'color' })?.(suggested, table),
      'invalid-settings',
      /has no column called color/,
    )
  })
})
