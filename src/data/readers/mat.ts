import { promisify } from 'node:util'
import { constants, inflate, inflateSync } from 'node:zlib'
import { quoted, StudioError } from '../../base/failure'
import { bytesSource, type ByteSource } from '../../made/safetensors'
import { say, type Sentence } from '../../words/say'
import type { PartName } from '../table'
import type { StoredArray } from './array-plan'
import { MOST_DEFLATE_RATIO } from './content'
import { arrayOfCells, wordsOfCharacters, type Cell } from './mat-cells'
import type { NumberArray } from './number-array'
import { MOST_ARRAY_BYTES } from './npy-table'
import { damagedFile, type Reading } from './reading'

/**
 * MATLAB's MAT-file, level 5 (save -v6 and -v7): a header of 128 bytes, then one element per variable, perhaps deflated.
 * An element is a tag (type, bytes) and its content, padded to 8 bytes; a variable's element holds flags, sizes, name
 * and values as elements of their own.
 */

const HEADER_BYTES = 128
const [OLD_HEADER_BYTES, MOST_OLD_TYPE] = [20, 1052]
const [MATRIX, COMPRESSED] = [14, 15]
const [CLASS_CELL, CLASS_STRUCTURE, CLASS_CHARACTERS] = [1, 2, 4]
const [CLASS_SPARSE, CLASS_FIRST_NUMBER, CLASS_LAST_NUMBER] = [5, 6, 15]
const UTF8 = 16
const COMPLEX_FLAG = 0x0800
/** Enough of a variable to know its name and sizes. */
const PEEK_BYTES = 4096
const MOST_DIMENSIONS = 8
const MOST_VARIABLES = 10_000
const MOST_CELLS = 2 ** 20
/** Structures within structures are looked into so deep. */
const MOST_DEPTH = 3

const unpack = promisify(inflate)

/** How numbers are stored, by the type of their element. */
const NUMBER_TYPES: ReadonlyMap<
  number,
  { readonly bytes: number; readonly read: (view: DataView, at: number, little: boolean) => number }
> = new Map([
  [1, { bytes: 1, read: (view: DataView, at: number) => view.getInt8(at) }],
  [2, { bytes: 1, read: (view: DataView, at: number) => view.getUint8(at) }],
  [3, { bytes: 2, read: (view: DataView, at: number, little: boolean) => view.getInt16(at, little) }],
  [4, { bytes: 2, read: (view: DataView, at: number, little: boolean) => view.getUint16(at, little) }],
  [5, { bytes: 4, read: (view: DataView, at: number, little: boolean) => view.getInt32(at, little) }],
  [6, { bytes: 4, read: (view: DataView, at: number, little: boolean) => view.getUint32(at, little) }],
  [7, { bytes: 4, read: (view: DataView, at: number, little: boolean) => view.getFloat32(at, little) }],
  [9, { bytes: 8, read: (view: DataView, at: number, little: boolean) => view.getFloat64(at, little) }],
  [12, { bytes: 8, read: (view: DataView, at: number, little: boolean) => Number(view.getBigInt64(at, little)) }],
  [13, { bytes: 8, read: (view: DataView, at: number, little: boolean) => Number(view.getBigUint64(at, little)) }],
])

/** Whether a file begins like a MAT-file of level 5. */
export function looksLikeMat(head: Uint8Array): boolean {
  return head.length >= HEADER_BYTES && new TextDecoder('latin1').decode(head.subarray(0, 10)) === 'MATLAB 5.0'
}

/** Whether a file begins like a MAT-file of level 4: five whole numbers (type, rows, columns, imaginary or not, length of the name) and a name. */
export function looksLikeOldMat(head: Uint8Array): boolean {
  if (head.length < OLD_HEADER_BYTES) return false
  const view = new DataView(head.buffer, head.byteOffset, OLD_HEADER_BYTES)
  // The thousands of the type tell the order of its bytes: 0 little-endian, 1 big-endian.
  const little = view.getInt32(0, true) < 1000 && view.getInt32(0, true) >= 0
  const [type, rows, columns, imaginary, nameLength] = [0, 4, 8, 12, 16].map((at) => view.getInt32(at, little))
  const name = head.subarray(OLD_HEADER_BYTES, OLD_HEADER_BYTES + nameLength)
  return (
    type >= 0 &&
    type <= MOST_OLD_TYPE &&
    rows >= 0 &&
    columns >= 0 &&
    (imaginary === 0 || imaginary === 1) &&
    nameLength > 1 &&
    name.length === nameLength &&
    /^[a-z]\w{0,62}\0$/i.test(new TextDecoder('latin1').decode(name))
  )
}

/**
 * The variables of a MAT-file that hold numbers, full or sparse; others (text, arrays of structures) are refused when they
 * are asked for.
 * @throws StudioError 'damaged-file'
 */
export async function matFile(
  source: ByteSource,
  name: string,
  part: PartName | null,
  reading: Reading,
): Promise<StoredArray[]> {
  const header = new DataView((await source.read(0, HEADER_BYTES)).buffer)
  const order = String.fromCharCode(header.getUint8(126), header.getUint8(127))
  if (order !== 'IM' && order !== 'MI') throw damaged(name, say('read.matrix.why.byte-order'))
  const little = order === 'IM'
  const arrays: StoredArray[] = []
  for (let at = HEADER_BYTES; at < source.size;) {
    await reading.reached(at)
    if (at + 8 > source.size) throw damaged(name, say('read.matrix.why.ends-at', { at: source.size }))
    const tag = new DataView((await source.read(at, 8)).buffer)
    const [type, length] = [tag.getUint32(0, little), tag.getUint32(4, little)]
    if (at + 8 + length > source.size) throw damaged(name, say('read.matrix.why.outside', { at: at + 1 }))
    if (arrays.length >= MOST_VARIABLES)
      throw damaged(name, say('read.matrix.why.many-variables', { most: MOST_VARIABLES }))
    if (type === MATRIX || type === COMPRESSED)
      for (const array of await variables(
        { source, name, little, at: at + 8, length, isPacked: type === COMPRESSED },
        part,
      ))
        arrays.push(array)
    else throw damaged(name, say('read.matrix.why.no-variable', { at: at + 1, type }))
    at += 8 + length
  }
  return arrays
}

/** @param why as `damagedFile` has it */
function damaged(name: string, why: Sentence, cause?: unknown): StudioError {
  return damagedFile(name, 'MATLAB', why, cause)
}

/** Where a variable stands in its file. */
interface Place {
  readonly source: ByteSource
  readonly name: string
  readonly little: boolean
  readonly at: number
  readonly length: number
  readonly isPacked: boolean
}

/** A variable, or of a structure its fields, each called by both names as in the files of MATLAB 7.3: data/X. */
async function variables(place: Place, part: PartName | null, depth = 0): Promise<StoredArray[]> {
  const { name, little } = place
  const { arrayClass, shape, name: structure } = describe(new Elements(await beginning(place), little, name))
  const isOne = shape.length === 2 && shape.every((size) => size === 1)
  if (arrayClass !== CLASS_STRUCTURE || !isOne || depth >= MOST_DEPTH) return [await variable(place, part)]
  const bytes = await whole(place)
  const found: StoredArray[] = []
  for (const { field, start, length } of fieldsOf(bytes, name, little)) {
    const inside = bytes.subarray(start, start + length)
    const within = { source: bytesSource(inside), name, little, at: 0, length, isPacked: false }
    for (const array of await variables(within, part, depth + 1))
      found.push({ ...array, name: [structure, field, array.name].filter((one) => one !== '').join('/') })
  }
  return found
}

/** Where the fields of a structure stand; what is empty is left out. */
function fieldsOf(
  bytes: Uint8Array,
  fileName: string,
  little: boolean,
): { field: string; start: number; length: number }[] {
  const elements = new Elements(bytes, little, fileName)
  describe(elements)
  const size = elements.next()
  const most = size.length < 4 ? 0 : elements.view.getUint32(size.start, little)
  const names = elements.next()
  if (most === 0) throw damaged(fileName, say('read.matrix.why.variable-ends'))
  const text = new TextDecoder('latin1').decode(bytes.subarray(names.start, names.start + names.length))
  return Array.from({ length: Math.floor(names.length / most) }, (_, i) => {
    const { type, start, length } = elements.next()
    return {
      field: text.slice(i * most, (i + 1) * most).replace(/\0.*$/s, ''),
      start,
      length: type === MATRIX ? length : 0,
    }
  }).filter(({ length }) => length > 0)
}

async function variable(place: Place, part: PartName | null): Promise<StoredArray> {
  const { name, little } = place
  const description = describe(new Elements(await beginning(place), little, name))
  if (description.arrayClass === CLASS_CELL) return { ...cellArray(await whole(place), name, little), part }
  if (description.arrayClass === CLASS_CHARACTERS && description.shape.length === 2 && description.shape[0] > 1)
    return { ...characters(await whole(place), name, little), part }
  const load = async (): Promise<NumberArray> => {
    const elements = new Elements(await whole(place), little, name)
    const again = describe(elements)
    return again.arrayClass === CLASS_SPARSE ? sparse(elements, again, name) : full(elements, again, name, little)
  }
  return { name: description.name, part, shape: description.shape, refusal: refusalOf(description, name), load }
}

async function beginning({ source, at, length, isPacked, name }: Place): Promise<Uint8Array> {
  const stored = await source.read(at, Math.min(length, PEEK_BYTES))
  if (!isPacked) return stored
  try {
    const unpacked = inflateSync(stored, {
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: PEEK_BYTES * MOST_DEFLATE_RATIO,
    })
    return withoutTag(unpacked, name)
  } catch (cause) {
    throw cause instanceof StudioError ? cause : damaged(name, say('read.matrix.why.packed', { at: at - 7 }), cause)
  }
}

async function whole({ source, at, length, isPacked, name }: Place): Promise<Uint8Array> {
  const stored = await source.read(at, length)
  if (!isPacked) return stored
  try {
    return withoutTag(
      await unpack(stored, { maxOutputLength: Math.min(MOST_ARRAY_BYTES, Math.max(64, length * MOST_DEFLATE_RATIO)) }),
      name,
    )
  } catch (cause) {
    if (cause instanceof StudioError) throw cause
    if (cause instanceof RangeError)
      throw new StudioError(
        'too-large',
        say('read.matrix.large-variable', { file: name, most: MOST_ARRAY_BYTES }),
        say('read.matrix.large-variable.hint'),
        { cause },
      )
    throw damaged(name, say('read.matrix.why.packed', { at: at - 7 }), cause)
  }
}

/** What is inside a deflated variable begins with the tag of a matrix. */
function withoutTag(bytes: Uint8Array, name: string): Uint8Array {
  if (bytes.length < 8) throw damaged(name, say('read.matrix.why.variable-header'))
  return bytes.subarray(8)
}

interface Element {
  readonly type: number
  readonly start: number
  readonly length: number
}

/** The elements inside a variable, one after another. */
class Elements {
  readonly view: DataView
  private at = 0

  constructor(
    bytes: Uint8Array,
    readonly little: boolean,
    private readonly name: string,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  /** @param isWhole whether all of its content must be there @throws StudioError 'damaged-file' */
  next(isWhole = true): Element {
    const { view, at, little } = this
    if (at + 8 > view.byteLength) throw damaged(this.name, say('read.matrix.why.variable-ends'))
    const word = view.getUint32(at, little)
    // Up to four bytes stand in the tag itself, their number in its upper half.
    const isSmall = word >>> 16 !== 0
    const element = isSmall
      ? { type: word & 0xffff, start: at + 4, length: word >>> 16 }
      : { type: word, start: at + 8, length: view.getUint32(at + 4, little) }
    if (isSmall && element.length > 4) throw damaged(this.name, say('read.matrix.why.tag'))
    if (isWhole && element.start + element.length > view.byteLength)
      throw damaged(this.name, say('read.matrix.why.variable-ends'))
    this.at = isSmall ? at + 8 : element.start + 8 * Math.ceil(element.length / 8)
    return element
  }
}

interface Description {
  readonly name: string
  readonly shape: readonly number[]
  readonly arrayClass: number
  readonly isComplex: boolean
}

function describe(elements: Elements): Description {
  const { view } = elements
  const little = elements.little
  const flags = elements.next()
  const sizes = elements.next()
  const name = elements.next()
  if (flags.length < 8 || sizes.length < 8 || sizes.length > 4 * MOST_DIMENSIONS || name.length > 255)
    return { name: '?', shape: [], arrayClass: 0, isComplex: false }
  const word = view.getUint32(flags.start, little)
  const shape = Array.from({ length: Math.floor(sizes.length / 4) }, (_, i) =>
    view.getUint32(sizes.start + 4 * i, little),
  )
  const text = new TextDecoder('latin1').decode(new Uint8Array(view.buffer, view.byteOffset + name.start, name.length))
  return { name: text, shape, arrayClass: word & 0xff, isComplex: (word & COMPLEX_FLAG) !== 0 }
}

/** A cell array: in it an element for each cell, which is a variable without a name. */
function cellArray(bytes: Uint8Array, fileName: string, little: boolean): Omit<StoredArray, 'part'> {
  const elements = new Elements(bytes, little, fileName)
  const { name, shape } = describe(elements)
  const count = shape.reduce((product, size) => product * size, 1)
  if (count > Math.min(MOST_CELLS, bytes.length))
    throw damaged(fileName, say('read.matrix.why.cells', { variable: quoted(name), cells: count }))
  const cells = Array.from({ length: count }, () => {
    const { start, length, type } = elements.next()
    return type === MATRIX ? cellIn(bytes.subarray(start, start + length), fileName, little) : OTHER_CELL
  })
  return arrayOfCells(name, shape, cells, fileName)
}

const OTHER_CELL: Cell = { kind: 'other' }

function cellIn(bytes: Uint8Array, fileName: string, little: boolean): Cell {
  // MATLAB writes nothing for an empty cell.
  if (bytes.length === 0) return OTHER_CELL
  const elements = new Elements(bytes, little, fileName)
  const description = describe(elements)
  const { arrayClass, shape } = description
  if (arrayClass === CLASS_CHARACTERS) {
    if (shape.includes(0)) return { kind: 'text', text: '' }
    const words = shape.length === 2 && shape[0] === 1 ? wordsIn(elements, shape) : null
    return words ? { kind: 'text', text: words[0] } : OTHER_CELL
  }
  if (refusalOf(description, fileName) !== null || arrayClass === CLASS_SPARSE) return OTHER_CELL
  return { kind: 'numbers', array: full(elements, description, fileName, little) }
}

function characters(bytes: Uint8Array, fileName: string, little: boolean): Omit<StoredArray, 'part'> {
  const elements = new Elements(bytes, little, fileName)
  const description = describe(elements)
  const words = wordsIn(elements, description.shape)
  const { name, shape } = description
  const refusal = notNumbers(name, fileName)
  const load = (): Promise<never> => Promise.reject(refusal)
  return words ? { name, shape: [shape[0]], refusal, words, load } : { name, shape, refusal, load }
}

/** The rows of a matrix of characters; null if it is stored in a way that is not known. */
function wordsIn(elements: Elements, shape: readonly number[]): string[] | null {
  const { type, start, length } = elements.next()
  const { view, little } = elements
  const content = new Uint8Array(view.buffer, view.byteOffset + start, length)
  const count = shape.reduce((product, size) => product * size, 1)
  if (type === UTF8) {
    const text = new TextDecoder().decode(content)
    return text.length === count ? wordsOfCharacters(shape, (place) => text.charCodeAt(place)) : null
  }
  const stored = NUMBER_TYPES.get(type)
  if (!stored || length !== count * stored.bytes || stored.bytes > 2) return null
  return wordsOfCharacters(shape, (place) => stored.read(view, start + place * stored.bytes, little))
}

function refusalOf({ name, arrayClass, isComplex }: Description, fileName: string): StudioError | null {
  const isNumbers = arrayClass === CLASS_SPARSE || (arrayClass >= CLASS_FIRST_NUMBER && arrayClass <= CLASS_LAST_NUMBER)
  return isNumbers && !isComplex ? null : notNumbers(name, fileName)
}

function notNumbers(name: string, fileName: string): StudioError {
  return new StudioError(
    'invalid-data',
    say('read.matrix.not-numbers', { variable: quoted(name), file: fileName }),
    say('read.matrix.plain.hint'),
  )
}

function full(elements: Elements, { name, shape }: Description, fileName: string, little: boolean): NumberArray {
  const element = elements.next()
  const type = NUMBER_TYPES.get(element.type)
  if (!type) throw damaged(fileName, say('read.matrix.why.type', { variable: quoted(name), type: element.type }))
  const expected = shape.reduce((product, size) => product * size, type.bytes)
  if (element.length !== expected)
    throw damaged(fileName, say('read.matrix.why.length', { variable: quoted(name), bytes: element.length, expected }))
  const { view } = elements
  const { start } = element
  const { bytes, read } = type
  return {
    name,
    shape,
    firstRunsFastest: true,
    areBytes: element.type === 2,
    valueAt: (place) => read(view, start + place * bytes, little),
  }
}

/** A sparse matrix: the row of each value (ir), where each column begins in that list (jc), the values. */
function sparse(elements: Elements, { name, shape }: Description, fileName: string): NumberArray {
  const little = elements.little
  const { view } = elements
  const [rowNumbers, starts, values] = [elements.next(), elements.next(), elements.next()]
  const type = NUMBER_TYPES.get(values.type)
  const [rows, columns] = shape
  if (shape.length !== 2 || !type || starts.length !== 4 * (columns + 1))
    throw damaged(fileName, say('read.matrix.why.sparse', { variable: quoted(name) }))
  if (rows * columns > MOST_ARRAY_BYTES / 4)
    throw new StudioError(
      'too-large',
      say('read.matrix.large-sparse', { variable: quoted(name), file: fileName, rows, columns }),
      say('read.matrix.large-sparse.hint'),
    )
  const filled = new Float32Array(rows * columns)
  for (let column = 0; column < columns; column++) {
    const from = view.getInt32(starts.start + 4 * column, little)
    const to = view.getInt32(starts.start + 4 * column + 4, little)
    if (from < 0 || to < from || 4 * to > rowNumbers.length || type.bytes * to > values.length)
      throw damaged(fileName, say('read.matrix.why.sparse', { variable: quoted(name) }))
    for (let i = from; i < to; i++) {
      const row = view.getInt32(rowNumbers.start + 4 * i, little)
      if (row < 0 || row >= rows)
        throw damaged(fileName, say('read.matrix.why.sparse-row', { variable: quoted(name), row: row + 1, rows }))
      filled[column * rows + row] = type.read(view, values.start + type.bytes * i, little)
    }
  }
  return { name, shape, firstRunsFastest: true, areBytes: false, valueAt: (place) => filled[place] }
}
