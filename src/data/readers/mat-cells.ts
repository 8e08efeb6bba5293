import { quoted, StudioError } from '../../base/failure'
import { say } from '../../words/say'
import type { StoredArray } from './array-plan'
import type { NumberArray } from './number-array'

/** What a cell of a cell array holds: an array of numbers, a text, or something else. */
export type Cell =
  | { readonly kind: 'numbers'; readonly array: NumberArray }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'other' }

/**
 * A cell array as an array: of numbers in cells of one shape, along a first axis of the cells in MATLAB's order; or a list
 * of words. Anything else is refused when it is asked for.
 * @param fileName what the file is called in sentences
 */
export function arrayOfCells(
  name: string,
  shape: readonly number[],
  cells: readonly Cell[],
  fileName: string,
): Omit<StoredArray, 'part'> {
  const numbers = cells.flatMap((cell) => (cell.kind === 'numbers' ? [cell.array] : []))
  const words = cells.flatMap((cell) => (cell.kind === 'text' ? [cell.text] : []))
  const refusal = new StudioError(
    'invalid-data',
    say('read.matrix.unlike-cells', { variable: quoted(name), file: fileName }),
    say('read.matrix.plain.hint'),
  )
  const refuse = (): Promise<never> => Promise.reject(refusal)
  if (cells.length > 0 && words.length === cells.length)
    return { name, shape: [words.length], refusal, words, load: refuse }
  const [first] = numbers
  const areAlike = numbers.every(({ shape: one }) => one.join() === first.shape.join())
  if (cells.length === 0 || numbers.length < cells.length || !areAlike) return { name, shape, refusal, load: refuse }
  const size = first.shape.reduce((product, side) => product * side, 1)
  const whole = [cells.length, ...first.shape]
  // Within a cell the first index runs fastest; turned round, the cells are the last axis.
  const valueAt = (place: number): number => {
    const cell = place % cells.length
    return numbers[cell].valueAt((place - cell) / cells.length)
  }
  const array: NumberArray = {
    name,
    shape: whole,
    firstRunsFastest: true,
    areBytes: numbers.every(({ areBytes }) => areBytes),
    valueAt,
  }
  return { name, shape: whole, refusal: size === 0 ? refusal : null, load: () => Promise.resolve(array) }
}

/** A matrix of characters as one word a row, without the blanks that fill it up. @param codes in MATLAB's order */
export function wordsOfCharacters(shape: readonly number[], codes: (place: number) => number): string[] {
  const [rows, length] = shape
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length }, (_, at) => String.fromCharCode(codes(at * rows + row)))
      .join('')
      .trimEnd(),
  )
}
