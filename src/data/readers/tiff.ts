import type { PictureShape } from '../table'
import { DecodingThread } from './decoding-thread'
import type { Reading } from './reading'
import source from './tiff-worker.cjs?raw'

const HEAP_MEGABYTES = 128
/** After this long for one picture the thread is stopped. */
const MOST_MILLISECONDS = 10_000
/** The tags of a directory that tell how much a picture takes, and the types of their values. */
const [WIDTH, HEIGHT, BITS, SAMPLES] = [256, 257, 258, 277]
const [SHORT, LONG] = [3, 4]
const [MOST_BITS, MOST_SAMPLES] = [32, 16]
const ENTRY_BYTES = 12
/** How many bytes a value takes, by its type from 1 on. */
const VALUE_BYTES = [1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4]

/** The size of the first picture of a TIFF file; null where its directory is not among these bytes, or is of no such picture. */
export function tiffSize(bytes: Uint8Array): PictureShape | null {
  const place = directoryOf(bytes)
  if (place === null) return null
  const { view, little, at, count } = place
  const tags = new Map<number, number>()
  for (let i = 0; i < count; i++) {
    const entry = at + 2 + i * ENTRY_BYTES
    const type = view.getUint16(entry + 2, little)
    if (type === SHORT) tags.set(view.getUint16(entry, little), firstShort(view, entry, little))
    else if (type === LONG) tags.set(view.getUint16(entry, little), view.getUint32(entry + 8, little))
  }
  const [width, height] = [tags.get(WIDTH) ?? 0, tags.get(HEIGHT) ?? 0]
  const isModest = (tags.get(BITS) ?? 1) <= MOST_BITS && (tags.get(SAMPLES) ?? 1) <= MOST_SAMPLES
  return width > 0 && height > 0 && isModest ? { width, height } : null
}

/** A short number stands in its entry, several of them elsewhere, if there are more than two. */
function firstShort(view: DataView, entry: number, little: boolean): number {
  const at = view.getUint32(entry + 4, little) <= 2 ? entry + 8 : view.getUint32(entry + 8, little)
  return at + 2 <= view.byteLength ? view.getUint16(at, little) : 0
}

interface Directory {
  readonly view: DataView
  readonly little: boolean
  /** Where it begins, and how many entries it has. */
  readonly at: number
  readonly count: number
}

function directoryOf(bytes: Uint8Array): Directory | null {
  if (bytes.length < 8) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const little = bytes[0] === 0x49
  const at = view.getUint32(4, little)
  if (at + 2 > bytes.length) return null
  const count = view.getUint16(at, little)
  return at + 2 + count * ENTRY_BYTES + 4 > bytes.length ? null : { view, little, at, count }
}

/** Whether all values of a directory lie in the file: what decodes it makes lists of as many as it speaks of. */
function holdsValues({ view, little, at, count }: Directory): boolean {
  for (let i = 0; i < count; i++) {
    const entry = at + 2 + i * ENTRY_BYTES
    const bytes = (VALUE_BYTES[view.getUint16(entry + 2, little) - 1] ?? 0) * view.getUint32(entry + 4, little)
    if (bytes > 4 && view.getUint32(entry + 8, little) + bytes > view.byteLength) return false
  }
  return true
}

/** What decodes TIFF pictures. It must be stopped. */
export class TiffDecoder {
  private readonly thread = new DecodingThread({ source, modules: ['utif2'], heapMegabytes: HEAP_MEGABYTES })

  constructor(private readonly reading: Reading) {}

  /** The first picture of a file, four bytes a pixel, `[height, width, 4]`. @throws Error where it cannot be decoded; StudioError 'cancelled' */
  async rgba(bytes: Uint8Array): Promise<Uint8Array> {
    const alone = bytes.slice()
    const place = directoryOf(alone)
    if (place === null || !holdsValues(place)) throw new Error('its directory is damaged')
    // Nothing follows the first picture.
    const end = place.at + 2 + place.count * ENTRY_BYTES
    alone.fill(0, end, end + 4)
    return (await this.thread.ask({ bytes: alone }, MOST_MILLISECONDS, this.reading)) as Uint8Array
  }

  /** Ends its thread. */
  stop(): Promise<void> {
    return this.thread.stop()
  }
}
