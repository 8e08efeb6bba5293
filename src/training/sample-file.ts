import { BitMatrix } from '../data/bit-matrix'
import { encodeNpyHeader } from '../data/npy'
import { drawnRow } from '../data/preparation/drawn-rows'
import type { DrawnColumns } from '../data/preparation/drawn-values'
import { encodeSheet, inkOf, requireSheet, seenIn, type RowShape } from '../data/sheet'
import { csvLine } from '../data/table-text'
import type { Drawn } from '../engine/contract'
import { replaceFile } from '../files/durable-file'

/** Rows of one call to the engine. */
const PAGE = 200

/** What samples are written as. */
export type SampleFormat =
  /** Zeros and ones, `[count, D]`. */
  | { readonly kind: 'npy' }
  /** A sheet to look at. */
  | { readonly kind: 'png' }
  /** A table of the values that the bits stand for. */
  | { readonly kind: 'csv'; readonly table: DrawnColumns; readonly seed: number }

/** Samples that are to be drawn, and how they look. */
export interface SampleOrder extends RowShape {
  readonly count: number
  readonly format: SampleFormat
  /** Draws `count` of the samples from number `first` on. */
  readonly draw: (first: number, count: number) => Promise<Drawn>
  /** Called between pages with the share done, 0..1; what it throws ends the work, and nothing is written. */
  readonly between: (share: number) => Promise<void>
}

/**
 * Draws samples page by page into a file, which is there when all of it is. An array is written as it is drawn; a sheet,
 * which has a limit, is held until it is complete.
 * @throws StudioError 'too-large' before anything is drawn where a sheet cannot hold them; 'disk-full' or 'not-writable',
 * or what `draw` and `between` throw: nothing is left behind then
 */
export async function writeSamples(path: string, order: SampleOrder): Promise<void> {
  const { format } = order
  switch (format.kind) {
    case 'npy':
      return replaceFile(path, arrayPieces(order))
    case 'csv':
      return replaceFile(path, tablePieces(order, format))
    case 'png': {
      requireSheet(order.count, order)
      const rows = seenIn(await allRows(order), order.picture)
      return replaceFile(path, [encodeSheet({ columns: rows.columns, picture: order.picture, values: inkOf(rows) })])
    }
  }
}

async function* arrayPieces(order: SampleOrder): AsyncGenerator<Uint8Array> {
  yield encodeNpyHeader([order.count, order.columns], '|u1')
  for await (const { rows } of pages(order)) yield rows.toBytes()
}

async function* tablePieces(
  order: SampleOrder,
  { table, seed }: Extract<SampleFormat, { kind: 'csv' }>,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  yield encoder.encode(csvLine(table.names))
  for await (const { first, ...drawn } of pages(order)) {
    let text = ''
    for (let row = 0; row < drawn.rows.rows; row++)
      text += csvLine(drawnRow(table, drawn, row, { seed, number: first + row }))
    yield encoder.encode(text)
  }
}

async function allRows(order: SampleOrder): Promise<BitMatrix> {
  const all = new BitMatrix(order.count, order.columns)
  for await (const { rows, first } of pages(order)) all.words.set(rows.words, first * all.wordsPerRow)
  return all
}

async function* pages({ count, draw, between }: SampleOrder): AsyncGenerator<Drawn & { readonly first: number }> {
  for (let first = 0; first < count; first += PAGE) {
    yield { ...(await draw(first, Math.min(PAGE, count - first))), first }
    await between(Math.min(1, (first + PAGE) / count))
  }
}
