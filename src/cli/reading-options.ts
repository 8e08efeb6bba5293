import type { Command } from 'commander'
import { noColumn } from '../data/readers/chosen-columns'
import type { Preparation } from '../data/preparation/preparation'
import { numberedNames, type Table } from '../data/table'
import { MISSING_VALUES, PREPARATION_LIMITS, type ReadingChoices, type Separator } from '../shared/data-source'
import { say } from '../words/say'
import { noneOf, oneOf, UsageError, wholeOf } from './usage'
import { t } from './words'

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

/** Adds what says how a file is laid out where it is guessed wrongly. */
export function withLayoutOptions(command: Command): Command {
  return command
    .option('--header', t('cli.option.header'))
    .option('--no-header', t('cli.option.no-header'))
    .option('--skip <n>', t('cli.option.skip'))
    .option('--separator <mark>', t('cli.option.separator'))
    .option('--decimal <mark>', t('cli.option.decimal'))
    .option('--encoding <name>', t('cli.option.encoding'))
    .option('--missing-marks <marks>', t('cli.option.missing-marks'))
    .option('--comment <marks>', t('cli.option.comment'))
    .option('--sheet <name>', t('cli.option.sheet'))
    .option('--transpose', t('cli.option.transpose'))
    .option('--no-transpose', t('cli.option.no-transpose'))
}

/** Adds what says what the columns of a file are, and what becomes of them. */
export function withColumnOptions(command: Command): Command {
  return withLayoutOptions(command)
    .option('--label <column>', t('cli.option.label'))
    .option('--no-label', t('cli.option.no-label'))
    .option('--omit <columns>', t('cli.option.omit'))
    .option('--categorical <columns>', t('cli.option.categorical'))
    .option('--numeric <columns>', t('cli.option.numeric'))
    .option('--bits <bits>', t('cli.option.bits'))
    .option('--missing <way>', t('cli.option.missing'))
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
  throw new UsageError(say('cli.value.names', { option, text }))
}

function bitsOf(text: string): { readonly name: string | null; readonly count: number }[] {
  return listOf('--bits', text).map((part) => {
    const at = part.lastIndexOf('=')
    const count = wholeOf('--bits', part.slice(at + 1), PREPARATION_LIMITS.numberBits.least)
    if (count > PREPARATION_LIMITS.numberBits.most)
      throw new UsageError(say('cli.value.bits', { text, most: PREPARATION_LIMITS.numberBits.most }))
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
  throw noneOf(
    option,
    text,
    Object.keys(words).filter((word) => /^[a-z]+$/.test(word)),
  )
}
