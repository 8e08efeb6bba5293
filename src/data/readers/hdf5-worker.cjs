/**
 * Opens HDF5 files in a thread of its own. The library is given the bytes of one file and sees no disk: what a file refers
 * to in other files is not there. Values are taken out of its memory here, so that every type is read that is plain. What is
 * wrong with a file is thrown by its name, for which `hdf5-file.ts` has the words.
 */
const PLACE = '/file.h5'
const MOST_DEPTH = 8
const MOST_OBJECTS = 20_000
const MOST_ATTRIBUTE_BYTES = 2 ** 20
const MOST_CELL_BYTES = 2 ** 28
const NEEDED_ATTRIBUTE =
  /^(MATLAB_(class|empty|sparse|object_decode)|pandas_type|nblocks|non_index_axes|value_type|.+_(kind|dtype|meta)|CLASS|NAME|PSEUDOATOM)$/
/** The classes of types, as the library numbers them. */
const [INTEGER, FLOAT, TEXT, BITS, RECORD, REFERENCE, ENUM, LIST] = [0, 1, 3, 4, 6, 7, 8, 10]

/** The group in which MATLAB keeps what its cells refer to. */
const REFERRED = '#refs#'

let referred = null
let module = null
let file = null
let Attribute = null

// What the library has to say of a damaged file is said in other words.
console.error = () => undefined

/**
 * @returns of a file its objects; of a dataset the rows asked for: a typed array of numbers, a list of words or of records,
 * or the contents of the cells of MATLAB that its references name
 */
globalThis.decode = async (library, { bytes, path, from, count, cells }) => {
  if (bytes) {
    module = await library.ready
    Attribute = library.Attribute
    module.FS.writeFile(PLACE, bytes, { canOwn: true })
    file = module.open(PLACE, module.H5F_ACC_RDONLY, false, -1, -1)
    if (!(file > 0n)) throw new Error('fault: not-opened')
    return objectsIn()
  }
  return cells ? cellsOf(path) : valuesOf(path, from, count)
}

function objectsIn() {
  const objects = []
  const seen = new Set()
  const look = (group, depth) => {
    for (const name of module.get_names(file, group, false)) {
      const path = group === '/' ? `/${name}` : `${group}/${name}`
      const type = module.get_type(file, path)
      const isGroup = type === module.H5G_GROUP
      if (!isGroup && type !== module.H5G_DATASET) continue
      // Links lead to what is there by another name, perhaps in circles.
      const address = module.create_object_reference(file, path).join()
      if (seen.has(address)) continue
      seen.add(address)
      if (objects.length === MOST_OBJECTS) throw new Error(`fault: many-objects ${MOST_OBJECTS}`)
      objects.push(isGroup ? { path, isGroup, marks: marksOf(path) } : described(path))
      // MATLAB keeps there what its cells refer to.
      if (isGroup && depth < MOST_DEPTH && !/^\/#\w+#$/.test(path)) look(path, depth + 1)
    }
  }
  look('/', 0)
  return objects
}

function described(path) {
  const metadata = module.get_dataset_metadata(file, path)
  const { shape, chunks, virtual_sources: others } = metadata
  const filters = module.get_dataset_filters(file, path).map(({ id, name }) => ({ id, name }))
  const isElsewhere = (others?.length ?? 0) > 0
  return { path, isGroup: false, shape, chunks, filters, isElsewhere, type: typeOf(metadata), marks: marksOf(path) }
}

/** The library turns numbers into the order of this computer's bytes, unless words stand for some of them anywhere in a type. */
function typeOf(metadata, keepsOrder = holdsWords(metadata)) {
  const {
    type,
    size,
    signed,
    littleEndian,
    vlen,
    shape,
    enum_type: words,
    compound_type: record,
    array_type: list,
  } = metadata
  const isTurned = keepsOrder && !littleEndian && size > 1
  switch (type) {
    case INTEGER:
      return { kind: 'integer', size, signed, isTurned }
    case BITS:
      return { kind: 'integer', size, signed: false, isTurned }
    case FLOAT:
      return { kind: 'float', size, isTurned }
    case TEXT:
      return { kind: 'text', size, isElsewhere: vlen }
    case ENUM:
      return isFlag(words.members)
        ? { kind: 'integer', size, signed, isTurned }
        : { kind: 'words', size, signed, isTurned, words: words.members }
    case REFERENCE:
      return { kind: 'reference', size }
    case LIST: {
      const sides = list.shape ?? shape ?? []
      const length = sides.reduce((product, side) => product * side, 1)
      return { kind: 'list', size, length, of: typeOf(list, keepsOrder) }
    }
    case RECORD: {
      const fields = record.members.map((member) => ({
        name: member.name,
        offset: member.offset,
        type: typeOf(member, keepsOrder),
      }))
      return { kind: 'record', size, fields }
    }
    default:
      return { kind: 'other', size }
  }
}

function holdsWords({ type, compound_type: record, array_type: list }) {
  return type === ENUM || (record?.members.some(holdsWords) ?? false) || (list !== undefined && holdsWords(list))
}

function isFlag(members) {
  return Object.keys(members).length === 2 && members.FALSE === 0 && members.TRUE === 1
}

function marksOf(path) {
  const marks = {}
  for (const name of module.get_attribute_names(file, path)) {
    if (!NEEDED_ATTRIBUTE.test(name)) continue
    const attribute = new Attribute(file, path, name)
    const { size, total_size: count, type } = attribute.metadata
    if (![INTEGER, TEXT].includes(type) || !(size * count <= MOST_ATTRIBUTE_BYTES)) continue
    const { value } = attribute
    if (typeof value === 'string' || typeof value === 'number') marks[name] = value
    else if (typeof value === 'bigint') marks[name] = Number(value)
  }
  return marks
}

/** @param from the first row, and `count` how many; without them all values, of a dataset that may have no rows */
function valuesOf(path, from, count) {
  const metadata = module.get_dataset_metadata(file, path)
  const shape = metadata.shape ?? []
  const size = shape.map((side, axis) => (axis === 0 && count !== undefined ? count : side))
  const offset = shape.map((_, axis) => (axis === 0 && from !== undefined ? from : 0))
  const values = size.reduce((product, side) => product * side, 1)
  const place = module._malloc(Math.max(1, values * metadata.size))
  if (place === 0) throw new Error('Array buffer allocation failed')
  const counts = size.map(BigInt)
  try {
    const steps = shape.map(() => 1n)
    const status = module.get_dataset_data(file, path, counts, offset.map(BigInt), steps, BigInt(place))
    if (status < 0) throw new Error('fault: values')
    const bytes = module.HEAPU8.slice(place, place + values * metadata.size)
    return decoded(bytes, values, typeOf(metadata))
  } finally {
    if (metadata.vlen) module.reclaim_vlen_memory_count(file, path, '', BigInt(place), counts)
    module._free(place)
  }
}

function decoded(bytes, count, type) {
  if (type.kind === 'integer' || type.kind === 'float') return numbersIn(bytes, count, type)
  const view = new DataView(bytes.buffer)
  if (type.kind !== 'record') {
    const value = reader(type)
    return Array.from({ length: count }, (_, i) => value(view, i * type.size))
  }
  const fields = type.fields.map(({ offset, type: one }) => ({ offset, value: reader(one) }))
  return Array.from({ length: count }, (_, i) => fields.map(({ offset, value }) => value(view, i * type.size + offset)))
}

/** Numbers as an array of the type that holds them: whole ones of 8 bytes as doubles. */
function numbersIn(bytes, count, type) {
  const { kind, size, signed, isTurned } = type
  const Numbers = (kind === 'float' ? FLOATS : signed ? SIGNED : UNSIGNED)[size]
  if (Numbers === undefined) throw new Error(`fault: number-size ${size}`)
  if (!isTurned && Numbers.BYTES_PER_ELEMENT === size && (kind === 'float' || size < 8))
    return new Numbers(bytes.buffer, 0, count)
  const view = new DataView(bytes.buffer)
  const value = reader(type)
  const numbers = new Numbers(count)
  for (let i = 0; i < count; i++) numbers[i] = value(view, i * size)
  return numbers
}

const FLOATS = { 2: Float32Array, 4: Float32Array, 8: Float64Array }
const SIGNED = { 1: Int8Array, 2: Int16Array, 4: Int32Array, 8: Float64Array }
const UNSIGNED = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array, 8: Float64Array }

/** What takes a value of a type out of bytes; null is what is no plain value. */
function reader(type) {
  const { kind, size, signed } = type
  const little = !type.isTurned
  switch (kind) {
    case 'integer':
      return integerReader(size, signed, little)
    case 'float':
      if (size === 2) return (view, at) => globalThis.halfFloat(view.getUint16(at, little))
      if (size === 4) return (view, at) => view.getFloat32(at, little)
      return size === 8 ? (view, at) => view.getFloat64(at, little) : () => null
    case 'text':
      return type.isElsewhere
        ? (view, at) => module.UTF8ToString(view.getUint32(at, true))
        : (view, at) => textIn(new Uint8Array(view.buffer, at, size))
    case 'words': {
      const wordOf = new Map(Object.entries(type.words).map(([word, number]) => [Number(number), word]))
      const number = integerReader(size, signed, little)
      return (view, at) => wordOf.get(number(view, at)) ?? null
    }
    case 'list': {
      const value = reader(type.of)
      return (view, at) => Array.from({ length: type.length }, (_, i) => value(view, at + i * type.of.size))
    }
    default:
      return () => null
  }
}

function integerReader(size, signed, little) {
  switch (size) {
    case 1:
      return signed ? (view, at) => view.getInt8(at) : (view, at) => view.getUint8(at)
    case 2:
      return signed ? (view, at) => view.getInt16(at, little) : (view, at) => view.getUint16(at, little)
    case 4:
      return signed ? (view, at) => view.getInt32(at, little) : (view, at) => view.getUint32(at, little)
    case 8:
      return signed
        ? (view, at) => Number(view.getBigInt64(at, little))
        : (view, at) => Number(view.getBigUint64(at, little))
    default:
      return () => null
  }
}

/** Text that says nothing of how it is written is mostly UTF-8, whatever its type says. */
function textIn(bytes) {
  const end = bytes.indexOf(0)
  const text = end < 0 ? bytes : bytes.subarray(0, end)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(text).trimEnd()
  } catch {
    return new TextDecoder('latin1').decode(text).trimEnd()
  }
}

/** Where an object is that a reference names. The library looks through the whole file for each: those of MATLAB are known. */
function nameOf(reference) {
  if (referred === null) {
    referred = new Map()
    const isThere = module.get_names(file, '/', false).includes(REFERRED)
    for (const name of isThere ? module.get_names(file, `/${REFERRED}`, false) : []) {
      const path = `/${REFERRED}/${name}`
      referred.set(module.create_object_reference(file, path).join(), path)
    }
  }
  return referred.get(reference.join()) ?? module.get_referenced_name(file, reference, true)
}

/** What the cells of MATLAB hold: a text, numbers, or something else. */
function cellsOf(path) {
  const { shape, size } = module.get_dataset_metadata(file, path)
  const count = (shape ?? []).reduce((product, side) => product * side, 1)
  const place = module._malloc(Math.max(1, count * size))
  let references
  try {
    const status = module.get_dataset_data(file, path, null, null, null, BigInt(place))
    if (status < 0) throw new Error('fault: values')
    references = module.HEAPU8.slice(place, place + count * size)
  } finally {
    module._free(place)
  }
  let left = MOST_CELL_BYTES
  return Array.from({ length: count }, (_, i) => {
    const reference = references.subarray(i * size, (i + 1) * size)
    if (reference.every((byte) => byte === 0)) return { kind: 'other' }
    const name = nameOf(reference)
    if (module.get_type(file, name) !== module.H5G_DATASET) return { kind: 'other' }
    const { shape: sides, type, marks, filters } = described(name)
    const bytes = (sides ?? []).reduce((product, side) => product * side, type.size)
    left -= bytes
    if (left < 0) throw new Error('Array buffer allocation failed')
    if (marks.MATLAB_class === 'char' && marks.MATLAB_empty === 1) return { kind: 'text', text: '' }
    if (type.kind !== 'integer' && type.kind !== 'float') return { kind: 'other' }
    if (marks.MATLAB_empty === 1 || filters.some(({ id }) => id > 6)) return { kind: 'other' }
    const values = valuesOf(name)
    return marks.MATLAB_class === 'char'
      ? { kind: 'text', text: sides.length === 2 && sides[1] === 1 ? String.fromCharCode(...values) : null }
      : { kind: 'numbers', shape: sides, values }
  })
}
