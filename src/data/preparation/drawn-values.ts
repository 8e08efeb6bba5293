import type { CellValue } from '../table'
import { numberInBin } from './bins'
import {
  bitCount,
  columnCodings,
  hasBits,
  labelAsColumn,
  unlabelledBits,
  writtenValue,
  type CodedValues,
  type ColumnCoding,
  type LabelCoding,
  type RowCoding,
} from './coding'

/**
 * The value that drawn bits stand for; null for one that is missing. Where they are not exactly one of a category's, it is
 * the category that was the most probable when its bit was drawn; of a number it is how many of its levels it is above. A
 * number in a bin is any of those that the bin can hold, all with the same probability.
 * @param probability of each bit, that of a one that it was drawn with
 * @param uniform in [0, 1), which chooses within a bin
 */
export function drawnValue(
  coding: CodedValues,
  isOne: (bit: number) => boolean,
  probability: (bit: number) => number,
  uniform: () => number,
): CellValue | null {
  switch (coding.kind) {
    case 'flag':
      return coding.gap === 'bit' && isOne(1) ? null : isOne(0) ? 1 : 0
    case 'categories': {
      const code = drawnCategory(bitCount(coding), isOne, probability)
      return coding.values[code] ?? null
    }
    case 'levels':
      if (coding.gap === 'bit' && isOne(coding.levels.length)) return null
      return coding.means[coding.levels.filter((_, bit) => isOne(bit)).length]
    case 'bins': {
      const code = drawnCategory(bitCount(coding), isOne, probability)
      return code > coding.levels.length ? null : numberInBin(coding, code, uniform())
    }
  }
}

/**
 * The columns that a model sees, and what reads the values of drawn rows; null for greys, which are no columns.
 * @param written what a value is told as; as it is written unless said otherwise
 */
export function drawnColumns(
  coding: RowCoding,
  written: (column: CodedValues, value: CellValue) => CellValue = writtenValue,
): DrawnColumns | null {
  if (coding.kind === 'grey') return null
  const columns = columnsWithPlaces(coding)
  return {
    names: columns.map(({ column }) => column.name),
    values: (isOne, probability, uniform) =>
      columns.map(({ column, first }, i) => {
        const value = drawnValue(
          column,
          (bit) => isOne(first + bit),
          (bit) => probability(first + bit),
          () => uniform(i),
        )
        return value === null ? null : written(column, value)
      }),
  }
}

/** Drawn rows as rows of a table. */
export interface DrawnColumns {
  readonly names: readonly string[]
  /**
   * The values of a row, of which the bits and the probabilities that they were drawn with are told by number from 0, and a
   * uniform in [0, 1) for each column.
   */
  readonly values: (
    isOne: (bit: number) => boolean,
    probability: (bit: number) => number,
    uniform: (column: number) => number,
  ) => readonly (CellValue | null)[]
}

/** A column with bits, and the number of its first bit in a row. */
export interface PlacedColumn {
  readonly column: CodedValues
  readonly first: number
}

/** The columns of a row as a person knows them: a label that is learnt stands where the file has it, else at the end. */
export function columnsWithPlaces(coding: Exclude<RowCoding, { kind: 'grey' }>): PlacedColumn[] {
  const codings = columnCodings(coding)
  let next = 0
  const placed = codings.map((column): PlacedColumn | null => {
    if (!hasBits(column)) return null
    const first = next
    next += bitCount(column)
    return { column, first }
  })
  const { label } = coding
  const all = label
    ? placed.toSpliced(placeOfLabel(label, codings), 0, { column: labelAsColumn(label), first: unlabelledBits(coding) })
    : placed
  return all.filter((one) => one !== null)
}

function placeOfLabel({ name, place }: LabelCoding, codings: readonly ColumnCoding[]): number {
  const kept = codings.findIndex((column) => column.kind === 'unused' && column.name === name)
  return place ?? (kept < 0 ? codings.length : kept)
}

function drawnCategory(count: number, isOne: (bit: number) => boolean, probability: (bit: number) => number): number {
  const bits = Array.from({ length: count }, (_, bit) => bit)
  const ones = bits.filter(isOne)
  if (ones.length === 1) return ones[0]
  return bits.reduce((best, bit) => (probability(bit) > probability(best) ? bit : best))
}
