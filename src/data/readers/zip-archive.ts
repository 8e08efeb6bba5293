import { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import { fromRandomAccessReaderPromise, RandomAccessReader, type Entry, type ZipFile } from 'yauzl'
import { quoted, StudioError } from '../../base/failure'
import type { ByteSource } from '../../made/safetensors'
import { say, verbatim, type Sentence } from '../../words/say'
import type { Archive } from './archive'
import { MOST_DEFLATE_RATIO } from './content'
import { damagedFile, type Reading } from './reading'

/** The directory is read in pieces of so many bytes. */
const WINDOW_BYTES = 64 * 1024
const MOST_ENTRIES = 2_000_000
const [STORED, DEFLATED] = [0, 8]
/** What follows the directory, without and with the 64-bit extension. */
const [END_MARK, END64_MARK] = [0x06054b50, 0x06064b50]
const END_BYTES = 22

/** What a zip file says of one of the files in it. */
export interface ZipEntry {
  readonly name: string
  readonly size: number
  readonly entry: Entry
}

/** An opened zip file: the files in it by name, each unpacked on demand. Nothing that it says of itself is trusted. */
export class ZipArchive implements Archive {
  private constructor(
    private readonly name: string,
    private readonly zip: ZipFile,
    readonly entries: ReadonlyMap<string, ZipEntry>,
  ) {}

  /**
   * Reads and checks the directory; nothing is unpacked. Folders are left out.
   * @throws StudioError 'damaged-file' or 'too-large'
   */
  static async open(source: ByteSource, name: string, reading: Reading): Promise<ZipArchive> {
    const entries = new Map<string, ZipEntry>()
    try {
      const zip = await fromRandomAccessReaderPromise(new SourceReader(source), source.size, { autoClose: false })
      let unpacked = 0
      for await (const entry of zip.eachEntry()) {
        await reading.pause()
        requireEntry(name, entry, entries, source.size)
        unpacked += entry.uncompressedSize
        if (unpacked > source.size * MOST_DEFLATE_RATIO) throw damaged(name, say('read.archive.why.bomb'))
        if (!entry.fileName.endsWith('/'))
          entries.set(entry.fileName, { name: entry.fileName, size: entry.uncompressedSize, entry })
        else if (entry.uncompressedSize > 0)
          throw damaged(name, say('read.archive.why.folder', { part: quoted(entry.fileName) }))
      }
      await requireEnd(source, Number(zip.readEntryCursor), zip.entriesRead, name)
      return new ZipArchive(name, zip, entries)
    } catch (cause) {
      throw cause instanceof StudioError ? cause : damaged(name, whyOf(cause), cause)
    }
  }

  get names(): string[] {
    return [...this.entries.keys()]
  }

  /**
   * Unpacks one of its files; the size that the directory names is checked before memory is taken, the checksum after.
   * @param mostBytes the most that may come out; if more do, the file is refused
   * @throws StudioError 'not-found', 'too-large', 'unknown-format' or 'damaged-file'
   */
  async read(entryName: string, mostBytes: number, reading: Reading): Promise<Uint8Array> {
    const { size } = this.entry(entryName)
    if (size > mostBytes)
      throw new StudioError(
        'too-large',
        say('read.archive.part-large', { part: quoted(entryName), file: this.name, bytes: size, most: mostBytes }),
        say('read.archive.part-large.hint'),
      )
    return collected(this.chunks(entryName, reading), size, false)
  }

  /** The first bytes of one of its files, unpacked; fewer if it has no more. @throws StudioError as `read` */
  async firstBytes(entryName: string, length: number, reading: Reading): Promise<Uint8Array> {
    return collected(this.unpacked(entryName, reading), Math.min(length, this.entry(entryName).size), true)
  }

  /** One of its files piece by piece, unpacked; at the end its length and checksum are checked. @throws StudioError as `read` */
  async *chunks(entryName: string, reading: Reading): AsyncGenerator<Uint8Array> {
    const { size, entry } = this.entry(entryName)
    let [length, checksum] = [0, 0]
    for await (const chunk of this.unpacked(entryName, reading)) {
      length += chunk.length
      checksum = crc32(chunk, checksum)
      yield chunk
    }
    if (length !== size) throw damaged(this.name, say('read.archive.why.length', { part: quoted(entryName) }))
    if (checksum !== entry.crc32)
      throw damaged(this.name, say('read.archive.why.checksum', { part: quoted(entryName) }))
  }

  private async *unpacked(entryName: string, reading: Reading): AsyncGenerator<Uint8Array> {
    const { entry } = this.entry(entryName)
    try {
      const local = await this.zip.readLocalFileHeaderPromise(entry)
      if (!local.fileName.equals(entry.fileNameRaw) || local.compressionMethod !== entry.compressionMethod)
        throw damaged(this.name, say('read.archive.why.local', { part: quoted(entryName) }))
      const stream = await this.zip.openReadStreamPromise(entry)
      for await (const chunk of stream as AsyncIterable<Uint8Array>) {
        await reading.pause()
        yield chunk
      }
    } catch (cause) {
      throw cause instanceof StudioError
        ? cause
        : damaged(this.name, say('read.archive.why.part', { part: quoted(entryName), why: whyOf(cause) }), cause)
    }
  }

  private entry(name: string): ZipEntry {
    const found = this.entries.get(name)
    if (!found)
      throw new StudioError(
        'not-found',
        say('read.archive.absent', { file: this.name, name: quoted(name) }),
        say('read.archive.absent.hint'),
      )
    const { entry } = found
    const place = { part: quoted(name), file: this.name }
    if (entry.isEncrypted())
      throw new StudioError('unknown-format', say('read.archive.encrypted', place), say('read.archive.repack.hint'))
    if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED)
      throw new StudioError(
        'unknown-format',
        say('read.archive.method', { ...place, method: entry.compressionMethod }),
        say('read.archive.repack.hint'),
      )
    return found
  }
}

/** Up to `length` bytes of what comes. @param stops as soon as they are there; else all is gone through, so that it is checked */
async function collected(chunks: AsyncGenerator<Uint8Array>, length: number, stops: boolean): Promise<Uint8Array> {
  const bytes = new Uint8Array(length)
  let at = 0
  for await (const chunk of chunks) {
    bytes.set(chunk.subarray(0, length - at), at)
    at += Math.min(chunk.length, length - at)
    if (stops && at === length) break
  }
  return bytes.subarray(0, at)
}

/** Behind the last entry of the directory must come its end, and say the same: entries would go unnoticed otherwise. */
async function requireEnd(source: ByteSource, at: number, count: number, name: string): Promise<void> {
  const end = new DataView((await source.read(at, Math.min(END_BYTES, source.size - at))).buffer)
  const mark = end.byteLength >= 4 ? end.getUint32(0, true) : 0
  if (mark === END64_MARK) return
  const [countHere, countInAll] =
    mark === END_MARK && end.byteLength === END_BYTES ? [end.getUint16(8, true), end.getUint16(10, true)] : [-1, -1]
  if (countHere !== count || countInAll !== count || end.getUint32(12, true) !== at - end.getUint32(16, true))
    throw damaged(name, say('read.archive.why.directory'))
}

function requireEntry(name: string, entry: Entry, others: ReadonlyMap<string, ZipEntry>, fileSize: number): void {
  if (others.size >= MOST_ENTRIES)
    throw new StudioError(
      'too-large',
      say('read.archive.many-files', { file: name, most: MOST_ENTRIES }),
      say('read.archive.many-files.hint'),
    )
  if (entry.fileName === '') throw damaged(name, say('read.archive.why.nameless'))
  const part = quoted(entry.fileName)
  if (others.has(entry.fileName)) throw damaged(name, say('read.archive.why.twice', { part }))
  const { compressedSize, uncompressedSize, relativeOffsetOfLocalHeader } = entry
  if (relativeOffsetOfLocalHeader + compressedSize > fileSize)
    throw damaged(name, say('read.archive.why.outside', { part }))
  const isPossible =
    entry.compressionMethod === STORED
      ? entry.isEncrypted() || compressedSize === uncompressedSize
      : uncompressedSize <= compressedSize * MOST_DEFLATE_RATIO
  if (!isPossible) throw damaged(name, say('read.archive.why.ratio', { part, bytes: uncompressedSize }))
}

/** @param why as `damagedFile` has it */
function damaged(name: string, why: Sentence, cause?: unknown): StudioError {
  return damagedFile(name, 'zip', why, cause)
}

/** The library's words as part of a sentence. */
function whyOf(cause: unknown): Sentence {
  const message = cause instanceof Error ? cause.message : String(cause)
  if (/End of central directory record signature not found/.test(message)) return say('read.table.why.end-missing')
  if (/unexpected EOF|after end of file/i.test(message)) return say('read.table.why.ends-early')
  return verbatim(
    message
      .split('\n')[0]
      .slice(0, 120)
      .replace(/[.\s]+$/, '')
      .replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase()),
  )
}

/** Gives the zip library the bytes of a source; small reads are answered from a window of what was read before. */
class SourceReader extends RandomAccessReader {
  private window: Uint8Array = new Uint8Array(0)
  private windowStart = 0

  constructor(private readonly source: ByteSource) {
    super()
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.bytes(position, length).then(
      (bytes) => {
        buffer.set(bytes, offset)
        callback(null)
      },
      (cause: unknown) => callback(cause instanceof Error ? cause : new Error(String(cause))),
    )
  }

  override _readStreamForRange(start: number, end: number): Readable {
    const { source } = this
    return Readable.from(
      (async function* () {
        for (let at = start; at < end; at += WINDOW_BYTES) yield await source.read(at, Math.min(WINDOW_BYTES, end - at))
      })(),
      { objectMode: false },
    )
  }

  private async bytes(position: number, length: number): Promise<Uint8Array> {
    if (position < 0 || position + length > this.source.size) throw new Error('unexpected EOF')
    if (length > WINDOW_BYTES) return this.source.read(position, length)
    if (position < this.windowStart || position + length > this.windowStart + this.window.length) {
      this.windowStart = position
      this.window = await this.source.read(position, Math.min(WINDOW_BYTES, this.source.size - position))
    }
    return this.window.subarray(position - this.windowStart, position - this.windowStart + length)
  }
}
