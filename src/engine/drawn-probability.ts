import type { BitMatrix } from '../data/bit-matrix'
import { HEADS } from '../made/heads'
import type { Variables } from '../made/variables'

/**
 * log p in nats of each variable of a drawn row given those before it, from the probabilities that it was drawn with.
 * @param rows `[count, D]`, and `probabilities` of the same shape, as `Drawn` has them
 * @param visit is told of every variable, with its first column
 */
export function eachDrawnLogProbability(
  { count, kinds, first }: Variables,
  rows: BitMatrix,
  probabilities: Float32Array,
  row: number,
  visit: (logProbability: number, column: number) => void,
): void {
  for (let variable = 0; variable < count; variable++) {
    const [column, end] = [first[variable], first[variable + 1]]
    const start = row * rows.columns
    const p = probabilities.subarray(start + column, start + end)
    visit(HEADS[kinds[variable]].logProbability(p, oneIn(rows, row, column, end)), column)
  }
}

/** Which of the columns from `column` up to `end` is a one in a row, counted from `column`; −1 if none is. */
export function oneIn(rows: BitMatrix, row: number, column: number, end: number): number {
  for (let at = column; at < end; at++) if (rows.get(row, at) === 1) return at - column
  return -1
}

/**
 * What a model that draws rows with these logits gives each bit, as `Drawn` has it.
 * @param logits `[rows, D]`, row-major
 * @returns the probabilities of a one, `[rows, D]`
 */
export function probabilitiesOf({ kinds, first, columns }: Variables, logits: Float32Array): Float32Array {
  const rows = logits.length / columns
  const probabilities = new Float32Array(logits.length)
  for (const [variable, kind] of kinds.entries()) {
    const z = Array.from({ length: first[variable + 1] - first[variable] }, (_, c) =>
      Float64Array.from({ length: rows }, (_, row) => logits[row * columns + first[variable] + c]),
    )
    HEADS[kind].probabilities(z, z.length, rows)
    z.forEach((column, c) => column.forEach((p, row) => (probabilities[row * columns + first[variable] + c] = p)))
  }
  return probabilities
}
