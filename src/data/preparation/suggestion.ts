import type { ReadingChoices } from '../reading-choices'
import { columnCount, type Column, type PictureShape, type Table } from '../table'
import { differentValues } from './column-values'
import { canBeGrey } from './grey'
import { USUAL_CUTS, type Preparation } from './preparation'
import { USUAL_SPLIT } from './split-plan'
import { whyUnsuited } from './unsuited'

/** The most values that a column of whole numbers is taken for categories with, unless a person says so. */
const FEW_VALUES = 16
/** A table of whole numbers is taken for greys if it has at least so many columns, and a value of at least `DARK`. */
const MANY_COLUMNS = 16
const DARK = 128

/** What is known of a table beside what it holds. */
interface Asked {
  /** The size that its pictures were made to fit, if one was asked for. */
  readonly pictureSize?: PictureShape | null
  /** What a person decided of how it was read. */
  readonly reading?: ReadingChoices | undefined
}

/** A preparation that fits the table: what a person sees first, and what a file is given where nothing is said. */
export function suggestedPreparation(
  table: Table,
  { pictureSize = null, reading: { words = [], numbers = [] } = {} }: Asked = {},
): Preparation {
  const { values, picture, rows } = table
  const grey = values.kind === 'grey' || (values.kind === 'columns' && looksGrey(values.columns))
  const columns = values.kind === 'columns' && !grey ? values.columns : []
  return {
    valuesAs: 'variables',
    learnsLabel: false,
    omitted: numbersWhere(columns, (column) => !words.includes(column.name) && whyUnsuited(column, rows) !== null),
    categorical: numbersWhere(
      columns,
      (column) => canBeFew(column) && !numbers.includes(column.name) && hasFewValues(column),
    ),
    label: null,
    grey,
    binarization: { kind: 'threshold', threshold: 128 },
    numberBits: USUAL_CUTS.variables,
    ownBits: [],
    missing: 'category',
    pictureSize,
    picture: picture ?? (values.kind === 'bits' || grey ? pictureOf(columnCount(values)) : null),
    split: USUAL_SPLIT,
  }
}

/** Rows as long as an MNIST digit are taken for pictures of its shape; any other length may be anything. */
function pictureOf(columns: number): PictureShape | null {
  return columns === 784 ? { width: 28, height: 28 } : null
}

function looksGrey(columns: readonly Column[]): boolean {
  const hasDark = (column: Column): boolean =>
    column.kind === 'integers' && column.values.some((value) => value >= DARK)
  return columns.length >= MANY_COLUMNS && columns.some(hasDark) && canBeGrey(columns)
}

function numbersWhere(columns: readonly Column[], holds: (column: Column) => boolean): number[] {
  return columns.flatMap((column, number) => (holds(column) ? [number] : []))
}

function canBeFew(column: Column): column is Extract<Column, { kind: 'integers' }> {
  return column.kind === 'integers' && column.dates === undefined
}

/** Whether there are more than two different values, but few. */
function hasFewValues(column: Extract<Column, { kind: 'integers' }>): boolean {
  return (differentValues(column, column.values, FEW_VALUES) ?? 0) > 2
}
