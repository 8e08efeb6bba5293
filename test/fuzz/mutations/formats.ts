import { createHash } from 'node:crypto'
import { constants, crc32, deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib'
import type { Draws } from '../draws'
import { changeBytes, joined, NUMBERS } from './bytes'
import { changeText } from './text'
import { changeTree } from './tree'
import { filesInZip, zipOf, type ZippedFile } from './zip'

/** A way into a format: changes something inside, and puts right around it what would otherwise be refused at once. */
interface Way {
  readonly leadsInto: (bytes: Uint8Array) => boolean
  /** @throws Error where the bytes cannot be taken apart */
  readonly change: (bytes: Uint8Array, other: Uint8Array, draws: Draws) => Uint8Array
}

const MOST_UNPACKED = 1024 * 1024
/** How often something inside is changed rather than any byte. */
const SHARE_INSIDE = 0.75

/** Changes one thing in a file, mostly inside what its format wraps around it. */
export function changeFile(bytes: Uint8Array, other: Uint8Array, draws: Draws): Uint8Array {
  if (draws.chance(SHARE_INSIDE))
    for (const way of WAYS)
      if (way.leadsInto(bytes))
        try {
          return way.change(bytes, other, draws)
        } catch {
          // What was damaged before cannot be taken apart: any byte will do.
          break
        }
  return changeBytes(bytes, other, draws)
}

function startsWith(...start: readonly number[]): (bytes: Uint8Array) => boolean {
  return (bytes) => start.every((byte, i) => bytes[i] === byte)
}

/** Changes the content of a gzip file. */
function changeGzip(bytes: Uint8Array, other: Uint8Array, draws: Draws): Uint8Array {
  const unpack = (packed: Uint8Array): Uint8Array =>
    gunzipSync(packed, { maxOutputLength: MOST_UNPACKED, finishFlush: constants.Z_SYNC_FLUSH })
  const isGzip = startsWith(0x1f, 0x8b)
  return gzipSync(changeFile(unpack(bytes), isGzip(other) ? unpack(other) : other, draws), { level: 1 })
}

const ENTRY_NAMES = [
  '', 'a/', '/', '../x.csv', '/etc/passwd', '.hidden.csv', '__MACOSX/x.png', '__proto__', 'train.npy', 'test.npy', 'y_train.npy', 'x.npy', '.npy',
  'x/train/1.png', 'x/test/2.png', 'a/b/c/d/e/f/g/h/i/j/1.png', 'train.csv', 'valid.csv', 'test.csv', 'x.csv', 'xl/workbook.xml', 'README.md',
  'train-images-idx3-ubyte', 'train-labels-idx1-ubyte', 'a\u0000.csv', 'x'.repeat(300), 'ä.csv', 'a\\b.csv',
] // prettier-ignore

/** Changes the files of a zip file, their names, how they are packed, or what is said of them. */
function changeZip(bytes: Uint8Array, other: Uint8Array, draws: Draws): Uint8Array {
  const files = filesInZip(bytes)
  const others = startsWith(0x50, 0x4b)(other) ? filesInZip(other) : []
  const at = draws.below(files.length)
  const file = files[at] ?? { name: new Uint8Array(), content: other, isDeflated: true }
  const { content } = draws.pick(others.length > 0 ? others : [file])
  const named = (name: string): ZippedFile => ({ ...file, name: new TextEncoder().encode(name) })
  const inside = (): ZippedFile[] =>
    files.toSpliced(at, 1, { ...file, content: changeFile(file.content, content, draws) })
  return draws.pick<() => Uint8Array>([
    () => zipOf(inside()),
    () => zipOf(inside()),
    () => zipOf(inside()),
    () => zipOf(files.toSpliced(at, 1, named(draws.pick(ENTRY_NAMES)))),
    () => zipOf([...files, named(draws.pick(ENTRY_NAMES))]),
    () => zipOf([...files, file]),
    () => zipOf(files.toSpliced(at, 1)),
    () => zipOf([...files, ...others]),
    () => zipOf(files.toSpliced(at, 1, { ...file, isDeflated: !file.isDeflated })),
    () => zipOf(files, draws),
    () => zipOf(files, draws),
  ])()
}

/** Changes the chunks of a PNG file; their checksums are right. */
function changePng(bytes: Uint8Array, other: Uint8Array, draws: Draws): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const chunks: { type: Uint8Array; content: Uint8Array }[] = []
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at))
    chunks.push({ type: bytes.slice(at + 4, at + 8), content: bytes.slice(at + 8, at + 8 + view.getUint32(at)) })
  const at = draws.below(chunks.length)
  const chunk = chunks[at]
  const isData = String.fromCharCode(...chunk.type) === 'IDAT'
  const content =
    isData && draws.chance(0.5)
      ? deflateSync(changeBytes(inflateSync(chunk.content, { maxOutputLength: MOST_UNPACKED }), other, draws))
      : changeBytes(chunk.content, other, draws)
  const changed = draws.pick([
    chunks.toSpliced(at, 1, { ...chunk, content }),
    chunks.toSpliced(at, 1, { ...chunk, content }),
    chunks.toSpliced(at, 1),
    chunks.toSpliced(at, 0, chunk),
    chunks.toSpliced(at, 1).toSpliced(draws.below(chunks.length), 0, chunk),
  ])
  const written = changed.map(({ type, content }) => {
    const body = joined(type, content)
    return joined(bigEndian(content.length), body, bigEndian(crc32(body)))
  })
  return joined(bytes.subarray(0, 8), ...written)
}

function bigEndian(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}

/** Changes the header of a .npy file, whose length stays right, or its values. */
function changeNpy(bytes: Uint8Array, other: Uint8Array, draws: Draws): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const start = bytes[6] === 1 ? 10 : 12
  const end = start + (bytes[6] === 1 ? view.getUint16(8, true) : view.getUint32(8, true))
  if (draws.chance(0.3)) return joined(bytes.subarray(0, end), changeBytes(bytes.subarray(end), other, draws))
  const header = Buffer.from(bytes.subarray(start, end)).toString('latin1')
  const changed = draws.pick([
    () => header.replace(/'descr': '[^']*'/, `'descr': '${draws.pick(NPY_TYPES)}'`),
    () => header.replace(/\(.*\)/, `(${shapeText(header, draws)})`),
    () => header.replace(/True|False/, draws.pick(['True', 'False', 'None', '1'])),
    () => changeText(header, header, draws),
  ])()
  const text = Buffer.from(changed, 'latin1')
  const length = new Uint8Array(start - 8)
  for (let i = 0; i < length.length; i++) length[i] = (text.length >>> (8 * i)) & 255
  return joined(bytes.subarray(0, 8), length, text, bytes.subarray(end))
}

const NPY_TYPES = [
  '|b1',
  '|u1',
  '|i1',
  '<u2',
  '>i2',
  '<u4',
  '>i4',
  '<i8',
  '>u8',
  '<f2',
  '>f2',
  '<f4',
  '>f4',
  '<f8',
  '|O',
  '<U3',
  '|S1',
  '<c8',
  '=f4',
]

/** The shape with one of its sizes changed, one more, or one less; sometimes another of as many values. */
function shapeText(header: string, draws: Draws): string {
  const sizes = (/\(([^)]*)\)/.exec(header)?.[1] ?? '')
    .split(',')
    .map(Number)
    .filter((size) => size > 0)
  const at = draws.below(sizes.length)
  const size = sizes[at] ?? 1
  const shape = draws.pick([
    sizes.toSpliced(at, 1, draws.pick(NUMBERS)),
    sizes.toSpliced(at, 1),
    sizes.toSpliced(at, 0, 1),
    sizes.toReversed(),
    sizes.toSpliced(at, 1, draws.pick([1, 2, 3, 4]), size),
    [sizes.reduce((product, one) => product * one, 1)],
    [1, ...sizes],
  ])
  return shape.length === 1 ? `${shape[0]},` : shape.join(', ')
}

/** Changes the JSON header of a safetensors file, JSON in its metadata, or its numbers; its length, and mostly its checksum, are right. */
function changeSafetensors(bytes: Uint8Array, other: Uint8Array, draws: Draws): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = 8 + Number(view.getBigUint64(0, true))
  const data = bytes.subarray(end)
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, end))) as Record<string, unknown>
  if (draws.chance(0.2)) return tensorsOf(header, changeBytes(data, other, draws), draws.chance(0.7))
  const metadata = (header['__metadata__'] ?? {}) as Record<string, unknown>
  const inner = Object.keys(metadata).filter((key) => /^[[{]/.test(String(metadata[key])))
  if (inner.length === 0 || draws.chance(0.5))
    return tensorsOf(changeTree(header, header, draws), data, draws.chance(0.7))
  const key = draws.pick(inner)
  const changed = jsonOf(changeTree(JSON.parse(String(metadata[key])), header, draws))
  return tensorsOf({ ...header, __metadata__: { ...metadata, [key]: changed } }, data, draws.chance(0.7))
}

function tensorsOf(header: unknown, data: Uint8Array, repairs: boolean): Uint8Array {
  const metadata =
    typeof header === 'object' && header !== null && '__metadata__' in header ? header.__metadata__ : null
  const hasSum = typeof metadata === 'object' && metadata !== null && 'checksum' in metadata && 'counters' in metadata
  const repaired =
    repairs && hasSum
      ? {
          ...(header as object),
          __metadata__: {
            ...metadata,
            checksum: createHash('sha256').update(data).update(String(metadata.counters)).digest('hex'),
          },
        }
      : header
  const json = Buffer.from(jsonOf(repaired))
  const length = new Uint8Array(8)
  new DataView(length.buffer).setBigUint64(0, BigInt(json.length), true)
  return joined(length, json, data)
}

/** A tree of values as JSON; what JSON has no word for is a number or left out. */
export function jsonOf(tree: unknown): string {
  return JSON.stringify(tree, (_key, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)) ?? 'null'
}

/** Changes what is inside one variable of a MATLAB file; its length stays right. */
function changeMat(bytes: Uint8Array, other: Uint8Array, draws: Draws): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const variables: { type: number; content: Uint8Array }[] = []
  for (let at = 128; at + 8 <= bytes.length; at += 8 + view.getUint32(at + 4, true))
    variables.push({
      type: view.getUint32(at, true),
      content: bytes.slice(at + 8, at + 8 + view.getUint32(at + 4, true)),
    })
  const at = draws.below(variables.length)
  const { type, content } = variables[at]
  const isPacked = type === 15
  const inside = isPacked ? inflateSync(content, { maxOutputLength: MOST_UNPACKED }) : content
  const changed = changeBytes(inside, other, draws)
  const variable = { type, content: isPacked ? deflateSync(changed, { level: 1 }) : changed }
  const all = draws.pick([
    variables.toSpliced(at, 1, variable),
    variables.toSpliced(at, 1, variable),
    variables.toSpliced(at, 1, variable),
    variables.toSpliced(at, 1),
    [...variables, variable],
  ])
  return joined(
    bytes.subarray(0, 128),
    ...all.flatMap(({ type, content }) => {
      const tag = new Uint8Array(8)
      new DataView(tag.buffer).setUint32(0, type, true)
      new DataView(tag.buffer).setUint32(4, content.length, true)
      return [tag, content]
    }),
  )
}

/** Changes the footer of a Parquet file, whose length stays right, or its pages. */
function changeParquet(bytes: Uint8Array, other: Uint8Array, draws: Draws): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const start = bytes.length - 8 - view.getUint32(bytes.length - 8, true)
  const tail = bytes.subarray(bytes.length - 4)
  if (draws.chance(0.5)) return joined(changeBytes(bytes.subarray(0, start), other, draws), bytes.subarray(start))
  const footer = changeBytes(bytes.subarray(start, bytes.length - 8), other, draws)
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, footer.length, true)
  return joined(bytes.subarray(0, start), footer, length, tail)
}

/** Changes the tree of a JSON file, or its text. */
function changeJson(bytes: Uint8Array, other: Uint8Array, draws: Draws): Uint8Array {
  const tree: unknown = JSON.parse(new TextDecoder().decode(bytes))
  if (draws.chance(0.02)) return new TextEncoder().encode(draws.pick(['[', '{"a":']).repeat(100_000))
  return new TextEncoder().encode(
    jsonOf(changeTree(tree, isJson(other) ? JSON.parse(new TextDecoder().decode(other)) : tree, draws)),
  )
}

function isJson(bytes: Uint8Array): boolean {
  return bytes[0] === 0x7b || bytes[0] === 0x5b
}

/** Changes a text, or in what characters it is written. */
function changeTextFile(bytes: Uint8Array, other: Uint8Array, draws: Draws): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1')
  if (draws.chance(0.02)) return joined(Uint8Array.of(0xff, 0xfe), Buffer.from(text, 'utf16le'))
  if (draws.chance(0.02)) return joined(Uint8Array.of(0xfe, 0xff), Buffer.from(text, 'utf16le').swap16())
  if (draws.chance(0.02)) return joined(Uint8Array.of(0xef, 0xbb, 0xbf), bytes)
  return new Uint8Array(Buffer.from(changeText(text, Buffer.from(other).toString('latin1'), draws), 'latin1'))
}

function isText(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 200).every((byte) => byte >= 32 || (byte >= 9 && byte <= 13))
}

/** Whether bytes begin as a safetensors file does: a length below 2³², then JSON. */
function isSafetensors(bytes: Uint8Array): boolean {
  return bytes.length > 10 && bytes[8] === 0x7b && [4, 5, 6, 7].every((i) => bytes[i] === 0)
}

const WAYS: readonly Way[] = [
  { leadsInto: startsWith(0x1f, 0x8b), change: changeGzip },
  { leadsInto: startsWith(0x50, 0x4b), change: changeZip },
  { leadsInto: startsWith(0x89, 0x50, 0x4e, 0x47), change: changePng },
  { leadsInto: startsWith(0x93, 0x4e, 0x55, 0x4d), change: changeNpy },
  { leadsInto: isSafetensors, change: changeSafetensors },
  { leadsInto: startsWith(0x4d, 0x41, 0x54, 0x4c, 0x41, 0x42, 0x20, 0x35), change: changeMat },
  { leadsInto: startsWith(0x50, 0x41, 0x52, 0x31), change: changeParquet },
  { leadsInto: isJson, change: changeJson },
  { leadsInto: isText, change: changeTextFile },
]
