import { bitAt, isMissing, MOST_WORDS, writtenNumber, type Column } from '../table'

/** The most values of a column of whole numbers that can be read as categories. */
export const MOST_CATEGORIES = 1000

/** How many different values a column has, what is missing not counted; null if there are more than `most`. */
export function differentValues(column: Column, values: ArrayLike<number>, most: number): number | null {
  const found = new Set<number>()
  for (let row = 0; row < values.length; row++)
    if (!isMissing(column, row) && found.add(values[row]).size > most) return null
  return found.size
}

/** The numbers that occur, ascending. */
export function numbersIn(column: Column, values: ArrayLike<number>): number[] {
  const found = new Set<number>()
  for (let row = 0; row < values.length; row++) if (!isMissing(column, row)) found.add(values[row])
  return [...found].sort((a, b) => a - b)
}

/** The classes that a column tells apart, and the number of each row's; null if there are too many or none. */
export function labelCoding(
  column: Column,
): { readonly words: readonly string[]; readonly code: (row: number) => number } | null {
  switch (column.kind) {
    case 'bits':
      return { words: ['0', '1'], code: (row) => bitAt(column.words, row) }
    case 'integers':
    case 'numbers': {
      const sorted = numbersIn(column, column.values)
      const codes = new Map(sorted.map((value, code) => [value, code]))
      return sorted.length >= MOST_WORDS
        ? null
        : {
            words: sorted.map((value) => writtenNumber(column, value)),
            code: (row) => codes.get(column.values[row]) ?? 0,
          }
    }
    case 'categories':
      return { words: column.words, code: (row) => column.codes[row] }
    case 'text':
      return null
  }
}
