import { bitAt, isMissing, NO_LABEL, writtenNumber, type Column, type Labels, type Table } from './table'

/** The columns of a table one by one; null of greys, which have no columns that are called something. */
export function columnsOfTable({ values, rows }: Pick<Table, 'values' | 'rows'>): readonly Column[] | null {
  switch (values.kind) {
    case 'columns':
      return values.columns
    case 'bits': {
      const { bits, names } = values
      return names.map((name, number) => {
        const words = new Uint32Array(Math.ceil(rows / 32))
        for (let row = 0; row < rows; row++) if (bits.get(row, number) === 1) words[row >>> 5] |= 1 << (row & 31)
        return { name, kind: 'bits', words, missing: null }
      })
    }
    case 'grey':
      return null
  }
}

/** Labels as the column that they may have been: numbers where all of them are. */
export function columnOfLabels({ name, codes, words }: Labels): Column {
  const gaps = new Uint32Array(Math.ceil(codes.length / 32))
  codes.forEach((code, row) => {
    if (code === NO_LABEL) gaps[row >>> 5] |= 1 << (row & 31)
  })
  const missing = gaps.some((word) => word !== 0) ? gaps : null
  const numbers = words.map(Number)
  if (!words.every((word, code) => String(numbers[code]) === word))
    return { name, kind: 'categories', words, codes: codes.map((code) => (code === NO_LABEL ? 0 : code)), missing }
  const values = Float64Array.from(codes, (code) => (code === NO_LABEL ? 0 : numbers[code]))
  const areWhole = numbers.every((number) => Number.isInteger(number) && Math.abs(number) < 2 ** 31)
  return areWhole
    ? { name, kind: 'integers', values: Int32Array.from(values), missing }
    : { name, kind: 'numbers', values, missing }
}

/** The columns of a table with its labels as one of them: where the file has them, else last. */
export function columnsOfFile(columns: readonly Column[], labels: Labels | null): readonly Column[] {
  return labels ? columns.toSpliced(labels.place ?? columns.length, 0, columnOfLabels(labels)) : columns
}

/** The value of a row of a column in words, as it is written; null if it has none, or is text, which is not kept. */
export function wordOf(column: Column, row: number): string | null {
  if (isMissing(column, row)) return null
  switch (column.kind) {
    case 'bits':
      return String(bitAt(column.words, row))
    case 'integers':
    case 'numbers':
      return writtenNumber(column, column.values[row])
    case 'categories':
      return column.words[column.codes[row]]
    case 'text':
      return null
  }
}
