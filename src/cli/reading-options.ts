import { Option, type Command } from 'commander'
import { noColumn } from '../data/readers/chosen-columns'
import type { Preparation } from '../data/preparation/preparation'
import { numberedNames, type Table } from '../data/table'
import { MISSING_VALUES, PREPARATION_LIMITS, type ReadingChoices, type Separator } from '../shared/data-source'
import { oneOf, UsageError, wholeOf } from './usage'

/** How a file is laid out, as typed. */
export interface LayoutOptions {
  readonly header?: boolean
  readonly skip?: string
  readonly separator?: string
  readonly decimal?: string
  readonly encoding?: string
  readonly missingMarks?: string
  readonly comment?: string
  readonly sheet?: string
  readonly transpose?: boolean
}

/** What its columns are and what becomes of them, as typed. */
export interface ColumnOptions {
  /** False: none. */
  readonly label?: string | false
  readonly omit?: string
  readonly categorical?: string
  readonly numeric?: string
  readonly bits?: string
  readonly missing?: string
}

const SEPARATOR_WORDS: Readonly<Record<string, Separator>> = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
  '\\t': '\t',
  bar: '|',
  blank: 'blank',
  space: 'blank',
  none: 'none',
  ',': ',',
  ';': ';',
  '\t': '\t',
  '|': '|',
}
const DECIMAL_WORDS: Readonly<Record<string, '.' | ','>> = { point: '.', comma: ',', '.': '.', ',': ',' }

const MISSING_WORDS =
  'what becomes of rows that lack a value: drop (left out), category (the lack counts as one), common (the commonest value is taken) or model (left out and filled in later) (default: category)'

/** Adds what says how a file is laid out where it is guessed wrongly. */
export function withLayoutOptions(command: Command): Command {
  const guessed = (flags: string, words: string): Option => new Option(flags, `${words} (default: found out)`)
  return command
    .addOption(guessed('--header', 'the first row of a table of text holds the names of the columns'))
    .addOption(guessed('--no-header', 'it does not'))
    .option('--skip <n>', 'do not read so many lines at the top of a table of text (default: found out)')
    .addOption(guessed('--separator <mark>', 'what stands between fields: comma, semicolon, tab, bar, blank or none'))
    .addOption(guessed('--decimal <mark>', 'the decimal mark of numbers: point or comma'))
    .addOption(guessed('--encoding <name>', 'the encoding of text, such as utf-8, cp949, shift_jis or windows-1252'))
    .option(
      '--missing-marks <marks>',
      'what else stands for a missing value, separated by commas, such as -999,none; an empty field, ?, NA, NaN and the like always do (default: none else)',
    )
    .option(
      '--comment <marks>',
      'what remarks begin with: lines that have not as many fields as a row and begin with one of these are left out; "" for none (default: #%|)',
    )
    .option(
      '--sheet <name>',
      'the sheet of a workbook, or the table of a file of several, by name or number from 1 (default: the first)',
    )
    .addOption(guessed('--transpose', 'the rows of the file are the columns of the table'))
    .addOption(guessed('--no-transpose', 'they are not'))
}

/** Adds what says what the columns of a file are, and what becomes of them. */
export function withColumnOptions(command: Command): Command {
  return withLayoutOptions(command)
    .option(
      '--label <column>',
      'the column that is kept apart as the label (default: one called label, class, target, y)',
    )
    .option('--no-label', 'no column is (default: as above)')
    .option(
      '--omit <columns>',
      'leave these columns out: names separated by commas, "…" around one that has commas (default: those that tell rows apart, or nothing)',
    )
    .option(
      '--categorical <columns>',
      'read these columns by their values, a bit for each (default: words, and whole numbers of few values)',
    )
    .option(
      '--numeric <columns>',
      'read these columns as numbers by their size; what is no number is missing (default: the others)',
    )
    .option(
      '--bits <bits>',
      'how many bits a number becomes: for all, for some by name, or both, such as 2,age=4 (default: 1, above the median)',
    )
    .option('--missing <way>', MISSING_WORDS)
}

/** What was decided of how a file is read. @throws UsageError */
export function readingOf(options: LayoutOptions & ColumnOptions): ReadingChoices {
  const { header, skip, separator, decimal, encoding, missingMarks, comment, sheet, transpose } = options
  const { label, categorical, numeric } = options
  return {
    ...(header === undefined ? {} : { header }),
    ...(skip === undefined ? {} : { skip: wholeOf('--skip', skip, 0) }),
    ...(separator === undefined ? {} : { separator: wordIn('--separator', separator, SEPARATOR_WORDS) }),
    ...(decimal === undefined ? {} : { decimal: wordIn('--decimal', decimal, DECIMAL_WORDS) }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(missingMarks === undefined ? {} : { missingMarks: listOf('--missing-marks', missingMarks) }),
    ...(comment === undefined ? {} : { comment }),
    ...(sheet === undefined ? {} : { sheet }),
    ...(transpose === undefined ? {} : { transpose }),
    ...(label === undefined ? {} : { label: label === false ? null : label }),
    ...(categorical === undefined ? {} : { words: listOf('--categorical', categorical) }),
    ...(numeric === undefined ? {} : { numbers: listOf('--numeric', numeric) }),
  }
}

/** What was decided of how a table becomes bits; undefined where nothing was. @throws UsageError */
export function preparationChangeOf(
  options: ColumnOptions,
): ((preparation: Preparation, table: Table) => Preparation) | undefined {
  const missing = options.missing === undefined ? null : oneOf('--missing', options.missing, MISSING_VALUES)
  const omit = options.omit === undefined ? [] : listOf('--omit', options.omit)
  const bits = options.bits === undefined ? [] : bitsOf(options.bits)
  if (missing === null && omit.length === 0 && bits.length === 0) return undefined
  return (preparation, table) => {
    const numberOf = columnNumbers(table)
    // A label is not seen by the model as it is.
    const out = omit.filter((name) => name !== table.labels?.name)
    const omitted = new Set([...preparation.omitted, ...out.map(numberOf)])
    const all = bits.find(({ name }) => name === null)
    const own = new Map(preparation.ownBits.map(({ column, bits: count }) => [column, count]))
    for (const { name, count } of bits) if (name !== null) own.set(numberOf(name), count)
    return {
      ...preparation,
      ...(missing === null ? {} : { missing }),
      omitted: ascending(omitted),
      // Rows of fewer pixels are no pictures of the same shape.
      picture: out.length > 0 ? null : preparation.picture,
      numberBits: all?.count ?? preparation.numberBits,
      categorical: preparation.categorical.filter((column) => !own.has(column)),
      ownBits: ascending(own.keys()).map((column) => ({ column, bits: own.get(column) ?? 1 })),
    }
  }
}

/** Names between commas; one in double quotes may hold commas. @throws UsageError for an empty one */
export function listOf(option: string, text: string): string[] {
  const names = [...text.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(?:,|$)/gy)].map(([, inQuotes, plain]) =>
    inQuotes === undefined ? plain.trim() : inQuotes.replaceAll('""', '"'),
  )
  // What stands after the last comma is matched once more, as nothing.
  const found = names.slice(0, text.trimEnd().endsWith(',') ? undefined : -1)
  if (found.length > 0 && !found.includes('')) return found
  throw new UsageError(`The value of ${option} is "${text}"; it must be names separated by commas.`)
}

function bitsOf(text: string): { readonly name: string | null; readonly count: number }[] {
  return listOf('--bits', text).map((part) => {
    const at = part.lastIndexOf('=')
    const count = wholeOf('--bits', part.slice(at + 1), PREPARATION_LIMITS.numberBits.least)
    if (count > PREPARATION_LIMITS.numberBits.most)
      throw new UsageError(
        `The value of --bits is "${text}"; the most bits of a number are ${PREPARATION_LIMITS.numberBits.most}.`,
      )
    return { name: at < 0 ? null : part.slice(0, at), count }
  })
}

/** The number of a column by its name; columns without names are numbered from 1. */
function columnNumbers({ name, values }: Table): (wanted: string) => number {
  const names =
    values.kind === 'grey'
      ? numberedNames(values.columns)
      : values.kind === 'bits'
        ? values.names
        : values.columns.map((column) => column.name)
  return (wanted) => {
    const number = names.indexOf(wanted)
    if (number < 0) throw noColumn(name, wanted, names)
    return number
  }
}

function ascending(numbers: Iterable<number>): number[] {
  return [...numbers].sort((a, b) => a - b)
}

function wordIn<T>(option: string, text: string, words: Readonly<Record<string, T>>): T {
  if (Object.hasOwn(words, text)) return words[text]
  const known = Object.keys(words).filter((word) => /^[a-z]+$/.test(word))
  throw new UsageError(`The value of ${option} is "${text}"; it must be one of ${known.join(', ')}.`)
}
