import { cellOf, isMissing, writtenNumber, type CellValue, type Table } from './table'
import { columnsOfFile } from './table-columns'

/** Rows that are written as one piece. */
const PIECE = 10_000
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$|^[#%|]/

/**
 * A table as CSV (RFC 4180, UTF-8, a header, lines that end in a line feed), in pieces: its columns, and its labels where the
 * file has them, else last. A missing value is an empty field, a date is written as one. Columns of text too varied to be kept are not among them.
 * @returns null if the table holds no columns of several kinds
 */
export function encodeCsv({ values, labels, rows }: Table): Uint8Array[] | null {
  if (values.kind !== 'columns') return null
  const columns = columnsOfFile(values.columns, labels).filter(({ kind }) => kind !== 'text')
  const fields = columns.map((column) => {
    const words = column.kind === 'categories' ? column.words.map(quotedField) : []
    return (row: number): string => {
      if (column.kind === 'categories') return isMissing(column, row) ? '' : words[column.codes[row]]
      const value = cellOf(column, row)
      return typeof value === 'number' ? quotedField(writtenNumber(column, value)) : ''
    }
  })
  const encoder = new TextEncoder()
  const pieces = [encoder.encode(csvLine(columns.map(({ name }) => name)))]
  for (let start = 0; start < rows; start += PIECE) {
    let text = ''
    for (let row = start; row < Math.min(rows, start + PIECE); row++)
      text += `${fields.map((field) => field(row)).join(',')}\n`
    pieces.push(encoder.encode(text))
  }
  return pieces
}

/** A line of CSV; what is null is an empty field. */
export function csvLine(fields: readonly (CellValue | null)[]): string {
  return `${fields.map((field) => (typeof field === 'string' ? quotedField(field) : String(field ?? ''))).join(',')}\n`
}

function quotedField(text: string): string {
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
