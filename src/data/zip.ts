import { promisify } from 'node:util'
import { crc32, inflateRaw } from 'node:zlib'
import { quoted, StudioError } from '../made/failure'
import type { ByteSource } from '../made/safetensors'

/**
 * The part of the ZIP format that .npz files use: a central directory at the end, entries stored or deflated. Nothing
 * in the file is trusted: places and sizes are checked before anything is unpacked, checksums after.
 */

const LOCAL_HEADER = { signature: 0x04034b50, bytes: 30 }
const DIRECTORY_ENTRY = { signature: 0x02014b50, bytes: 46 }
const END_RECORD = { signature: 0x06054b50, bytes: 22 }
const MOST_COMMENT_BYTES = 0xffff
const MOST_DIRECTORY_BYTES = 16 * 1024 * 1024
const STORED = 0
const DEFLATED = 8
const ENCRYPTED_FLAG = 1
/** Deflate packs at most 258 bytes into 2 bits: a size beyond this ratio is a lie. */
const MOST_DEFLATE_RATIO = 1032

const unpack = promisify(inflateRaw)

interface Entry {
  readonly encrypted: boolean
  readonly method: number
  readonly checksum: number
  readonly packedSize: number
  readonly size: number
  readonly headerStart: number
}

/** An opened archive: its entries by name, each read on demand. */
export class ZipArchive {
  private constructor(
    private readonly source: ByteSource,
    private readonly entries: ReadonlyMap<string, Entry>,
    private readonly directoryStart: number,
  ) {}

  /**
   * Finds and checks the directory of the archive; no entry is unpacked.
   * @throws StudioError 'unknown-format', 'damaged-file' or 'too-large'
   */
  static async open(source: ByteSource): Promise<ZipArchive> {
    const start = viewOf(await source.read(0, Math.min(4, source.size)))
    if (start.byteLength < 4) throw notZip()
    const signature = start.getUint32(0, true)
    if (signature !== LOCAL_HEADER.signature && signature !== END_RECORD.signature) throw notZip()
    const { directoryStart, directoryLength, count } = await findDirectory(source)
    const directory = await readExactly(source, directoryStart, directoryLength)
    return new ZipArchive(source, readDirectory(directory, count), directoryStart)
  }

  get names(): string[] {
    return [...this.entries.keys()]
  }

  has(name: string): boolean {
    return this.entries.has(name)
  }

  /**
   * Unpacks one entry. Its size is checked against `mostBytes` before any memory is taken for it.
   * @throws StudioError 'not-found', 'too-large', 'unknown-format' or 'damaged-file'
   */
  async read(name: string, mostBytes: number): Promise<Uint8Array> {
    const entry = this.entries.get(name)
    if (!entry)
      throw new StudioError('not-found', `The file holds no entry ${name}.`, 'Choose another file, or save it again.')
    if (entry.size > mostBytes)
      throw new StudioError(
        'too-large',
        `The entry ${name} unpacks to ${entry.size} bytes; the most is ${mostBytes}.`,
        'Save the array as uint8, or with fewer rows.',
      )
    if (entry.encrypted || (entry.method !== STORED && entry.method !== DEFLATED))
      throw new StudioError(
        'unknown-format',
        `The entry ${name} is ${entry.encrypted ? 'encrypted' : `packed by method ${entry.method}`}, which is not read.`,
        'Save the file again with numpy.savez or numpy.savez_compressed.',
      )
    const packed = await this.readPacked(name, entry)
    const bytes = entry.method === STORED ? packed : await inflate(name, packed, entry.size)
    if (bytes.length !== entry.size) throw damaged(`${name} is not as long as the directory says`)
    if (crc32(bytes) !== entry.checksum) throw damaged(`the checksum of ${name} is wrong`)
    return bytes
  }

  private async readPacked(name: string, entry: Entry): Promise<Uint8Array> {
    const { headerStart, packedSize, size, method } = entry
    if (headerStart + LOCAL_HEADER.bytes > this.directoryStart) throw damaged(`${name} lies outside the file`)
    const header = viewOf(await readExactly(this.source, headerStart, LOCAL_HEADER.bytes))
    if (header.getUint32(0, true) !== LOCAL_HEADER.signature) throw damaged(`${name} is not where the directory says`)
    const dataStart = headerStart + LOCAL_HEADER.bytes + header.getUint16(26, true) + header.getUint16(28, true)
    if (dataStart + packedSize > this.directoryStart) throw damaged(`${name} lies outside the file`)
    const unpackable = method === STORED ? packedSize === size : size <= packedSize * MOST_DEFLATE_RATIO
    if (!unpackable) throw damaged(`${name} cannot unpack to ${size} bytes`)
    return readExactly(this.source, dataStart, packedSize)
  }
}

async function findDirectory(
  source: ByteSource,
): Promise<{ directoryStart: number; directoryLength: number; count: number }> {
  const tailStart = Math.max(0, source.size - END_RECORD.bytes - MOST_COMMENT_BYTES)
  const tail = viewOf(await readExactly(source, tailStart, source.size - tailStart))
  for (let at = tail.byteLength - END_RECORD.bytes; at >= 0; at--) {
    if (tail.getUint32(at, true) !== END_RECORD.signature) continue
    if (at + END_RECORD.bytes + tail.getUint16(at + 20, true) !== tail.byteLength) continue
    const count = tail.getUint16(at + 10, true)
    const directoryLength = tail.getUint32(at + 12, true)
    const directoryStart = tail.getUint32(at + 16, true)
    if (count === 0xffff || directoryStart === 0xffff_ffff || directoryLength > MOST_DIRECTORY_BYTES)
      throw new StudioError(
        'too-large',
        'This .npz file is larger than MADE Studio reads.',
        'Save the arrays as uint8 with numpy.savez_compressed, or with fewer rows.',
      )
    if (directoryStart + directoryLength !== tailStart + at) throw damaged('its directory is not where it should be')
    return { directoryStart, directoryLength, count }
  }
  throw damaged('its end is missing')
}

function readDirectory(bytes: Uint8Array, count: number): Map<string, Entry> {
  const view = viewOf(bytes)
  const entries = new Map<string, Entry>()
  let at = 0
  for (let i = 0; i < count; i++) {
    if (at + DIRECTORY_ENTRY.bytes > bytes.length || view.getUint32(at, true) !== DIRECTORY_ENTRY.signature)
      throw damaged('its directory cannot be read')
    const nameStart = at + DIRECTORY_ENTRY.bytes
    const nameLength = view.getUint16(at + 28, true)
    const next = nameStart + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    if (next > bytes.length) throw damaged('its directory cannot be read')
    const name = new TextDecoder().decode(bytes.subarray(nameStart, nameStart + nameLength))
    if (entries.has(name)) throw damaged(`it holds ${quoted(name)} twice`)
    entries.set(name, {
      encrypted: (view.getUint16(at + 8, true) & ENCRYPTED_FLAG) !== 0,
      method: view.getUint16(at + 10, true),
      checksum: view.getUint32(at + 16, true),
      packedSize: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      headerStart: view.getUint32(at + 42, true),
    })
    at = next
  }
  if (at !== bytes.length) throw damaged('its directory cannot be read')
  return entries
}

async function inflate(name: string, packed: Uint8Array, size: number): Promise<Uint8Array> {
  try {
    return await unpack(packed, { maxOutputLength: Math.max(1, size) })
  } catch (cause) {
    throw damaged(`${name} cannot be unpacked`, cause)
  }
}

async function readExactly(source: ByteSource, offset: number, length: number): Promise<Uint8Array> {
  const bytes = await source.read(offset, length)
  if (bytes.length !== length) throw damaged('it ends too early')
  return bytes
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function notZip(): StudioError {
  return new StudioError(
    'unknown-format',
    'This is not an .npz file.',
    'Choose a file saved with numpy.savez or numpy.savez_compressed.',
  )
}

function damaged(why: string, cause?: unknown): StudioError {
  return new StudioError(
    'damaged-file',
    `This .npz file is damaged: ${why}.`,
    'Copy it again from where it came, or save it again with NumPy.',
    { cause },
  )
}
