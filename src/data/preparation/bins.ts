import { writtenDate } from '../dates'
import type { ValueCoding } from './coding'

export type Bins = Extract<ValueCoding, { kind: 'bins' }>

/** Bounds of bins are written with fewer digits where the numbers of their column have more decimals than these. */
const [MOST_READABLE_DECIMALS, MOST_READABLE_DIGITS] = [4, 5]

/** No number of a column is drawn with more decimals than this. */
export const MOST_DECIMALS = 15

/**
 * Where a column of numbers is cut into at most so many bins of about the same number of rows. A number that is more frequent
 * than a bin should be has one for itself, and the others share the rest.
 * @param known the numbers that occur, ascending
 * @returns the largest number of each bin but the last
 */
export function binLevels(known: Float64Array, bins: number): number[] {
  const levels: number[] = []
  let [inBin, left] = [0, known.length]
  for (let i = 0; i < known.length && levels.length < bins - 1;) {
    let end = i + 1
    while (end < known.length && known[end] === known[i]) end++
    const target = (left + inBin) / (bins - levels.length)
    // The cut is made where it comes nearer to the target.
    if (inBin > 0 && inBin + (end - i) / 2 > target) {
      levels.push(known[i - 1])
      inBin = 0
    } else {
      inBin += end - i
      left -= end - i
      i = end
    }
  }
  return levels
}

/** How many decimals the numbers have at most. */
export function decimalsOf(numbers: ArrayLike<number>): number {
  let most = 0
  for (let i = 0; i < numbers.length && most < MOST_DECIMALS; i++) {
    const [, fraction = '', exponent = '0'] = /^-?\d+(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(numbers[i])) ?? []
    most = Math.max(most, fraction.length - Number(exponent))
  }
  return Math.min(MOST_DECIMALS, most)
}

/** How many numbers a bin can hold: those with the decimals of its column, above the bin before and up to its own level. */
function numbersInBin(bins: Bins, code: number): number {
  const { above, to } = rangeOf(bins, code)
  return Math.max(1, Math.round((to - above) * 10 ** bins.decimals))
}

/** A bin holds the numbers above one and up to another. */
function rangeOf(
  { levels, least, most, decimals }: Bins,
  code: number,
): { readonly above: number; readonly to: number } {
  return {
    above: code === 0 ? least - 10 ** -decimals : levels[code - 1],
    to: code === levels.length ? most : levels[code],
  }
}

/** The middle of the numbers that a bin can hold. */
export function middleOf(bins: Bins, code: number): number {
  const { above, to } = rangeOf(bins, code)
  return (Math.min(to, above + 10 ** -bins.decimals) + to) / 2
}

/** The number of a bin that a uniform in [0, 1) chooses. */
export function numberInBin(bins: Bins, code: number, uniform: number): number {
  const { above, to } = rangeOf(bins, code)
  const step = 1 + Math.floor(uniform * numbersInBin(bins, code))
  const number = Number((above + step * 10 ** -bins.decimals).toFixed(bins.decimals))
  return Math.min(to, number)
}

/** The logarithm of the width of a bin in the units of its column: what turns a probability into a density. */
export function logBinWidth(bins: Bins, code: number): number {
  return Math.log(numbersInBin(bins, code)) - bins.decimals * Math.LN10
}

/** The numbers that a bin can hold, from the least to the most of them: "26–37". */
export function writtenBin(bins: Bins, code: number): string {
  const { decimals, dates } = bins
  const { above, to } = rangeOf(bins, code)
  const rounded = (number: number): string =>
    decimals > MOST_READABLE_DECIMALS
      ? String(Number(number.toPrecision(MOST_READABLE_DIGITS)))
      : number.toFixed(decimals)
  const written = (number: number): string => (dates ? writtenDate(number, dates) : rounded(number))
  // Rounded, and never a zero with a sign.
  const first = Number(Math.min(to, above + 10 ** -decimals).toFixed(decimals)) + 0
  const [from, last] = [written(first), written(to)]
  if (from === last) return last
  // A dash that could be taken for a sign, or for a part of a date, stands alone.
  return dates || first < 0 ? `${from} – ${last}` : `${from}–${last}`
}
