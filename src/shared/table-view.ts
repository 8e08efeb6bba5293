import type { ColumnHistogram, HistogramBar } from '../data/column-histogram'
import type { Sentence } from '../words/say'

export type { ColumnHistogram, HistogramBar }

/** A column of a table as a person sees it: of a file, or of what a model draws. */
export interface TableColumn {
  readonly name: string
  /** Words are read from the left, numbers from the right. */
  readonly holds: 'words' | 'numbers' | 'dates'
  /** About how many letters its longest value has. */
  readonly letters: number
  readonly isLabel: boolean
  /** Whether a model sees it, or learns it as the label. */
  readonly isUsed: boolean
}

/** A stretch of rows and columns of a table; null where there is no value. */
export interface CellPage {
  readonly start: number
  readonly firstColumn: number
  readonly columns: number
  /** The number of each row in the file, from 0. */
  readonly rows: Uint32Array
  /** `[rows, columns]`, as they are written. */
  readonly cells: readonly (string | null)[]
}

/** Drawn rows as rows of a table. */
export interface DrawnTable {
  readonly columns: readonly TableColumn[]
  /** `[rows, columns]`, as they are written; null where there is no value. */
  readonly cells: readonly (string | null)[]
  /** The probability that each was drawn with, of a number that of its bin; null where it is not known. */
  readonly chances: Float32Array | null
  /** `[columns]`: how many inputs of `DrawnPage.order` are drawn when each is known; null where that is not known. */
  readonly knownAfter: Int32Array | null
}

/** A variable of a drawn row that has a name. */
export interface ToldVariable {
  /** Its place in the order in which the variables were drawn, from 0. */
  readonly place: number
  readonly name: string | Sentence
  /** What came, as it is written; null where that is that there is no value. */
  readonly value: string | null
  /** The bin that was drawn, which the value lies in; null where the value itself was drawn. */
  readonly bin: string | null
  /** Whether it is a bit, of which the name says what a one means, and no column as a person knows it. */
  readonly isBit: boolean
}
