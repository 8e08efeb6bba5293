import { quoted, StudioError } from '../base/failure'
import { say, type Sentence } from '../words/say'
import { halfFloat } from '../base/half-float'

/**
 * The safetensors container: 8 bytes little-endian header length, a JSON header, then the tensors' bytes without gaps.
 * Written are F32 and I32, which models and checkpoints need; read are also the types in which PyTorch saves them again.
 */

export type TensorData = Float32Array | Int32Array

export interface NamedTensor {
  readonly name: string
  readonly shape: readonly number[]
  readonly data: TensorData
}

/** Anything with a size from which ranges of bytes can be read: a file, or bytes in memory. */
export interface ByteSource {
  readonly size: number
  /** Exactly `length` bytes from `offset`, in memory of their own. */
  read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>>
}

/** Bytes in memory as a source. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: (offset, length) => Promise.resolve(new Uint8Array(bytes.subarray(offset, offset + length))),
  }
}

/** A header longer than this is refused, as by the format's own library. */
const MOST_HEADER_BYTES = 100_000_000

type ReadTensor = (view: DataView, at: number) => number

/** The types that are read, each by its name in the format; as floats or as whole numbers. */
const DTYPES: Readonly<
  Record<string, { readonly bytes: number; readonly kind: 'floats' | 'integers'; readonly read: ReadTensor }>
> = {
  F64: { bytes: 8, kind: 'floats', read: (view, at) => view.getFloat64(at, true) },
  F32: { bytes: 4, kind: 'floats', read: (view, at) => view.getFloat32(at, true) },
  F16: { bytes: 2, kind: 'floats', read: (view, at) => halfFloat(view.getUint16(at, true)) },
  BF16: { bytes: 2, kind: 'floats', read: (view, at) => brainFloat(view.getUint16(at, true)) },
  I64: { bytes: 8, kind: 'integers', read: (view, at) => Number(view.getBigInt64(at, true)) },
  I32: { bytes: 4, kind: 'integers', read: (view, at) => view.getInt32(at, true) },
}

/** The type that a tensor is wanted in. */
const TYPE_OF = { floats: 'F32', integers: 'I32' } as const

/** The bytes of a container as a list of pieces; the tensors' own memory is referred to, not copied. */
export function encodeSafetensors(
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array[] {
  const header: Record<string, unknown> = { __metadata__: metadata }
  let offset = 0
  for (const { name, shape, data } of tensors) {
    const dtype = data instanceof Float32Array ? 'F32' : 'I32'
    header[name] = { dtype, shape, data_offsets: [offset, offset + data.byteLength] }
    offset += data.byteLength
  }
  const json = new TextEncoder().encode(JSON.stringify(header))
  // Spaces pad the header so that the tensors start on a multiple of 8 bytes.
  const padded = new Uint8Array(Math.ceil((8 + json.length) / 8) * 8).fill(0x20)
  new DataView(padded.buffer).setBigUint64(0, BigInt(padded.length - 8), true)
  padded.set(json, 8)
  return [padded, ...tensors.map(({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength))]
}

interface Entry {
  readonly dtype: string
  readonly shape: readonly number[]
  readonly start: number
  readonly end: number
}

/** An opened container: its metadata, its tensors by name, each read on demand. */
export class SafetensorsFile {
  private constructor(
    private readonly source: ByteSource,
    private readonly dataStart: number,
    private readonly entries: ReadonlyMap<string, Entry>,
    readonly metadata: Readonly<Record<string, string>>,
  ) {}

  /**
   * Reads and checks the header: sizes, types, shapes, and that the tensors tile the rest of the file exactly.
   * @throws StudioError 'unknown-format' or 'damaged-file'
   */
  static async open(source: ByteSource): Promise<SafetensorsFile> {
    if (source.size < 10) throw notSafetensors(say('model.file.container.short'))
    const prefix = await source.read(0, 8)
    const headerLength = Number(new DataView(prefix.buffer).getBigUint64(0, true))
    if (headerLength > MOST_HEADER_BYTES) throw notSafetensors(say('model.file.container.header-length'))
    if (8 + headerLength > source.size) throw damaged(say('model.file.container.ends-in-header'))
    const header = parseHeader(await source.read(8, headerLength))
    const { entries, metadata } = readEntries(header, source.size - 8 - headerLength)
    return new SafetensorsFile(source, 8 + headerLength, entries, metadata)
  }

  get names(): string[] {
    return [...this.entries.keys()]
  }

  has(name: string): boolean {
    return this.entries.has(name)
  }

  shapeOf(name: string): readonly number[] | undefined {
    return this.entries.get(name)?.shape
  }

  /** A tensor of floats, from F32, F64, F16 or BF16. @throws StudioError 'damaged-file' if it is absent, of another type or shape, or has a value beyond F32. */
  async floats(name: string, shape: readonly number[]): Promise<Float32Array> {
    return new Float32Array(await this.read(name, 'floats', shape))
  }

  /** A tensor of whole numbers, from I32 or I64. @throws StudioError 'damaged-file' if it is absent, of another type or shape, or has a value beyond I32. */
  async integers(name: string, shape: readonly number[]): Promise<Int32Array> {
    return new Int32Array(await this.read(name, 'integers', shape))
  }

  /** The bytes of a tensor as F32 or I32. */
  private async read(name: string, kind: 'floats' | 'integers', shape: readonly number[]): Promise<ArrayBuffer> {
    const entry = this.entries.get(name)
    if (!entry) throw damaged(say('model.file.container.no-tensor', { tensor: name }))
    if (DTYPES[entry.dtype].kind !== kind)
      throw damaged(
        say('model.file.container.other-type', { tensor: name, type: entry.dtype, expected: TYPE_OF[kind] }),
      )
    if (entry.shape.length !== shape.length || entry.shape.some((size, i) => size !== shape[i]))
      throw damaged(
        say('model.file.container.other-shape', {
          tensor: name,
          shape: describe(entry.shape),
          expected: describe(shape),
        }),
      )
    const bytes = await this.source.read(this.dataStart + entry.start, entry.end - entry.start)
    if (bytes.length !== entry.end - entry.start)
      throw damaged(say('model.file.container.ends-in-tensor', { tensor: name }))
    return entry.dtype === 'F32' || entry.dtype === 'I32' ? bytes.buffer : converted(name, entry.dtype, bytes)
  }
}

function converted(name: string, dtype: string, bytes: Uint8Array): ArrayBuffer {
  const { bytes: size, kind, read } = DTYPES[dtype]
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const numbers = kind === 'floats' ? new Float32Array(bytes.length / size) : new Int32Array(bytes.length / size)
  for (let i = 0; i < numbers.length; i++) {
    const value = read(view, i * size)
    numbers[i] = value
    const isBeyond = kind === 'floats' ? Number.isFinite(value) && !Number.isFinite(numbers[i]) : numbers[i] !== value
    if (isBeyond) throw damaged(say('model.file.container.beyond', { tensor: name, value, type: TYPE_OF[kind] }))
  }
  return numbers.buffer
}

/** The upper half of binary32. */
function brainFloat(bits: number): number {
  scratch.setUint32(0, bits * 0x10000)
  return scratch.getFloat32(0)
}

const scratch = new DataView(new ArrayBuffer(4))

function parseHeader(bytes: Uint8Array): Map<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return new Map(Object.entries(parsed))
  } catch (cause) {
    throw notSafetensors(say('model.file.container.header-json'), cause)
  }
  throw notSafetensors(say('model.file.container.header-object'))
}

function readEntries(
  header: ReadonlyMap<string, unknown>,
  dataLength: number,
): { entries: Map<string, Entry>; metadata: Record<string, string> } {
  const entries = new Map<string, Entry>()
  let metadata: Record<string, string> = {}
  for (const [name, value] of header) {
    if (name === '__metadata__') metadata = readMetadata(value)
    else entries.set(name, readEntry(name, value))
  }
  let end = 0
  for (const [name, entry] of [...entries].sort(([, a], [, b]) => a.start - b.start || a.end - b.end)) {
    if (entry.start !== end) throw damaged(say('model.file.container.gap', { tensor: quoted(name) }))
    end = entry.end
  }
  if (end !== dataLength) throw damaged(say('model.file.container.length', { bytes: dataLength, expected: end }))
  return { entries, metadata }
}

function readMetadata(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) throw damaged(say('model.file.container.metadata'))
  const metadata: Record<string, string> = {}
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== 'string') throw damaged(say('model.file.container.metadata-text', { key: quoted(key) }))
    metadata[key] = text
  }
  return metadata
}

function readEntry(name: string, value: unknown): Entry {
  const tensor = quoted(name)
  const { dtype, shape, data_offsets: offsets } = (value ?? {}) as Record<string, unknown>
  if (typeof dtype !== 'string') throw damaged(say('model.file.container.no-type', { tensor }))
  if (!Object.hasOwn(DTYPES, dtype))
    throw new StudioError(
      'unknown-format',
      say('model.file.container.unknown-type', { tensor, type: quoted(dtype) }),
      say('model.file.container.unknown-type.hint'),
    )
  if (!isCounts(shape) || shape.length > 4) throw damaged(say('model.file.container.no-shape', { tensor }))
  if (!isCounts(offsets) || offsets.length !== 2) throw damaged(say('model.file.container.no-place', { tensor }))
  const [start, end] = offsets
  if (end - start !== shape.reduce((product, size) => product * size, DTYPES[dtype].bytes))
    throw damaged(say('model.file.container.unfilled', { tensor }))
  return { dtype, shape, start, end }
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0)
}

function describe(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`
}

function notSafetensors(what: Sentence, cause?: unknown): StudioError {
  return new StudioError('unknown-format', what, say('model.file.container.hint'), { cause })
}

function damaged(what: Sentence): StudioError {
  return new StudioError('damaged-file', what, say('model.file.damaged.hint'))
}
