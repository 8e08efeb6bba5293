import { sentenceOf, type Text } from '../base/advice'
import { StudioError } from '../base/failure'
import { LIMITS } from '../made/spec'
import { BitMatrix } from './bit-matrix'
import type { NumberArray } from './readers/number-array'
import { halfFloat } from '../base/half-float'
import { say, type Sentence } from '../words/say'

/**
 * NumPy's .npy format: magic, version, the length of a header, the header (a Python dictionary in text), the values.
 */

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]
/** No header of a plain array comes near it; NumPy itself refuses longer than 10,000. */
const MOST_HEADER_BYTES = 64 * 1024

interface NumberFormat {
  readonly bytes: number
  read(view: DataView, offset: number, littleEndian: boolean): number
}

const BYTE: NumberFormat = { bytes: 1, read: (view, offset) => view.getUint8(offset) }

/** Every type of number that zeros and ones are stored in, by NumPy's kind and size. */
const NUMBER_FORMATS: ReadonlyMap<string, NumberFormat> = new Map([
  ['b1', { bytes: 1, read: (view, offset) => view.getUint8(offset) }],
  ['u1', BYTE],
  ['i1', { bytes: 1, read: (view, offset) => view.getInt8(offset) }],
  ['u2', { bytes: 2, read: (view, offset, little) => view.getUint16(offset, little) }],
  ['i2', { bytes: 2, read: (view, offset, little) => view.getInt16(offset, little) }],
  ['u4', { bytes: 4, read: (view, offset, little) => view.getUint32(offset, little) }],
  ['i4', { bytes: 4, read: (view, offset, little) => view.getInt32(offset, little) }],
  ['u8', { bytes: 8, read: (view, offset, little) => longWhole(view, offset, little, false) }],
  ['i8', { bytes: 8, read: (view, offset, little) => longWhole(view, offset, little, true) }],
  ['f2', { bytes: 2, read: (view, offset, little) => halfFloat(view.getUint16(offset, little)) }],
  ['f4', { bytes: 4, read: (view, offset, little) => view.getFloat32(offset, little) }],
  ['f8', { bytes: 8, read: (view, offset, little) => view.getFloat64(offset, little) }],
] satisfies [string, NumberFormat][])

/** A 64-bit whole number, exact where a double is: much faster than a BigInt. */
function longWhole(view: DataView, offset: number, little: boolean, signed: boolean): number {
  const low = view.getUint32(little ? offset : offset + 4, little)
  const high = view.getUint32(little ? offset + 4 : offset, little)
  return (signed ? high | 0 : high) * 2 ** 32 + low
}

interface Header {
  readonly format: NumberFormat
  readonly littleEndian: boolean
  readonly fortranOrder: boolean
  readonly shape: readonly number[]
  readonly dataStart: number
}

/** What a .npy file says of its array before the values. */
export type NpyHeader = Pick<Header, 'shape' | 'dataStart'>

/**
 * Reads the header of a .npy file from its beginning.
 * @param what names the array in the sentences of failures: “array "train"”
 * @throws StudioError 'unknown-format', 'damaged-file', or 'invalid-data' where the values are no plain numbers
 */
export function readNpyHeader(start: Uint8Array, what: Text): NpyHeader {
  return readHeader(start, what)
}

/**
 * A .npy array of any shape: versions 1 to 3, whole numbers, floats or booleans of either byte order, in C or Fortran
 * order. The memory of `bytes` is shared.
 * @param called as `what` in `readNpyHeader`
 * @throws StudioError as `readNpyHeader`
 */
export function readNpyArray(bytes: Uint8Array, name: string, what: Text): NumberArray {
  const { format, littleEndian, fortranOrder, shape, dataStart } = readHeader(bytes, what)
  const dataBytes = bytes.length - dataStart
  const expected = shape.reduce((product, size) => product * size, format.bytes)
  if (dataBytes !== expected) throw damaged(what, say('read.array.npy.bytes', { bytes: dataBytes, expected }))
  const view = new DataView(bytes.buffer, bytes.byteOffset + dataStart, dataBytes)
  const areBytes = format === BYTE
  const values = bytes.subarray(dataStart)
  const valueAt = areBytes
    ? (place: number) => values[place]
    : (place: number) => format.read(view, place * format.bytes, littleEndian)
  return { name, shape, firstRunsFastest: fortranOrder, areBytes, valueAt }
}

/**
 * Reads a two-dimensional .npy array of zeros and ones, `[rows, columns]`. Everything is checked before memory is taken.
 * @param what as in `readNpyHeader`
 * @throws StudioError as `readNpyHeader`, or 'too-large'
 */
export function readNpyBits(bytes: Uint8Array, what: Text): BitMatrix {
  requireTable(readHeader(bytes, what).shape, what)
  const { shape, firstRunsFastest, valueAt } = readNpyArray(bytes, sentenceOf(what).english, what)
  const [rows, columns] = shape
  const bits = new BitMatrix(rows, columns)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const value = valueAt(firstRunsFastest ? column * rows + row : row * columns + column)
      if (value === 1) bits.set(row, column)
      else if (value !== 0) throw notABit(what, row, column, value)
    }
  return bits
}

function readHeader(bytes: Uint8Array, what: Text): Header {
  if (MAGIC.some((byte, i) => i < bytes.length && bytes[i] !== byte))
    throw new StudioError('unknown-format', say('read.array.npy.not', { what }), say('read.array.npy.not.hint'))
  if (bytes.length < 8) throw damaged(what, say('read.array.short-header'))
  const version = bytes[6]
  if (version < 1 || version > 3)
    throw new StudioError(
      'unknown-format',
      say('read.array.npy.version', { what, version }),
      say('read.array.npy.version.hint'),
    )
  const textStart = version === 1 ? 10 : 12
  if (bytes.length < textStart) throw damaged(what, say('read.array.short-header'))
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const textLength = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true)
  if (textLength > MOST_HEADER_BYTES) throw damaged(what, say('read.array.npy.header-length'))
  const dataStart = textStart + textLength
  if (bytes.length < dataStart) throw damaged(what, say('read.array.short-header'))
  const text = new TextDecoder('latin1').decode(bytes.subarray(textStart, dataStart))
  return { ...parseHeader(text, what), dataStart }
}

/** The header's text is a Python dictionary such as {'descr': '|u1', 'fortran_order': False, 'shape': (2, 3), }. */
function parseHeader(text: string, what: Text): Omit<Header, 'dataStart'> {
  const order = /'fortran_order' *: *(True|False)/.exec(text)?.[1]
  const shapeText = /'shape' *: *\(([0-9L, ]*)\)/.exec(text)?.[1]
  const describesType = /'descr' *:/.test(text)
  if (order === undefined || shapeText === undefined || !describesType)
    throw damaged(what, say('read.array.npy.header'))
  const type = /'descr' *: *'([<>|=][a-zA-Z]\d{1,9})'/.exec(text)
  const format = type ? NUMBER_FORMATS.get(type[1].slice(1)) : undefined
  if (!type || !format)
    throw new StudioError(
      'invalid-data',
      type ? say('read.array.npy.type', { what, type: type[1] }) : say('read.array.npy.objects', { what }),
      say('read.array.npy.type.hint'),
    )
  const shape = shapeText
    .split(',')
    .map((size) => size.trim().replace(/L$/, ''))
    .filter((size) => size !== '')
    .map(Number)
  if (!shape.every(Number.isSafeInteger)) throw damaged(what, say('read.array.npy.shape'))
  return { format, littleEndian: !type[1].startsWith('>'), fortranOrder: order === 'True', shape }
}

function requireTable(shape: readonly number[], what: Text): void {
  if (shape.length !== 2)
    throw new StudioError(
      'invalid-data',
      say('read.array.npy.dimensions', { what, dimensions: shape.length }),
      say('read.array.npy.dimensions.hint'),
    )
  const [rows, columns] = shape
  if (rows === 0)
    throw new StudioError('invalid-data', say('read.array.npy.no-rows', { what }), say('read.array.npy.no-rows.hint'))
  const { least, most } = LIMITS.inputs
  if (columns < least)
    throw new StudioError(
      'invalid-data',
      say('read.array.npy.narrow', { what, columns, least }),
      say('read.array.npy.narrow.hint'),
    )
  if (columns > most)
    throw new StudioError(
      'too-large',
      say('read.array.npy.wide', { what, columns, most }),
      say('read.array.npy.wide.hint'),
    )
}

function notABit(what: Text, row: number, column: number, value: number): StudioError {
  return new StudioError(
    'invalid-data',
    say('read.array.npy.not-a-bit', { what, value, row: row + 1, column: column + 1 }),
    say('read.array.npy.not-a-bit.hint'),
  )
}

function damaged(what: Text, why: Sentence): StudioError {
  return new StudioError(
    'damaged-file',
    say('read.array.npy.damaged', { what, why }),
    say('read.array.npy.damaged.hint'),
  )
}

/** Typed arrays that can be written, by the name of their type in NumPy. */
export type NpyData = Uint8Array | Int32Array | Float32Array | Float64Array
export type NpyType = '|u1' | '<i4' | '<f4' | '<f8'

function typeName(data: NpyData): NpyType {
  if (data instanceof Uint8Array) return '|u1'
  if (data instanceof Int32Array) return '<i4'
  return data instanceof Float32Array ? '<f4' : '<f8'
}

/** The beginning of a .npy file (version 1): all that comes before its values, which follow row-major. */
export function encodeNpyHeader(shape: readonly number[], type: NpyType): Uint8Array {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  // eslint-disable-next-line words/catalogue -- a dictionary in Python
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${sizes}), }`
  // Spaces pad the header so that the values start on a multiple of 64 bytes.
  const header = new Uint8Array(Math.ceil((10 + text.length + 1) / 64) * 64).fill(0x20)
  header.set(MAGIC)
  header.set([1, 0], 6)
  new DataView(header.buffer).setUint16(8, header.length - 10, true)
  header.set(new TextEncoder().encode(text), 10)
  header[header.length - 1] = 0x0a
  return header
}

/**
 * The bytes of a .npy file of that shape, row-major, for NumPy and anything else that reads the format.
 * @throws Error if the shape does not hold as many values as there are, which is a fault of the program.
 */
export function encodeNpy(shape: readonly number[], data: NpyData): Uint8Array {
  if (shape.reduce((product, size) => product * size, 1) !== data.length)
    throw new Error(`${data.length} values do not fill the shape ${shape.join('×')}`)
  const header = encodeNpyHeader(shape, typeName(data))
  const bytes = new Uint8Array(header.length + data.byteLength)
  bytes.set(header)
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), header.length)
  return bytes
}
