import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Draws } from '../draws'
import { joined, NUMBERS } from './bytes'

/** A file in a zip file. */
export interface ZippedFile {
  readonly name: Uint8Array
  readonly content: Uint8Array
  readonly isDeflated: boolean
}

const [LOCAL, CENTRAL, END] = [0x04034b50, 0x02014b50, 0x06054b50]
const MOST_UNPACKED = 1024 * 1024

/** Gives the value that is written where `value` would be right. */
type Lie = (value: number) => number
const TRUTH: Lie = (value) => value

/** The files of a zip file, as its directory has them. @throws Error where it cannot be taken apart */
export function filesInZip(bytes: Uint8Array): ZippedFile[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = lastIndexOf(view, END)
  const files: ZippedFile[] = []
  let at = view.getUint32(end + 16, true)
  for (let i = 0; i < view.getUint16(end + 10, true); i++) {
    const [method, size] = [view.getUint16(at + 10, true), view.getUint32(at + 20, true)]
    const [nameLength, extraLength, remarkLength] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true))
    const local = view.getUint32(at + 42, true)
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
    const stored = bytes.subarray(start, start + size)
    files.push({
      name: bytes.slice(at + 46, at + 46 + nameLength),
      content: method === 0 ? stored.slice() : inflateRawSync(stored, { maxOutputLength: MOST_UNPACKED }),
      isDeflated: method !== 0,
    })
    at += 46 + nameLength + extraLength + remarkLength
  }
  return files
}

/** A zip file of those files with everything right, but for one number of one of them where `draws` are given. */
export function zipOf(files: readonly ZippedFile[], draws: Draws | null = null): Uint8Array {
  const lying = draws ? draws.below(files.length + 1) : -1
  const field = draws ? draws.below(FIELDS) : -1
  const lie: Lie = (value) =>
    draws ? draws.pick([draws.pick(NUMBERS), value + 1, value - 1, 2 * value, value ^ 8]) >>> 0 : value
  const locals: Uint8Array[] = []
  const central: Uint8Array[] = []
  let offset = 0
  files.forEach((file, i) => {
    const lies = Array.from({ length: FIELDS }, (_, n) => (i === lying && n === field ? lie : TRUTH))
    const { local, directory } = entryOf(file, offset, lies)
    locals.push(local)
    central.push(directory)
    offset += local.length
  })
  const lies = Array.from({ length: FIELDS }, (_, n) => (lying === files.length && n === field ? lie : TRUTH))
  return joined(
    ...locals,
    ...central,
    endOf(
      files.length,
      offset,
      central.reduce((sum, { length }) => sum + length, 0),
      lies,
    ),
  )
}

/** How many numbers of an entry, or of the end, may be wrong. */
const FIELDS = 8

function entryOf(file: ZippedFile, offset: number, lies: readonly Lie[]): { local: Uint8Array; directory: Uint8Array } {
  const { name, content, isDeflated } = file
  const packed = isDeflated ? deflateRawSync(content, { level: 1 }) : content
  const fields = (side: 'local' | 'central'): Uint8Array => {
    const bytes = new Uint8Array(26)
    const view = new DataView(bytes.buffer)
    const lieIn = (n: number): Lie => (side === 'central' ? lies[n] : n < 4 ? lies[n] : TRUTH)
    view.setUint16(0, 20, true)
    view.setUint16(2, lieIn(0)(0x800), true)
    view.setUint16(4, lieIn(1)(isDeflated ? 8 : 0), true)
    view.setUint32(10, lieIn(4)(crc32(content)), true)
    view.setUint32(14, lieIn(2)(packed.length), true)
    view.setUint32(18, lieIn(3)(content.length), true)
    view.setUint16(22, lieIn(5)(name.length), true)
    view.setUint16(24, lieIn(6)(0), true)
    return bytes
  }
  const rest = new Uint8Array(14)
  new DataView(rest.buffer).setUint32(10, lies[7](offset), true)
  return {
    local: joined(marked(LOCAL), fields('local'), name, packed),
    directory: joined(marked(CENTRAL), Uint8Array.of(20, 0), fields('central'), rest, name),
  }
}

function endOf(count: number, offset: number, length: number, lies: readonly Lie[]): Uint8Array {
  const bytes = new Uint8Array(18)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, lies[4](0), true)
  view.setUint16(2, lies[5](0), true)
  view.setUint16(4, lies[0](count), true)
  view.setUint16(6, lies[1](count), true)
  view.setUint32(8, lies[2](length), true)
  view.setUint32(12, lies[3](offset), true)
  view.setUint16(16, lies[6](0), true)
  return joined(marked(END), bytes)
}

function marked(mark: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, mark, true)
  return bytes
}

function lastIndexOf(view: DataView, mark: number): number {
  for (let at = view.byteLength - 22; at >= 0; at--) if (view.getUint32(at, true) === mark) return at
  throw new Error('this is no zip file')
}
