import { bitAt, isMissing, type Column, type Table } from '../table'
import { columnsOfTable } from '../table-columns'

/**
 * A table in which what a person calls a mark for "not known" is missing. Readers of text see to that while they read; this
 * does it for formats that hold numbers as such.
 */
export function withChosenMarks(table: Table, marks: readonly string[]): Table {
  const numbers = new Set(
    marks
      .filter((mark) => mark.trim() !== '')
      .map(Number)
      .filter(Number.isFinite),
  )
  if (table.values.kind === 'bits' && !numbers.has(0) && !numbers.has(1)) return table
  const found = new Set(table.missingMarks)
  const columns = columnsOfTable(table)?.map((column) => markedColumn(column, table.rows, numbers, marks, found))
  if (!columns?.some((column) => column.marked)) return table
  return {
    ...table,
    values: { kind: 'columns', columns: columns.map(({ column }) => column) },
    picture: null,
    missingMarks: [...found],
  }
}

function markedColumn(
  column: Column,
  rows: number,
  numbers: ReadonlySet<number>,
  marks: readonly string[],
  found: Set<string>,
): { readonly column: Column; readonly marked: boolean } {
  const markAt = marksIn(column, numbers, marks)
  if (markAt === null) return { column, marked: false }
  const missing = Uint32Array.from(column.missing ?? new Uint32Array(Math.ceil(rows / 32)))
  let marked = false
  for (let row = 0; row < rows; row++) {
    const mark = isMissing(column, row) ? null : markAt(row)
    if (mark === null) continue
    missing[row >>> 5] |= 1 << (row & 31)
    found.add(mark)
    clear(column, row)
    marked = true
  }
  return marked ? { column: { ...column, missing }, marked } : { column, marked }
}

/** What tells the mark that a row holds; null where no row can hold one. */
function marksIn(
  column: Column,
  numbers: ReadonlySet<number>,
  marks: readonly string[],
): ((row: number) => string | null) | null {
  switch (column.kind) {
    case 'bits':
      if (numbers.size === 0) return null
      return (row) => (numbers.has(bitAt(column.words, row)) ? String(bitAt(column.words, row)) : null)
    case 'integers':
    case 'numbers':
      if (numbers.size === 0) return null
      return (row) => (numbers.has(column.values[row]) ? String(column.values[row]) : null)
    case 'categories': {
      if (!column.words.some((word) => marks.includes(word))) return null
      return (row) => marks.find((mark) => mark === column.words[column.codes[row]]) ?? null
    }
    case 'text':
      return null
  }
}

/** Where a value is missing, what is stored is 0. */
function clear(column: Column, row: number): void {
  switch (column.kind) {
    case 'bits':
      column.words[row >>> 5] &= ~(1 << (row & 31))
      return
    case 'integers':
    case 'numbers':
      column.values[row] = 0
      return
    case 'categories':
      column.codes[row] = 0
      return
    case 'text':
      return
  }
}
