import type { Note, Text } from '../base/advice'
import type { BitMatrix } from './bit-matrix'
import { writtenDate, type DateScale } from './dates'
import type { ReadingChoices } from './reading-choices'

/**
 * What a reader makes of a file before any of it becomes bits for a model: all rows of all parts one below the other,
 * stored as compactly as they allow. Preparation turns a table into the bits that a model sees.
 */
export interface Table {
  /** What a person calls the data: the name of the file, or of what the files of a set have in common. */
  readonly name: string
  /** The format in words, such as "CSV, compressed with gzip". */
  readonly format: Text
  /** The files that were read, in the order of their rows; a folder of pictures is one entry. */
  readonly paths: readonly string[]
  readonly rows: number
  /** Which rows belong to which part: in the order of `PART_NAMES`, without gaps, covering all rows, none empty. */
  readonly parts: readonly TablePart[]
  readonly values: TableValues
  /** The shape in which a row is looked at; null if rows are not pictures. Its area is the number of columns. */
  readonly picture: PictureShape | null
  /** Whether the rows are picture files, which can be made to fit any size. */
  readonly isOfPictureFiles?: boolean
  /** The class of each row, kept apart from the values; null if the data have none. */
  readonly labels: Labels | null
  /** How the file was read, where its format leaves a choice: what was decided, and what was guessed. */
  readonly readAs?: ReadingChoices
  /** The sheets of its workbook, or the tables of its file, one of which it is; absent where there are no others. */
  readonly sheets?: readonly string[]
  /** The first bytes of a file of text, unpacked, by which its encoding is chosen. */
  readonly beginning?: Uint8Array
  /** How missing values are written in the file, an empty field not counted. */
  readonly missingMarks?: readonly string[]
  /** The columns of the file that are not in the table, nor its label. */
  readonly leftOut?: readonly LeftOut[]
  /** Whether its rows name only what is not zero: a column that is not there is zero in every row. */
  readonly isSparse?: boolean
  /** What was noticed while reading, for a person to know. */
  readonly notes: readonly Note[]
}

/** A column that a model does not see, though it is no label. */
export interface LeftOut {
  readonly name: string
  /** What follows a “because”; null where a person has chosen it. */
  readonly why: Text | null
  /** The choice of how the file is read by which it is used all the same; null if there is none. */
  readonly use: 'words' | 'numbers' | null
}

export interface PictureShape {
  readonly width: number
  readonly height: number
}

/** The parts that a source may name itself; `all` where it does not say. */
export const PART_NAMES = ['train', 'valid', 'test', 'all'] as const
export type PartName = (typeof PART_NAMES)[number]

/** Rows start..end−1 of a table. */
export interface TablePart {
  readonly name: PartName
  readonly start: number
  readonly end: number
}

/** The values of a table, `[rows, columns]`, without the labels. */
export type TableValues =
  /** Every value is known to be zero or one. */
  | { readonly kind: 'bits'; readonly bits: BitMatrix; readonly names: readonly string[] }
  /** Every value is a grey from 0 (paper) to 255 (full ink), row-major. */
  | { readonly kind: 'grey'; readonly columns: number; readonly pixels: Uint8Array }
  /** Anything else: each column stored in its own way. */
  | { readonly kind: 'columns'; readonly columns: readonly Column[] }

/** One column of a table, `[rows]`. Where a value is missing, what is stored is 0. */
export type Column = {
  readonly name: string
  /** Bit r mod 32 of word ⌊r/32⌋ is one where row r has no value; null if every row has one. */
  readonly missing: Uint32Array | null
} &
  /** Zeros and ones: bit r mod 32 of word ⌊r/32⌋ is the value of row r. */
  (
    | { readonly kind: 'bits'; readonly words: Uint32Array }
    /** Whole numbers, in the narrowest array that holds them all. */
    | { readonly kind: 'integers'; readonly values: Uint8Array | Int16Array | Int32Array; readonly dates?: DateScale }
    /** Finite numbers. */
    | { readonly kind: 'numbers'; readonly values: Float64Array; readonly dates?: DateScale }
    /** Words: the number of each row's word in `words`, which stand in the order in which they were met. */
    | { readonly kind: 'categories'; readonly codes: Uint16Array; readonly words: readonly string[] }
    /** Text of too many kinds for categories (names, sentences): only known to be there. */
    | { readonly kind: 'text' }
  )

/** The class of each row: `words[codes[r]]`, or none where the code is `NO_LABEL`. */
export interface Labels {
  /** What the file calls them. */
  readonly name: string
  readonly codes: Uint16Array
  readonly words: readonly string[]
  /** How many columns of the table stand before them in the file; absent where the file has them in no column. */
  readonly place?: number
}

/** The code of a row that has no label. */
export const NO_LABEL = 0xffff

/** The most different words of one column of categories, or of labels. */
export const MOST_WORDS = 0xffff

/** The number of columns, labels not counted. */
export function columnCount(values: TableValues): number {
  switch (values.kind) {
    case 'bits':
      return values.bits.columns
    case 'grey':
      return values.columns
    case 'columns':
      return values.columns.length
  }
}

/** What columns are called that have no names. */
export function numberedNames(columns: number): string[] {
  return Array.from({ length: columns }, (_, d) => numberedName(d))
}

/** What a column without a name is called. @param number of the column, from 0 */
export function numberedName(number: number): string {
  return `column ${number + 1}`
}

/** Whether these are what columns are called that have no names. */
export function areNumbered(names: readonly string[]): boolean {
  return names.every((name, number) => name === numberedName(number))
}

/** For each name the number of the column that is called so; of several the first is the first, and so on; −1 where there is none. */
export function numbersByName(names: readonly string[], columns: readonly string[]): number[] {
  const left = new Map<string, number[]>()
  columns.forEach((name, number) => {
    const numbers = left.get(name)
    if (numbers) numbers.push(number)
    else left.set(name, [number])
  })
  return names.map((name) => left.get(name)?.shift() ?? -1)
}

/** Bit `row` of a bit set. */
export function bitAt(words: Uint32Array, row: number): number {
  return (words[row >>> 5] >>> (row & 31)) & 1
}

/** Whether a row of a column has no value. */
export function isMissing(column: Column, row: number): boolean {
  return column.missing !== null && bitAt(column.missing, row) === 1
}

/** How many rows of a column have no value. */
export function missingCount({ missing }: Column): number {
  let count = 0
  for (const word of missing ?? []) for (let left = word; left !== 0; left &= left - 1) count++
  return count
}

/** What a cell of a table holds: a number, or a word of a column of categories. */
export type CellValue = number | string

/** The value of a row of a column; null if it has none, or is text, which is not kept. */
export function cellOf(column: Column, row: number): CellValue | null {
  if (isMissing(column, row)) return null
  switch (column.kind) {
    case 'bits':
      return bitAt(column.words, row)
    case 'integers':
    case 'numbers':
      return column.values[row]
    case 'categories':
      return column.words[column.codes[row]]
    case 'text':
      return null
  }
}

/** The scale of the dates that a column holds; undefined if it holds none. */
export function datesIn(column: Column): DateScale | undefined {
  return column.kind === 'integers' || column.kind === 'numbers' ? column.dates : undefined
}

/** A number of a column as it is written: of a column of dates as a date. */
export function writtenNumber(column: Column, value: number): string {
  const dates = datesIn(column)
  return dates ? writtenDate(value, dates) : String(value)
}

/** What a reader is given beside its file. */
export interface ReadingOptions {
  /** Hears how much of the work is done, 0 to 1, a few times a second at most. */
  readonly onProgress?: (share: number) => void
  /** When aborted, the reader stops soon and fails with 'cancelled'. */
  readonly signal?: AbortSignal
  /** The size that pictures from picture files are given; without it their own, or 28×28 if they differ or are large. */
  readonly pictureSize?: PictureShape
  /** What a person decided about how the file is read; the rest is guessed. */
  readonly choices?: ReadingChoices
  /** How other files like it were read, where `choices` say nothing; columns that these speak of need not be there. */
  readonly likeOthers?: ReadingChoices
  /** The names of the columns that the rows are for; of more columns than can be read these are. */
  readonly columns?: readonly string[]
}
