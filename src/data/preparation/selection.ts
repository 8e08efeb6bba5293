import { eachRow, within, type Steps } from '../../base/steps'
import { BitMatrix } from '../bit-matrix'

/** The numbers from 0 to columns − 1 that are not left out, ascending. */
export function keptNumbers(columns: number, omitted: readonly number[]): number[] {
  const out = new Set(omitted)
  return Array.from({ length: columns }, (_, d) => d).filter((d) => !out.has(d))
}

/** Those rows and columns of bits, zeros for a column −1; the memory is shared where both lie one after another and all columns are taken. */
export function* selectBits(bits: BitMatrix, rows: Uint32Array, columns: readonly number[]): Steps<BitMatrix> {
  const selected = yield* within(selectRows(bits, rows), 0, 0.5)
  return yield* within(selectColumns(selected, columns), 0.5, 1)
}

/** Those rows; the memory is shared where they lie one after another. */
function* selectRows(bits: BitMatrix, rows: Uint32Array): Steps<BitMatrix> {
  if (isStretch(rows)) return bits.slice(rows[0], rows[0] + rows.length)
  const { columns, wordsPerRow, words } = bits
  const selected = new BitMatrix(rows.length, columns)
  yield* eachRow(rows.length, wordsPerRow, (row) => {
    const start = rows[row] * wordsPerRow
    selected.words.set(words.subarray(start, start + wordsPerRow), row * wordsPerRow)
  })
  return selected
}

function* selectColumns(bits: BitMatrix, columns: readonly number[]): Steps<BitMatrix> {
  if (areAll(columns, bits.columns)) return bits
  const selected = new BitMatrix(bits.rows, columns.length)
  yield* eachRow(bits.rows, columns.length, (row) => {
    columns.forEach((from, to) => {
      if (from >= 0 && bits.get(row, from) === 1) selected.set(row, to)
    })
  })
  return selected
}

/** The bytes of those rows and columns; the memory is shared where all columns of rows one after another are taken. */
export function* selectBytes(
  bytes: Uint8Array,
  columns: number,
  rows: Uint32Array,
  kept: readonly number[],
): Steps<Uint8Array> {
  if (areAll(kept, columns) && isStretch(rows))
    return bytes.subarray(rows[0] * columns, (rows[0] + rows.length) * columns)
  const selected = new Uint8Array(rows.length * kept.length)
  yield* eachRow(rows.length, kept.length, (row) => {
    const [from, to] = [rows[row] * columns, row * kept.length]
    for (let i = 0; i < kept.length; i++) selected[to + i] = bytes[from + kept[i]]
  })
  return selected
}

/** Whether these are all columns, in their order. */
function areAll(numbers: readonly number[], columns: number): boolean {
  return numbers.length === columns && numbers.every((number, d) => number === d)
}

/** Whether ascending row numbers have no gap. */
function isStretch(rows: Uint32Array): boolean {
  return rows[rows.length - 1] - rows[0] === rows.length - 1
}
