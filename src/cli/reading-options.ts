import { Option, type Command } from 'commander'
import { StudioError } from '../base/failure'
import { noColumn } from '../data/readers/chosen-columns'
import { USUAL_CUTS, type Preparation, type ValueView } from '../data/preparation/preparation'
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
  readonly dates?: string
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
  readonly learnLabel?: true
  readonly bins?: string
  readonly asBits?: true
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
const DATE_WORDS: Readonly<Record<string, boolean>> = { 'day-first': true, 'month-first': false }

/** Adds what says how a file is laid out where it is guessed wrongly. */
export function withLayoutOptions(command: Command): Command {
  return command
    .option('--header', t('cli.option.header'))
    .option('--no-header', t('cli.option.no-header'))
    .option('--skip <n>', t('cli.option.skip'))
    .option('--separator <mark>', t('cli.option.separator'))
    .option('--decimal <mark>', t('cli.option.decimal'))
    .option('--dates <order>', t('cli.option.dates'))
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
    .option('--learn-label', t('cli.option.learn-label'))
    .option('--omit <columns>', t('cli.option.omit'))
    .option('--categorical <columns>', t('cli.option.categorical'))
    .option('--numeric <columns>', t('cli.option.numeric'))
    .addOption(new Option('--bins <bins>', t('cli.option.bins')).conflicts(['asBits', 'bits']))
    .option('--as-bits', t('cli.option.as-bits'))
    .option('--bits <bits>', t('cli.option.bits'))
    .option('--missing <way>', t('cli.option.missing'))
}

/** What was decided of how a file is read. @throws UsageError */
export function readingOf(options: LayoutOptions & ColumnOptions): ReadingChoices {
  const { header, skip, separator, decimal, dates, encoding, missingMarks, comment, sheet, transpose } = options
  const { label, categorical, numeric } = options
  return {
    ...(header === undefined ? {} : { header }),
    ...(skip === undefined ? {} : { skip: wholeOf('--skip', skip, 0) }),
    ...(separator === undefined ? {} : { separator: wordIn('--separator', separator, SEPARATOR_WORDS) }),
    ...(decimal === undefined ? {} : { decimal: wordIn('--decimal', decimal, DECIMAL_WORDS) }),
    ...(dates === undefined ? {} : { dayFirst: wordIn('--dates', dates, DATE_WORDS) }),
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
  const cuts = cutsOf(options)
  const learnsLabel = options.learnLabel === true
  if (missing === null && omit.length === 0 && cuts === null && !learnsLabel) return undefined
  return (preparation, table) => {
    if (learnsLabel) requireLabel(preparation, table)
    const numberOf = columnNumbers(table)
    // A label is not seen by the model as it is.
    const out = omit.filter((name) => name !== table.labels?.name)
    const omitted = new Set([...preparation.omitted, ...out.map(numberOf)])
    return {
      ...(cuts === null ? preparation : withCuts(preparation, cuts, numberOf)),
      ...(learnsLabel ? { learnsLabel } : {}),
      ...(missing === null ? {} : { missing }),
      omitted: [...omitted].sort((a, b) => a - b),
      // Rows of fewer pixels are no pictures of the same shape.
      picture: out.length > 0 ? null : preparation.picture,
    }
  }
}

/** What the values of columns are, and at how many levels numbers are cut. */
interface Cuts {
  readonly valuesAs: ValueView
  /** Of a column of that name; without a name of all others. */
  readonly levels: readonly { readonly name: string | null; readonly count: number }[]
}

function cutsOf({ bins, asBits, bits }: ColumnOptions): Cuts | null {
  const { least, most } = PREPARATION_LIMITS.numberBits
  if (bins !== undefined) {
    const levels = countsOf('bins', bins, { least: least + 1, most: most + 1 })
    return { valuesAs: 'variables', levels: levels.map(({ name, count }) => ({ name, count: count - 1 })) }
  }
  if (bits !== undefined) return { valuesAs: 'bits', levels: countsOf('bits', bits, { least, most }) }
  return asBits ? { valuesAs: 'bits', levels: [] } : null
}

/** A column that is cut at a number of levels of its own is no category. */
function withCuts(
  preparation: Preparation,
  { valuesAs, levels }: Cuts,
  numberOf: (name: string) => number,
): Preparation {
  const isSameView = preparation.valuesAs === valuesAs
  const own = new Map(isSameView ? preparation.ownBits.map(({ column, bits }) => [column, bits]) : [])
  for (const { name, count } of levels) if (name !== null) own.set(numberOf(name), count)
  const all = levels.find(({ name }) => name === null)?.count
  return {
    ...preparation,
    valuesAs,
    numberBits: all ?? (isSameView ? preparation.numberBits : USUAL_CUTS[valuesAs]),
    categorical: preparation.categorical.filter((column) => !own.has(column)),
    ownBits: [...own].map(([column, bits]) => ({ column, bits })).sort((a, b) => a.column - b.column),
  }
}

function requireLabel({ label }: Preparation, { labels, name }: Table): void {
  if (labels === null && label === null)
    throw new StudioError('invalid-settings', say('cli.data.no-label', { name }), say('cli.data.no-label.hint'))
}

/** What stands between commas: a whole in double quotes, what stands before an equals sign and quotes, or without quotes. */
const PART = /\s*(?:"((?:[^"]|"")*)"|([^,]*?=)\s*"((?:[^"]|"")*)"|([^,]*))\s*(?:,|$)/gy

/**
 * Names, or names and values, between commas; one in double quotes may hold commas: "a, b", "a=b, c", a="b, c".
 * @throws UsageError for an empty one
 */
export function listOf(option: string, text: string): string[] {
  const names = [...text.matchAll(PART)].map(([, whole, name, value, plain]) =>
    whole !== undefined
      ? whole.replaceAll('""', '"')
      : name !== undefined
        ? name.trim() + value.replaceAll('""', '"')
        : plain.trim(),
  )
  // What stands after the last comma is matched once more, as nothing.
  const found = names.slice(0, text.trimEnd().endsWith(',') ? undefined : -1)
  if (found.length > 0 && !found.includes('')) return found
  throw new UsageError(say('cli.value.names', { option, text }))
}

/** Numbers between commas, each for all columns, or for the one whose name stands before it: 2,age=4. @throws UsageError */
function countsOf(
  kind: 'bins' | 'bits',
  text: string,
  { least, most }: { readonly least: number; readonly most: number },
): Cuts['levels'] {
  const option = `--${kind}`
  return listOf(option, text).map((part) => {
    const at = part.lastIndexOf('=')
    const count = wholeOf(option, part.slice(at + 1), least)
    if (count > most) throw new UsageError(say('cli.value.cuts', { option, text, kind, most }))
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

function wordIn<T>(option: string, text: string, words: Readonly<Record<string, T>>): T {
  if (Object.hasOwn(words, text)) return words[text]
  throw noneOf(
    option,
    text,
    Object.keys(words).filter((word) => /^[a-z-]{2,}$/.test(word)),
  )
}
