import { eachRow, within, type Steps } from '../../base/steps'
import { BitMatrix } from '../bit-matrix'
import { isMissing, NO_LABEL } from '../table'
import type { CodedColumn } from './coded-column'
import { bitCount } from './coding'

/** The variables of a column: the first one, and how many. */
interface ColumnVariables {
  readonly column: CodedColumn['column']
  readonly first: number
  readonly count: number
}

/**
 * Which variables of rows are known, `[rows, V]`: all but those of a column that has no value there.
 * @param areVariables whether each column is one variable; else each of its bits is one
 */
export function* knownVariables(
  columns: readonly CodedColumn[],
  areVariables: boolean,
  rows: Uint32Array,
): Steps<BitMatrix> {
  let next = 0
  const variables = columns.map(({ column, coding }): ColumnVariables => {
    const count = areVariables ? 1 : bitCount(coding)
    next += count
    return { column, first: next - count, count }
  })
  const known = new BitMatrix(rows.length, next)
  for (const [i, { column, first, count }] of variables.entries()) {
    const steps = eachRow(rows.length, count, (row) => {
      if (!isMissing(column, rows[row])) for (let v = first; v < first + count; v++) known.set(row, v)
    })
    yield* within(steps, i / variables.length, (i + 1) / variables.length)
  }
  return known
}

/** Rows of which all variables are known, `[rows, variables]`. */
export function allKnown(rows: number, variables: number): BitMatrix {
  const known = new BitMatrix(rows, variables)
  for (let row = 0; row < rows; row++) for (let v = 0; v < variables; v++) known.set(row, v)
  return known
}

/** Whether rows have gaps in columns of which the model learnt to take them as unknown. */
export function haveUnknown(columns: readonly Pick<CodedColumn, 'column' | 'coding'>[]): boolean {
  return columns.some(({ column, coding }) => coding.gap === 'unknown' && column.missing !== null)
}

/** The same with the label as one more variable, known where a row has one. */
export function withKnownLabel(known: BitMatrix, codes: Uint16Array): BitMatrix {
  const labelled = new BitMatrix(known.rows, known.columns + 1)
  for (let row = 0; row < known.rows; row++) {
    const words = known.words.subarray(row * known.wordsPerRow, (row + 1) * known.wordsPerRow)
    labelled.words.set(words, row * labelled.wordsPerRow)
    if (codes[row] !== NO_LABEL) labelled.set(row, known.columns)
  }
  return labelled
}
