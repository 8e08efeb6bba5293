import { Float64, Table, tableToIPC, Utf8, vectorFromArray } from 'apache-arrow'
import fc from 'fast-check'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openDataSet, type DataSet } from '../../../src/data/data-set'
import { summariseTable } from '../../../src/shared/summarise-table'
import { temporaryFolder } from '../../training/small-run'

/** What a column of a generated table holds. */
type Kind = 'number' | 'word' | 'name' | 'date' | 'constant' | 'gappy'

const KINDS: readonly Kind[] = ['number', 'word', 'name', 'date', 'constant', 'gappy']
/** Names as people have them; the first few are taken for labels by readers. */
const NAMES = ['class', 'y', 'age', 'height, in m', 'id', 'Größe', 'row names', 'count', 'say “so”'] as const

interface Generated {
  readonly names: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

const tables: fc.Arbitrary<Generated> = fc
  .record({
    kinds: fc.array(fc.constantFrom(...KINDS), { minLength: 2, maxLength: 6 }),
    names: fc.shuffledSubarray([...NAMES], { minLength: 6, maxLength: 6 }),
    rows: fc.integer({ min: 24, max: 60 }),
  })
  .map(({ kinds, names, rows }) => ({
    names: kinds.map((_, i) => names[i]),
    rows: Array.from({ length: rows }, (_, row) => kinds.map((kind, column) => cellOf(kind, row + column))),
  }))

function cellOf(kind: Kind, row: number): string {
  switch (kind) {
    case 'number':
      return String(((row * 37) % 101) / 4)
    case 'word':
      return ['low', 'middle', 'high'][(row * 7) % 3]
    case 'name':
      return `person ${row}`
    case 'date':
      return new Date(Date.UTC(2020, 0, 1 + ((row * 5) % 300))).toISOString().slice(0, 10)
    case 'constant':
      return 'same'
    case 'gappy':
      return row % 5 === 0 ? '' : String(row % 13)
  }
}

const quoted = (field: string, separator: string): string =>
  field.includes(separator) || field.includes('"') ? `"${field.replaceAll('"', '""')}"` : field
const delimited =
  (separator: string) =>
  ({ names, rows }: Generated): string =>
    [names, ...rows].map((row) => `${row.map((field) => quoted(field, separator)).join(separator)}\n`).join('')
const isNumber = (text: string): boolean => /^[\d.]+$/.test(text)
const records = ({ names, rows }: Generated): object[] =>
  rows.map((row) =>
    Object.fromEntries(
      row.map((field, i) => [names[i], field === '' ? null : isNumber(field) ? Number(field) : field]),
    ),
  )

/** The table in a format. */
const FORMATS: Readonly<Record<string, (table: Generated) => string | Uint8Array>> = {
  'comma.csv': delimited(','),
  'semicolon.csv': delimited(';'),
  'tab.tsv': delimited('\t'),
  'bar.txt': delimited('|'),
  'list.json': (table) => JSON.stringify(records(table)),
  'lines.jsonl': (table) =>
    records(table)
      .map((record) => `${JSON.stringify(record)}\n`)
      .join(''),
  'frame.arrow': ({ names, rows }) => {
    const columns = names.map((name, i) => {
      const values = rows.map((row) => (row[i] === '' ? null : row[i]))
      const areNumbers = values.every((value) => value === null || isNumber(value))
      const numbers = values.map((value) => (value === null ? null : Number(value)))
      return [name, areNumbers ? vectorFromArray(numbers, new Float64()) : vectorFromArray(values, new Utf8())] as const
    })
    return tableToIPC(new Table(Object.fromEntries(columns)), 'file')
  },
  'weka.arff': ({ names, rows }) => {
    const types = names.map((_, i) => {
      const values = [...new Set(rows.map((row) => row[i]))].filter((value) => value !== '')
      if (values.every(isNumber)) return 'numeric'
      return `{${values.map((value) => `'${value}'`).join(',')}}`
    })
    const lines = rows.map((row) =>
      row.map((field) => (field === '' ? '?' : isNumber(field) ? field : `'${field}'`)).join(','),
    )
    return `@relation r\n${names.map((name, i) => `@attribute '${name}' ${types[i]}\n`).join('')}@data\n${lines.join('\n')}\n`
  },
}

/** The columns that a model sees or that are kept as the label, and those that a note names. */
function foundIn(data: DataSet): { readonly kept: readonly string[]; readonly told: (name: string) => boolean } {
  const summary = summariseTable(data)
  const leftOut = new Set(summary?.leftOut.map(({ name }) => name))
  const columns = data.table?.values.kind === 'columns' ? data.table.values.columns.map(({ name }) => name) : []
  return {
    kept: columns.filter((name) => !leftOut.has(name)),
    told: (name) => (data.notes ?? []).some((note) => note.includes(`The column “${name}”`)),
  }
}

it.each(Object.keys(FORMATS))('every row and column is kept or told of: %s', async (file) => {
  const path = join(await temporaryFolder(), file)
  await fc.assert(
    fc.asyncProperty(tables, async (table) => {
      await writeFile(path, FORMATS[file](table))
      const source = { kind: 'file', path, preparation: null } as const
      const data = await openDataSet(source, { mnistFolder: '/nowhere' }).catch((error: unknown) => String(error))
      // Too little may be left for a model; then that says why.
      if (typeof data === 'string') {
        expect(data).toMatch(/left, where a model needs|has only one column/)
        return
      }
      expect(data.table?.rows).toBe(table.rows.length)
      const { splits } = data
      expect(splits.train.rows + splits.valid.rows + splits.test.rows).toBe(table.rows.length)
      const { kept, told } = foundIn(data)
      expect(table.names.filter((name) => !kept.includes(name) && !told(name))).toEqual([])
      expect(kept.every((name) => table.names.includes(name))).toBe(true)
    }),
    { numRuns: 30 },
  )
})
