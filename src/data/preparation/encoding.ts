import { StudioError } from '../../made/failure'
import { bitAt, isMissing, type Column } from '../table'
import type { Preparation } from './preparation'

/** How one column becomes bits. */
export interface Encoding {
  /** What a one says in each bit, such as "colour = red" or "age > 37". */
  readonly names: readonly string[]
  /** Tells the numbers (from 0, within this column) of the bits that are ones in a row. */
  eachOne(row: number, tell: (bit: number) => void): void
}

/** The values of a column as few codes 0, 1, 2, … */
interface Coding {
  readonly names: readonly string[]
  code(row: number): number
  /** one-hot: code c is bit c; thermometer: code c is bits 0..c−1, so that code 0 has no ones. */
  readonly kind: 'one-hot' | 'thermometer'
}

/** The most values of a column of whole numbers that can be read as categories. */
const MOST_CATEGORIES = 1000

/**
 * How a column becomes bits, or null if it tells nothing: it is text of too many kinds, or has a single value.
 * @param number of the column in its table, from 0
 * @param train the numbers of the training rows: quantiles and commonest values are theirs alone
 * @throws StudioError 'invalid-settings' if too many whole numbers would be categories
 */
export function encodingOf(column: Column, number: number, train: Uint32Array, preparation: Preparation): Encoding | null {
  const coding = codingOf(column, number, train, preparation)
  if (coding === null) return null
  if (column.missing === null) return { names: coding.names, eachOne: (row, tell) => tellOnes(coding, coding.code(row), tell) }
  switch (preparation.missing) {
    case 'drop':
      return { names: coding.names, eachOne: (row, tell) => tellOnes(coding, coding.code(row), tell) }
    case 'category':
      return {
        names: [...coding.names, `${column.name} is missing`],
        eachOne: (row, tell) =>
          isMissing(column, row) ? tell(coding.names.length) : tellOnes(coding, coding.code(row), tell),
      }
    case 'common': {
      const common = commonestCode(coding, column, train)
      return {
        names: coding.names,
        eachOne: (row, tell) => tellOnes(coding, isMissing(column, row) ? common : coding.code(row), tell),
      }
    }
  }
}

function tellOnes(coding: Coding, code: number, tell: (bit: number) => void): void {
  if (coding.kind === 'one-hot') tell(code)
  else for (let bit = 0; bit < code; bit++) tell(bit)
}

function codingOf(column: Column, number: number, train: Uint32Array, { categorical, numberBits }: Preparation): Coding | null {
  switch (column.kind) {
    case 'bits':
      return { names: [column.name], code: (row) => bitAt(column.words, row), kind: 'thermometer' }
    case 'integers':
      return categorical.includes(number) ? integerCoding(column, column.values) : levelCoding(column, column.values, train, numberBits)
    case 'numbers':
      return levelCoding(column, column.values, train, numberBits)
    case 'categories':
      if (column.words.length === 0) return null
      return { names: column.words.map((word) => `${column.name} = ${word}`), code: (row) => column.codes[row], kind: 'one-hot' }
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
export function labelCoding(column: Column): { readonly words: readonly string[]; readonly code: (row: number) => number } | null {
  switch (column.kind) {
    case 'bits':
      return { words: ['0', '1'], code: (row) => bitAt(column.words, row) }
    case 'integers': {
      const sorted = wholeNumbersIn(column, column.values)
      const codes = new Map(sorted.map((value, code) => [value, code]))
      return sorted.length > MOST_CATEGORIES ? null : { words: sorted.map(String), code: (row) => codes.get(column.values[row]) ?? 0 }
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
  }
}

/** Bits "above the quantile 1/(n+1)", …, "above the quantile n/(n+1)" of the training rows; those that coincide are one bit. */
function levelCoding(column: Column, values: ArrayLike<number>, train: Uint32Array, bits: number): Coding | null {
  const known = Float64Array.from(train.filter((row) => !isMissing(column, row)), (row) => values[row]).sort()
  const most = known[known.length - 1]
  const quantiles = Array.from({ length: bits }, (_, i) => known[Math.floor(((i + 1) * known.length) / (bits + 1))])
  const below = [...new Set(quantiles)].filter((quantile) => quantile < most)
  // Where most rows have the largest value, what tells rows apart is whether they have it.
  const largestBelow = known.findLast((value) => value < most)
  const levels = below.length > 0 || largestBelow === undefined ? below : [largestBelow]
  if (levels.length === 0) return null
  return {
    names: levels.map((level) => `${column.name} > ${Number(level.toPrecision(6))}`),
    code: (row) => {
      let code = 0
      while (code < levels.length && values[row] > levels[code]) code++
      return code
    },
    kind: 'thermometer',
  }
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
