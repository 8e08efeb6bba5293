import { say, verbatim, type MessageKey, type Sentence } from '../words/say'

/** What may stand between two fields of a table of text: `blank` is any run of spaces and tabs, `none` is nothing: 0100110. */
export const SEPARATORS = [',', ';', '\t', '|', 'blank', 'none'] as const
export type Separator = (typeof SEPARATORS)[number]

/**
 * How a file is to be read where a person decides; what is left out is guessed, and the guess is told. Of a table that was
 * read (`Table.readAs`) it says how: what was decided and what was guessed, and nothing of what its format leaves no choice in.
 */
export interface ReadingChoices {
  /** Whether the first row holds the names of the columns. */
  readonly header?: boolean
  /** Lines above the table, its header included if it has one, that are not read. */
  readonly skip?: number
  readonly separator?: Separator
  /** The decimal mark of numbers. */
  readonly decimal?: '.' | ','
  /** Whether the day comes before the month in dates that may be either: 3/4/2021. */
  readonly dayFirst?: boolean
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

/** The encodings that a text is tried in, with the key of what a person knows them as. */
export const ENCODINGS = {
  'utf-8': 'read.text.encoding.utf-8',
  'utf-16le': 'read.text.encoding.utf-16le',
  'utf-16be': 'read.text.encoding.utf-16be',
  cp949: 'read.text.encoding.cp949',
  shift_jis: 'read.text.encoding.shift-jis',
  'euc-jp': 'read.text.encoding.euc-jp',
  gb18030: 'read.text.encoding.gb18030',
  big5: 'read.text.encoding.big5',
  'windows-1252': 'read.text.encoding.windows-1252',
  'windows-1250': 'read.text.encoding.windows-1250',
  'windows-1251': 'read.text.encoding.windows-1251',
  'windows-1253': 'read.text.encoding.windows-1253',
  'windows-1254': 'read.text.encoding.windows-1254',
  'windows-1255': 'read.text.encoding.windows-1255',
  'windows-1256': 'read.text.encoding.windows-1256',
  'windows-874': 'read.text.encoding.windows-874',
  'koi8-r': 'read.text.encoding.koi8-r',
  cp850: 'read.text.encoding.cp850',
} as const satisfies Readonly<Record<string, MessageKey>>
export type EncodingName = keyof typeof ENCODINGS

/** The beginning of a file in an encoding, to choose by. */
export interface EncodingPreview {
  /** By a name that `TextDecoder` knows. */
  readonly name: string
  /** A few lines that tell it from others. */
  readonly lines: readonly string[]
}

/** What an encoding is called for a person. */
export function encodingWords(name: string): Sentence {
  return isEncodingName(name) ? say(ENCODINGS[name]) : verbatim(name)
}

function isEncodingName(name: string): name is EncodingName {
  return Object.hasOwn(ENCODINGS, name)
}

/** The bounds of choices as they are stored. */
export const READING_LIMITS = { skip: 100_000, marks: 100, length: 1000, listed: 65_536 } as const

/**
 * Choices over others: what is in both is as the later ones say.
 * @returns undefined where nothing is chosen, so that a source that leaves all to be guessed has one form
 */
export function mergedChoices(...all: readonly (ReadingChoices | undefined)[]): ReadingChoices | undefined {
  const merged = all.reduce<ReadingChoices>((choices, next) => ({ ...choices, ...next }), {})
  return Object.keys(merged).length > 0 ? merged : undefined
}
