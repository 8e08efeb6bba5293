import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { failureOf } from '../../src/base/failure'
import { readTable } from '../../src/data/readers/read-table'
import { datesIn, isMissing, missingCount, type Column, type Table } from '../../src/data/table'
import { columnOfLabels, columnsOfTable, wordOf } from '../../src/data/table-columns'

/** What a column holds, as other programs are asked it, too. */
interface ColumnFacts {
  readonly name: string
  readonly kind: 'number' | 'date' | 'word' | 'text' | 'left out'
  readonly missing: number
  /** How many different values there are; null where they are not kept. */
  readonly values: number | null
  /** Of dates in days since 1970-01-01; null of words, and of dates by the month and the like. */
  readonly mean: number | null
}

/** `compare-readers.js <folder>`: reads each file in the folders below, and says what its columns hold, one JSON object a line. */
const [root] = process.argv.slice(2)
for (const kind of (await readdir(root)).sort())
  for (const file of (await readdir(join(root, kind))).sort()) {
    const facts = await factsOf(join(root, kind, file))
    console.log(JSON.stringify({ kind, file, ...facts }))
  }

async function factsOf(path: string): Promise<object> {
  try {
    const table = await readTable(path)
    return { rows: table.rows, columns: allColumns(table) }
  } catch (error) {
    const { code, message } = failureOf(error)
    return { error: `${code}: ${message.english}` }
  }
}

function allColumns(table: Table): ColumnFacts[] {
  const { leftOut = [], labels, rows } = table
  const columns = [...(columnsOfTable(table) ?? greyColumns(table)), ...(labels ? [columnOfLabels(labels)] : [])]
  return [
    ...leftOut.map(({ name }): ColumnFacts => ({ name, kind: 'left out', missing: 0, values: null, mean: null })),
    ...columns.map((column) => columnFacts(column, rows)),
  ]
}

function greyColumns({ values, rows }: Table): Column[] {
  if (values.kind !== 'grey') return []
  return Array.from({ length: values.columns }, (_, d) => ({
    name: `column ${d + 1}`,
    kind: 'integers',
    values: Uint8Array.from({ length: rows }, (__, row) => values.pixels[row * values.columns + d]),
    missing: null,
  }))
}

function columnFacts(column: Column, rows: number): ColumnFacts {
  const { name } = column
  const missing = missingCount(column)
  if (column.kind === 'text') return { name, kind: 'text', missing, values: null, mean: null }
  const known = Array.from({ length: rows }, (_, row) => row).filter((row) => !isMissing(column, row))
  const values = new Set(known.map((row) => wordOf(column, row))).size
  if (column.kind === 'categories') return { name, kind: 'word', missing, values, mean: null }
  const sum = known.reduce(
    (total, row) => total + (column.kind === 'bits' ? Number(wordOf(column, row)) : column.values[row]),
    0,
  )
  const scale = datesIn(column)
  if (!scale) return { name, kind: 'number', missing, values, mean: known.length > 0 ? sum / known.length : null }
  const perDay = new Map([
    ['day', 1],
    ['hour', 24],
    ['minute', 1440],
    ['second', 86_400],
  ]).get(scale.unit)
  return { name, kind: 'date', missing, values, mean: perDay === undefined ? null : sum / known.length / perDay }
}
