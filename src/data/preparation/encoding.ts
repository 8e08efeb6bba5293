import { StudioError } from '../../base/failure'
import { bitAt, isMissing, type CellValue, type Column } from '../table'
import { bitsOfNumbers, type Preparation } from './preparation'

/** How one column becomes bits. */
export interface Encoding {
  /** What a one says in each bit, such as "colour = red" or "age > 37". */
  readonly names: readonly string[]
  /** Tells the numbers (from 0, within this column) of the bits that are ones in a row. */
  eachOne(row: number, tell: (bit: number) => void): void
  /** The value that drawn bits stand for. @param probability of each bit, that of a one that it was drawn with */
  valueOf(isOne: (bit: number) => boolean, probability: (bit: number) => number): CellValue
}

/** The values of a column as few codes 0, 1, 2, … */
interface Coding {
  readonly names: readonly string[]
  code(row: number): number
  /** one-hot: code c is bit c; thermometer: code c is bits 0..c−1, so that code 0 has no ones. */
  readonly kind: 'one-hot' | 'thermometer'
  /** What the rows of a code hold; of a range of numbers the mean of the training values in it. */
  value(code: number): CellValue
}

/** The most values of a column of whole numbers that can be read as categories. */
const MOST_CATEGORIES = 1000

/**
 * How a column becomes bits, or null if it tells nothing: it is text of too many kinds, or has a single value.
 * @param number of the column in its table, from 0
 * @param train the numbers of the training rows: quantiles and commonest values are theirs alone
 * @throws StudioError 'invalid-settings' if too many whole numbers would be categories
 */
export function encodingOf(
  column: Column,
  number: number,
  train: Uint32Array,
  preparation: Preparation,
): Encoding | null {
  const coding = codingOf(column, number, train, preparation)
  if (coding === null) return null
  const plain: Encoding = {
    names: coding.names,
    eachOne: (row, tell) => tellOnes(coding, coding.code(row), tell),
    valueOf: (isOne, probability) => coding.value(drawnCode(coding, isOne, probability)),
  }
  if (column.missing === null) return plain
  switch (preparation.missing) {
    case 'drop':
    case 'model':
      return plain
    case 'category':
      return {
        ...plain,
        names: [...coding.names, `${column.name} is missing`],
        eachOne: (row, tell) =>
          isMissing(column, row) ? tell(coding.names.length) : tellOnes(coding, coding.code(row), tell),
      }
    case 'common': {
      const common = commonestCode(coding, column, train)
      return {
        ...plain,
        eachOne: (row, tell) => tellOnes(coding, isMissing(column, row) ? common : coding.code(row), tell),
      }
    }
  }
}

function tellOnes(coding: Coding, code: number, tell: (bit: number) => void): void {
  if (coding.kind === 'one-hot') tell(code)
  else for (let bit = 0; bit < code; bit++) tell(bit)
}

/**
 * The code that drawn bits stand for. Where they are not exactly one of a category's, it is the category that was the
 * most probable when its bit was drawn; of a number it is how many of its thresholds it is above.
 */
function drawnCode(
  { names, kind }: Coding,
  isOne: (bit: number) => boolean,
  probability: (bit: number) => number,
): number {
  const bits = names.map((_, bit) => bit)
  const ones = bits.filter(isOne)
  if (kind === 'thermometer') return ones.length
  if (ones.length === 1) return ones[0]
  return bits.reduce((best, bit) => (probability(bit) > probability(best) ? bit : best))
}

function codingOf(column: Column, number: number, train: Uint32Array, preparation: Preparation): Coding | null {
  const bits = bitsOfNumbers(preparation, number)
  switch (column.kind) {
    case 'bits':
      return {
        names: [column.name],
        code: (row) => bitAt(column.words, row),
        kind: 'thermometer',
        value: (code) => code,
      }
    case 'integers':
      return preparation.categorical.includes(number)
        ? integerCoding(column, column.values)
        : levelCoding(column, column.values, train, bits)
    case 'numbers':
      return levelCoding(column, column.values, train, bits)
    case 'categories':
      if (column.words.length === 0) return null
      return {
        names: column.words.map((word) => `${column.name} = ${word}`),
        code: (row) => column.codes[row],
        kind: 'one-hot',
        value: (code) => column.words[code],
      }
    case 'text':
      return null
  }
}

/** How many different values a column has, what is missing not counted; null if there are more than `most`. */
export function differentValues(column: Column, values: ArrayLike<number>, most: number): number | null {
  const found = new Set<number>()
  for (let row = 0; row < values.length; row++)
    if (!isMissing(column, row) && found.add(values[row]).size > most) return null
  return found.size
}

/** The classes that a column tells apart, and the number of each row's; null if there are too many or none. */
export function labelCoding(
  column: Column,
): { readonly words: readonly string[]; readonly code: (row: number) => number } | null {
  switch (column.kind) {
    case 'bits':
      return { words: ['0', '1'], code: (row) => bitAt(column.words, row) }
    case 'integers': {
      const sorted = wholeNumbersIn(column, column.values)
      const codes = new Map(sorted.map((value, code) => [value, code]))
      return sorted.length > MOST_CATEGORIES
        ? null
        : { words: sorted.map(String), code: (row) => codes.get(column.values[row]) ?? 0 }
    }
    case 'categories':
      return { words: column.words, code: (row) => column.codes[row] }
    case 'numbers':
    case 'text':
      return null
  }
}

/** The whole numbers that occur, ascending. */
function wholeNumbersIn(column: Column, values: ArrayLike<number>): number[] {
  const found = new Set<number>()
  for (let row = 0; row < values.length; row++) if (!isMissing(column, row)) found.add(values[row])
  return [...found].sort((a, b) => a - b)
}

/** A bit for each whole number that occurs. */
function integerCoding(column: Column, values: ArrayLike<number>): Coding {
  const sorted = wholeNumbersIn(column, values)
  if (sorted.length > MOST_CATEGORIES)
    throw new StudioError(
      'invalid-settings',
      `The column ${column.name} has ${sorted.length} different numbers, too many for a bit each.`,
      'Read it as numbers, or leave it out.',
    )
  const codes = new Map(sorted.map((value, code) => [value, code]))
  return {
    names: sorted.map((value) => `${column.name} = ${value}`),
    code: (row) => codes.get(values[row]) ?? 0,
    kind: 'one-hot',
    value: (code) => sorted[code],
  }
}

/** Bits "above the quantile 1/(n+1)", …, "above the quantile n/(n+1)" of the training rows; those that coincide are one bit. */
function levelCoding(column: Column, values: ArrayLike<number>, train: Uint32Array, bits: number): Coding | null {
  const known = Float64Array.from(
    train.filter((row) => !isMissing(column, row)),
    (row) => values[row],
  ).sort()
  const most = known[known.length - 1]
  const quantiles = Array.from({ length: bits }, (_, i) => known[Math.floor(((i + 1) * known.length) / (bits + 1))])
  const below = [...new Set(quantiles)].filter((quantile) => quantile < most)
  // Where most rows have the largest value, what tells rows apart is whether they have it.
  const largestBelow = known.findLast((value) => value < most)
  const levels = below.length > 0 || largestBelow === undefined ? below : [largestBelow]
  if (levels.length === 0) return null
  const codeOf = (value: number): number => {
    let code = 0
    while (code < levels.length && value > levels[code]) code++
    return code
  }
  let means: readonly number[] | null = null
  return {
    names: levels.map((level) => `${column.name} > ${Number(level.toPrecision(6))}`),
    code: (row) => codeOf(values[row]),
    kind: 'thermometer',
    // Only where values are filled in, which is seldom.
    value: (code) => (means ??= rangeMeans(known, levels.length + 1, codeOf, column.kind === 'integers'))[code],
  }
}

/** The mean of the values of each code; of whole numbers the nearest one, which is of the same code. */
function rangeMeans(known: Float64Array, codes: number, codeOf: (value: number) => number, isWhole: boolean): number[] {
  const sums = new Float64Array(codes)
  const counts = new Float64Array(codes)
  for (const value of known) {
    const code = codeOf(value)
    sums[code] += value
    counts[code]++
  }
  return Array.from(sums, (sum, code) =>
    isWhole ? Math.round(sum / counts[code]) : Number((sum / counts[code]).toPrecision(12)),
  )
}

function commonestCode(coding: Coding, column: Column, train: Uint32Array): number {
  const counts = new Map<number, number>()
  for (const row of train) {
    if (isMissing(column, row)) continue
    const code = coding.code(row)
    counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [0, 0])[0]
}
