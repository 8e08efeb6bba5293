import type { Binarization } from '../source'
import { columnCount, type Column, type PictureShape, type Table } from '../table'
import { differentValues } from './encoding'
import { canBeGrey } from './grey'

/** How a table becomes the bits that a model sees. */
export interface Preparation {
  /** Columns that are left out, by number from 0, ascending. */
  readonly omitted: readonly number[]
  /** Columns of whole numbers that are read as categories, by number from 0, ascending. */
  readonly categorical: readonly number[]
  /** The column that is kept as the label, by number from 0, and never becomes bits; null: what the files say are labels. */
  readonly label: number | null
  /** Whether all values are greys from 0 (paper) to 255 (ink), and become bits by `binarization`. */
  readonly grey: boolean
  readonly binarization: Binarization
  /** Into how many bits a column of numbers is turned: 1 is "above the median", n are "above quantile 1/(n+1), 2/(n+1), …". */
  readonly numberBits: number
  /** Columns of numbers that are turned into another number of bits than the others, ascending by number from 0. */
  readonly ownBits: readonly { readonly column: number; readonly bits: number }[]
  readonly missing: MissingValues
  /** The size that pictures from picture files are made to fit; null: their own, or 28×28 if they differ or are large. */
  readonly pictureSize: PictureShape | null
  /** The shape in which a row is looked at; null if rows are not pictures. */
  readonly picture: PictureShape | null
  readonly split: SplitPlan
}

/** What becomes of a row that lacks a value in a column that is used. */
export type MissingValues =
  /** It is left out. */
  | 'drop'
  /** That it is missing is a value of its own: a bit of its own. */
  | 'category'
  /** It gets the value that is most common among the training rows, of numbers the range between two quantiles. */
  | 'common'
  /** It is kept out of all parts, and its missing values are filled in by the trained model (training/filling.ts). */
  | 'model'

/** Which rows are for training, validation and test. */
export interface SplitPlan {
  /** Whether parts that the files name stay what they are; only what they lack is then taken from the training rows. */
  readonly keepGiven: boolean
  /** How much goes to validation and test: shares of one, or numbers of rows. */
  readonly amounts: { readonly kind: 'fractions' | 'counts'; readonly valid: number; readonly test: number }
  /** Whether rows are drawn by the seed, or the last rows are taken in the order of the file. */
  readonly order: 'random' | 'file'
  readonly seed: number
}

export const MISSING_VALUES = ['drop', 'category', 'common', 'model'] as const satisfies readonly MissingValues[]

/** Whether rows that lack a value are in no part. */
export function leavesOutGaps({ missing, grey }: Preparation): boolean {
  return !grey && (missing === 'drop' || missing === 'model')
}

/** Into how many bits a column of numbers is turned. @param number of the column in its table, from 0 */
export function bitsOfNumbers({ numberBits, ownBits }: Preparation, number: number): number {
  return ownBits.find(({ column }) => column === number)?.bits ?? numberBits
}

export const PREPARATION_LIMITS = {
  numberBits: { least: 1, most: 16 },
  fraction: { least: 0, most: 0.9 },
  count: { least: 0, most: 100_000_000 },
  side: { least: 1, most: 65_536 },
  /** Of columns that are left out or are categories. */
  listed: 65_536,
} as const

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
    split: { keepGiven: true, amounts: { kind: 'fractions', valid: 0.1, test: 0.1 }, order: 'random', seed: 1 },
  }
}

/** Rows as long as an MNIST digit are taken for pictures of its shape; any other length may be anything. */
function pictureOf(columns: number): PictureShape | null {
  return columns === 784 ? { width: 28, height: 28 } : null
}

function looksGrey(columns: readonly Column[]): boolean {
  const hasDark = (column: Column): boolean => column.kind === 'integers' && column.values.some((value) => value >= DARK)
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
