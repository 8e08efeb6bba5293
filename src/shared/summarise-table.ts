import { sentenceOf } from '../base/advice'
import type { DataSet } from '../data/data-set'
import { differentValues } from '../data/preparation/column-values'
import { writtenBin } from '../data/preparation/bins'
import { hasBits, writtenLevel, type ColumnCoding } from '../data/preparation/coding'
import { canBeGrey } from '../data/preparation/grey'
import { leftOutColumns } from '../data/preparation/left-out'
import { columnCount, datesIn, missingCount, type Column } from '../data/table'
import { MOST_LISTED_COLUMNS, type ColumnKind, type ColumnSummary, type TableSummary } from './table-summary'

/** What the files of a data set held, and what was understood of it; null of data that are not from a file. */
export function summariseTable({
  table,
  source,
  coding,
}: Pick<DataSet, 'table' | 'source' | 'coding'>): TableSummary | null {
  if (!table) return null
  const { format, paths, rows, parts, values, labels, leftOut = [] } = table
  const columns = values.kind === 'columns' ? values.columns : []
  const preparation = source.kind === 'file' ? source.preparation : null
  const codings = coding?.kind === 'columns' ? coding.columns : []
  const isCoded = preparation !== null && codings.length === columns.length
  return {
    format: sentenceOf(format),
    paths,
    rows,
    parts,
    values: values.kind,
    width: columnCount(values),
    columns: columns.length <= MOST_LISTED_COLUMNS ? columns.map((column, i) => columnSummary(column, codings[i])) : [],
    isOfPictureFiles: table.isOfPictureFiles === true,
    canBeGrey: values.kind === 'grey' || (values.kind === 'columns' && canBeGrey(values.columns)),
    kinds: kindsOf(columns, codings),
    beside: leftOut.length + (labels ? 1 : 0),
    leftOut: [...leftOut, ...(isCoded ? leftOutColumns(table, preparation, codings) : [])],
    label: columns[preparation?.label ?? -1]?.name ?? labels?.name ?? null,
    readAs: table.readAs ?? {},
    sheets: table.sheets ?? [],
    missing: {
      cells: columns.reduce((sum, column) => sum + missingCount(column), 0),
      marks: table.missingMarks ?? [],
    },
  }
}

/** How many columns of each kind a model sees. */
function kindsOf(columns: readonly Column[], codings: readonly ColumnCoding[]): Record<ColumnKind, number> {
  const kinds = { categories: 0, dates: 0, numbers: 0, bits: 0 }
  columns.forEach((column, number) => {
    const kind = kindOf(column, codings[number])
    if (kind !== null) kinds[kind]++
  })
  return kinds
}

function kindOf(column: Column, coding: ColumnCoding | undefined): ColumnKind | null {
  if (!coding || !hasBits(coding)) return null
  switch (coding.kind) {
    case 'flag':
      return 'bits'
    case 'categories':
      return column.kind === 'bits' ? 'bits' : 'categories'
    case 'levels':
    case 'bins':
      return datesIn(column) ? 'dates' : 'numbers'
  }
}

function columnSummary(column: Column, coding: ColumnCoding | undefined): ColumnSummary {
  const { name, kind } = column
  return {
    name,
    kind,
    dates: datesIn(column)?.unit ?? null,
    missing: missingCount(column),
    values: valuesIn(column),
    parts: partsOf(coding),
  }
}

function partsOf(coding: ColumnCoding | undefined): string[] {
  if (coding?.kind === 'bins')
    return Array.from({ length: coding.levels.length + 1 }, (_, code) => writtenBin(coding, code))
  return coding?.kind === 'levels' ? coding.levels.map((level) => `> ${writtenLevel(level, coding.dates)}`) : []
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
