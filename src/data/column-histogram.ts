import { eachRow, type Steps } from '../base/steps'
import { writtenDate, type DateScale } from './dates'
import { bitAt, isMissing, writtenNumber, type Column } from './table'

/** How often the values of a column occur, as a few bars side by side. */
export interface ColumnHistogram {
  readonly bars: readonly HistogramBar[]
  /** Rows whose value has no bar of its own: of very many categories only the commonest have one. */
  readonly others: number
  /** Rows that have no value. */
  readonly missing: number
  /** All rows. */
  readonly rows: number
  /** Where numbers are cut, as shares of the way from the first bar's left edge to the last one's right edge, ascending. */
  readonly cuts: readonly number[]
  /** How many different values there are, of categories; null of numbers. */
  readonly values: number | null
  /** The least and the most of numbers; null of categories, and where none is known. */
  readonly ends: readonly [string, string] | null
}

export interface HistogramBar {
  /** The value, or the values, that it stands for. */
  readonly says: string
  readonly rows: number
}

/** The most bars of categories, and of numbers. */
const [MOST_CATEGORIES, MOST_INTERVALS] = [32, 24]

/** Of the least and the most of decimals so many digits are told. */
const END_DIGITS = 3

/** How numbers are written, and where they are cut. */
export interface NumberScale {
  /** Whether all numbers are whole, as those of dates are. */
  readonly isWhole: boolean
  readonly dates?: DateScale
  /** The numbers after which they are cut, ascending. */
  readonly levels: readonly number[]
  /** The least and the most of the bars, where other numbers have these too; those that occur if absent. */
  readonly range?: readonly [number, number]
}

/**
 * How often the values of those rows of a column occur.
 * @param rows numbers of rows
 * @param levels the numbers after which the column is cut, ascending
 * @param areCategories whether its numbers are categories, each of which has a bar
 */
export function* columnHistogram(
  column: Column,
  rows: Uint32Array,
  levels: readonly number[],
  areCategories: boolean,
): Steps<ColumnHistogram> {
  switch (column.kind) {
    case 'bits':
      return yield* countedCategories(column, rows, ['0', '1'], (row) => bitAt(column.words, row))
    case 'categories':
      return yield* countedCategories(column, rows, column.words, (row) => column.codes[row])
    case 'integers':
    case 'numbers': {
      const known = new Float64Array(rows.length)
      let count = 0
      yield* eachRow(rows.length, 1, (i) => {
        if (!isMissing(column, rows[i])) known[count++] = column.values[rows[i]]
      })
      const numbers = known.subarray(0, count)
      if (areCategories) return numbersOneByOne(numbers, rows.length, (value) => writtenNumber(column, value))
      const { dates } = column
      const scale = {
        isWhole: dates !== undefined || numbers.every(Number.isInteger),
        levels,
        ...(dates ? { dates } : {}),
      }
      return numberHistogram(numbers, rows.length, scale)
    }
    case 'text':
      return { bars: [], others: 0, missing: rows.length, rows: rows.length, cuts: [], values: null, ends: null }
  }
}

function* countedCategories(
  column: Column,
  rows: Uint32Array,
  words: readonly string[],
  codeOf: (row: number) => number,
): Steps<ColumnHistogram> {
  const counts = new Float64Array(words.length)
  yield* eachRow(rows.length, 1, (i) => {
    if (!isMissing(column, rows[i])) counts[codeOf(rows[i])]++
  })
  return categoryHistogram(counts, words, rows.length)
}

function numbersOneByOne(numbers: Float64Array, rows: number, written: (value: number) => string): ColumnHistogram {
  const counts = new Map<number, number>()
  for (const value of numbers) counts.set(value, (counts.get(value) ?? 0) + 1)
  const sorted = [...counts].sort(([a], [b]) => a - b)
  return categoryHistogram(
    sorted.map(([, count]) => count),
    sorted.map(([value]) => written(value)),
    rows,
  )
}

/**
 * A bar for each category, in their order; of very many for the commonest ones.
 * @param counts rows of each category
 * @param rows all rows, those without a value too
 */
export function categoryHistogram(counts: ArrayLike<number>, words: readonly string[], rows: number): ColumnHistogram {
  const all = Array.from(words, (says, code) => ({ says, rows: counts[code], code }))
  const commonest = [...all].sort((a, b) => b.rows - a.rows || a.code - b.code).slice(0, MOST_CATEGORIES)
  const bars = commonest.sort((a, b) => a.code - b.code).map(({ says, rows: count }) => ({ says, rows: count }))
  const known = all.reduce((sum, bar) => sum + bar.rows, 0)
  const shown = bars.reduce((sum, bar) => sum + bar.rows, 0)
  return { bars, others: known - shown, missing: rows - known, rows, cuts: [], values: words.length, ends: null }
}

/**
 * Numbers in intervals of equal width.
 * @param numbers those that are known
 * @param rows all rows, those without a value too
 */
export function numberHistogram(numbers: Float64Array, rows: number, scale: NumberScale): ColumnHistogram {
  const missing = rows - numbers.length
  if (numbers.length === 0) return { bars: [], others: 0, missing, rows, cuts: [], values: null, ends: null }
  const [least, most] = rangeOf(numbers, scale.range)
  const { step, count } = intervals(least, most, scale.isWhole)
  const counts = new Float64Array(count)
  for (const value of numbers) counts[Math.max(0, Math.min(count - 1, Math.floor((value - least) / step)))]++
  const written = (value: number): string =>
    scale.dates ? writtenDate(value, scale.dates) : String(Number(value.toPrecision(scale.isWhole ? 15 : 4)))
  const writtenEnd = (value: number): string =>
    scale.isWhole ? written(value) : String(Number(value.toPrecision(END_DIGITS)))
  const bars = Array.from(counts, (inside, i) => {
    const from = least + i * step
    const to = scale.isWhole ? Math.min(most, from + step - 1) : from + step
    return { says: from === to ? written(from) : `${written(from)} – ${written(to)}`, rows: inside }
  })
  // A whole number reaches to the next one.
  const upTo = scale.isWhole ? 1 : 0
  const cuts = scale.levels
    .map((level) => (level + upTo - least) / (count * step))
    .filter((share) => share > 0 && share < 1)
  return { bars, others: 0, missing, rows, cuts, values: null, ends: [writtenEnd(least), writtenEnd(most)] }
}

function rangeOf(numbers: Float64Array, range: NumberScale['range']): readonly [number, number] {
  let [least, most] = range ?? [numbers[0], numbers[0]]
  for (const value of numbers) {
    if (value < least) least = value
    if (value > most) most = value
  }
  return [least, most]
}

/** How wide the intervals are, and how many; of whole numbers each holds as many. */
function intervals(least: number, most: number, isWhole: boolean): { readonly step: number; readonly count: number } {
  if (least === most) return { step: 1, count: 1 }
  if (!isWhole) return { step: (most - least) / MOST_INTERVALS, count: MOST_INTERVALS }
  const step = Math.ceil((most - least + 1) / MOST_INTERVALS)
  return { step, count: Math.ceil((most - least + 1) / step) }
}
