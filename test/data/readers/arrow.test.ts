import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readTable } from '../../../src/data/readers/read-table'
import { cellOf, datesIn, writtenNumber, type Table } from '../../../src/data/table'
import { expectFailure } from '../../base/expect-failure'
import { readFiles, rowsOfTable, sentencesOf } from './table-values'

const FILES = join(import.meta.dirname, '..', '..', 'fixtures', 'readers', 'arrow')

function bytesOf(name: string): Uint8Array {
  return new Uint8Array(readFileSync(join(FILES, name)))
}

/** What the cells of a row say, dates as they are written. */
function written({ values }: Table, row: number, names: readonly string[]): (string | null)[] {
  if (values.kind !== 'columns') return []
  return names.map((name) => {
    const column = values.columns.find((one) => one.name === name)
    const cell = column ? cellOf(column, row) : null
    return column && typeof cell === 'number' ? writtenNumber(column, cell) : cell === null ? null : String(cell)
  })
}

describe('an Arrow file', () => {
  it('has categories in their order, dates in the coarsest unit, and tells what it leaves out', async () => {
    const table = await readTable(join(FILES, 'file.arrow'))
    if (table.values.kind !== 'columns') throw new Error('no columns')
    const { columns } = table.values
    expect(columns.find(({ name }) => name === 'size')).toMatchObject({ words: ['small', 'medium', 'large'] })
    expect(columns.flatMap((column) => datesIn(column)?.unit ?? [])).toEqual([
      'day',
      'day',
      'minute',
      'second',
      'minute',
    ])
    expect(written(table, 1, ['day', 'day64', 'moment', 'zoned', 'clock', 'money', 'wide'])).toEqual([
      '1999-12-26',
      '1999-12-26',
      '2021-03-01 01:30',
      '1969-12-31 23:59:51',
      '01:30',
      '-0.4',
      '-0.4',
    ])
    expect(sentencesOf(table)).toEqual([
      'The column “uneven” holds lists of several lengths and was left out.',
      'The column “inner” holds no plain values and was left out.',
      'The column “nothing” holds no plain values and was left out.',
    ])
  })

  it('is the same table in one piece, in batches, as a stream, and compressed', async () => {
    const whole = await readTable(join(FILES, 'file.arrow'))
    for (const name of ['batches.arrow', 'stream.arrows', 'lz4.arrow', 'zstd.arrow']) {
      const table = await readTable(join(FILES, name))
      expect([name, rowsOfTable(table)]).toEqual([name, rowsOfTable(whole)])
      expect(table.values).toEqual(whole.values)
    }
  })

  it('with dates that no calendar has says that they are missing', async () => {
    const table = await readTable(join(FILES, 'strange.arrow'))
    expect(sentencesOf(table)).toEqual([
      'Dates in the column "b" of strange.arrow that lie outside the years 1 to 9999 are missing.',
    ])
  })

  it('of version 1 of Feather is refused with what to do', async () => {
    await expectFailure(() => readTable(join(FILES, 'old.feather')), 'unknown-format', /a Feather file of version 1/)
  })

  it('that is cut off or says what is not so is refused', async () => {
    const bytes = bytesOf('file.arrow')
    await expectFailure(() => readFiles({ 'x.arrow': bytes.subarray(0, 5000) }), 'damaged-file', /Arrow file x\.arrow/)
    const packed = bytesOf('lz4.arrow')
    // What unpacks to 2⁴⁰ bytes by what stands before it.
    const mark = packed.findIndex((_, i) => [0x04, 0x22, 0x4d, 0x18].every((byte, at) => packed[i + at] === byte))
    packed.set([0, 0, 0, 0, 0, 1, 0, 0], mark - 8)
    await expectFailure(() => readFiles({ 'x.arrow': packed }), 'too-large', /takes too much memory or time/)
    packed.set(bytesOf('lz4.arrow').subarray(mark - 8, mark), mark - 8)
    packed[mark - 8]++
    await expectFailure(
      () => readFiles({ 'x.arrow': packed }),
      'damaged-file',
      /^The Arrow file x\.arrow is damaged: it has a piece that does not unpack to what it says\.$/,
    )
  })
})

it('a Parquet file has its dates in the same units', async () => {
  const table = await readTable(join(FILES, 'dates.parquet'))
  expect(written(table, 1, ['day', 'moment', 'zoned', 'clock', 'millis'])).toEqual([
    '1999-12-26',
    '2021-03-01 01:30',
    '1969-12-31 23:59:51',
    '01:30',
    '01:30',
  ])
})
