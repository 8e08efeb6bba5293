import { StudioError } from '../../base/failure'
import { LIMITS } from '../../made/spec'
import { say, type Sentence } from '../../words/say'
import type { ColumnBuilder } from './column-builder'
import { IndexCounts } from './index-counts'
import type { Reading } from './reading'
import type { TableBuilder } from './table-builder'

/** The entries of a sparse matrix that are named; all others are 0. */
export interface SparseEntries {
  readonly rows: number
  readonly columns: number
  /** Of each entry its row and column, from 0. */
  readonly rowOf: Uint32Array
  readonly columnOf: Uint32Array
  /** `[entries]`; null: all are 1. */
  readonly values: Float64Array | null
}

/** What columns are called, from 0, and which column has a name; null if none. */
export interface ColumnNames {
  nameOf(column: number): string
  numberOf(name: string): number | null
}

/** Columns that have no names of their own. */
export const NUMBERED: ColumnNames = {
  nameOf: (column) => `column ${column + 1}`,
  numberOf: (name) => {
    const number = /^column (\d+)$/.exec(name)?.[1]
    return number === undefined ? null : Number(number) - 1
  },
}

/** The most entries of one matrix. */
export const MOST_ENTRIES = 2 ** 27
/** Rows between two looks at whether to go on. */
const ROWS_AT_ONCE = 1024

/**
 * Puts a sparse matrix into the columns of a table. Of more columns than a model may have inputs those that most rows
 * name are kept, and told.
 * @throws StudioError 'damaged-file' for entries outside the matrix, 'too-large'
 */
export async function buildSparse(
  file: string,
  entries: SparseEntries,
  names: ColumnNames,
  builder: TableBuilder,
  reading: Reading,
): Promise<void> {
  const { rows, columns, rowOf, columnOf, values } = entries
  const columnAt = keptColumns(file, entries, names, builder)
  const order = byRow(file, rowOf, columnOf, rows, columns)
  let at = 0
  for (let row = 0; row < rows; row++) {
    if (row % ROWS_AT_ONCE === 0) await reading.reachedShare(row / rows)
    for (; at < order.length && rowOf[order[at]] === row; at++) {
      const value = values === null ? 1 : values[order[at]]
      const column = columnAt.get(columnOf[order[at]])
      if (Number.isNaN(value)) column?.setMissing(builder.rows)
      else if (Number.isFinite(value)) column?.setNumber(builder.rows, value)
      else column?.setWord(builder.rows, value > 0 ? 'Infinity' : '-Infinity')
    }
    builder.endRow()
  }
}

/** The numbers of the entries, row by row. */
function byRow(file: string, rowOf: Uint32Array, columnOf: Uint32Array, rows: number, columns: number): Uint32Array {
  const starts = new Uint32Array(rows + 1)
  for (let i = 0; i < rowOf.length; i++) {
    if (rowOf[i] >= rows || columnOf[i] >= columns)
      throw new StudioError(
        'damaged-file',
        say('read.matrix.outside', { file, rows, columns }),
        say('read.table.damaged.hint'),
      )
    starts[rowOf[i] + 1]++
  }
  for (let row = 0; row < rows; row++) starts[row + 1] += starts[row]
  const order = new Uint32Array(rowOf.length)
  for (let i = 0; i < rowOf.length; i++) order[starts[rowOf[i]]++] = i
  return order
}

/** The columns of the table by those of the matrix; those that are left out have none. */
function keptColumns(
  file: string,
  { columns, columnOf }: SparseEntries,
  names: ColumnNames,
  builder: TableBuilder,
): ReadonlyMap<number, ColumnBuilder> {
  const { most } = LIMITS.inputs
  const kept = ((): Iterable<number> => {
    if (columns <= most) return Array.from({ length: columns }, (_, column) => column)
    const { wanted } = builder
    if (wanted !== null) {
      builder.notes.add(keptWords(columns, null, 'columns', file))
      const numbers = Array.from(wanted, (name) => names.numberOf(name) ?? columns)
      return Uint32Array.from(numbers.filter((number) => number < columns)).sort()
    }
    const counts = new IndexCounts()
    for (const column of columnOf) counts.add(column)
    const frequent = counts.mostFrequent(most)
    builder.notes.add(keptWords(columns, frequent.length, 'columns', file))
    return frequent
  })()
  return new Map(Array.from(kept, (column) => [column, builder.addColumn(names.nameOf(column))]))
}

/** What is told where not all columns of a sparse file are read. @param kept how many are; null: a model says which */
export function keptWords(all: number, kept: number | null, what: 'columns' | 'features', file: string): Sentence {
  if (kept === null) return say('read.matrix.kept.model', { all, what, file })
  if (kept < LIMITS.inputs.most) return say('read.matrix.kept.named', { all, what, file, kept })
  return say('read.matrix.kept.frequent', { all, what, file, most: kept })
}
