import { areNumbered, numberedName, numberedNames, numbersByName } from '../table'
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
 * Decides where each field of a row of text goes; columns are made for the first file of a set. Those after it are matched by
 * their names, or by their places where one of both has none.
 * @param name of the file, for the sentences that are noted
 * @param header the names of the columns, if the file says them
 * @param width the number of fields in a row, at least 1
 * @throws UnlikeParts if the file has other columns than those before it
 */
export function rowTargets(
  name: string,
  header: readonly string[] | null,
  width: number,
  builder: TableBuilder,
): RowTargets {
  const names = header ?? numberedNames(width)
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
  const valueNames = names
    .map((word, at) => (word === '' ? numberedName(at) : word))
    .filter((_, at) => at !== rowNumberAt && at !== labelAt)
  const isFirstFile = builder.columns.length === 0
  const targets = isFirstFile
    ? valueNames.map((word) => builder.addColumn(word))
    : columnsOfPart(name, valueNames, builder)
  let next = 0
  const columns = names.map((word, at): ColumnBuilder | null => {
    if (at === rowNumberAt) return null
    if (at === labelAt) return builder.labelColumn(header ? word : 'label')
    return targets[next++] ?? null
  })
  return { columns, hasLabels: labelAt >= 0 }
}

/**
 * The columns of a set that those of a file after the first are, in the order of the file: those of the same names, or all
 * in their order where the names of one of both are only numbers.
 * @throws UnlikeParts if they are others
 */
export function columnsOfPart(
  file: string,
  names: readonly string[],
  { columns }: Pick<TableBuilder, 'columns'>,
): readonly ColumnBuilder[] {
  if (names.length !== columns.length)
    throw new UnlikeParts(
      `The file ${file} has ${names.length} columns where the one read before it has ${columns.length}.`,
    )
  const known = columns.map(({ name }) => name)
  if (areNumbered(names) || areNumbered(known)) return columns
  const numbers = numbersByName(names, known)
  const strange = numbers.indexOf(-1)
  if (strange >= 0)
    throw new UnlikeParts(`The file ${file} has a column “${names[strange]}”, which the one read before it has not.`)
  return numbers.map((number) => columns[number])
}
