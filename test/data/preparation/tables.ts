import { BitMatrix } from '../../../src/data/bit-matrix'
import type { Column, PartName, Table, TableValues } from '../../../src/data/table'

/** A set of row numbers as the bits of a table. */
export function rowSet(rows: number, members: readonly number[]): Uint32Array {
  const words = new Uint32Array(Math.ceil(rows / 32))
  for (const row of members) words[row >>> 5] |= 1 << (row & 31)
  return words
}

/** A column of words; null where there is none. */
export function wordColumn(name: string, values: readonly (string | null)[]): Column {
  const words = [...new Set(values.filter((value) => value !== null))]
  const gaps = values.flatMap((value, row) => (value === null ? [row] : []))
  return {
    name,
    kind: 'categories',
    words,
    codes: Uint16Array.from(values, (value) => (value === null ? 0 : words.indexOf(value))),
    missing: gaps.length > 0 ? rowSet(values.length, gaps) : null,
  }
}

/** A column of numbers; null where there is none. */
export function numberColumn(name: string, values: readonly (number | null)[]): Column {
  const gaps = values.flatMap((value, row) => (value === null ? [row] : []))
  const missing = gaps.length > 0 ? rowSet(values.length, gaps) : null
  const known = values.map((value) => value ?? 0)
  return known.every(Number.isInteger)
    ? { name, kind: 'integers', values: Int32Array.from(known), missing }
    : { name, kind: 'numbers', values: Float64Array.from(known), missing }
}

export function tableOf(
  values: TableValues,
  rows: number,
  parts: Partial<Record<PartName, [number, number]>> = {},
): Table {
  const named = Object.entries(parts).map(([name, [start, end]]) => ({ name: name as PartName, start, end }))
  return {
    name: 'table',
    format: 'a test',
    paths: ['/nowhere/table'],
    rows,
    parts: named.length > 0 ? named : [{ name: 'all', start: 0, end: rows }],
    values,
    picture: null,
    labels: null,
    notes: [],
  }
}

/** Each value is a bit, and a column of numbers one: whether it is above the median. */
export const AS_BITS = { valuesAs: 'bits', numberBits: 1 } as const

/** A table of bits in which row r is r in binary. */
export function countingTable(rows: number, parts: Partial<Record<PartName, [number, number]>> = {}): Table {
  const bits = BitMatrix.fromBytes(
    rows,
    10,
    Array.from({ length: rows * 10 }, (_, i) => (Math.floor(i / 10) >>> (i % 10)) & 1),
  )
  return tableOf({ kind: 'bits', bits, names: Array.from({ length: 10 }, (_, d) => `b${d}`) }, rows, parts)
}
