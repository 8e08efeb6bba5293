import { Readable } from 'node:stream'
import { extract } from 'tar-stream'
import { quoted, StudioError } from '../../base/failure'
import { say } from '../../words/say'
import type { Archive } from './archive'
import { chunksOf, type Content } from './content'
import { damagedFile, type Reading } from './reading'

/** What a tar file may hold in all: it has no directory, so all of it is held. */
const MOST_BYTES = 1024 ** 3
const MOST_ENTRIES = 200_000

/** The files of a tar file, compressed or not; links and devices are left out. */
export class TarArchive implements Archive {
  private constructor(
    private readonly file: string,
    private readonly contents: ReadonlyMap<string, Uint8Array>,
    readonly entries: Archive['entries'],
  ) {}

  /** Reads all of it. @throws StudioError 'damaged-file' or 'too-large' */
  static async open(content: Content, reading: Reading): Promise<TarArchive> {
    const contents = new Map<string, Uint8Array>()
    const { name: file } = content
    const tar = extract()
    const source = Readable.from(chunksOf(content, reading), { objectMode: false })
    source.on('error', (cause) => tar.destroy(cause)).pipe(tar)
    let total = 0
    try {
      for await (const entry of tar) {
        const pieces: Uint8Array[] = []
        for await (const piece of entry as AsyncIterable<Uint8Array>) {
          total += piece.length
          if (total > MOST_BYTES || contents.size > MOST_ENTRIES) throw tooLarge(file)
          pieces.push(piece)
        }
        const name = entry.header.name.replace(/^(\.?\/)+/, '')
        if (entry.header.type === 'file' && name !== '') contents.set(name, Buffer.concat(pieces))
      }
    } catch (cause) {
      throw cause instanceof StudioError ? cause : damagedFile(file, 'tar', say('read.archive.why.not-unpacked'), cause)
    } finally {
      source.destroy()
    }
    const entries = new Map([...contents].map(([name, { length }]) => [name, { name, size: length }]))
    return new TarArchive(file, contents, entries)
  }

  get names(): string[] {
    return [...this.entries.keys()]
  }

  read(name: string, mostBytes: number): Promise<Uint8Array> {
    const bytes = this.bytesOf(name)
    return bytes.length <= mostBytes ? Promise.resolve(bytes) : Promise.reject(tooLarge(this.file))
  }

  firstBytes(name: string, length: number): Promise<Uint8Array> {
    return Promise.resolve(this.bytesOf(name).subarray(0, length))
  }

  async *chunks(name: string): AsyncGenerator<Uint8Array> {
    yield this.bytesOf(name)
  }

  private bytesOf(name: string): Uint8Array {
    const bytes = this.contents.get(name)
    if (bytes) return bytes
    throw new StudioError(
      'not-found',
      say('read.archive.absent', { file: this.file, name: quoted(name) }),
      say('read.archive.absent.hint'),
    )
  }
}

function tooLarge(file: string): StudioError {
  return new StudioError(
    'too-large',
    say('read.archive.tar-large', { file, bytes: MOST_BYTES, files: MOST_ENTRIES }),
    say('read.archive.tar-large.hint'),
  )
}
