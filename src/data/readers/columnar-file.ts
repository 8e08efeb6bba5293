import type { PartName } from '../table'
import type { Reading } from './reading'

/** A file that stores a table by its columns, in groups of rows (Parquet, Arrow): each is read on demand. */
export interface ColumnarFile {
  readonly columns: readonly FileColumn[]
  /** The number of rows of each group. */
  readonly groups: readonly number[]
  /**
   * The values of one column in one group of rows: numbers, bigints, booleans, strings, dates, bytes, lists, or null. Numbers
   * of a column of dates are in seconds.
   * @throws StudioError 'damaged-file', 'too-large' or 'invalid-data'
   */
  read(column: string, group: number, reading: Reading): Promise<ArrayLike<unknown>>
  /** The names of the classes of a column, where the file comes from the Hugging Face library and says so. */
  classNames(column: string): readonly string[] | null
  /** Ends the thread that decodes its columns. */
  close(): Promise<void>
}

/** A file of columns of a set, and the part that it is. */
export interface ColumnarPart {
  readonly part: PartName
  readonly name: string
  readonly file: ColumnarFile
}

/** What a column of such a file is. */
export interface FileColumn {
  readonly name: string
  readonly kind:
    /** One value a row. */
    | 'values'
    /** Bytes a row that are not said to be text. */
    | 'bytes'
    /** A list of values a row. */
    | 'lists'
    /** The bytes of a file a row, such as those of a picture. */
    | 'files'
    /** Anything else. */
    | 'other'
  /** What kind of dates its values are: days, moments, times of the day; null if they are none. */
  readonly dates: 'day' | 'moment' | 'clock' | null
  /** The words that it may hold, in their order, where it is one of categories; null if that is not said. */
  readonly words: readonly string[] | null
}

/** The names of the classes of a column by what the Hugging Face library writes of a file; null if it does not say. */
export function classNamesIn(huggingface: string | null | undefined, column: string): readonly string[] | null {
  try {
    const info: unknown = JSON.parse(huggingface ?? 'null')
    const names = [info, 'info', 'features', column, 'names'].reduce((value: unknown, key) =>
      typeof value === 'object' && value !== null && typeof key === 'string'
        ? (value as Record<string, unknown>)[key]
        : value,
    )
    return Array.isArray(names) && names.every((name) => typeof name === 'string') ? names : null
  } catch {
    return null
  }
}
