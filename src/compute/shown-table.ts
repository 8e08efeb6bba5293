import { columnHistogram, type ColumnHistogram } from '../data/column-histogram'
import type { DataSet } from '../data/data-set'
import { hasBits, type ColumnCoding } from '../data/preparation/coding'
import {
  cellOf,
  datesIn,
  NO_LABEL,
  writtenNumber,
  type CellValue,
  type Column,
  type Labels,
  type Table,
} from '../data/table'
import { within, type Steps } from '../base/steps'
import type { TableColumn } from '../shared/table-view'

/** So many cells are looked at to know how wide columns are, and so many rows at most and at least. */
const LOOKED_AT = { cells: 200_000, mostRows: 1000, leastRows: 20 } as const

interface Shown {
  readonly column: Column
  /** How it becomes bits; undefined for a label that the file keeps apart. */
  readonly coding: ColumnCoding | undefined
  readonly isLabel: boolean
}

/** The table that open data are made of, as it is looked at: its columns, and its label last where its files keep that apart. */
export class ShownTable {
  readonly columns: readonly TableColumn[]

  private constructor(
    private readonly shown: readonly Shown[],
    rows: number,
  ) {
    const some = rowsLookedAt(rows, shown.length)
    this.columns = shown.map(({ column, coding, isLabel }) => ({
      name: column.name,
      holds: datesIn(column) ? 'dates' : column.kind === 'categories' ? 'words' : 'numbers',
      letters: lettersOf(column, some),
      isLabel,
      isUsed: isLabel || (coding !== undefined && hasBits(coding)),
    }))
  }

  /** Null for data that are not looked at as a table: pictures, greys, sets of bits, and what is drawn. */
  static of({ table, coding, source, picture }: DataSet): ShownTable | null {
    if (!table || table.values.kind !== 'columns' || coding?.kind !== 'columns' || picture !== null) return null
    const label = source.kind === 'file' ? (source.preparation?.label ?? null) : null
    const columns = table.values.columns.map((column, number) => ({
      column,
      coding: coding.columns[number],
      isLabel: number === label,
    }))
    // Of text only that it is there is kept.
    const shown: Shown[] = columns.filter(({ column }) => column.kind !== 'text')
    if (table.labels && label === null)
      shown.push({ column: labelsAsColumn(table.labels), coding: undefined, isLabel: true })
    return new ShownTable(shown, table.rows)
  }

  /** What those rows hold in `count` columns from `first` on, `[rows, columns]`; null where there is no value. */
  cells(rows: Uint32Array, first: number, count: number): (string | null)[] {
    const columns = this.shown.slice(first, first + count)
    return Array.from(rows).flatMap((row) => columns.map(({ column }) => written(column, row)))
  }

  /** How often the values of `count` columns from `first` on occur in those rows. */
  *histograms(rows: Uint32Array, first: number, count: number): Steps<ColumnHistogram[]> {
    const columns = this.shown.slice(first, first + count)
    const found: ColumnHistogram[] = []
    for (const [i, { column, coding, isLabel }] of columns.entries()) {
      const steps = columnHistogram(column, rows, levelsOf(coding), isLabel || coding?.kind === 'categories')
      found.push(yield* within(steps, i / columns.length, (i + 1) / columns.length))
    }
    return found
  }
}

function levelsOf(coding: ColumnCoding | undefined): readonly number[] {
  return coding?.kind === 'levels' || coding?.kind === 'bins' ? coding.levels : []
}

function labelsAsColumn({ name, codes, words }: Labels): Column {
  const missing = new Uint32Array(Math.ceil(codes.length / 32))
  codes.forEach((code, row) => {
    if (code === NO_LABEL) missing[row >>> 5] |= 1 << (row & 31)
  })
  return { name, kind: 'categories', codes, words, missing }
}

function written(column: Column, row: number): string | null {
  const value: CellValue | null = cellOf(column, row)
  return typeof value === 'number' ? writtenNumber(column, value) : value
}

/** Rows one as far from the other as the next. */
function rowsLookedAt(rows: Table['rows'], columns: number): Uint32Array {
  const { cells, mostRows, leastRows } = LOOKED_AT
  const most = Math.max(leastRows, Math.min(mostRows, Math.floor(cells / Math.max(1, columns))))
  const count = Math.min(rows, most)
  return Uint32Array.from({ length: count }, (_, i) => Math.floor((i * rows) / count))
}

function lettersOf(column: Column, rows: Uint32Array): number {
  const texts = column.kind === 'categories' ? column.words : Array.from(rows, (row) => written(column, row) ?? '')
  return texts.reduce((most, text) => Math.max(most, text.length), 1)
}
