import { PURPOSE, UniformSource } from '../../made/random'
import type { BitMatrix } from '../bit-matrix'
import type { CellValue } from '../table'
import type { DrawnColumns } from './drawn-values'

/** Rows as an engine drew them, and the probability of a one that each bit was drawn with, both `[count, D]`. */
export interface DrawnBits {
  readonly rows: BitMatrix
  readonly probabilities: ArrayLike<number>
}

/** Which sample a row is: what names the random numbers that it was drawn with. */
export interface SampleName {
  readonly seed: number
  readonly number: number
}

/**
 * The values of row `row` of what was drawn. Where a number lies in its bin is drawn by the seed and the number of the sample,
 * so that a file and the window show the same.
 */
export function drawnRow(
  { values }: Pick<DrawnColumns, 'values'>,
  { rows, probabilities }: DrawnBits,
  row: number,
  { seed, number }: SampleName,
): readonly (CellValue | null)[] {
  const uniforms = new UniformSource(seed, PURPOSE.withinBin)
  return values(
    (bit) => rows.get(row, bit) === 1,
    (bit) => probabilities[row * rows.columns + bit],
    (column) => uniforms.at(number, column),
  )
}
