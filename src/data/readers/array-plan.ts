import type { Note } from '../../base/advice'
import { quoted, StudioError } from '../../base/failure'
import { say } from '../../words/say'
import { toReadOther, toTurn } from '../deciding'
import { PART_NAMES, type PartName } from '../table'
import { listOf, tableNamed } from './chosen-table'
import type { NumberArray } from './number-array'
import { joinNumbered } from './numbered-arrays'

/** An array in a file that holds several by name: what is known of it before its values are read. */
export interface StoredArray {
  readonly name: string
  /** The part that its file is; null where its name may say so. */
  readonly part: PartName | null
  readonly shape: readonly number[]
  /** Why its values cannot be read, as a whole sentence to a person; null if they can. */
  readonly refusal: StudioError | null
  /** Whether it is the table, or is none, whatever its name; undefined where that is to be found out. */
  readonly isTable?: boolean
  /** What it holds, where that is a list of words; `load` is refused then. */
  readonly words?: readonly string[]
  /** Its values. */
  load(): Promise<NumberArray>
}

/** What is decided about the arrays of a file. */
export interface ArrayChoices {
  /** Whether the program that wrote it has the examples as often in columns as in rows: MATLAB. */
  readonly isMatlab?: boolean
  /** Whether examples are along the last axis, where a person says so. */
  readonly transpose?: boolean
  /** The array that is the table, by its name or its number from 1 among those with rows and columns. */
  readonly sheet?: string
  /** Is taken if it is there and no other is chosen. */
  readonly usualSheet?: string | undefined
}

/** Which arrays make up a table. */
export interface Plan {
  readonly parts: readonly PlannedPart[]
  /** Along which axis the examples are. */
  readonly axis: number
  /** The names of the columns, if the file has them. */
  readonly names: readonly string[] | null
  /** The array that was chosen to be the table, or is by far the largest; undefined where there is no choice. */
  readonly sheet?: string
  /** The arrays that it was chosen among. */
  readonly sheets: readonly string[]
  readonly notes: readonly Note[]
}

export interface PlannedPart {
  readonly name: PartName
  readonly values: StoredArray
  readonly labels: StoredArray | null
}

const MNIST_AREA = 784
/** With so many times as many rows as columns, rows are the examples. */
const CLEARLY_LONGER = 4

/**
 * Finds the parts by the names of the arrays: those called train, valid and test (also x_train, trainData, …), with their
 * labels (y_train, labels, …); those called train0, train1, … are the classes of one part; or the only array that has rows
 * and columns, and the only list beside it that may be its labels.
 * @throws StudioError 'invalid-data' where they make up no table
 */
export async function planOf(all: readonly StoredArray[], fileName: string, choices: ArrayChoices): Promise<Plan> {
  const arrays = joinNumbered(all.map((array) => (choices.isMatlab ? withExamplesLast(array) : array)))
  const sheets = [...new Set(arrays.filter(mayBeTable).map(({ name }) => name))]
  const decided = sheetOf(sheets, fileName, choices)
  const largest = decided === undefined ? largestOf(arrays) : undefined
  const sheet = decided ?? largest
  const stored = sheet === undefined ? arrays : withOnly(arrays, sheet)
  const refused = stored.find(
    (array) =>
      array.refusal !== null &&
      !array.words &&
      (array.isTable ?? (!isLabelName(array.name) && partOfArray(array) !== 'all')),
  )
  if (refused?.refusal) throw refused.refusal
  const chosen = chosenTables(stored, fileName)
  const found = chosen.map(({ name, values }) => ({ name, values, labels: labelsFor(name, values, stored) }))
  const only = found.length === 1 && found[0].labels === null ? await onlyList(found[0].values, stored) : null
  const parts = only ? [{ ...found[0], labels: only }] : found
  const { axis, note } = exampleAxisOf(parts, fileName, choices)
  const { shape } = parts[0].values
  const width = shape.reduce((product, size, at) => (at === axis ? product : product * size), 1)
  const names = stored.find(
    ({ words, shape: [length] }) => words?.length === width && length !== shape[axis] && new Set(words).size === width,
  )
  const used = new Set<StoredArray | null | undefined>([
    ...parts.flatMap(({ values, labels }) => [values, labels]),
    names,
  ])
  const unused = stored.filter((array) => !used.has(array))
  return {
    parts,
    axis,
    names: names?.words ?? null,
    ...(sheet === undefined ? {} : { sheet }),
    sheets: sheet === undefined ? [] : sheets,
    notes: [
      ...(largest === undefined ? [] : [isLargest(largest, sheets, fileName)]),
      ...(note === null ? [] : [note]),
      ...(only ? [say('read.array.label', { array: quoted(only.name), file: fileName })] : []),
      ...unused.map(({ name }) => say('read.array.left-out', { array: quoted(name), file: fileName })),
    ],
  }
}

/** The array that a person chose to be the table; undefined if nothing was chosen. @throws StudioError 'invalid-settings' */
function sheetOf(names: readonly string[], fileName: string, { sheet, usualSheet }: ArrayChoices): string | undefined {
  if (sheet !== undefined) return tableNamed(names, fileName, sheet)
  return names.length > 1 && usualSheet !== undefined && names.includes(usualSheet) ? usualSheet : undefined
}

function mayBeTable({ shape, words }: StoredArray): boolean {
  return shape.length >= 2 && !words
}

/** The chosen array without the other tables: its rows are all, whatever part its name speaks of, and so are their labels. */
function withOnly(stored: readonly StoredArray[], sheet: string): StoredArray[] {
  const itsPart = partOf(sheet)
  return stored
    .filter((array) => array.name === sheet || !mayBeTable(array) || isLabelName(array.name))
    .filter((array) => array.name === sheet || ['all', itsPart].includes(partOf(array.name)))
    .map((array) => ({ ...array, part: array.part ?? 'all', isTable: array.name === sheet }))
}

/**
 * The one array that holds more values than all others that may be the table together; undefined where none does, or names
 * say which are.
 */
function largestOf(stored: readonly StoredArray[]): string | undefined {
  const tables = tablesIn(stored)
  if (tables.length < 2 || tables.some((array) => partOfArray(array) !== 'all')) return undefined
  const all = tables.reduce((sum, array) => sum + sizeOf(array), 0)
  return tables.find((array) => array.refusal === null && 2 * sizeOf(array) > all)?.name
}

function sizeOf({ shape }: StoredArray): number {
  return shape.reduce((product, size) => product * size, 1)
}

function isLargest(name: string, names: readonly string[], fileName: string): Note {
  return {
    says: say('read.array.largest', { file: fileName, count: names.length, tables: listOf(names), table: name }),
    advice: toReadOther('table'),
  }
}

/** The arrays that may be the table; beside one, a single row or column of no part is none, nor is what holds nothing. */
function tablesIn(stored: readonly StoredArray[]): readonly StoredArray[] {
  const wide = stored.filter((array) => mayBeTable(array) && (array.isTable ?? !isLabelName(array.name)))
  return wide.filter(
    (array) => wide.length === 1 || partOfArray(array) !== 'all' || (!isVector(array) && !array.shape.includes(0)),
  )
}

function chosenTables(
  stored: readonly StoredArray[],
  fileName: string,
): readonly { readonly name: PartName; readonly values: StoredArray }[] {
  const tables = tablesIn(stored)
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
  // "data" beside "testdata" is what there is to train with.
  if (chosen.some(({ name }) => name === 'train') || !isSet || unnamed.length !== 1) return chosen
  return [{ name: 'train', values: unnamed[0] }, ...chosen]
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

function lengthOf({ shape }: StoredArray): number {
  return shape.reduce((product, size) => product * size, 1)
}

function labelsFor(part: PartName, values: StoredArray, stored: readonly StoredArray[]): StoredArray | null {
  // Those of what has no name of a part have none either.
  const itsPart = partOfArray(values) === part ? part : 'all'
  const fits = (array: StoredArray): boolean =>
    array.isTable !== true &&
    isLabelName(array.name) &&
    partOfArray(array) === itsPart &&
    (array.refusal === null || array.words !== undefined)
  const vector = stored.find((array) => fits(array) && isVector(array) && values.shape.includes(lengthOf(array)))
  return vector ?? stored.find((array) => fits(array) && indicatorAxis(array, values) !== null) ?? null
}

/** Along which axis of labels with a row or column for each class the examples are: 5×40 beside 784×40; null if they do not fit. */
export function indicatorAxis({ shape }: { readonly shape: readonly number[] }, values: StoredArray): number | null {
  if (shape.length !== 2 || values.shape.length !== 2) return null
  const axis = shape.findIndex((size, at) => size === values.shape[at] && size > 1)
  return axis < 0 ? null : axis
}

/** A list that has a value for each row or column of the only table, may be classes, and is the only such. */
async function onlyList(values: StoredArray, stored: readonly StoredArray[]): Promise<StoredArray | null> {
  const lists = stored.filter(
    (array) =>
      array !== values &&
      isVector(array) &&
      (array.refusal === null || array.words !== undefined) &&
      values.shape.includes(lengthOf(array)) &&
      (!array.words || new Set(array.words).size < array.words.length),
  )
  return lists.length === 1 && (await canBeClasses(lists[0])) ? lists[0] : null
}

/** Whether values may be classes: words or whole numbers, and not nearly as many different ones as there are. */
async function canBeClasses(list: StoredArray): Promise<boolean> {
  const length = lengthOf(list)
  const array = list.words ? null : await list.load()
  const all = list.words ?? Array.from({ length }, (_, at) => array?.valueAt(at) ?? NaN)
  const areWhole = all.every((value) => typeof value === 'string' || Number.isInteger(value))
  return length > 1 && areWhole && new Set<unknown>(all).size <= length / 2
}

/** Examples in the columns of a square's places, several times over, one page each: pages are laid beside each other. */
function withExamplesLast(array: StoredArray): StoredArray {
  const { shape } = array
  const side = Math.sqrt(shape[0] ?? 0)
  if (shape.length !== 3 || !Number.isInteger(side) || side < 4 || shape[0] === shape[1] || shape[2] >= shape[1] * 2)
    return array
  if (shape[1] === shape[2]) return array
  const flat = [shape[0], shape[1] * shape[2]]
  return { ...array, shape: flat, load: async () => ({ ...(await array.load()), shape: flat }) }
}

/**
 * Along which axis the examples are: the first, as in NumPy, unless labels, the size of MNIST's pictures or a stack of
 * squares say that it is the last. In MATLAB both are usual: where nothing tells, it is the longer one, and that is told.
 */
function exampleAxisOf(
  parts: readonly PlannedPart[],
  fileName: string,
  { transpose, isMatlab = false }: ArrayChoices,
): { readonly axis: number; readonly note: Note | null } {
  const { values, labels } = parts.find((part) => part.labels !== null) ?? parts[0]
  const { shape } = values
  const last = shape.length - 1
  const sure = (axis: number): { axis: number; note: null } => ({ axis, note: null })
  if (transpose !== undefined) return sure(transpose ? last : 0)
  if (labels) {
    const count = isVector(labels) ? lengthOf(labels) : labels.shape[indicatorAxis(labels, values) ?? 0]
    if (shape[0] !== count) return sure(shape[last] === count ? last : 0)
    if (!isVector(labels)) return sure(indicatorAxis(labels, values) ?? 0)
    return sure(0)
  }
  if (shape.length === 2 && shape[0] === MNIST_AREA && shape[1] !== MNIST_AREA) return sure(last)
  if (shape.length === 3 && shape[0] === shape[1] && shape[2] !== shape[1]) return sure(last)
  if (!isMatlab || shape.length !== 2 || shape[0] >= CLEARLY_LONGER * shape[1]) return sure(0)
  const axis = shape[1] > shape[0] ? 1 : 0
  const [count, others] = [shape[axis], shape[1 - axis]]
  const note =
    axis === 1
      ? {
          says: say('read.array.columns-taken', { file: fileName, count }),
          advice: toTurn(say('read.array.other-rows', { count: others }), false),
        }
      : {
          says: say('read.array.rows-taken', { file: fileName, count }),
          advice: toTurn(say('read.array.other-columns', { count: others }), true),
        }
  return { axis, note }
}

function severalTables(fileName: string, tables: readonly StoredArray[], part: PartName | null): StudioError {
  const names = tables.slice(0, 8).map(({ name }) => quoted(name))
  return new StudioError(
    'invalid-data',
    part === null
      ? say('read.array.several', { file: fileName, tables: names })
      : say('read.array.several-of-part', { file: fileName, part, tables: names }),
    { window: say('read.array.several.window'), options: say('read.array.several.options') },
  )
}

function noTable(fileName: string, stored: readonly StoredArray[]): StudioError {
  const found = stored.slice(0, 8).map(({ name, shape }) => `${quoted(name)} (${shape.join('×')})`)
  const refusal = stored.find(({ refusal }) => refusal !== null)?.refusal
  if (refusal && stored.length === 1) return refusal
  return new StudioError(
    'invalid-data',
    say('read.array.no-table', { file: fileName }),
    found.length === 0 ? say('read.array.no-table.none') : say('read.array.no-table.found', { arrays: found }),
  )
}
