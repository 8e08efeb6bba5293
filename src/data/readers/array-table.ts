import { quoted, StudioError } from '../../base/failure'
import { BitMatrix } from '../bit-matrix'
import { numberedNames, PART_NAMES, type PartName, type Table, type TableValues } from '../table'
import { rowsOf, type ArrayRows, type NumberArray } from './number-array'
import { pictureOf } from './pictures'
import { UnlikeParts, type Reading } from './reading'
import { requireContent, TableBuilder, type TableIdentity } from './table-builder'

/** An array in a file that holds several by name: what is known of it before its values are read. */
export interface StoredArray {
  readonly name: string
  /** The part that its file is; null where its name may say so. */
  readonly part: PartName | null
  readonly shape: readonly number[]
  /** Why its values cannot be read, as a whole sentence to a person; null if they can. */
  readonly refusal: StudioError | null
  /** Its values. */
  load(): Promise<NumberArray>
}

/** Which arrays make up a table. */
interface Plan {
  readonly parts: readonly {
    readonly name: PartName
    readonly values: StoredArray
    readonly labels: StoredArray | null
  }[]
  readonly unused: readonly string[]
}

const MNIST_AREA = 784
/** A type of bytes holds greys rather than small counts if a value is at least this. */
const LEAST_GREY = 32

/**
 * Makes a table of the arrays of a file: those called train, valid and test (also x_train, trainData, …), with their
 * labels (y_train, labels, …); or the only one that has rows and columns.
 * @throws StudioError 'invalid-data' or 'too-large'
 */
export async function tableOfArrays(
  stored: readonly StoredArray[],
  identity: TableIdentity,
  reading: Reading,
): Promise<Table> {
  const plan = planOf(stored, identity.name)
  const axis = exampleAxisOf(plan)
  const load = lastKept(async (array: StoredArray) => {
    if (array.refusal) throw array.refusal
    return rowsOf(await array.load(), axis, `array ${quoted(array.name)}`)
  })
  let width: number | null = null
  let kind: Kind = 'bits'
  const counts: number[] = []
  // All is gone through twice: to see what it is, and to take it over.
  for (const [i, { values }] of plan.parts.entries()) {
    const rows = await load(values)
    width ??= rows.columns
    if (rows.columns !== width)
      throw new UnlikeParts(
        `The array ${quoted(values.name)} has ${rows.columns} columns where ${quoted(plan.parts[0].values.name)} has ${width}.`,
        'All arrays of a set must describe the same columns in the same order.',
      )
    counts.push(rows.rows)
    const within = (row: number): Promise<void> => reading.reachedShare((i + row / rows.rows) / (2 * plan.parts.length))
    kind = wider(kind, await kindOf(rows, within))
  }
  const builder = new TableBuilder()
  const total = counts.reduce((sum, count) => sum + count, 0)
  requireContent(identity.name, total, width ?? 0)
  const first = await load(plan.parts[0].values)
  const picture = first.picture ?? pictureOf(numberedNames(width ?? 0))
  const writer = writerOf(kind, builder, total, width ?? 0)
  for (const { name, values, labels } of plan.parts) {
    builder.beginPart(name)
    const within = (): Promise<void> => reading.reachedShare(0.5 + builder.rows / (2 * total))
    await fill(writer, await load(values), builder, labels && (await labels.load()), within)
  }
  for (const unused of plan.unused) builder.notes.add(`The array ${quoted(unused)} of ${identity.name} was left out.`)
  return builder.finish(identity, { values: writer.values(), picture })
}

type Kind = 'bits' | 'bytes' | 'shares' | 'numbers'

/** What the values of an array are: zeros and ones, bytes up to 255, numbers from 0 to 1, or any numbers. */
async function kindOf(rows: ArrayRows, reachedRow: (row: number) => Promise<void>): Promise<Kind> {
  const { array, rowStride, columnPlaces } = rows
  let kind: Kind = 'bits'
  for (let row = 0; row < rows.rows && kind !== 'numbers'; row++) {
    if (row % 256 === 0) await reachedRow(row)
    for (let column = 0; column < rows.columns; column++) {
      const value = array.valueAt(row * rowStride + columnPlaces[column])
      if (value === 0 || value === 1) continue
      kind = wider(
        kind,
        Number.isInteger(value) && value >= 0 && value <= 255 ? 'bytes' : value > 0 && value < 1 ? 'shares' : 'numbers',
      )
    }
  }
  if (kind === 'bytes' && !(rows.picture || rows.columns === MNIST_AREA || (array.areBytes && hasGrey(rows))))
    return 'numbers'
  return kind === 'shares' && !rows.picture && rows.columns !== MNIST_AREA ? 'numbers' : kind
}

function hasGrey({ array, rows, columns, rowStride, columnPlaces }: ArrayRows): boolean {
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      if (array.valueAt(row * rowStride + columnPlaces[column]) >= LEAST_GREY) return true
  return false
}

function wider(a: Kind, b: Kind): Kind {
  if (a === b || b === 'bits') return a
  return a === 'bits' ? b : 'numbers'
}

/** Where the values of a table go. */
interface Writer {
  put(row: number, column: number, value: number): void
  values(): TableValues | null
}

function writerOf(kind: Kind, builder: TableBuilder, rows: number, columns: number): Writer {
  switch (kind) {
    case 'bits': {
      const bits = new BitMatrix(rows, columns)
      const names = numberedNames(columns)
      return {
        put: (row, column, value) => value === 1 && bits.set(row, column),
        values: () => ({ kind: 'bits', bits, names }),
      }
    }
    case 'bytes':
    case 'shares': {
      const pixels = new Uint8Array(rows * columns)
      const scale = kind === 'shares' ? 255 : 1
      if (kind === 'shares') builder.notes.add('The values from 0 to 1 were taken for greys from 0 to 255.')
      return {
        put: (row, column, value) => (pixels[row * columns + column] = Math.round(scale * value)),
        values: () => ({ kind: 'grey', columns, pixels }),
      }
    }
    case 'numbers': {
      const targets = numberedNames(columns).map((name) => {
        const column = builder.addColumn(name)
        column.declareKind('numbers')
        return column
      })
      return {
        put: (row, column, value) => {
          if (Number.isNaN(value)) targets[column].setMissing(row)
          else if (Number.isFinite(value)) targets[column].setNumber(row, value)
          // It is missing among numbers, and told.
          else targets[column].setWord(row, String(value))
        },
        values: () => null,
      }
    }
  }
}

async function fill(
  writer: Writer,
  rows: ArrayRows,
  builder: TableBuilder,
  labels: NumberArray | null,
  reachedRow: (row: number) => Promise<void>,
): Promise<void> {
  const { array, rowStride, columnPlaces } = rows
  const column = labels && builder.labelColumn('label')
  for (let row = 0; row < rows.rows; row++) {
    if (row % 256 === 0) await reachedRow(row)
    for (let d = 0; d < columnPlaces.length; d++) {
      writer.put(builder.rows, d, array.valueAt(row * rowStride + columnPlaces[d]))
    }
    const label = labels?.valueAt(row) ?? NaN
    if (column && Number.isFinite(label)) column.setNumber(builder.rows, label)
    builder.endRow(Number.isFinite(label))
  }
}

/** Finds the parts by the names of the arrays. */
function planOf(stored: readonly StoredArray[], fileName: string): Plan {
  const refused = stored.find(
    (array) => array.refusal !== null && !isLabelName(array.name) && partOfArray(array) !== 'all',
  )
  if (refused?.refusal) throw refused.refusal
  const wide = stored.filter(({ name, shape }) => !isLabelName(name) && shape.length >= 2)
  // Beside a table, a single row or column of no part is no table.
  const tables = wide.filter((array) => wide.length === 1 || partOfArray(array) !== 'all' || !isVector(array))
  const named = PART_NAMES.flatMap((part) => {
    const found = tables.filter((array) => partOfArray(array) === part)
    if (found.length > 1 && part !== 'all') throw severalTables(fileName, found, part)
    return found.length === 1 || part !== 'all' ? found.map((values) => ({ name: part, values })) : []
  })
  const isSet = named.some(({ name }) => name !== 'all')
  const unnamed = tables.filter((array) => partOfArray(array) === 'all')
  if (!isSet && unnamed.length > 1) throw severalTables(fileName, unnamed, null)
  const chosen = isSet ? named.filter(({ name }) => name !== 'all') : named
  if (chosen.length === 0) throw noTable(fileName, stored)
  const parts = chosen.map(({ name, values }) => ({ name, values, labels: labelsFor(name, values, stored) }))
  const used = new Set(parts.flatMap(({ values, labels }) => [values, labels]))
  return { parts, unused: stored.filter((array) => !used.has(array)).map(({ name }) => name) }
}

function partOfArray({ name, part }: StoredArray): PartName {
  return part ?? partOf(name)
}

/** The part that a name speaks of; `all` if of none. */
export function partOf(name: string): PartName {
  const lower = name.toLowerCase()
  if (/train|(^|[^a-z])tr([^a-z]|$)/.test(lower)) return 'train'
  if (/valid|(^|[^a-z]|x)(val|dev)([^a-z]|$)/.test(lower)) return 'valid'
  return /test|t10k|(^|[^a-z])te([^a-z]|$)/.test(lower) ? 'test' : 'all'
}

function isLabelName(name: string): boolean {
  return /label|target|(^|[^a-z])(y|class(es)?)([^a-z]|$)|^y_?(train|valid|val|test|tr|te)/i.test(name)
}

function isVector({ shape }: StoredArray): boolean {
  return shape.length === 1 || (shape.length === 2 && shape.includes(1))
}

function labelsFor(part: PartName, values: StoredArray, stored: readonly StoredArray[]): StoredArray | null {
  const length = ({ shape }: StoredArray): number => shape.reduce((product, size) => product * size, 1)
  const fits = (array: StoredArray): boolean =>
    isLabelName(array.name) && partOfArray(array) === part && isVector(array) && array.refusal === null
  return stored.find((array) => fits(array) && values.shape.includes(length(array))) ?? null
}

/**
 * Along which axis the examples are: the first, as in NumPy, unless labels or the size of MNIST's pictures say that
 * it is the last, as often in MATLAB.
 */
function exampleAxisOf({ parts }: Plan): number {
  const [{ values, labels }] = parts
  const { shape } = values
  const last = shape.length - 1
  const count = labels?.shape.reduce((product, size) => product * size, 1)
  if (count !== undefined && shape[0] !== count) return shape[last] === count ? last : 0
  if (count === undefined && shape.length === 2 && shape[0] === MNIST_AREA && shape[1] !== MNIST_AREA) return last
  return count === undefined && shape.length === 3 && shape[0] === shape[1] && shape[2] !== shape[1] ? last : 0
}

function severalTables(fileName: string, tables: readonly StoredArray[], part: PartName | null): StudioError {
  const names = tables.slice(0, 8).map(({ name }) => quoted(name))
  return new StudioError(
    'invalid-data',
    `The file ${fileName} holds several tables${part === null ? '' : ` for the part "${part}"`}: ${names.join(', ')}.`,
    'Save only one of them, or name them "train", "valid" and "test".',
  )
}

function noTable(fileName: string, stored: readonly StoredArray[]): StudioError {
  const found = stored.slice(0, 8).map(({ name, shape }) => `${quoted(name)} (${shape.join('×')})`)
  const refusal = stored.find(({ refusal }) => refusal !== null)?.refusal
  if (refusal && stored.length === 1) return refusal
  return new StudioError(
    'invalid-data',
    `The file ${fileName} holds no table of numbers with rows and columns.`,
    `It must hold arrays named "train", "valid" and "test", or one array; it holds ${found.length === 0 ? 'none' : found.join(', ')}.`,
  )
}

/** Calls again only if the argument is another than the last time. */
function lastKept<A, R>(make: (argument: A) => Promise<R>): (argument: A) => Promise<R> {
  let last: { readonly argument: A; readonly result: R } | null = null
  return async (argument) => {
    if (last?.argument === argument) return last.result
    last = null
    const result = await make(argument)
    last = { argument, result }
    return result
  }
}
