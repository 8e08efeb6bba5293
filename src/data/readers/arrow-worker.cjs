/**
 * Opens Arrow files and streams in a thread of its own. The library lays out what a file says is where, and believes it;
 * values are taken from there here, once it is known that there are as many as the file speaks of. What is wrong is thrown
 * by its name, for which `arrow-file.ts` has the words.
 */
const { workerData: data } = require('node:worker_threads')

/** The numbers of types, as the library has them. */
const [NULL, INT, FLOAT, BINARY, UTF8, BOOL, DECIMAL, DATE, TIME, TIMESTAMP] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
const [LIST, STRUCT, FIXED_LIST, DURATION, LARGE_BINARY, LARGE_UTF8, LARGE_LIST] = [12, 13, 16, 18, 19, 20, 21]
const [BINARY_VIEW, UTF8_VIEW, DICTIONARY] = [23, 24, -1]
const TEXTS = [UTF8, LARGE_UTF8, UTF8_VIEW]
const BYTES = [BINARY, LARGE_BINARY, BINARY_VIEW]
const VALUES = [INT, FLOAT, BOOL, DECIMAL, DATE, TIME, TIMESTAMP, DURATION, ...TEXTS]
const LISTS = [LIST, LARGE_LIST, FIXED_LIST]

const PER_SECOND = [1, 1e3, 1e6, 1e9]
const SECONDS_PER_DAY = 86_400
/** Before compressed bytes stands in so many how many they unpack to. */
const PREFIX_BYTES = 8
const VIEW_BYTES = 16
/** More different words are not told before the values. */
const MOST_WORDS = 65_535

let arrow = null
let batches = []
const dictionaries = new WeakMap()

/** @returns of a file its columns and the rows of its batches; or the values of a column in some rows of a batch */
globalThis.decode = (modules, { bytes, column, batch, from, to }) => {
  if (bytes) return opened(modules, bytes)
  const value = reader(batches[batch].children[column])
  return Array.from({ length: to - from }, (_, i) => value(from + i))
}

function opened(modules, bytes) {
  arrow = modules
  let left = data.mostUnpackedBytes
  const decoder = (unpack) => ({
    decode: (packed) => {
      const view = new DataView(packed.buffer, packed.byteOffset - PREFIX_BYTES, PREFIX_BYTES)
      const length = Number(view.getBigInt64(0, true))
      left -= length
      if (!(length >= 0 && left >= 0)) throw new Error('Array buffer allocation failed')
      const unpacked = new Uint8Array(length)
      if (unpack(packed, unpacked) !== length) throw new Error('fault: piece')
      return unpacked
    },
  })
  const { CompressionType, compressionRegistry, decompressFrame, decompress } = arrow
  compressionRegistry.set(CompressionType.LZ4_FRAME, decoder(decompressFrame))
  compressionRegistry.set(
    CompressionType.ZSTD,
    decoder((packed, unpacked) => decompress(packed, unpacked).length),
  )
  const table = arrow.tableFromIPC(bytes)
  batches = table.batches.map((batch) => batch.data)
  const { fields, metadata } = table.schema
  return {
    columns: fields.map(({ name, type }, at) => ({ name, ...described(type), words: wordsOf(type, at) })),
    rows: batches.map(({ length }) => length),
    huggingface: metadata.get('huggingface') ?? null,
  }
}

/** What stands in a column, and what kind of dates, if its values are such. */
function described(type) {
  const { typeId } = type
  if (typeId === DICTIONARY) return described(type.dictionary)
  if (VALUES.includes(typeId)) return { kind: 'values', dates: datesOf(type) }
  if (BYTES.includes(typeId)) return { kind: 'bytes', dates: null }
  if (LISTS.includes(typeId)) {
    const { kind, dates } = described(type.children[0].type)
    return kind === 'values' && type.listSize !== 0 ? { kind: 'lists', dates } : { kind: 'other', dates: null }
  }
  const isFile =
    typeId === STRUCT && type.children.some(({ name, type: one }) => name === 'bytes' && BYTES.includes(one.typeId))
  return { kind: isFile ? 'files' : 'other', dates: null }
}

function datesOf({ typeId }) {
  return typeId === DATE ? 'day' : typeId === TIMESTAMP ? 'moment' : typeId === TIME ? 'clock' : null
}

/** The words that a column of categories may hold, in their order; null for other columns. */
function wordsOf(type, at) {
  if (type.typeId !== DICTIONARY || !TEXTS.includes(type.dictionary.typeId)) return null
  const words = new Set()
  for (const { children } of batches)
    for (const word of dictionaryOf(children[at].dictionary)) {
      if (word !== null) words.add(word)
      if (words.size > MOST_WORDS) return null
    }
  return [...words]
}

function dictionaryOf(vector) {
  if (!vector) throw new Error('fault: dictionary')
  const known = dictionaries.get(vector)
  if (known) return known
  const values = vector.data.flatMap((one) => {
    const value = reader(one)
    return Array.from({ length: one.length }, (_, i) => value(i))
  })
  dictionaries.set(vector, values)
  return values
}

/** What takes a value out of a piece of a column: a number, text, truth value, bytes, a list, or null. Dates are in seconds. */
function reader(piece) {
  const value = plainReader(piece)
  const { nullBitmap: bitmap, nullCount, length, offset } = piece
  if (nullCount === 0 || !bitmap || bitmap.length === 0) return value
  requireLength(8 * bitmap.length >= length + offset)
  return (i) => ((bitmap[(offset + i) >> 3] >> ((offset + i) & 7)) & 1 ? value(i) : null)
}

function plainReader(piece) {
  const { type, values, length } = piece
  switch (type.typeId) {
    case INT:
    case DURATION:
      return numberReader(values, length, Number)
    case FLOAT:
      return numberReader(values, length, type.precision === 0 ? globalThis.halfFloat : Number)
    case BOOL:
      requireLength(values && 8 * values.length >= length)
      return (i) => ((values[i >> 3] >> (i & 7)) & 1) === 1
    case DECIMAL:
      return decimalReader(values, length, type)
    case DATE:
      return numberReader(values, length, type.unit === 0 ? (days) => days * SECONDS_PER_DAY : (ms) => Number(ms) / 1e3)
    case TIME:
    case TIMESTAMP:
      return numberReader(values, length, (count) => Number(count) / PER_SECOND[type.unit])
    case UTF8:
    case LARGE_UTF8: {
      const bytes = bytesReader(piece)
      const decoder = new TextDecoder()
      return (i) => decoder.decode(bytes(i))
    }
    case UTF8_VIEW:
    case BINARY_VIEW: {
      requireLength(values && values.length >= VIEW_BYTES * length)
      const vector = new arrow.Vector([piece])
      return (i) => vector.get(i) ?? null
    }
    case BINARY:
    case LARGE_BINARY: {
      const bytes = bytesReader(piece)
      return (i) => bytes(i).slice()
    }
    case DICTIONARY: {
      const words = dictionaryOf(piece.dictionary)
      return numberReader(values, length, (code) => words[Number(code)] ?? null)
    }
    case LIST:
    case LARGE_LIST: {
      const [child] = piece.children
      const bounds = boundsReader(piece.valueOffsets, length, child.length)
      const value = reader(child)
      return (i) => {
        const [start, end] = bounds(i)
        return Array.from({ length: end - start }, (_, at) => value(start + at))
      }
    }
    case FIXED_LIST: {
      const [child] = piece.children
      const size = type.listSize
      requireLength(size > 0 && child.length >= size * length)
      const value = reader(child)
      return (i) => Array.from({ length: size }, (_, at) => value(size * i + at))
    }
    case STRUCT: {
      const bytes = reader(piece.children[type.children.findIndex(({ name }) => name === 'bytes')])
      return (i) => ({ bytes: bytes(i) })
    }
    case NULL:
      return () => null
    default:
      throw new Error('fault: kind')
  }
}

function numberReader(values, length, convert) {
  requireLength(values && values.length >= length)
  return (i) => convert(values[i])
}

/** Whole numbers of 128 or 256 bits, as words of 32, the least first. */
function decimalReader(values, length, { bitWidth, scale }) {
  const words = bitWidth / 32
  requireLength(values && Number.isInteger(words) && values.length >= words * length)
  return (i) => {
    let whole = 0n
    for (let at = words - 1; at >= 0; at--) whole = (whole << 32n) | BigInt(values[words * i + at] >>> 0)
    // Written, so that it is the number nearest to its digits.
    return Number(`${BigInt.asIntN(bitWidth, whole)}e${-scale}`)
  }
}

function bytesReader({ values, valueOffsets, length }) {
  const bounds = boundsReader(valueOffsets, length, values?.length ?? 0)
  return (i) => {
    const [start, end] = bounds(i)
    return values.subarray(start, end)
  }
}

/** Where the values of each row begin and end among all of a column. */
function boundsReader(offsets, length, most) {
  requireLength(length === 0 || (offsets && offsets.length > length))
  return (i) => {
    const [start, end] = [Number(offsets[i]), Number(offsets[i + 1])]
    requireLength(start >= 0 && start <= end && end <= most)
    return [start, end]
  }
}

/** @throws Error where a column is shorter than it says */
function requireLength(isSo) {
  if (!isSo) throw new Error('fault: short')
}
