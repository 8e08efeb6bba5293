import { StudioError } from '../../base/failure'
import { say } from '../../words/say'
import type { DateScale } from '../dates'
import { isMissing, type Column } from '../table'
import { binLevels, decimalsOf } from './bins'
import { codesOf } from './coded-column'
import { levelOf, type ColumnCoding, type GapCoding, type ValueCoding } from './coding'
import { MOST_CATEGORIES, numbersIn } from './column-values'
import { bitsOfNumbers, type Preparation } from './preparation'

/**
 * How a column becomes bits, decided from the table that is prepared: categories from all of its rows, quantiles and
 * commonest values from the training rows alone.
 * @param number of the column in its table, from 0
 * @param train the numbers of the training rows
 * @throws StudioError 'invalid-settings' if too many whole numbers would be categories
 */
export function codingOf(column: Column, number: number, train: Uint32Array, preparation: Preparation): ColumnCoding {
  const { name } = column
  const values = valueCodingOf(column, number, train, preparation)
  if (values !== null) return { name, ...values, gap: gapCodingOf(column, values, train, preparation) }
  const leavesOut = preparation.missing === 'drop' || preparation.missing === 'model'
  return { name, kind: 'empty', gap: leavesOut ? 'left-out' : 'nothing' }
}

/** Null if the column tells nothing: it is text of too many kinds, or has a single value. */
function valueCodingOf(
  column: Column,
  number: number,
  train: Uint32Array,
  preparation: Preparation,
): ValueCoding | null {
  const areVariables = preparation.valuesAs === 'variables'
  const hasGapValue = preparation.missing === 'category' && column.missing !== null
  switch (column.kind) {
    case 'bits':
      // That it is missing is one more value of the same variable.
      return areVariables && hasGapValue ? { kind: 'categories', values: [0, 1] } : { kind: 'flag' }
    case 'integers':
      return preparation.categorical.includes(number)
        ? choice(
            { kind: 'categories', values: categoriesOf(column, column.values), ...scaleOf(column) },
            preparation,
            hasGapValue,
          )
        : numberCoding(column, number, train, preparation)
    case 'numbers':
      return numberCoding(column, number, train, preparation)
    case 'categories':
      return column.words.length === 0
        ? null
        : choice({ kind: 'categories', values: column.words }, preparation, hasGapValue)
    case 'text':
      return null
  }
}

/** Null for categories that leave a variable nothing to choose. */
function choice(
  categories: Extract<ValueCoding, { kind: 'categories' }>,
  { valuesAs }: Preparation,
  hasGapValue: boolean,
): ValueCoding | null {
  return valuesAs === 'variables' && categories.values.length < 2 && !hasGapValue ? null : categories
}

function numberCoding(
  column: NumberColumn,
  number: number,
  train: Uint32Array,
  preparation: Preparation,
): ValueCoding | null {
  const known = Float64Array.from(
    train.filter((row) => !isMissing(column, row)),
    (row) => column.values[row],
  ).sort()
  const cuts = bitsOfNumbers(preparation, number)
  return preparation.valuesAs === 'variables' ? binCoding(column, known, cuts + 1) : levelCoding(column, known, cuts)
}

/** Bins of about the same number of training rows, as one variable. */
function binCoding(column: NumberColumn, known: Float64Array, bins: number): ValueCoding | null {
  const levels = binLevels(known, bins)
  if (levels.length === 0) return null
  const [least, most] = [known[0], known[known.length - 1]]
  return { kind: 'bins', levels, least, most, decimals: decimalsOf(known), ...scaleOf(column) }
}

/** A gap that no training row has can be given the commonest value, but has no bit of its own. */
function gapCodingOf(column: Column, values: ValueCoding, train: Uint32Array, { missing }: Preparation): GapCoding {
  switch (missing) {
    case 'drop':
    case 'model':
      return 'left-out'
    case 'category':
      return column.missing === null ? 'left-out' : 'bit'
    case 'common':
      return commonestCode(column, values, train)
    case 'observed':
      return 'unknown'
  }
}

type NumberColumn = Extract<Column, { kind: 'integers' | 'numbers' }>

/** The whole numbers that occur, which get a bit each. */
function categoriesOf(column: Column, values: ArrayLike<number>): number[] {
  const sorted = numbersIn(column, values)
  if (sorted.length <= MOST_CATEGORIES) return sorted
  throw new StudioError(
    'invalid-settings',
    say('prepare.too-many-numbers', { column: column.name, count: sorted.length }),
    say('prepare.too-many-numbers.hint'),
  )
}

/** Bits "above the quantile 1/(n+1)", …, "above the quantile n/(n+1)" of what the training rows have, ascending; those that coincide are one bit. */
function levelCoding(column: NumberColumn, known: Float64Array, bits: number): ValueCoding | null {
  const most = known[known.length - 1]
  const quantiles = Array.from({ length: bits }, (_, i) => known[Math.floor(((i + 1) * known.length) / (bits + 1))])
  const below = [...new Set(quantiles)].filter((quantile) => quantile < most)
  // Where most rows have the largest value, what tells rows apart is whether they have it.
  const largestBelow = known.findLast((value) => value < most)
  const levels = below.length > 0 || largestBelow === undefined ? below : [largestBelow]
  if (levels.length === 0) return null
  return { kind: 'levels', levels, means: rangeMeans(known, levels, column.kind === 'integers'), ...scaleOf(column) }
}

function scaleOf({ dates }: NumberColumn): { readonly dates?: DateScale } {
  return dates ? { dates } : {}
}

/** The mean of the values of each code; of whole numbers the nearest one, which is of the same code. */
function rangeMeans(known: Float64Array, levels: readonly number[], isWhole: boolean): number[] {
  const sums = new Float64Array(levels.length + 1)
  const counts = new Float64Array(levels.length + 1)
  for (const value of known) {
    const code = levelOf(levels, value)
    sums[code] += value
    counts[code]++
  }
  return Array.from(sums, (sum, code) =>
    isWhole ? Math.round(sum / counts[code]) : Number((sum / counts[code]).toPrecision(12)),
  )
}

/** The code that most training rows have; of several the first that is met. */
function commonestCode(column: Column, values: ValueCoding, train: Uint32Array): number {
  const code = codesOf(values, column)
  const counts = new Map<number, number>()
  for (const row of train) if (!isMissing(column, row)) counts.set(code(row), (counts.get(code(row)) ?? 0) + 1)
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [0, 0])[0]
}
