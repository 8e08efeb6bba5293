import type { ColumnBuilder } from './column-builder'
import { UnlikeParts } from './reading'
import type { TableBuilder } from './table-builder'

/** What a column of labels is called. */
export const LABEL_NAME = /^(label|labels|class|classes|target|targets|y)$/i
/** A digit of MNIST and its label in one row. */
const LABELLED_DIGIT_COLUMNS = 785

/** Where the fields of the rows of one file go. */
export interface RowTargets {
  /** For each field its column, or null if it is left out. */
  readonly columns: readonly (ColumnBuilder | null)[]
  /** Whether one of them is the labels. */
  readonly hasLabels: boolean
}

/**
 * Decides where each field of a row of text goes; columns are made for the first file of a set and matched by those after it.
 * @param name of the file, for the sentences that are noted
 * @param header the names of the columns, if the file says them
 * @param width the number of fields in a row, at least 1
 * @throws UnlikeParts if the file has not as many columns as those before it
 */
export function rowTargets(
  name: string,
  header: readonly string[] | null,
  width: number,
  builder: TableBuilder,
): RowTargets {
  const names = header ?? Array.from({ length: width }, (_, i) => `column ${i + 1}`)
  const labelAt = header
    ? names.findIndex((word) => LABEL_NAME.test(word) && width > 2)
    : width === LABELLED_DIGIT_COLUMNS
      ? 0
      : -1
  const rowNumberAt = header?.[0] === '' ? 0 : -1
  if (labelAt >= 0 && !header)
    builder.notes.add(`The first of the ${width} columns was taken for the labels of 28×28 pictures.`)
  if (rowNumberAt >= 0)
    builder.notes.add(`The first column of ${name} has no name; it was taken for row numbers and left out.`)
  const isFirstFile = builder.columns.length === 0
  let next = 0
  const columns = names.map((word, at): ColumnBuilder | null => {
    if (at === rowNumberAt) return null
    if (at === labelAt) return builder.labelColumn(header ? word : 'label')
    return isFirstFile ? builder.addColumn(word === '' ? `column ${at + 1}` : word) : (builder.columns[next++] ?? null)
  })
  const count = width - (labelAt >= 0 ? 1 : 0) - (rowNumberAt >= 0 ? 1 : 0)
  if (!isFirstFile && count !== builder.columns.length)
    throw new UnlikeParts(
      `The file ${name} has ${count} columns where the one read before it has ${builder.columns.length}.`,
    )
  return { columns, hasLabels: labelAt >= 0 }
}
