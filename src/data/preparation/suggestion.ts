import { columnCount, type Column, type PictureShape, type Table } from '../table'
import { differentValues } from './column-values'
import { canBeGrey } from './grey'
import type { Preparation } from './preparation'
import { USUAL_SPLIT } from './split-plan'

/** The most values that a column of whole numbers is taken for categories with, unless a person says so. */
const FEW_VALUES = 16
/** A column of more words than this tells rows apart rather than saying something about them. */
const MANY_WORDS = 256
/** A table of whole numbers is taken for greys if it has at least so many columns, and a value of at least `DARK`. */
const MANY_COLUMNS = 16
const DARK = 128

/**
 * A preparation that fits the table: what a person sees first, and what a file is given where nothing is said.
 * @param pictureSize the size that its pictures were made to fit, if one was asked for
 */
export function suggestedPreparation(table: Table, pictureSize: PictureShape | null = null): Preparation {
  const { values, picture } = table
  const grey = values.kind === 'grey' || (values.kind === 'columns' && looksGrey(values.columns))
  const columns = values.kind === 'columns' && !grey ? values.columns : []
  return {
    omitted: numbersWhere(columns, (column) => column.kind === 'text' || hasManyWords(column)),
    categorical: numbersWhere(columns, (column) => column.kind === 'integers' && hasFewValues(column)),
    label: null,
    grey,
    binarization: { kind: 'threshold', threshold: 128 },
    numberBits: 1,
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

function hasManyWords(column: Column): boolean {
  return column.kind === 'categories' && column.words.length > MANY_WORDS
}

/** Whether there are more than two different values, but few. */
function hasFewValues(column: Extract<Column, { kind: 'integers' }>): boolean {
  return (differentValues(column, column.values, FEW_VALUES) ?? 0) > 2
}
