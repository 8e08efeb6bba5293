import type { DateUnit } from '../data/dates'
import { bitCount, hasBits, writtenLevel, writtenValue, type ColumnCoding } from '../data/preparation/coding'
import { datesIn, missingCount, type CellValue, type Column } from '../data/table'
import type { MessageKey } from '../words/say'
import { list, t } from './words'

/** Of a table with more columns than this, only how many there are of each kind is printed. */
const MOST_LISTED = 40

/** What `made data inspect` tells of a column, as it stands in its JSON. */
export interface ColumnFacts {
  readonly name: string
  readonly kind: Column['kind']
  readonly words?: number
  /** The unit of its dates. */
  readonly dates?: DateUnit
  readonly missing: number
  /** What the model sees of it; absent where it sees nothing, or greys. */
  readonly becomes?: Becomes
}

/** That a value is missing may count as one more value. */
type Becomes =
  /** One variable, which is a bit. */
  | { readonly kind: 'bit' }
  /** One variable that has one of so many values. */
  | { readonly kind: 'category'; readonly values: number }
  /** One variable, which says in which bin a number is. Dates are written as such. */
  | {
      readonly kind: 'bins'
      readonly bins: number
      readonly least: CellValue
      /** The largest number of each bin. */
      readonly upTo: readonly CellValue[]
    }
  /** Bits that say which value it is, or above which of the `levels` a number is. */
  | { readonly kind: 'bits'; readonly bits: number; readonly levels?: readonly CellValue[] }

/** @param coding what becomes of it; undefined of greys */
export function columnFacts(column: Column, coding: ColumnCoding | undefined, areVariables: boolean): ColumnFacts {
  const dates = datesIn(column)
  const becomes = coding && becomesOf(coding, areVariables)
  return {
    name: column.name,
    kind: column.kind,
    ...(column.kind === 'categories' ? { words: column.words.length } : {}),
    ...(dates ? { dates: dates.unit } : {}),
    missing: missingCount(column),
    ...(becomes ? { becomes } : {}),
  }
}

function becomesOf(coding: ColumnCoding, areVariables: boolean): Becomes | null {
  if (!hasBits(coding)) return null
  const bits = bitCount(coding)
  switch (coding.kind) {
    case 'flag':
      return bits === 1 ? { kind: 'bit' } : { kind: 'bits', bits }
    case 'categories':
      return areVariables ? { kind: 'category', values: bits } : { kind: 'bits', bits }
    case 'levels':
      return { kind: 'bits', bits, levels: coding.levels.map((level) => writtenValue(coding, level)) }
    case 'bins': {
      const [least, ...upTo] = [coding.least, ...coding.levels, coding.most].map((bound) => writtenValue(coding, bound))
      return { kind: 'bins', bins: upTo.length, least, upTo }
    }
  }
}

const KIND_WORDS = {
  bits: 'cli.data.kind.bits',
  integers: 'cli.data.kind.integers',
  numbers: 'cli.data.kind.numbers',
  categories: 'cli.data.kind.categories',
  text: 'cli.data.kind.text',
} as const satisfies Record<Column['kind'], MessageKey>

/** A line for each column, or of many for each kind. */
export function columnsInWords(columns: readonly ColumnFacts[]): string {
  if (columns.length <= MOST_LISTED) return columns.map(columnInWords).join('\n')
  const counts = new Map<Column['kind'], number>()
  for (const { kind } of columns) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts]
    .map(([kind, count]) => t('cli.data.kind.counted', { kind: t(KIND_WORDS[kind]), columns: count }))
    .join('\n')
}

function columnInWords({ name, kind, words, dates, missing, becomes }: ColumnFacts): string {
  const what = kindInWords(kind, words, dates)
  const column =
    missing === 0
      ? t('cli.data.column', { name, what })
      : t('cli.data.column.missing', { name, what, missing: String(missing) })
  const isObvious = !becomes || becomes.kind === 'bit' || (becomes.kind === 'category' && becomes.values === words)
  return isObvious ? column : t('cli.data.column.becomes', { column, becomes: becomesInWords(becomes) })
}

function kindInWords(kind: Column['kind'], words: number | undefined, dates: DateUnit | undefined): string {
  if (dates !== undefined) return t('cli.data.kind.dates', { unit: dates })
  return words === undefined ? t(KIND_WORDS[kind]) : t('cli.data.kind.categories.counted', { words: String(words) })
}

function becomesInWords(becomes: Becomes): string {
  switch (becomes.kind) {
    case 'bit':
      return t('cli.data.column.bits', { bits: 1 })
    case 'category':
      return t('cli.data.column.category', { values: becomes.values })
    case 'bins': {
      const { bins, least, upTo } = becomes
      return t('cli.data.column.bins', { bins, least: shown(least), bounds: list(upTo.map(shown)) })
    }
    case 'bits': {
      const { bits, levels } = becomes
      return levels
        ? t('cli.data.column.levels', { bits, bounds: list(levels.map(shown)) })
        : t('cli.data.column.bits', { bits })
    }
  }
}

function shown(bound: CellValue): string {
  return typeof bound === 'number' ? writtenLevel(bound, undefined) : bound
}
