import { BitMatrix } from '../bit-matrix'
import { eachRow, within, type Steps } from '../../base/steps'
import { dateInUnitsOf, inUnitsOf, type DateScale } from '../dates'
import { dressOf, numberIn } from '../readers/dressed-numbers'
import { bitAt, cellOf, isMissing, writtenNumber, type CellValue, type Column } from '../table'
import { bitCount, levelOf, tellGap, tellOnes, type CodedValues, type ValueCoding } from './coding'

/** The code of a value that a coding has no code for. */
export const UNKNOWN = -1

/** A column of a table as a coding reads it; the first of its bits is bit `first` of a row. */
export interface CodedColumn {
  readonly column: Column
  /** Of the column in its table, from 0. */
  readonly number: number
  readonly coding: CodedValues
  readonly first: number
}

/** Columns with their bits one beside the other. */
export function besideEachOther(columns: readonly Omit<CodedColumn, 'first'>[]): CodedColumn[] {
  let first = 0
  return columns.map((column) => {
    const coded = { ...column, first }
    first += bitCount(column.coding)
    return coded
  })
}

/**
 * What reads the code of a row of a column, or `UNKNOWN`. Of a row that has no value it says nothing of use.
 * The column may be stored otherwise than that which the coding was made for: a category 3 is the word "3".
 */
export function codesOf(coding: ValueCoding, column: Column): (row: number) => number {
  switch (coding.kind) {
    case 'flag':
      if (column.kind === 'bits') return (row) => bitAt(column.words, row)
      return (row) => {
        const value = Number(cellOf(column, row) ?? NaN)
        return value === 0 || value === 1 ? value : UNKNOWN
      }
    case 'categories':
      return coding.dates ? dateCodes(coding.values, coding.dates, column) : categoryCodes(coding.values, column)
    case 'levels':
    case 'bins': {
      const { levels, dates } = coding
      if (dates) {
        const dateOf = datesIn(column, dates)
        return (row) => {
          const date = dateOf(row)
          return date === null ? UNKNOWN : levelOf(levels, date)
        }
      }
      if (column.kind === 'integers' || column.kind === 'numbers') return (row) => levelOf(levels, column.values[row])
      const numberOf = numbersIn(column)
      return (row) => {
        const value = numberOf(row)
        return value === null ? UNKNOWN : levelOf(levels, value)
      }
    }
  }
}

/** What reads the number of a row of a column that holds words, or bits; null where it is none. */
function numbersIn(column: Column): (row: number) => number | null {
  if (column.kind !== 'categories')
    return (row) => {
      const value = Number(cellOf(column, row) ?? NaN)
      return Number.isFinite(value) ? value : null
    }
  const byWord = column.words.map((word) => {
    const value = word.trim() === '' ? NaN : Number(word)
    if (Number.isFinite(value)) return value
    const dress = dressOf([word], false)
    return dress === null ? null : numberIn(word, dress)
  })
  return (row) => byWord[column.codes[row]]
}

/** What reads the date of a row in the units of a coding; null where it is none. */
function datesIn(column: Column, to: DateScale): (row: number) => number | null {
  switch (column.kind) {
    case 'integers':
    case 'numbers': {
      const { dates: from, values } = column
      return from ? (row) => inUnitsOf(values[row], from, to) : () => null
    }
    case 'categories': {
      const byWord = column.words.map((word) => dateInUnitsOf(word, to))
      return (row) => byWord[column.codes[row]]
    }
    case 'bits':
    case 'text':
      return () => null
  }
}

function dateCodes(values: readonly CellValue[], dates: DateScale, column: Column): (row: number) => number {
  const codes = new Map(values.map((value, code) => [value, code]))
  const dateOf = datesIn(column, dates)
  return (row) => codes.get(dateOf(row) ?? NaN) ?? UNKNOWN
}

function categoryCodes(values: readonly CellValue[], column: Column): (row: number) => number {
  const codes = new Map(values.map((value, code) => [String(value), code]))
  if (column.kind === 'categories') {
    const byWord = Int32Array.from(column.words, (word) => codes.get(word) ?? UNKNOWN)
    return (row) => byWord[column.codes[row]]
  }
  if (column.kind === 'integers' || column.kind === 'numbers') {
    // Of the first models words that are dates were categories.
    if (column.dates) return (row) => codes.get(writtenNumber(column, column.values[row])) ?? UNKNOWN
    const numeric = [...codes].filter(([word]) => String(Number(word)) === word)
    const byNumber = new Map(numeric.map(([word, code]) => [Number(word), code]))
    return (row) => byNumber.get(column.values[row]) ?? UNKNOWN
  }
  return (row) => codes.get(String(cellOf(column, row))) ?? UNKNOWN
}

/** Rows of those numbers as bits, `[rows, D]`; the bits of a value that is missing or unknown and has none are zeros. */
export function* bitsOfRows(columns: readonly CodedColumn[], rows: Uint32Array): Steps<BitMatrix> {
  const bits = new BitMatrix(
    rows.length,
    columns.reduce((sum, { coding }) => sum + bitCount(coding), 0),
  )
  for (const [i, { column, coding, first }] of columns.entries()) {
    const codeOf = codesOf(coding, column)
    const steps = eachRow(rows.length, bitCount(coding), (row) => {
      const tell = (bit: number): void => bits.set(row, first + bit)
      if (isMissing(column, rows[row])) return tellGap(coding, tell)
      const code = codeOf(rows[row])
      if (code !== UNKNOWN) tellOnes(coding, code, tell)
    })
    yield* within(steps, i / columns.length, (i + 1) / columns.length)
  }
  return bits
}
