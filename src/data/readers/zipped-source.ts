import type { ByteSource } from '../../made/safetensors'
import type { Archive } from './archive'
import { MOST_ARRAY_BYTES } from './npy-table'
import type { Reading } from './reading'

/**
 * A file in a zip file as a source of its own. Read from its beginning on, it is unpacked as it goes and never held;
 * read in any other order, it is unpacked as a whole.
 * @throws StudioError as `Archive`, when it is read
 */
export function zippedSource(archive: Archive, name: string, reading: Reading): ByteSource {
  return new ZippedSource(archive, name, reading)
}

class ZippedSource implements ByteSource {
  readonly size: number
  private chunks: AsyncGenerator<Uint8Array> | null = null
  /** What has been unpacked and not been read. */
  private ahead = new Uint8Array()
  private at = 0
  private whole: Uint8Array | null = null

  constructor(
    private readonly archive: Archive,
    private readonly name: string,
    private readonly reading: Reading,
  ) {
    this.size = archive.entries.get(name)?.size ?? 0
  }

  async read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    if (this.whole === null && offset !== this.at && offset !== 0)
      this.whole = await this.archive.read(this.name, MOST_ARRAY_BYTES, this.reading)
    if (this.whole) return new Uint8Array(this.whole.subarray(offset, offset + length))
    if (offset === 0) await this.restart()
    return this.next(length)
  }

  private async restart(): Promise<void> {
    await this.chunks?.return(undefined)
    this.chunks = this.archive.chunks(this.name, this.reading)
    this.ahead = new Uint8Array()
    this.at = 0
  }

  private async next(length: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(length)
    for (let filled = 0; ;) {
      const taken = this.ahead.subarray(0, length - filled)
      bytes.set(taken, filled)
      filled += taken.length
      this.ahead = this.ahead.subarray(taken.length)
      this.at += taken.length
      // At the end one more is asked for, so that length and checksum are checked.
      if (filled === length && this.at < this.size) return bytes
      const more = await this.chunks?.next()
      if (!more || more.done) return bytes.subarray(0, filled)
      this.ahead = new Uint8Array(more.value)
    }
  }
}
