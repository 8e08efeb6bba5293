import { BitMatrix } from '../bit-matrix'
import { eachRow, within, type Steps } from '../../base/steps'
import { isMissing, type Column, type Table } from '../table'
import { encodingOf, type Encoding } from './encoding'
import { leavesOutGaps, type Preparation } from './preparation'

/** A column that a model may see, and its number in its table, from 0. */
export interface UsedColumn {
  readonly column: Column
  readonly number: number
}

/** A column and the bits that it becomes; the first of them is bit `first` of a row. */
export interface EncodedColumn extends UsedColumn {
  readonly encoding: Encoding
  readonly first: number
}

/** The columns that are neither left out nor the label; none of a table that has no columns of several kinds. */
export function usedColumns({ values }: Table, { omitted, label }: Preparation): UsedColumn[] {
  if (values.kind !== 'columns') return []
  const out = new Set([...omitted, ...(label === null ? [] : [label])])
  return values.columns.map((column, number) => ({ column, number })).filter(({ number }) => !out.has(number))
}

/** Tells whether a row goes into one of the parts: where gaps are left out, if it lacks no value of a used column. */
export function keptRows(used: readonly UsedColumn[], preparation: Preparation): (row: number) => boolean {
  const gappy = leavesOutGaps(preparation) ? used.filter(({ column }) => column.missing !== null) : []
  return (row) => !gappy.some(({ column }) => isMissing(column, row))
}

/**
 * How the columns become bits, one beside the other; those that tell nothing are left out.
 * @param train the numbers of the training rows
 * @throws StudioError as `encodingOf`
 */
export function* encodeColumns(
  used: readonly UsedColumn[],
  train: Uint32Array,
  preparation: Preparation,
): Steps<EncodedColumn[]> {
  const encoded: EncodedColumn[] = []
  for (const [i, { column, number }] of used.entries()) {
    const encoding = encodingOf(column, number, train, preparation)
    if (encoding !== null) encoded.push({ column, number, encoding, first: widthOf(encoded) })
    yield (i + 1) / used.length
  }
  return encoded
}

/** D: how many bits the columns become. */
export function widthOf(columns: readonly EncodedColumn[]): number {
  return columns.reduce((sum, { encoding }) => sum + encoding.names.length, 0)
}

/** Rows of those numbers as bits, `[rows, D]`; the bits of a value that is missing and has no bits of its own are zeros. */
export function* bitsOfRows(
  columns: readonly EncodedColumn[],
  rows: Uint32Array,
  preparation: Preparation,
): Steps<BitMatrix> {
  const bits = new BitMatrix(rows.length, widthOf(columns))
  const skipsGaps = leavesOutGaps(preparation)
  for (const [i, { column, encoding, first }] of columns.entries()) {
    const steps = eachRow(rows.length, encoding.names.length, (row) => {
      if (!skipsGaps || !isMissing(column, rows[row])) encoding.eachOne(rows[row], (bit) => bits.set(row, first + bit))
    })
    yield* within(steps, i / columns.length, (i + 1) / columns.length)
  }
  return bits
}
