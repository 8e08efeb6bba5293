import { quoted, StudioError } from '../../base/failure'
import type { ByteSource } from '../../made/safetensors'
import { say, type Sentence } from '../../words/say'
import { DecodingThread, heapFor, isOutOfMemory, isTooSlow, namedFault } from './decoding-thread'
import source from './hdf5-worker.cjs?raw'
import { MOST_ARRAY_BYTES } from './npy-table'
import { damagedFile, type Reading } from './reading'

/** The library holds the whole file in memory. */
const MOST_FILE_BYTES = 1024 ** 3
const HEAP_MEGABYTES = 1024
/** What the library may take for itself, the values of one piece among it. */
const WASM_MEGABYTES = 1536
/** So much is read at a time, in bytes; more where a chunk of the file is larger. */
const PIECE_BYTES = 32 * 1024 ** 2
const PIECE_RECORDS = 5000
/** After this long for one piece the thread is stopped; cells are objects of the file, each of which takes its time. */
const MOST_MILLISECONDS = 30_000
const MOST_MILLISECONDS_PER_CELL = 5
const MARK = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]
/** Before the mark there may be so many bytes of something else, such as MATLAB's header, or twice as many, and so on. */
const FIRST_USER_BLOCK = 512
/** Filters that the library brings, by their numbers: deflate, shuffle, a checksum, n-bit, scale and offset. */
const KNOWN_FILTERS: readonly number[] = [1, 2, 3, 5, 6]

/** What the thread finds wrong with a file, by the names that it gives it. */
const FAULTS: Readonly<Record<string, (number: number) => Sentence>> = {
  'not-opened': () => say('read.array.hdf5.not-opened'),
  'many-objects': (most) => say('read.array.hdf5.many-objects', { most }),
  values: () => say('read.array.hdf5.values'),
  'number-size': (bytes) => say('read.array.hdf5.number-size', { bytes }),
}

/** What a value of a dataset is. */
export type Hdf5Type =
  | { readonly kind: 'integer'; readonly size: number; readonly signed: boolean }
  | { readonly kind: 'float'; readonly size: number }
  | { readonly kind: 'text'; readonly size: number }
  | { readonly kind: 'words'; readonly size: number }
  | { readonly kind: 'reference'; readonly size: number }
  | { readonly kind: 'list'; readonly size: number; readonly length: number; readonly of: Hdf5Type }
  | { readonly kind: 'record'; readonly size: number; readonly fields: readonly Hdf5Field[] }
  | { readonly kind: 'other'; readonly size: number }

/** A field of the records of a dataset. */
export interface Hdf5Field {
  readonly name: string
  readonly type: Hdf5Type
}

/** What the program that wrote an object says of it, as far as it is needed. */
export type Hdf5Marks = Readonly<Record<string, string | number | undefined>>

export interface Hdf5Group {
  readonly isGroup: true
  /** Where it is in the file, with a slash before it. */
  readonly path: string
  readonly marks: Hdf5Marks
}

export interface Hdf5Dataset {
  readonly isGroup: false
  readonly path: string
  /** Its sizes, the last index running fastest; null where it holds nothing. */
  readonly shape: readonly number[] | null
  /** The sizes of the pieces that it is stored in. */
  readonly chunks: readonly number[] | null
  readonly filters: readonly { readonly id: number; readonly name: string }[]
  /** Whether its values are in other files. */
  readonly isElsewhere: boolean
  readonly type: Hdf5Type
  readonly marks: Hdf5Marks
}

export type Hdf5Numbers =
  Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array

/** A value of a record: null where it is none that can be plain. */
export type Hdf5Value = string | number | null | readonly Hdf5Value[]

/** What a cell of MATLAB holds. */
export type Hdf5Cell =
  | { readonly kind: 'text'; readonly text: string | null }
  | { readonly kind: 'numbers'; readonly shape: readonly number[]; readonly values: Hdf5Numbers }
  | { readonly kind: 'other' }

/** With which the header that MATLAB puts before the mark begins. */
const MATLAB_HEADER = 'MATLAB 7.3'

/** Whether a file begins as HDF5 files do, perhaps after a header of another program. */
export function looksLikeHdf5(head: Uint8Array): boolean {
  if (new TextDecoder('latin1').decode(head.subarray(0, MATLAB_HEADER.length)) === MATLAB_HEADER) return true
  for (let at = 0; at + MARK.length <= head.length; at = at === 0 ? FIRST_USER_BLOCK : 2 * at)
    if (MARK.every((byte, i) => head[at + i] === byte)) return true
  return false
}

/** An opened HDF5 file. It must be closed. */
export class Hdf5File {
  private constructor(
    readonly name: string,
    private readonly thread: DecodingThread,
    private readonly reading: Reading,
    readonly objects: readonly (Hdf5Group | Hdf5Dataset)[],
  ) {}

  /** Reads what a file says is in it; no values are read. @throws StudioError 'damaged-file' or 'too-large' */
  static async open(file: ByteSource, name: string, reading: Reading): Promise<Hdf5File> {
    if (file.size > MOST_FILE_BYTES) throw tooLarge(name)
    const thread = new DecodingThread({
      source,
      modules: ['h5wasm'],
      heapMegabytes: heapFor(file.size, HEAP_MEGABYTES),
      wasmMegabytes: heapFor(file.size, WASM_MEGABYTES),
    })
    try {
      const bytes = await file.read(0, file.size)
      const objects = (await thread.ask({ bytes }, MOST_MILLISECONDS, reading)) as (Hdf5Group | Hdf5Dataset)[]
      return new Hdf5File(name, thread, reading, objects)
    } catch (cause) {
      await thread.stop()
      throw worded(name, say('read.array.hdf5.not-opened'), cause)
    }
  }

  get datasets(): Hdf5Dataset[] {
    return this.objects.filter((object): object is Hdf5Dataset => !object.isGroup)
  }

  get groups(): Hdf5Group[] {
    return this.objects.filter((object): object is Hdf5Group => object.isGroup)
  }

  /** The dataset at a path; undefined if there is none. */
  dataset(path: string): Hdf5Dataset | undefined {
    return this.datasets.find((dataset) => dataset.path === path)
  }

  /** Why a dataset cannot be read, whatever it holds; null if it can. */
  refusalOf({ path, filters, isElsewhere, shape, type }: Hdf5Dataset): StudioError | null {
    const what = { dataset: quoted(path), file: this.name }
    const strange = filters.find(({ id }) => !KNOWN_FILTERS.includes(id))
    if (strange)
      return new StudioError(
        'unknown-format',
        say('read.array.hdf5.compressed', {
          ...what,
          filter: strange.name || say('read.array.hdf5.filter', { id: strange.id }),
        }),
        say('read.array.hdf5.compressed.hint'),
      )
    if (isElsewhere)
      return new StudioError(
        'unknown-format',
        say('read.array.hdf5.elsewhere', what),
        say('read.array.hdf5.elsewhere.hint'),
      )
    if (bytesOf(shape, type) > MOST_ARRAY_BYTES)
      return new StudioError(
        'too-large',
        say('read.array.hdf5.large', { ...what, bytes: bytesOf(shape, type), most: MOST_ARRAY_BYTES }),
        say('read.array.hdf5.large.hint'),
      )
    return null
  }

  /** All values of a dataset of numbers. @throws StudioError as `refusalOf`, 'damaged-file', 'too-large' or 'cancelled' */
  async numbers(dataset: Hdf5Dataset): Promise<Hdf5Numbers> {
    const pieces = (await this.pieces(dataset, piecesOf(dataset))) as Hdf5Numbers[]
    const [first] = pieces
    if (pieces.length === 1) return first
    const all = emptyLike(
      first,
      pieces.reduce((sum, { length }) => sum + length, 0),
    )
    let at = 0
    for (const piece of pieces) {
      all.set(piece, at)
      at += piece.length
    }
    return all
  }

  /** All values of a dataset of words. @throws as `numbers` */
  async words(dataset: Hdf5Dataset): Promise<string[]> {
    const pieces = (await this.pieces(dataset, piecesOf(dataset))) as (string | null)[][]
    return pieces.flat().map((word) => word ?? '')
  }

  /** The records of a dataset, some thousand at a time. @throws as `numbers` */
  async *records(dataset: Hdf5Dataset): AsyncGenerator<readonly (readonly Hdf5Value[])[]> {
    const rows = dataset.shape?.[0] ?? 0
    for (let from = 0; from < rows; from += PIECE_RECORDS) {
      const piece = { from, count: Math.min(PIECE_RECORDS, rows - from) }
      for (const records of await this.pieces(dataset, [piece])) yield records as readonly (readonly Hdf5Value[])[]
    }
  }

  /** What the cells of a cell array of MATLAB hold, in its order. @throws as `numbers` */
  async cells(dataset: Hdf5Dataset): Promise<Hdf5Cell[]> {
    const refusal = this.refusalOf(dataset)
    if (refusal) throw refusal
    const count = (dataset.shape ?? []).reduce((product, side) => product * side, 1)
    const most = MOST_MILLISECONDS + MOST_MILLISECONDS_PER_CELL * count
    return (await this.ask({ path: dataset.path, cells: true }, most)) as Hdf5Cell[]
  }

  /** Ends the thread that holds it. */
  close(): Promise<void> {
    return this.thread.stop()
  }

  private async pieces(dataset: Hdf5Dataset, pieces: readonly Piece[]): Promise<unknown[]> {
    const refusal = this.refusalOf(dataset)
    if (refusal) throw refusal
    const read: unknown[] = []
    for (const piece of pieces) read.push(await this.ask({ path: dataset.path, ...piece }))
    return read
  }

  private async ask(
    request: Piece & { readonly path: string; readonly cells?: true },
    mostMilliseconds = MOST_MILLISECONDS,
  ): Promise<unknown> {
    try {
      return await this.thread.ask(request, mostMilliseconds, this.reading)
    } catch (cause) {
      throw worded(this.name, say('read.array.hdf5.values-of', { path: quoted(request.path) }), cause)
    }
  }
}

/** Rows of a dataset; all of it where nothing is said. */
interface Piece {
  readonly from?: number
  readonly count?: number
}

/** Whole chunks of the file, so that none is unpacked twice. */
function piecesOf({ shape, chunks, type }: Hdf5Dataset): Piece[] {
  const [rows] = shape ?? []
  const bytes = bytesOf(shape, type)
  if (rows === undefined || rows === 0 || bytes <= PIECE_BYTES) return [{}]
  const step = Math.max(1, Math.min(rows, chunks?.[0] ?? 1))
  const count = step * Math.max(1, Math.floor((PIECE_BYTES * rows) / bytes / step))
  return Array.from({ length: Math.ceil(rows / count) }, (_, i) => ({
    from: i * count,
    count: Math.min(count, rows - i * count),
  }))
}

function bytesOf(shape: readonly number[] | null, { size }: Hdf5Type): number {
  return (shape ?? []).reduce((product, side) => product * side, size)
}

function emptyLike(numbers: Hdf5Numbers, length: number): Hdf5Numbers {
  if (numbers instanceof Int8Array) return new Int8Array(length)
  if (numbers instanceof Uint8Array) return new Uint8Array(length)
  if (numbers instanceof Int16Array) return new Int16Array(length)
  if (numbers instanceof Uint16Array) return new Uint16Array(length)
  if (numbers instanceof Int32Array) return new Int32Array(length)
  if (numbers instanceof Uint32Array) return new Uint32Array(length)
  return numbers instanceof Float32Array ? new Float32Array(length) : new Float64Array(length)
}

function worded(name: string, why: Sentence, cause: unknown): StudioError {
  if (cause instanceof StudioError) return cause
  if (isOutOfMemory(cause) || isTooSlow(cause)) return tooLarge(name, cause)
  return damagedFile(name, 'HDF5', namedFault(cause, FAULTS) ?? why, cause)
}

function tooLarge(name: string, cause?: unknown): StudioError {
  return new StudioError(
    'too-large',
    say('read.array.hdf5.too-large', { name }),
    say('read.array.hdf5.too-large.hint'),
    { cause },
  )
}
