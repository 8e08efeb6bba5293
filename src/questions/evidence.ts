import type { BitMatrix } from '../data/bit-matrix'
import type { Variables } from '../made/variables'

/**
 * What is known of a row (docs/mathematics.md, Questions). A variable is known in all of its columns or in none; of a categorical
 * one that is known, `bits` has a one in every value that it may have.
 */
export interface Evidence {
  /** `[1, D]` */
  readonly bits: BitMatrix
  /** `[1, D]` */
  readonly known: BitMatrix
}

/** Whether a variable is known. */
export function isKnown({ known }: Evidence, { first }: Variables, variable: number): boolean {
  return known.get(0, first[variable]) === 1
}

/** How many values a variable may have. */
export function valueCount({ kinds, first }: Variables, variable: number): number {
  return kinds[variable] === 'binary' ? 2 : first[variable + 1] - first[variable]
}

/** Which values a variable may have given the evidence: 0 and 1 of a binary one, else by its columns. All if it is not known. */
export function valuesOf(evidence: Evidence, variables: Variables, variable: number): number[] {
  const column = variables.first[variable]
  const all = Array.from({ length: valueCount(variables, variable) }, (_, value) => value)
  if (!isKnown(evidence, variables, variable)) return all
  return variables.kinds[variable] === 'binary'
    ? [evidence.bits.get(0, column)]
    : all.filter((value) => evidence.bits.get(0, column + value) === 1)
}

/** Gives a variable of a row a value. */
export function setValue(rows: BitMatrix, row: number, variables: Variables, variable: number, value: number): void {
  const [column, end] = [variables.first[variable], variables.first[variable + 1]]
  for (let at = column; at < end; at++) rows.clear(row, at)
  if (variables.kinds[variable] === 'categorical') rows.set(row, column + value)
  else if (value === 1) rows.set(row, column)
}
