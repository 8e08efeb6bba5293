import type { Text } from '../../base/advice'
import { StudioError } from '../../base/failure'
import type { ByteSource } from '../../made/safetensors'
import { damagedFile, type Reading } from './reading'
import { PACKING_MARK_BYTES, packingOf, unpacked, type Packing } from './unpacking'

/** How much is read at a time, in bytes. */
const CHUNK_BYTES = 256 * 1024
/** How much of a file its format is recognised by, in bytes. */
const HEAD_BYTES = 1024 * 1024
/** Deflate packs at most 258 bytes into 2 bits. */
export const MOST_DEFLATE_RATIO = 1032

/** A file whose beginning is known, as it is once it is unpacked. */
export interface Content {
  /** What the file is called in sentences. */
  readonly name: string
  readonly source: ByteSource
  /** What it is compressed with as a whole. */
  readonly packing: Packing | null
  /** The first bytes, unpacked: all of them, if `isWhole`. */
  readonly head: Uint8Array
  readonly isWhole: boolean
}

/** Looks at the beginning of a file. @throws StudioError 'invalid-data' for an empty one, 'damaged-file' */
export async function lookInto(source: ByteSource, name: string, reading: Reading): Promise<Content> {
  if (source.size === 0)
    throw new StudioError('invalid-data', `The file ${name} is empty.`, 'Choose a file that holds data.')
  const packing = packingOf(await source.read(0, Math.min(PACKING_MARK_BYTES, source.size)))
  const pieces: Uint8Array[] = []
  let length = 0
  let isWhole = true
  for await (const chunk of chunksOf({ name, source, packing }, reading)) {
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
  return { name, source, packing, head, isWhole }
}

/** The bytes of a file from the beginning, unpacked, piece by piece. */
export function chunksOf(
  content: Pick<Content, 'name' | 'source' | 'packing'>,
  reading: Reading,
): AsyncGenerator<Uint8Array> {
  const stored = storedChunks(content.source, reading)
  return content.packing === null ? stored : unpacked(stored, content.packing, content.name)
}

async function* storedChunks(source: ByteSource, reading: Reading): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < source.size; offset += CHUNK_BYTES) {
    await reading.reached(offset)
    yield await source.read(offset, Math.min(CHUNK_BYTES, source.size - offset))
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
  format: Text,
  reading: Reading,
  limits: { readonly most: number; readonly expected?: number },
): Promise<Uint8Array> {
  const { name, source, packing } = content
  const isStored = packing === null
  const { most, expected } = limits
  const possible = isStored ? source.size : packing === 'gzip' ? source.size * MOST_DEFLATE_RATIO : most
  if (expected !== undefined && (expected > possible || (isStored && expected !== source.size)))
    throw damagedFile(
      name,
      format,
      `it has ${isStored ? source.size : `at most ${possible}`} bytes where its header speaks of ${expected}`,
    )
  if ((expected ?? (isStored ? source.size : 0)) > most) throw tooLarge(name, expected ?? source.size, most)
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

async function filledBytes(content: Content, format: Text, reading: Reading, expected: number): Promise<Uint8Array> {
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
