import { sentenceOf, type Text } from '../../base/advice'
import { StudioError } from '../../base/failure'
import { LIMITS } from '../../made/spec'
import { say } from '../../words/say'
import type { PartName, PictureShape, Table } from '../table'
import { decodePicture, fitPicture, notPicture, pictureHeader, requireModest } from './picture-file'
import type { Reading } from './reading'
import { TiffDecoder } from './tiff'
import type { TableBuilder, TableIdentity } from './table-builder'

/** A picture among others, and where it is read from. */
export interface StoredPicture {
  /** What it is called in sentences. */
  readonly name: Text
  readonly part: PartName
  readonly label: string | null
  /** Its size as a file, in bytes. */
  readonly size: number
  first(bytes: number): Promise<Uint8Array>
  all(): Promise<Uint8Array>
}

/** What pictures become that are not all of one modest size. */
const DEFAULT_SIZE: PictureShape = { width: 28, height: 28 }
/** In so many bytes the size of nearly every picture is stated. */
const HEADER_BYTES = 64 * 1024
const MOST_PICTURE_BYTES = 256 * 1024 * 1024

/**
 * A table of pictures as rows of greys.
 * @param pictures part after part
 * @param labelName what their labels are called
 * @param size what they are made to fit; without it their own size if it is the same for all and modest, or 28×28
 * @throws StudioError 'unknown-format', 'damaged-file', 'too-large' or 'invalid-data'
 */
export async function tableOfPictures(
  pictures: readonly StoredPicture[],
  labelName: string,
  identity: TableIdentity,
  size: PictureShape | undefined,
  builder: TableBuilder,
  reading: Reading,
): Promise<Table> {
  const common = size ?? (await commonSize(pictures, reading))
  const shape = common ?? DEFAULT_SIZE
  const area = requireInputs(shape)
  if (!common) builder.notes.add(say('read.picture.fitted', { width: shape.width, height: shape.height }))
  const pixels = new Uint8Array(pictures.length * area)
  let part: PartName | null = null
  const tiffs = new TiffDecoder(reading)
  try {
    for (const picture of pictures) {
      if (picture.part !== part) builder.beginPart((part = picture.part))
      requireFileSize(picture)
      pixels.set(fitPicture(await decodePicture(await picture.all(), picture.name, tiffs), shape), builder.rows * area)
      if (picture.label !== null) builder.labelColumn(labelName).setWord(builder.rows, picture.label)
      builder.endRow(picture.label !== null)
      await reading.reachedShare(builder.rows / pictures.length)
    }
  } finally {
    await tiffs.stop()
  }
  return {
    ...builder.finish(identity, { values: { kind: 'grey', columns: area, pixels }, picture: shape }),
    isOfPictureFiles: true,
  }
}

/** @returns the number of pixels @throws StudioError 'invalid-data' or 'too-large' */
export function requireInputs({ width, height }: PictureShape): number {
  const area = width * height
  const { least, most } = LIMITS.inputs
  if (area >= least && area <= most) return area
  throw new StudioError(
    area > most ? 'too-large' : 'invalid-data',
    say('read.picture.unsuited-size', { width, height, least, most }),
    say('read.picture.unsuited-size.hint'),
  )
}

/** The size of all pictures, if it is one and modest; null otherwise. */
async function commonSize(pictures: readonly StoredPicture[], reading: Reading): Promise<PictureShape | null> {
  let common: PictureShape | null = null
  for (const picture of pictures) {
    await reading.pause()
    const start = pictureHeader(await picture.first(Math.min(picture.size, HEADER_BYTES)))
    if (!start) requireFileSize(picture)
    const header = start ?? pictureHeader(await picture.all())
    if (!header) throw notPicture(picture.name)
    const { width, height } = requireModest(header, picture.name)
    if (common && (common.width !== width || common.height !== height)) return null
    common = { width, height }
  }
  return common && common.width * common.height <= LIMITS.inputs.most ? common : null
}

function requireFileSize({ name, size }: StoredPicture): void {
  if (size > MOST_PICTURE_BYTES)
    throw new StudioError(
      'too-large',
      say('read.picture.large-file', { name: sentenceOf(name), bytes: size, most: MOST_PICTURE_BYTES }),
      say('read.picture.smaller.hint'),
    )
}
