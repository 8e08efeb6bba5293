import { StudioError } from '../../base/failure'
import { LIMITS } from '../../made/spec'
import { say, type Sentence } from '../../words/say'
import type { ColumnBuilder } from './column-builder'
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

/** The most entries of one matrix. */
export const MOST_ENTRIES = 2 ** 27
/** Rows between two looks at whether to go on. */
const ROWS_AT_ONCE = 1024

/**
 * Puts a sparse matrix into the columns of a table. Of more columns than a model may have inputs those that most rows
 * name are kept, and told.
 * @param nameOf what a column is called
 * @throws StudioError 'damaged-file' for entries outside the matrix, 'too-large'
 */
export async function buildSparse(
  file: string,
  entries: SparseEntries,
  nameOf: (column: number) => string,
  builder: TableBuilder,
  reading: Reading,
): Promise<void> {
  const { rows, columns, rowOf, columnOf, values } = entries
  const columnAt = await keptColumns(file, entries, nameOf, builder)
  const order = byRow(file, rowOf, columnOf, rows, columns)
  let at = 0
  for (let row = 0; row < rows; row++) {
    if (row % ROWS_AT_ONCE === 0) await reading.reachedShare(row / rows)
    for (; at < order.length && rowOf[order[at]] === row; at++) {
      const value = values === null ? 1 : values[order[at]]
      const column = columnAt[columnOf[order[at]]]
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

/** For each column of the matrix that of the table, or null if it is left out. */
async function keptColumns(
  file: string,
  { columns, columnOf }: SparseEntries,
  nameOf: (column: number) => string,
  builder: TableBuilder,
): Promise<(ColumnBuilder | null)[]> {
  const { most } = LIMITS.inputs
  const { wanted } = builder
  const isKept = ((): ((column: number) => boolean) => {
    if (columns <= most) return () => true
    builder.notes.add(keptWords(columns, 'columns', file, wanted !== null))
    if (wanted !== null) return (column) => wanted.has(nameOf(column))
    const frequent = mostFrequent(columns, columnOf, most)
    return (column) => frequent.has(column)
  })()
  return Array.from({ length: columns }, (_, column) => (isKept(column) ? builder.addColumn(nameOf(column)) : null))
}

/** What is told where not all columns of a sparse file are read. @param isForModel whether a model says which are */
export function keptWords(all: number, what: 'columns' | 'features', file: string, isForModel: boolean): Sentence {
  return isForModel
    ? say('read.matrix.kept.model', { all, what, file })
    : say('read.matrix.kept.frequent', { all, what, file, most: LIMITS.inputs.most })
}

function mostFrequent(columns: number, columnOf: Uint32Array, most: number): Set<number> {
  const counts = new Uint32Array(columns)
  for (const column of columnOf) counts[column]++
  const order = Uint32Array.from({ length: columns }, (_, column) => column)
  return new Set(order.sort((a, b) => counts[b] - counts[a] || a - b).subarray(0, most))
}
