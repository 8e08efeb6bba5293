import { StudioError } from '../../base/failure'
import { BitMatrix } from '../bit-matrix'
import { ColumnBuilder, MemoryBudget } from '../readers/column-builder'
import { MOST_TABLE_BYTES } from '../readers/table-builder'
import { atOnce } from '../../base/steps'
import { cellOf, isMissing, type CellValue, type Column, type Table } from '../table'
import { bitsOfRows, encodeColumns, keptRows, usedColumns, widthOf, type EncodedColumn } from './columns'
import { leavesOutGaps, type Preparation } from './preparation'
import { splitRows } from './split-plan'

/** The rows of a table that lack values, as a model sees them. */
export interface Gaps {
  /** Their numbers in the table, ascending. */
  readonly rows: Uint32Array
  /** `[rows, D]`; a bit that is not known is zero. */
  readonly bits: BitMatrix
  /** A one where the bit is known: the bits of every column that has a value in the row. */
  readonly known: BitMatrix
  /** The columns that the bits stand for. */
  readonly columns: readonly EncodedColumn[]
}

/** Values for the rows of `Gaps`, by the number of their column. */
export type FilledValues = ReadonlyMap<number, readonly CellValue[]>

/**
 * The rows that lack a value of a column that the model sees, coded as the rows that it was trained on.
 * @param from rows before it are passed over
 * @throws StudioError 'invalid-settings' if the preparation makes something else of missing values, or as `prepare`
 */
export function findGaps(table: Table, preparation: Preparation, from = 0): Gaps {
  if (!leavesOutGaps(preparation))
    throw new StudioError(
      'invalid-settings',
      'Missing values were made into something else before this model was trained.',
      'Train one with missing values “filled in by the model later” (--missing model).',
    )
  const used = usedColumns(table, preparation)
  const isKept = keptRows(used, preparation)
  const { train } = splitRows(table.parts, isKept, preparation.split)
  const columns = atOnce(encodeColumns(used, train, preparation))
  const rows = Uint32Array.from({ length: table.rows - from }, (_, i) => from + i).filter((row) => !isKept(row))
  return { rows, bits: atOnce(bitsOfRows(columns, rows, preparation)), known: knownBits(columns, rows), columns }
}

function knownBits(columns: readonly EncodedColumn[], rows: Uint32Array): BitMatrix {
  const known = new BitMatrix(rows.length, widthOf(columns))
  for (const { column, encoding, first } of columns)
    rows.forEach((number, row) => {
      if (!isMissing(column, number)) encoding.names.forEach((_, bit) => known.set(row, first + bit))
    })
  return known
}

/**
 * What drawn rows say of each column.
 * @param drawn `[rows, D]`
 * @param probabilities `[rows, D]`: of a one, that each bit was drawn with
 */
export function valuesOf({ columns }: Gaps, drawn: BitMatrix, probabilities: Float32Array): FilledValues {
  const valueAt = ({ encoding, first }: EncodedColumn, row: number): CellValue =>
    encoding.valueOf(
      (bit) => drawn.get(row, first + bit) === 1,
      (bit) => probabilities[row * drawn.columns + first + bit],
    )
  const rows = Array.from({ length: drawn.rows }, (_, row) => row)
  return new Map(columns.map((column) => [column.number, rows.map((row) => valueAt(column, row))]))
}

/**
 * The table with values where they were missing. What was there stays as it is.
 * @param rows the numbers of the rows that `values` are for, ascending
 */
export function filledTable(table: Table, rows: Uint32Array, values: FilledValues): Table {
  if (table.values.kind !== 'columns') return table
  const columns = table.values.columns.map((column, number) => {
    const filled = values.get(number)
    return filled && column.missing !== null ? filledColumn(column, table.rows, rows, filled) : column
  })
  return { ...table, values: { kind: 'columns', columns } }
}

function filledColumn(column: Column, count: number, rows: Uint32Array, values: readonly CellValue[]): Column {
  const builder = new ColumnBuilder(column.name, new MemoryBudget(MOST_TABLE_BYTES))
  if (column.kind === 'categories') builder.declareWords(column.words)
  for (let row = 0, next = 0; row < count; row++) {
    while (next < rows.length && rows[next] < row) next++
    setCell(builder, row, cellOf(column, row) ?? (rows[next] === row ? values[next] : null))
  }
  return builder.finish(count)
}

function setCell(builder: ColumnBuilder, row: number, value: CellValue | null): void {
  if (value === null) builder.setMissing(row)
  else if (typeof value === 'number') builder.setNumber(row, value)
  else builder.setWord(row, value)
}

/**
 * The rows of `own` and below them, in no part, those of another table: with the same columns, found by their names. A
 * value that `own` holds nowhere, so that no bit stands for it, counts as missing there.
 * @throws StudioError 'invalid-data' if a column that is used is absent, or holds words in place of numbers
 */
export function withRowsBelow(own: Table, other: Table, preparation: Preparation): Table {
  if (own.values.kind !== 'columns') return own
  const used = new Set(usedColumns(own, preparation).map(({ number }) => number))
  const columns = own.values.columns.map((column, number) =>
    used.has(number) && column.kind !== 'text'
      ? longerColumn(column, own.rows, columnNamed(other, column.name), other, preparation.categorical.includes(number))
      : column,
  )
  return { ...own, rows: own.rows + other.rows, values: { kind: 'columns', columns } }
}

function longerColumn(
  column: Column,
  rows: number,
  below: (row: number) => CellValue | null,
  other: Table,
  isCategorical: boolean,
): Column {
  const builder = new ColumnBuilder(column.name, new MemoryBudget(MOST_TABLE_BYTES))
  if (column.kind === 'categories') builder.declareWords(column.words)
  for (let row = 0; row < rows; row++) setCell(builder, row, cellOf(column, row))
  const fit = fitting(column, isCategorical)
  for (let row = 0; row < other.rows; row++) {
    const value = below(row)
    if (typeof value === 'string' && column.kind !== 'categories')
      throw new StudioError(
        'invalid-data',
        `The column ${column.name} of ${other.name} holds words; the model was trained on numbers.`,
        'Choose a file with the same columns.',
      )
    setCell(builder, rows + row, value === null ? null : fit(value))
  }
  return builder.finish(rows + other.rows)
}

/** A value as the column holds it, or null if the column has no place for it. */
function fitting(column: Column, isCategorical: boolean): (value: CellValue) => CellValue | null {
  const only = (known: ReadonlySet<CellValue>) => (value: CellValue) => (known.has(value) ? value : null)
  switch (column.kind) {
    case 'bits':
      return only(new Set([0, 1]))
    case 'integers':
      return isCategorical
        ? only(new Set(Array.from(column.values).filter((_, row) => !isMissing(column, row))))
        : (value) => value
    case 'categories': {
      const words = only(new Set(column.words))
      return (value) => words(String(value))
    }
    case 'numbers':
    case 'text':
      return (value) => value
  }
}

/** Reads the column of that name by row. @throws StudioError 'invalid-data' if there is none */
function columnNamed(table: Table, name: string): (row: number) => CellValue | null {
  const { values } = table
  if (values.kind === 'columns') {
    const column = values.columns.find((one) => one.name === name)
    if (column) return (row) => cellOf(column, row)
  }
  throw new StudioError(
    'invalid-data',
    `${table.name} has no column ${name} with values missing or of several kinds; the model was trained on one.`,
    'Choose a file with the same columns as the data of the run.',
  )
}
