import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sentenceOf } from '../../../src/base/advice'
import { bytesSource } from '../../../src/made/safetensors'
import { Hdf5File } from '../../../src/data/readers/hdf5-file'
import { Reading } from '../../../src/data/readers/reading'
import { readTable } from '../../../src/data/readers/read-table'
import { columnCount, datesIn, missingCount, writtenNumber, type Table } from '../../../src/data/table'
import { expectFailure } from '../../base/expect-failure'
import { readFiles, rowsOfTable, sentencesOf } from './table-values'

const FILES = join(import.meta.dirname, '..', '..', 'fixtures', 'readers', 'hdf5')

function bytesOf(name: string): Uint8Array {
  return new Uint8Array(readFileSync(join(FILES, name)))
}

function columns({ values }: Table): string[] {
  if (values.kind !== 'columns') return []
  return values.columns.map((column) => `${column.name} ${column.kind} ${missingCount(column)}`)
}

function names({ values }: Table): readonly string[] {
  return values.kind === 'columns' ? values.columns.map(({ name }) => name) : []
}

describe('arrays of an HDF5 file', () => {
  it('are parts by the names of their groups', async () => {
    const table = await readTable(join(FILES, 'parts.h5'))
    expect([sentenceOf(table.format).english, table.values.kind, table.labels?.words]).toEqual([
      'HDF5',
      'bits',
      ['0', '1', '2'],
    ])
  })

  it('of every plain type, order of bytes and compression are the same numbers', async () => {
    await expectFailure(
      () => readTable(join(FILES, 'types.h5')),
      'invalid-data',
      /several tables: "compressed", "flags"/,
    )
    const file = await Hdf5File.open(bytesSource(bytesOf('types.h5')), 'types.h5', new Reading({}, 1))
    const plain = file.datasets.filter(({ path }) => path.startsWith('/t'))
    expect(plain).toHaveLength(17)
    for (const dataset of plain)
      expect([dataset.path, ...(await file.numbers(dataset))]).toEqual([dataset.path, 2, 3, 4, 5, 6, 7])
    await file.close()
    const flags = await readTable(join(FILES, 'types.h5'), { choices: { sheet: 'flags' } })
    expect([flags.values.kind, rowsOfTable(flags)]).toEqual(['bits', [[1, 0], [0, 1], [1, 1]]]) // prettier-ignore
    const packed = await readTable(join(FILES, 'types.h5'), { choices: { sheet: '1' } })
    expect(rowsOfTable(packed)).toEqual([[0, 1], [2, 3], [4, 5]]) // prettier-ignore
  })

  it('are found by name, or refused with the names that there are', async () => {
    await expectFailure(
      () => readTable(join(FILES, 'types.h5'), { choices: { sheet: 'flag' } }),
      'invalid-settings',
      /types\.h5 has no table called flag/,
    )
    const other = await readTable(join(FILES, 'types.h5'), { likeOthers: { sheet: 't03' } })
    expect(other.readAs?.sheet).toBe('t03')
  })

  it('come once, by whatever name and in whatever circle they are linked, and none from other files', async () => {
    const table = await readTable(join(FILES, 'links.h5'))
    expect([table.rows, columnCount(table.values)]).toEqual([24, 2])
    expect(sentencesOf(table)).toEqual([
      'The array "nothing" of links.h5 was left out.',
      'The array "one" of links.h5 was left out.',
    ])
  })

  it('beside a list of enumerated words are labelled with these', async () => {
    const { labels } = await readTable(join(FILES, 'enum.h5'))
    expect([labels?.name, labels?.words]).toEqual(['label', ['blue', 'green', 'red']])
  })
})

describe('a table of records', () => {
  it('has a column for each field, and for each value of a list', async () => {
    const table = await readTable(join(FILES, 'records.h5'))
    expect(columns(table)).toEqual(['n integers 0', 'x numbers 0', 'word categories 0', 'flag bits 0', 'pair 1 integers 0', 'pair 2 integers 0']) // prettier-ignore
    expect(sentenceOf(table.format).english).toBe('HDF5, a table of records')
    expect(sentencesOf(table)).toEqual([
      'records.h5 holds 2 tables (readings/all, readings/few); readings/all was read. To read another, name it (--sheet).',
    ])
    const few = await readTable(join(FILES, 'records.h5'), { choices: { sheet: 'readings/few' } })
    expect([names(few), few.rows]).toEqual([['a', 'b'], 4])
  })
})

describe('a table of pandas', () => {
  it('in the fixed format has its columns in their order, dates among them', async () => {
    const table = await readTable(join(FILES, 'fixed.h5'))
    expect(columns(table)).toEqual(['size integers 0', `weight numbers ${nans(table)}`, 'flag bits 0', 'born integers 0', 'seen integers 0', 'other integers 0']) // prettier-ignore
    if (table.values.kind !== 'columns') throw new Error('no columns')
    const [, , , born, seen] = table.values.columns
    expect([datesIn(born)?.unit, datesIn(seen)?.unit]).toEqual(['day', 'minute'])
    expect([born, seen].map((column) => 'values' in column && writtenNumber(column, column.values[1]))).toEqual([
      '2020-01-02',
      '2020-01-01 07:30:00',
    ])
    expect(sentencesOf(table)).toEqual([])
  })

  it('says which columns are Python objects, which are never run', async () => {
    const table = await readTable(join(FILES, 'fixed_words.h5'))
    expect(names(table)).not.toContain('word')
    expect(sentencesOf(table)).toEqual([
      expect.stringContaining('The column “word” of fixed_words.h5 is stored as Python objects'),
    ])
  })

  it('in the table format has words and categories, too', async () => {
    const table = await readTable(join(FILES, 'table.h5'))
    expect(names(table)).toEqual(['size', 'weight', 'flag', 'born', 'seen', 'other', 'word', 'kind'])
    expect(table.values.kind === 'columns' && table.values.columns.slice(-2)).toMatchObject([
      { kind: 'categories', words: ['x', 'yé', 'zz'] },
      { kind: 'categories', words: ['small', 'large', 'medium'] },
    ])
    const byColumns = await readTable(join(FILES, 'columns.h5'))
    expect(names(byColumns)).toEqual(['size', 'weight', 'flag', 'seen', 'other', 'word'])
    expect(sentencesOf(byColumns)).toEqual([expect.stringContaining('The names of the rows (index) of "a/b" in columns.h5 were left out.')]) // prettier-ignore
  })

  it('is the first of several, or the chosen one', async () => {
    const table = await readTable(join(FILES, 'two.h5'))
    expect([table.rows, table.readAs?.sheet]).toEqual([24, 'first'])
    expect(sentencesOf(table)).toEqual([
      'two.h5 holds 2 tables (first, second); first was read. To read another, name it (--sheet).',
    ])
    expect((await readTable(join(FILES, 'two.h5'), { choices: { sheet: 'second' } })).rows).toBe(5)
  })

  it('in a form or a compression that is not read is refused with a way on', async () => {
    await expectFailure(() => readTable(join(FILES, 'blosc.h5')), 'unknown-format', /compressed with blosc/)
    await expectFailure(
      () => readTable(join(FILES, 'series.h5')),
      'invalid-data',
      /"s" of series\.h5 is a series of pandas/,
    )
  })
})

describe('a MATLAB file of version 7.3', () => {
  it('has its arrays as MATLAB shows them, the labels deciding their direction', async () => {
    const table = await readTable(join(FILES, 'labelled.mat'))
    expect(sentenceOf(table.format).english).toBe('MATLAB (.mat, version 7.3)')
    expect(names(table)).toEqual(['wide', 'tall', 'old', 'new'])
  })

  it('has cells of pictures, and of words as labels; what is empty does not count', async () => {
    expect((await readTable(join(FILES, 'cells.mat'))).picture).toEqual({ height: 5, width: 4 })
    const { labels, notes } = await readTable(join(FILES, 'words.mat'))
    expect(labels?.words).toEqual(['setosa', 'virginica'])
    expect(sentencesOf({ notes })).toContain('The array "empty" of words.mat was left out.')
  })

  it('with objects of MATLAB is refused with what to do', async () => {
    await expectFailure(
      () => readTable(join(FILES, 'object.mat')),
      'invalid-data',
      /"t" of object\.mat is a table of MATLAB/,
    )
  })
})

describe('a damaged HDF5 file', () => {
  it('is refused', async () => {
    const bytes = bytesOf('parts.h5')
    await expectFailure(() => readFiles({ 'x.h5': bytes.subarray(0, 3000) }), 'damaged-file', /HDF5 file x\.h5/)
    await expectFailure(() => readFiles({ 'x.h5': bytes.fill(255, 100, 3000) }), 'damaged-file', /HDF5 file x\.h5/)
  })
})

function nans(table: Table): number {
  return rowsOfTable(table).filter(([, weight]) => Number.isNaN(weight)).length
}
