import type { DataSet } from '../data/data-set'
import type { MixtureResult } from '../data/mixture-fit'
import { differentValues } from '../data/preparation/column-values'
import { canBeGrey } from '../data/preparation/grey'
import { columnMeans, constantColumns, greyHistogram, independentNll, RowIndex, shareOfOnes } from '../data/statistics'
import { bySplit, type Split } from '../data/split'
import { columnCount, missingCount, NO_LABEL, type Column, type Table } from '../data/table'
import type { Steps } from '../base/steps'
import type { DataSummary, LabelSummary } from '../shared/contract'
import { MOST_LISTED_COLUMNS, type ColumnSummary, type TableSummary } from '../shared/table-summary'

/** A data set in figures, step by step: with many rows it takes a while. */
export function* summarise(data: DataSet, mixture: MixtureResult | null): Steps<DataSummary> {
  const { source, name, columns, picture, splits, hash, grey, entropy, notes, columnNames, table } = data
  const known = new RowIndex(splits.train)
  yield 0.3
  const sharedRows = { valid: known.countOf(splits.valid), test: known.countOf(splits.test) }
  yield 0.4
  const sizes = bySplit((split) => ({ rows: splits[split].rows, shareOfOnes: shareOfOnes(splits[split]) }))
  yield 0.5
  const independent = independentNll(splits.train, splits.valid)
  yield 0.6
  const means = columnMeans(splits.train)
  yield 0.7
  const constant = constantColumns(splits.train)
  yield 0.8
  const histogram = grey ? greyHistogram(grey.train) : null
  yield 0.9
  return {
    source,
    name,
    columns,
    picture,
    labels: labelSummary(data),
    hasGrey: grey !== undefined,
    splits: sizes,
    columnMeans: means,
    references: { independent, entropy: entropy ?? null, mixture },
    table: table ? tableSummary(table) : null,
    greyHistogram: histogram,
    columnNames: columnNames ?? [],
    constantColumns: constant,
    repeatedRows: known.repeats,
    sharedRows,
    notes: notes ?? [],
    hash,
  }
}

/** The numbers of the rows of a class, ascending. */
export function rowsOfLabel({ labels, splits }: DataSet, split: Split, label: number): Uint32Array {
  const all = Uint32Array.from({ length: splits[split].rows }, (_, row) => row)
  return labels ? all.filter((row) => labels.codes[split][row] === label) : all
}

function labelSummary({ labels }: DataSet): LabelSummary | null {
  if (!labels) return null
  const { name, words, codes } = labels
  const counts = bySplit((split) => {
    const found = new Uint32Array(words.length)
    for (const code of codes[split]) if (code !== NO_LABEL) found[code]++
    return found
  })
  return { name, words, counts }
}

function tableSummary(table: Table): TableSummary {
  const { format, paths, rows, parts, values } = table
  const columns = values.kind === 'columns' && values.columns.length <= MOST_LISTED_COLUMNS ? values.columns : []
  return {
    format,
    paths,
    rows,
    parts,
    values: values.kind,
    width: columnCount(values),
    columns: columns.map(columnSummary),
    isOfPictureFiles: table.isOfPictureFiles === true,
    canBeGrey: values.kind === 'grey' || (values.kind === 'columns' && canBeGrey(values.columns)),
  }
}

function columnSummary(column: Column): ColumnSummary {
  const { name, kind } = column
  return { name, kind, missing: missingCount(column), values: valuesIn(column) }
}

/** Beyond this the number of different values is not counted. */
const MOST_COUNTED = 1000

function valuesIn(column: Column): number | null {
  switch (column.kind) {
    case 'bits':
      return 2
    case 'categories':
      return column.words.length
    case 'integers':
    case 'numbers':
      return differentValues(column, column.values, MOST_COUNTED)
    case 'text':
      return null
  }
}
