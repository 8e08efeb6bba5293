import { StudioError } from '../../base/failure'
import { say } from '../../words/say'
import { BitMatrix } from '../bit-matrix'
import type { GreyImages } from '../grey-images'
import type { PartName, Table } from '../table'
import { allBytes, type Content } from './content'
import { readIdxImages, readIdxLabels } from './idx'
import { requireInputs } from './picture-table'
import { UnlikeParts, type Reading } from './reading'
import { TableBuilder, type TableIdentity } from './table-builder'

/** Four gigabytes are more than any set in this format has. */
const MOST_BYTES = 2 ** 32
const UNSIGNED_BYTE = 8

/** An IDX file of a set, its part, and the file of its labels. */
export interface IdxPart {
  readonly part: PartName
  readonly content: Content
  readonly labels: Content | null
}

/**
 * A table of IDX files of pictures, as MNIST and its kin are distributed. EMNIST's pictures, which lie on their sides,
 * are set upright.
 * @throws StudioError 'unknown-format', 'damaged-file', 'invalid-data' or 'too-large'
 */
export async function tableOfIdx(files: readonly IdxPart[], identity: TableIdentity, reading: Reading): Promise<Table> {
  const builder = new TableBuilder()
  const parts: GreyImages[] = []
  for (const { part, content, labels } of files) {
    const images = await imagesIn(content, reading)
    const [first] = parts
    if (first && (first.width !== images.width || first.height !== images.height))
      throw new UnlikeParts(
        say('read.array.idx.sizes', { name: content.name, size: sizeOf(images), first: sizeOf(first) }),
        say('read.array.idx.sizes.hint'),
      )
    requireInputs(images)
    parts.push(images)
    reading.fileDone(content.source.size)
    builder.beginPart(part)
    await addRows(builder, images.rows, labels, content.name, reading)
  }
  const [{ width, height }] = parts
  const pixels = joinedPixels(parts)
  if (files.some(({ content }) => /emnist/i.test(content.name))) {
    turnUpright(pixels, width, height)
    builder.notes.add(say('read.array.idx.emnist'))
  }
  const columns = width * height
  const isBits = pixels.every((pixel) => pixel <= 1)
  const names = Array.from({ length: columns }, (_, d) => `column ${d + 1}`)
  const values = isBits
    ? ({ kind: 'bits', bits: BitMatrix.fromBytes(builder.rows, columns, pixels), names } as const)
    : ({ kind: 'grey', columns, pixels } as const)
  return builder.finish(identity, { values, picture: { width, height } })
}

function sizeOf({ width, height }: GreyImages): string {
  return `${width}×${height}`
}

async function imagesIn(content: Content, reading: Reading): Promise<GreyImages> {
  if (content.head[3] === 1)
    throw new StudioError(
      'invalid-data',
      say('read.array.idx.labels-only', { name: content.name }),
      say('read.array.idx.labels-only.hint'),
    )
  return readIdxImages(await idxBytes(content, reading), content.name)
}

function idxBytes(content: Content, reading: Reading): Promise<Uint8Array> {
  const expected = statedBytes(content.head)
  return allBytes(content, 'IDX', reading, { most: MOST_BYTES, ...(expected === null ? {} : { expected }) })
}

/** How long a file of bytes must be, by its header; null for other types or where the header is not whole. */
function statedBytes(head: Uint8Array): number | null {
  const dimensions = head[3] ?? 0
  const start = 4 + 4 * dimensions
  if (head[2] !== UNSIGNED_BYTE || head.length < start) return null
  const view = new DataView(head.buffer, head.byteOffset, start)
  return (
    Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i)).reduce(
      (product, size) => product * size,
      1,
    ) + start
  )
}

async function addRows(
  builder: TableBuilder,
  rows: number,
  labels: Content | null,
  name: string,
  reading: Reading,
): Promise<void> {
  const classes = labels && readIdxLabels(await idxBytes(labels, reading), labels.name)
  if (labels && classes && classes.length !== rows)
    throw new StudioError(
      'invalid-data',
      say('read.array.idx.label-count', { labels: labels.name, count: classes.length, pictures: name, rows }),
      say('read.array.idx.label-count.hint'),
    )
  const column = classes && builder.labelColumn('label')
  for (let row = 0; row < rows; row++) {
    if (column) column.setNumber(builder.rows, classes[row])
    builder.endRow(column !== null)
  }
}

function joinedPixels(parts: readonly GreyImages[]): Uint8Array {
  if (parts.length === 1) return parts[0].pixels
  const pixels = new Uint8Array(parts.reduce((sum, part) => sum + part.pixels.length, 0))
  let at = 0
  for (const part of parts) {
    pixels.set(part.pixels, at)
    at += part.pixels.length
  }
  return pixels
}

/** Exchanges rows and columns of square pictures, in place. */
function turnUpright(pixels: Uint8Array, width: number, height: number): void {
  if (width !== height) return
  for (let start = 0; start < pixels.length; start += width * height)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < y; x++) {
        const [a, b] = [start + y * width + x, start + x * width + y]
        const pixel = pixels[a]
        pixels[a] = pixels[b]
        pixels[b] = pixel
      }
}
