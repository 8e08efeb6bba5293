import { Float64, Table, tableToIPC, Utf8, vectorFromArray } from 'apache-arrow'
import fc from 'fast-check'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { it } from 'vitest'
import { expectKeptOrTold, isNumber, openFile, tables, type Generated } from './generated-tables'
import { temporaryFolder } from '../../training/small-run'

const quoted = (field: string, separator: string): string =>
  field.includes(separator) || field.includes('"') ? `"${field.replaceAll('"', '""')}"` : field
const delimited =
  (separator: string) =>
  ({ names, rows }: Generated): string =>
    [names, ...rows].map((row) => `${row.map((field) => quoted(field, separator)).join(separator)}\n`).join('')
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

it.each(Object.keys(FORMATS))('every row and column is kept or told of: %s', async (file) => {
  const path = join(await temporaryFolder(), file)
  await fc.assert(
    fc.asyncProperty(tables, async (table) => {
      await writeFile(path, FORMATS[file](table))
      expectKeptOrTold(await openFile(path), table)
    }),
    { numRuns: 30 },
  )
})
