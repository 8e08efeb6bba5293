/** What may stand between two fields of a table of text: `blank` is any run of spaces and tabs, `none` is nothing: 0100110. */
export const SEPARATORS = [',', ';', '\t', '|', 'blank', 'none'] as const
export type Separator = (typeof SEPARATORS)[number]

/** How a file is to be read where a person decides; what is left out is guessed, and the guess is told. */
export interface ReadingChoices {
  /** Whether the first row holds the names of the columns. */
  readonly header?: boolean
  /** Lines above the table, its header included if it has one, that are not read. */
  readonly skip?: number
  readonly separator?: Separator
  /** The decimal mark of numbers. */
  readonly decimal?: '.' | ','
  /** The encoding of text, by a name that `TextDecoder` knows. */
  readonly encoding?: string
  /** What stands for "not known", beside an empty field. */
  readonly missingMarks?: readonly string[]
  /** What lines begin with that are remarks; empty: there are none. */
  readonly comment?: string
  /** The sheet of a workbook or the table of a file that holds several, by its name or its number from 1. */
  readonly sheet?: string
  /** Whether the rows of the file are the columns of the table. */
  readonly transpose?: boolean
  /** The name of the column that is kept apart as the label; null: none is. */
  readonly label?: string | null
  /** Names of columns whose values are words, though they look like numbers. */
  readonly words?: readonly string[]
  /** Names of columns whose values are numbers; what is none there is missing. */
  readonly numbers?: readonly string[]
}
