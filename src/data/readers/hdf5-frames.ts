import { quoted, StudioError } from '../../base/failure'
import { say, type Sentence } from '../../words/say'
import { writtenMoment } from '../dates'
import type { Hdf5Dataset, Hdf5Field, Hdf5File, Hdf5Group, Hdf5Numbers, Hdf5Type, Hdf5Value } from './hdf5-file'
import { nameOf } from './hdf5-arrays'
import type { RecordValue } from './records'

/** Rows at a time of a table that is stored by its columns. */
const PIECE_ROWS = 5000
/** What is no date in pandas: the least whole number of 64 bits. */
const NO_DATE = -(2 ** 63)
/** What pandas calls the kinds of tables that are read. */
const PLAIN_FRAMES = ['frame', 'frame_table']

/** A table of named columns in an HDF5 file, as pandas and PyTables store them. */
export interface Hdf5Frame {
  /** Its path, without the slash before it. */
  readonly name: string
  /** What is to be told of it, a sentence each. */
  readonly notes: readonly Sentence[]
  readonly columns: readonly string[]
  /** The columns that are not read, why, and the sentence that tells of it. */
  readonly leftOut: readonly LeftOutColumn[]
  /** Its rows, some thousand at a time, each with a value for each column. */
  rows(): AsyncGenerator<readonly (readonly RecordValue[])[]>
}

interface LeftOutColumn {
  readonly name: string
  readonly why: Sentence
  readonly says: Sentence
}

/** A table that is there, to be opened where it is wanted. */
export interface StoredFrame {
  readonly name: string
  /** @throws StudioError 'unknown-format' or 'invalid-data' for one that is not plain */
  open(): Promise<Hdf5Frame>
}

/** The tables of named columns in a file, in the order in which they stand there. */
export function framesOf(file: Hdf5File): { readonly frames: readonly StoredFrame[]; readonly isOfPandas: boolean } {
  const kept = file.groups.filter(({ marks }) => typeof marks.pandas_type === 'string')
  // What pandas stores of a table's categories has the form of a table itself.
  const outer = kept.filter(
    ({ path }) => !kept.some((other) => other.path !== path && path.startsWith(`${other.path}/`)),
  )
  const ofPandas = outer.map((group) => ({ name: nameOf(group.path), open: () => openPandas(file, group) }))
  const ofRecords = file.datasets.flatMap((dataset) => {
    const { path, shape, type } = dataset
    const isInside = /\/_i_/.test(path) || outer.some((group) => path.startsWith(`${group.path}/`))
    if (isInside || type.kind !== 'record' || shape?.length !== 1 || isComplex(type.fields)) return []
    return [{ name: nameOf(path), open: () => Promise.resolve(recordsFrame(file, dataset, type.fields)) }]
  })
  return { frames: [...ofPandas, ...ofRecords], isOfPandas: ofPandas.length > 0 }
}

function isComplex(fields: readonly Hdf5Field[]): boolean {
  return ['r,i', 'real,imag'].includes(fields.map(({ name }) => name).join())
}

function openPandas(file: Hdf5File, group: Hdf5Group): Promise<Hdf5Frame> {
  const kind = String(group.marks.pandas_type)
  if (!PLAIN_FRAMES.includes(kind))
    throw notPlain(say('read.array.hdf5.pandas-kind', { ...called(file, group), kind: kind.replace('_', ' ') }))
  return kind === 'frame' ? fixedFrame(file, group) : tableFrame(file, group)
}

/** A table of records: each field is a column, lists are spread over several. */
function recordsFrame(file: Hdf5File, dataset: Hdf5Dataset, fields: readonly Hdf5Field[]): Hdf5Frame {
  const columns = fields.map(({ name, type }): FrameColumn => ({ names: namesOf(name, type), convert: null, type }))
  return frameOfRecords(file, dataset, dataset.path, columns, [])
}

/** Columns that a field of records makes up: one, or as many as the lists in it have values. */
interface FrameColumn {
  readonly names: readonly string[]
  readonly type: Hdf5Type
  /** What becomes of a value; null: what it is. */
  readonly convert: ((value: Hdf5Value) => RecordValue) | null
}

function namesOf(name: string, type: Hdf5Type): string[] {
  return type.kind === 'list' ? Array.from({ length: type.length }, (_, i) => `${name} ${i + 1}`) : [name]
}

function isPlain(type: Hdf5Type): boolean {
  return type.kind === 'list'
    ? type.of.kind !== 'list' && isPlain(type.of)
    : ['integer', 'float', 'text', 'words'].includes(type.kind)
}

/**
 * @param columns of each field of the records; null where it is no column
 * @param order in which the columns stand, as far as it is known
 */
function frameOfRecords(
  file: Hdf5File,
  dataset: Hdf5Dataset,
  path: string,
  columns: readonly (FrameColumn | null)[],
  notes: readonly Sentence[],
  order: readonly string[] = [],
): Hdf5Frame {
  const left = columns.filter((column) => column !== null && !isPlain(column.type))
  const used = columns.map((column) => (column !== null && isPlain(column.type) ? column : null))
  const names = used.flatMap((column) => column?.names ?? [])
  const inOrder = [...order.filter((name) => names.includes(name)), ...names.filter((name) => !order.includes(name))]
  const places = inOrder.map((name) => names.indexOf(name))
  const values = (record: readonly Hdf5Value[]): RecordValue[] => {
    const flat = used.flatMap((column, at) => (column === null ? [] : valuesIn(record[at], column)))
    return places.map((place) => flat[place])
  }
  return {
    name: nameOf(path),
    columns: inOrder,
    notes,
    leftOut: left.flatMap((column) =>
      (column?.names ?? []).map((name) => ({
        name,
        why: say('read.array.columns.not-plain.why'),
        says: say('read.array.hdf5.not-plain', { column: name, file: file.name }),
      })),
    ),
    async *rows() {
      for await (const records of file.records(dataset)) yield records.map(values)
    },
  }
}

function valuesIn(value: Hdf5Value, { names, convert }: FrameColumn): RecordValue[] {
  const all = isList(value) ? value : [value]
  return names.map((_, i) => {
    const one = all[i] ?? null
    if (convert) return convert(one)
    return isList(one) ? null : one
  })
}

function isList(value: Hdf5Value): value is readonly Hdf5Value[] {
  return Array.isArray(value)
}

/** What pandas calls the "table" format: records, in which columns of one type are lists, named in a mark. */
async function tableFrame(file: Hdf5File, group: Hdf5Group): Promise<Hdf5Frame> {
  const dataset = file.dataset(`${group.path}/table`)
  if (dataset?.type.kind !== 'record') throw notPlain(say('read.array.hdf5.pandas-no-table', called(file, group)))
  const { marks } = dataset
  const columns: (FrameColumn | null)[] = []
  for (const { name, type } of dataset.type.fields) {
    if (name === 'index') {
      columns.push(null)
      continue
    }
    const names = pickledNames(marks[`${name}_kind`]) ?? []
    const width = type.kind === 'list' ? type.length : 1
    if (names.length !== width)
      throw notPlain(say('read.array.hdf5.pandas-no-names', { ...called(file, group), field: name }))
    const isCategory = marks[`${name}_meta`] === 'category'
    const convert = isCategory ? await categoryOf(file, group, name) : dateOf(marks[`${name}_dtype`])
    columns.push({ names, type, convert })
  }
  const order = pickledNames(group.marks.non_index_axes) ?? []
  const index = dataset.type.fields.findIndex(({ name }) => name === 'index')
  const isCounted = index < 0 || (await countsRows(file, dataset, index))
  return frameOfRecords(file, dataset, group.path, columns, isCounted ? [] : [indexNote(file, group)], order)
}

async function countsRows(file: Hdf5File, dataset: Hdf5Dataset, index: number): Promise<boolean> {
  let row = 0
  for await (const records of file.records(dataset))
    for (const record of records) if (record[index] !== row++) return false
  return true
}

function indexNote(file: Hdf5File, group: Hdf5Group): Sentence {
  return say('read.array.hdf5.index', called(file, group))
}

/** The words of a column of categories, which pandas keeps beside the table. */
async function categoryOf(file: Hdf5File, group: Hdf5Group, field: string): Promise<(value: Hdf5Value) => RecordValue> {
  const stored = file.dataset(`${group.path}/meta/${field}/meta/table`)
  const at = stored?.type.kind === 'record' ? stored.type.fields.findIndex(({ name }) => /^values/.test(name)) : -1
  if (!stored || at < 0) throw notPlain(say('read.array.hdf5.pandas-no-categories', { ...called(file, group), field }))
  const words: RecordValue[] = []
  for await (const records of file.records(stored))
    for (const record of records) {
      const value = isList(record[at]) ? record[at][0] : record[at]
      words.push(isList(value) ? null : (value ?? null))
    }
  return (code) => (typeof code === 'number' ? (words[code] ?? null) : null)
}

/** What becomes of whole numbers that are dates: how they are written; null where they are none. */
function dateOf(type: string | number | undefined): ((value: Hdf5Value) => RecordValue) | null {
  const match = /^datetime64(?:\[(ns|us|ms|s)\b.*)?/.exec(String(type))
  if (!match) return null
  const perSecond = { ns: 1e9, us: 1e6, ms: 1e3, s: 1 }[match[1] ?? 'ns'] ?? 1e9
  return (value) => (typeof value !== 'number' || value <= NO_DATE ? null : writtenMoment(value / perSecond))
}

/**
 * The texts and numbers of a Python list that is pickled as text, as PyTables stores such marks. Nothing in it is run: what
 * is no plain list of names is not understood.
 */
function pickledNames(mark: string | number | undefined): string[] | null {
  if (typeof mark !== 'string' || !mark.startsWith('(l')) return null
  return mark.split('\n').flatMap((line) => {
    const [, word, number] = /^a?(?:V(.*)|I(-?\d+))$/.exec(line) ?? []
    if (number !== undefined) return [number]
    if (word === undefined) return []
    return [word.replace(/\\u([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))]
  })
}

/** What pandas calls the "fixed" format: columns of one type together, `[rows, columns]`. */
async function fixedFrame(file: Hdf5File, group: Hdf5Group): Promise<Hdf5Frame> {
  const inside = (name: string): Hdf5Dataset | undefined => file.dataset(`${group.path}/${name}`)
  const order = await labels(file, inside('axis0'))
  const axis = inside('axis1')
  const rows = axis?.shape?.[0] ?? 0
  if (order === null || !axis) throw notPlain(say('read.array.hdf5.pandas-levels', called(file, group)))
  const notes: Sentence[] = []
  const leftOut: LeftOutColumn[] = []
  const columns = new Map<string, (row: number) => RecordValue>()
  for (let block = 0; block < Number(group.marks.nblocks ?? 0); block++) {
    const values = inside(`block${block}_values`)
    const names = (await labels(file, inside(`block${block}_items`))) ?? []
    if (!values || values.marks.PSEUDOATOM !== undefined || !['integer', 'float'].includes(values.type.kind)) {
      for (const name of names)
        leftOut.push({
          name,
          why: say('read.array.hdf5.objects.why'),
          says: say('read.array.hdf5.objects', { column: name, file: file.name }),
        })
      continue
    }
    if (values.shape?.[0] !== rows || values.shape[1] !== names.length)
      throw notPlain(say('read.array.hdf5.pandas-blocks', called(file, group)))
    const numbers = await file.numbers(values)
    const convert = dateOf(values.marks.value_type)
    names.forEach((name, at) => columns.set(name, valueAt(numbers, names.length, at, convert)))
  }
  if (axis.type.kind !== 'integer' || !(await file.numbers(axis)).every((number, row) => number === row))
    notes.push(indexNote(file, group))
  const used = order.filter((name) => columns.has(name))
  const readers = used.flatMap((name) => columns.get(name) ?? [])
  return {
    name: nameOf(group.path),
    columns: used,
    notes,
    leftOut,
    async *rows() {
      for (let from = 0; from < rows; from += PIECE_ROWS)
        yield Array.from({ length: Math.min(PIECE_ROWS, rows - from) }, (_, i) =>
          readers.map((value) => value(from + i)),
        )
    },
  }
}

function valueAt(
  numbers: Hdf5Numbers,
  width: number,
  at: number,
  convert: ((value: Hdf5Value) => RecordValue) | null,
): (row: number) => RecordValue {
  return (row) => {
    const value = numbers[row * width + at]
    return convert ? convert(value) : value
  }
}

/** The names along an axis; null where it is none of single names. */
async function labels(file: Hdf5File, dataset: Hdf5Dataset | undefined): Promise<string[] | null> {
  if (dataset?.shape?.length !== 1) return null
  if (dataset.type.kind === 'text') return file.words(dataset)
  return dataset.type.kind === 'integer' ? Array.from(await file.numbers(dataset), String) : null
}

/** A table of pandas, as sentences name it. */
function called(file: Hdf5File, { path }: Hdf5Group): { readonly table: string; readonly file: string } {
  return { table: quoted(nameOf(path)), file: file.name }
}

function notPlain(says: Sentence): StudioError {
  return new StudioError('invalid-data', says, say('read.array.hdf5.pandas.hint'))
}
