import { pipeline, Readable } from 'node:stream'
import { constants, createGunzip } from 'node:zlib'
import { StudioError } from '../../base/failure'
import type { ByteSource } from '../../made/safetensors'
import { damagedFile, type Reading } from './reading'

/** How much is read at a time, in bytes. */
const CHUNK_BYTES = 256 * 1024
/** How much of a file its format is recognised by, in bytes. */
const HEAD_BYTES = 1024 * 1024
/** Deflate packs at most 258 bytes into 2 bits. */
export const MOST_DEFLATE_RATIO = 1032

/** A file whose beginning is known, as it is when gzip has been taken off it. */
export interface Content {
  /** What the file is called in sentences. */
  readonly name: string
  readonly source: ByteSource
  readonly isGzip: boolean
  /** The first bytes, unpacked: all of them, if `isWhole`. */
  readonly head: Uint8Array
  readonly isWhole: boolean
}

/** Looks at the beginning of a file. @throws StudioError 'invalid-data' for an empty one, 'damaged-file' */
export async function lookInto(source: ByteSource, name: string, reading: Reading): Promise<Content> {
  if (source.size === 0)
    throw new StudioError('invalid-data', `The file ${name} is empty.`, 'Choose a file that holds data.')
  const magic = await source.read(0, Math.min(3, source.size))
  const isGzip = magic.length === 3 && magic[0] === 0x1f && magic[1] === 0x8b && magic[2] === 8
  const pieces: Uint8Array[] = []
  let length = 0
  let isWhole = true
  for await (const chunk of chunksOf({ name, source, isGzip }, reading)) {
    pieces.push(chunk)
    length += chunk.length
    if (length < HEAD_BYTES) continue
    isWhole = false
    break
  }
  const head = joined(pieces, length)
  if (length === 0)
    throw new StudioError(
      'invalid-data',
      `The file ${name} is empty once it is unpacked.`,
      'Choose a file that holds data.',
    )
  return { name, source, isGzip, head, isWhole }
}

/** The bytes of a file from the beginning, unpacked, piece by piece. */
export function chunksOf(
  content: Pick<Content, 'name' | 'source' | 'isGzip'>,
  reading: Reading,
): AsyncGenerator<Uint8Array> {
  const stored = storedChunks(content.source, reading)
  return content.isGzip ? gunzipped(stored, content.name) : stored
}

async function* storedChunks(source: ByteSource, reading: Reading): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < source.size; offset += CHUNK_BYTES) {
    await reading.reached(offset)
    yield await source.read(offset, Math.min(CHUNK_BYTES, source.size - offset))
  }
}

async function* gunzipped(packed: AsyncGenerator<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  const unzip = createGunzip({ chunkSize: CHUNK_BYTES, finishFlush: constants.Z_FINISH })
  pipeline(Readable.from(packed, { objectMode: false }), unzip, () => undefined)
  try {
    for await (const chunk of unzip) yield chunk as Uint8Array
  } catch (cause) {
    if (cause instanceof StudioError) throw cause
    throw damagedFile(
      name,
      'gzip',
      cause instanceof Error && /unexpected end/.test(cause.message) ? 'it ends too early' : 'it cannot be unpacked',
      cause,
    )
  }
}

/**
 * All bytes of a file, unpacked.
 * @param format in words, for the sentence of a failure
 * @param expected how many there must be, if its header says so: more is refused before memory is taken for it
 * @throws StudioError 'damaged-file' or 'too-large'
 */
export async function allBytes(
  content: Content,
  format: string,
  reading: Reading,
  limits: { readonly most: number; readonly expected?: number },
): Promise<Uint8Array> {
  const { name, source, isGzip } = content
  const { most, expected } = limits
  const possible = isGzip ? source.size * MOST_DEFLATE_RATIO : source.size
  if (expected !== undefined && (expected > possible || (!isGzip && expected !== source.size)))
    throw damagedFile(
      name,
      format,
      `it has ${isGzip ? `at most ${possible}` : source.size} bytes where its header speaks of ${expected}`,
    )
  if ((expected ?? (isGzip ? 0 : source.size)) > most) throw tooLarge(name, expected ?? source.size, most)
  return expected === undefined ? joinedChunks(content, reading, most) : filledBytes(content, format, reading, expected)
}

async function joinedChunks(content: Content, reading: Reading, most: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const chunk of chunksOf(content, reading)) {
    length += chunk.length
    if (length > most) throw tooLarge(content.name, length, most)
    pieces.push(chunk)
  }
  return joined(pieces, length)
}

async function filledBytes(content: Content, format: string, reading: Reading, expected: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(expected)
  let length = 0
  for await (const chunk of chunksOf(content, reading)) {
    if (length + chunk.length > expected)
      throw damagedFile(content.name, format, `it goes on after the ${expected} bytes that its header speaks of`)
    bytes.set(chunk, length)
    length += chunk.length
  }
  if (length === expected) return bytes
  throw damagedFile(content.name, format, `it has ${length} bytes where its header speaks of ${expected}`)
}

function tooLarge(name: string, bytes: number, most: number): StudioError {
  return new StudioError(
    'too-large',
    `The file ${name} unpacks to ${bytes} bytes or more; the most is ${most}.`,
    'Choose a file with fewer rows.',
  )
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  if (pieces.length === 1) return pieces[0]
  const bytes = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}
