import type { Binarization } from '../binarization'
import type { PictureShape } from '../table'

/** What the values of a column are for a model. */
export const VALUE_VIEWS = [
  /** Each column is one variable: a category is drawn with exactly one value. */
  'variables',
  /** Each value, or level of a number, is a bit of its own, as in the sets of the paper. */
  'bits',
] as const
export type ValueView = (typeof VALUE_VIEWS)[number]

/** How a table becomes the bits that a model sees. */
export interface Preparation {
  readonly valuesAs: ValueView
  /** Whether the model learns the label too, which then comes first in every ordering. */
  readonly learnsLabel: boolean
  /** Columns that are left out, by number from 0, ascending. */
  readonly omitted: readonly number[]
  /** Columns of whole numbers that are read as categories, by number from 0, ascending. */
  readonly categorical: readonly number[]
  /** The column that is kept as the label, by number from 0, and never becomes bits; null: what the files say are labels. */
  readonly label: number | null
  /** Whether all values are greys from 0 (paper) to 255 (ink), and become bits by `binarization`. */
  readonly grey: boolean
  readonly binarization: Binarization
  /**
   * At how many levels a column of numbers is cut. As bits, each is one: 1 is "above the median", n are "above quantile 1/(n+1),
   * 2/(n+1), …". As a variable, they part its bins, of which there is one more.
   */
  readonly numberBits: number
  /** Columns of numbers that are cut at another number of levels than the others, ascending by number from 0. */
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
  /** It is learnt from by what it has (training/incomplete-rows.ts). */
  | 'observed'

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

export const MISSING_VALUES = [
  'drop',
  'category',
  'common',
  'model',
  'observed',
] as const satisfies readonly MissingValues[]

/** At how many levels a column of numbers is cut where nothing is said: into eight bins, or into the paper's bit "above the median". */
export const USUAL_CUTS = { variables: 7, bits: 1 } as const satisfies Record<ValueView, number>

/** Whether rows that lack a value are in no part. */
export function leavesOutGaps({ missing, grey }: Preparation): boolean {
  return !grey && (missing === 'drop' || missing === 'model')
}

/** At how many levels a column of numbers is cut. @param number of the column in its table, from 0 */
export function bitsOfNumbers({ numberBits, ownBits }: Preparation, number: number): number {
  return ownBits.find(({ column }) => column === number)?.bits ?? numberBits
}

export const PREPARATION_LIMITS = {
  numberBits: { least: 1, most: 31 },
  fraction: { least: 0, most: 0.9 },
  count: { least: 0, most: 100_000_000 },
  side: { least: 1, most: 65_536 },
  /** Of columns that are left out or are categories. */
  listed: 65_536,
} as const
