import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { filledTable } from '../../src/data/preparation/gaps'
import { readTable } from '../../src/data/readers/read-table'
import { cellOf, NO_LABEL, type Table } from '../../src/data/table'
import { encodeCsv } from '../../src/data/table-text'
import { temporaryFolder } from '../training/small-run'
import { countingTable, numberColumn, tableOf, wordColumn } from './preparation/tables'

function textOf(table: Table): string {
  return Buffer.concat(encodeCsv(table) ?? []).toString()
}

it('labels stand where the file has them, else last', async () => {
  const folder = await temporaryFolder()
  for (const [i, text] of ['x,kind,z\n1,b,p\n2,a,q\n3,b,r\n', 'kind,x,z\n4,1,p\n5,2,q\n4,,r\n'].entries()) {
    const path = join(folder, `${i}.csv`)
    await writeFile(path, text)
    const table = await readTable(path, { choices: { label: 'kind' } })
    expect(table.labels).toMatchObject({ name: 'kind', place: 1 - i })
    expect(textOf(table)).toBe(text)
  }
  const labels = { name: 'y', words: ['a', 'b'], codes: Uint16Array.of(1, NO_LABEL) }
  const table = tableOf({ kind: 'columns', columns: [numberColumn('x', [5, 6])] }, 2)
  expect(textOf({ ...table, labels })).toBe('x,y\n5,b\n6,\n')
})

it('a table written as CSV reads back the same, cell by cell', async () => {
  const folder = await temporaryFolder()
  const words = fc.option(
    fc.constantFrom('plain', 'with, comma', 'a "quoted" one', 'two\nlines', '#no remark', 'ünïcode'),
    { nil: null },
  )
  const numbers = fc.option(
    fc.oneof(fc.integer({ min: -1e6, max: 1e6 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
    { nil: null },
  )
  let file = 0
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(words, numbers), { minLength: 2, maxLength: 30 }), async (some) => {
      const rows = [['plain', 7] as const, ['with, comma', 0.5] as const, ...some]
      const values = rows.map(([, value]) => (value === null ? null : value + 0))
      const columns = [
        wordColumn(
          'a word, or two',
          rows.map(([word]) => word),
        ),
        numberColumn('number', values),
      ]
      const table = tableOf({ kind: 'columns', columns }, rows.length)
      const path = join(folder, `${file++}.csv`)
      await writeFile(path, textOf(table))
      const again = await readTable(path)
      if (again.values.kind !== 'columns') throw new Error('columns became something else')
      const read = again.values.columns
      expect(read.map(({ name }) => name)).toEqual(columns.map(({ name }) => name))
      for (let row = 0; row < rows.length; row++)
        expect(read.map((column) => cellOf(column, row))).toEqual(columns.map((column) => cellOf(column, row)))
    }),
    { numRuns: 60 },
  )
})

it('labels stand last, empty where there are none; bits alone are no table of columns', () => {
  const table = tableOf({ kind: 'columns', columns: [wordColumn('w', ['a', null, 'b'])] }, 3)
  const labelled: Table = {
    ...table,
    labels: { name: 'class', words: ['yes', 'no'], codes: Uint16Array.of(1, 0, NO_LABEL) },
  }
  expect(textOf(labelled)).toBe('w,class\na,no\n,yes\nb,\n')
  expect(encodeCsv(countingTable(4))).toBeNull()
})

it.each([
  ['days', ['2020-01-31', '2020-02-01', '2021-12-24', '1999-05-05']],
  ['months', ['1949-01', '1949-02', '1960-12', '1955-07']],
  ['times', ['2020-01-31 10:30', '2020-02-01 00:15', '2021-12-24 23:45', '2019-05-05 12:00']],
])('dates are written as dates, where gaps were filled too: %s', async (_what, dates) => {
  const path = join(await temporaryFolder(), 'dates.csv')
  const lines = [...dates.map((date, i) => `${date},${i % 2}`), ',1']
  await writeFile(path, `when,bit\n${lines.join('\n')}\n`)
  const table = await readTable(path)
  expect(textOf(table)).toBe(`when,bit\n${lines.join('\n')}\n`)
  const first = table.values.kind === 'columns' ? cellOf(table.values.columns[0], 0) : null
  const filled = filledTable(table, Uint32Array.of(4), new Map([[0, [first]]]))
  expect(textOf(filled)).toBe(`when,bit\n${lines.slice(0, -1).join('\n')}\n${dates[0]},1\n`)
})
