import type { DateUnit } from '../data/dates'
import type { ReadingChoices } from '../data/reading-choices'
import type { Column, LeftOut, TablePart } from '../data/table'
import type { Sentence } from '../words/say'

export type { LeftOut }

/** One column of the table that data were prepared from. */
export interface ColumnSummary {
  readonly name: string
  readonly kind: Column['kind']
  /** The unit of its dates; null if it holds none. */
  readonly dates: DateUnit | null
  /** How many rows have no value. */
  readonly missing: number
  /** How many different values there are; null where they were not counted. */
  readonly values: number | null
  /** What its numbers are cut into, as it is written: the bins, or the levels that its bits are above; none of others. */
  readonly parts: readonly string[]
}

/** What a column is for a model. */
export type ColumnKind = 'categories' | 'dates' | 'numbers' | 'bits'

/** What a file held before it became bits. */
export interface TableSummary {
  /** What the format is called. */
  readonly format: Sentence
  readonly paths: readonly string[]
  readonly rows: number
  /** The parts that the files name. */
  readonly parts: readonly TablePart[]
  readonly values: 'bits' | 'grey' | 'columns'
  /** How many columns of values the table has. */
  readonly width: number
  /** The columns one by one, of a table that has at most `MOST_LISTED_COLUMNS` of them; empty otherwise. */
  readonly columns: readonly ColumnSummary[]
  /** How many columns there are that become categories, dates, numbers, and zeros and ones. */
  readonly kinds: Readonly<Record<ColumnKind, number>>
  /** How many columns the file has beside those: its label, and what was left out in reading. */
  readonly beside: number
  /** The columns that a model does not see, but for the label. */
  readonly leftOut: readonly LeftOut[]
  /** The label: that of the files, or the column that is kept apart. */
  readonly label: string | null
  /** How the file was read, where its format leaves a choice. */
  readonly readAs: ReadingChoices
  /** The sheets of its workbook, or the tables of its file, one of which it is; none where there are no others. */
  readonly sheets: readonly string[]
  /** How many cells have no value, and how that is written where it is not an empty field. */
  readonly missing: { readonly cells: number; readonly marks: readonly string[] }
  /** Whether all values can be read as greys. */
  readonly canBeGrey: boolean
  /** Whether the rows are picture files, which can be made to fit any size. */
  readonly isOfPictureFiles: boolean
}
export const MOST_LISTED_COLUMNS = 500
