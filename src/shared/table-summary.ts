import type { Column, TablePart } from '../data/table'

/** One column of the table that data were prepared from. */
export interface ColumnSummary {
  readonly name: string
  readonly kind: Column['kind']
  /** How many rows have no value. */
  readonly missing: number
  /** How many different values there are; null where they were not counted. */
  readonly values: number | null
}

/** What a file held before it became bits. */
export interface TableSummary {
  /** The format in words. */
  readonly format: string
  readonly paths: readonly string[]
  readonly rows: number
  /** The parts that the files name. */
  readonly parts: readonly TablePart[]
  readonly values: 'bits' | 'grey' | 'columns'
  /** How many columns there are. */
  readonly width: number
  /** The columns one by one, of a table that has at most `MOST_LISTED_COLUMNS` of them; empty otherwise. */
  readonly columns: readonly ColumnSummary[]
  /** Whether all values can be read as greys. */
  readonly canBeGrey: boolean
  /** Whether the rows are picture files, which can be made to fit any size. */
  readonly isOfPictureFiles: boolean
}
export const MOST_LISTED_COLUMNS = 500
