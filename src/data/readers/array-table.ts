import { quoted } from '../../base/failure'
import { say } from '../../words/say'
import { BitMatrix } from '../bit-matrix'
import { numberedNames, type Table, type TableValues } from '../table'
import { indicatorAxis, planOf, type ArrayChoices, type StoredArray } from './array-plan'
import { rowsOf, type ArrayRows } from './number-array'
import { pictureOf } from './pictures'
import { UnlikeParts, type Reading } from './reading'
import { requireContent, TableBuilder, type TableIdentity } from './table-builder'

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
  choices: ArrayChoices = {},
): Promise<Table> {
  const plan = await planOf(stored, identity.name, choices)
  const { axis } = plan
  const load = lastKept(async (array: StoredArray) => {
    if (array.refusal) throw array.refusal
    return rowsOf(await array.load(), axis, say('read.array.array', { name: quoted(array.name) }))
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
        say('read.array.unlike', {
          array: quoted(values.name),
          columns: rows.columns,
          first: quoted(plan.parts[0].values.name),
          width,
        }),
        say('read.array.unlike.hint'),
      )
    counts.push(rows.rows)
    const within = (row: number): Promise<void> => reading.reachedShare((i + row / rows.rows) / (2 * plan.parts.length))
    kind = wider(kind, await kindOf(rows, within))
  }
  const builder = new TableBuilder()
  const { sheet } = plan
  if (plan.parts[0].values.shape.length === 2) builder.readAs = { transpose: axis === 1 }
  if (sheet !== undefined) builder.readAs = { ...builder.readAs, sheet }
  builder.sheets = plan.sheets
  const total = counts.reduce((sum, count) => sum + count, 0)
  requireContent(identity.name, total, width ?? 0)
  const first = await load(plan.parts[0].values)
  const names = plan.names ?? numberedNames(width ?? 0)
  const picture = first.picture ?? pictureOf(names)
  const writer = writerOf(kind, builder, total, names)
  for (const { name, values, labels } of plan.parts) {
    builder.beginPart(name)
    const within = (): Promise<void> => reading.reachedShare(0.5 + builder.rows / (2 * total))
    await fill(writer, await load(values), builder, labels && (await readLabels(labels, values)), within)
  }
  for (const note of plan.notes) builder.notes.add(note)
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

function writerOf(kind: Kind, builder: TableBuilder, rows: number, names: readonly string[]): Writer {
  const columns = names.length
  switch (kind) {
    case 'bits': {
      const bits = new BitMatrix(rows, columns)
      return {
        put: (row, column, value) => value === 1 && bits.set(row, column),
        values: () => ({ kind: 'bits', bits, names }),
      }
    }
    case 'bytes':
    case 'shares': {
      const pixels = new Uint8Array(rows * columns)
      const scale = kind === 'shares' ? 255 : 1
      if (kind === 'shares') builder.notes.add(say('read.array.greys'))
      return {
        put: (row, column, value) => (pixels[row * columns + column] = Math.round(scale * value)),
        values: () => ({ kind: 'grey', columns, pixels }),
      }
    }
    case 'numbers': {
      const targets = names.map((name) => {
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

/** The label of a row; null if it has none. */
type LabelAt = (row: number) => string | number | null

/** The labels of a part: words, numbers, or for each class a row or a column in which a one stands for it. */
async function readLabels(labels: StoredArray, values: StoredArray): Promise<LabelAt> {
  const { words } = labels
  if (words) return (row) => words[row] || null
  const array = await labels.load()
  const axis = array.shape.includes(1) ? null : indicatorAxis(array, values)
  if (axis === null) {
    return (row) => {
      const label = array.valueAt(row)
      return Number.isFinite(label) ? label : null
    }
  }
  const classes = array.shape[1 - axis]
  const rows = rowsOf(array, axis, say('read.array.array', { name: quoted(labels.name) }))
  // MATLAB counts from 1.
  const first = array.firstRunsFastest ? 1 : 0
  return (row) => {
    let found = -1
    for (let one = 0; one < classes; one++) {
      const value = array.valueAt(row * rows.rowStride + rows.columnPlaces[one])
      if (value !== 0 && (value !== 1 || found >= 0)) return null
      if (value === 1) found = one
    }
    return found < 0 ? null : found + first
  }
}

async function fill(
  writer: Writer,
  rows: ArrayRows,
  builder: TableBuilder,
  labels: LabelAt | null,
  reachedRow: (row: number) => Promise<void>,
): Promise<void> {
  const { array, rowStride, columnPlaces } = rows
  const column = labels && builder.labelColumn('label')
  for (let row = 0; row < rows.rows; row++) {
    if (row % 256 === 0) await reachedRow(row)
    for (let d = 0; d < columnPlaces.length; d++) {
      writer.put(builder.rows, d, array.valueAt(row * rowStride + columnPlaces[d]))
    }
    const label = labels?.(row) ?? null
    if (typeof label === 'string') column?.setWord(builder.rows, label)
    else if (label !== null) column?.setNumber(builder.rows, label)
    builder.endRow(label !== null)
  }
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
