import { quoted, StudioError } from '../../base/failure'
import { say } from '../../words/say'
import type { PartName } from '../table'
import type { StoredArray } from './array-plan'
import type { Hdf5Cell, Hdf5Dataset, Hdf5File, Hdf5Marks, Hdf5Numbers } from './hdf5-file'
import { arrayOfCells, wordsOfCharacters, type Cell } from './mat-cells'
import type { NumberArray } from './number-array'
import { MOST_ARRAY_BYTES } from './npy-table'
import { damagedFile } from './reading'

/** MATLAB's own things, such as tables and strings, whose values are not stored plainly. */
const OBJECTS = /^(table|timetable|string|categorical|datetime|duration|containers\.Map|dictionary|missing)$/

/** A longer list of words is none of labels or names. */
const MOST_WORDS = 2 ** 21
const MOST_CELLS = 2 ** 20

/** Whether MATLAB wrote a file (save -v7.3). */
export function isOfMatlab({ objects }: Hdf5File): boolean {
  return objects.some(({ path, marks }) => marks.MATLAB_class !== undefined && path.lastIndexOf('/') === 0)
}

/**
 * The arrays of an HDF5 file, each called by its path; what is no plain array is refused when it is asked for. MATLAB's
 * are as they are there: their first index runs fastest, cell arrays and sparse matrices are put together.
 * @throws StudioError 'damaged-file' or 'too-large' for lists of words and cells, which are read at once
 */
export async function arraysOf(file: Hdf5File, part: PartName | null): Promise<StoredArray[]> {
  const matlab = isOfMatlab(file)
  const sparse = file.groups.filter(({ marks }) => typeof marks.MATLAB_sparse === 'number')
  const arrays: StoredArray[] = sparse.map(({ path, marks }) => sparseArray(file, path, marks, part))
  for (const dataset of file.datasets) {
    const { path, type, marks } = dataset
    if (sparse.some((group) => path.startsWith(`${group.path}/`)) || isScale(marks) || type.kind === 'record') continue
    arrays.push({ ...(matlab ? await matlabArray(file, dataset) : await plainArray(file, dataset)), part })
  }
  return arrays
}

/** A path without the slash before it. */
export function nameOf(path: string): string {
  return path.slice(1)
}

/** Whether a dataset only counts along an axis of others, as those of netCDF do. */
function isScale({ CLASS: mark, NAME: name }: Hdf5Marks): boolean {
  // eslint-disable-next-line words/catalogue -- as it stands in files
  return mark === 'DIMENSION_SCALE' && typeof name === 'string' && name.startsWith('This is a netCDF dimension')
}

async function plainArray(file: Hdf5File, dataset: Hdf5Dataset): Promise<Omit<StoredArray, 'part'>> {
  const name = nameOf(dataset.path)
  const { type } = dataset
  const shape = dataset.shape ?? []
  const refusal = file.refusalOf(dataset)
  const isList = shape.length === 1 && shape[0] <= MOST_WORDS
  if ((type.kind === 'text' || type.kind === 'words') && isList && refusal === null) {
    const why = notNumbers(name, file.name)
    return { name, shape, refusal: why, words: await file.words(dataset), load: () => Promise.reject(why) }
  }
  return {
    name,
    shape,
    refusal: refusal ?? (areNumbers(dataset) ? null : notNumbers(name, file.name)),
    load: async () => numberArray(name, shape, await file.numbers(dataset), false),
  }
}

async function matlabArray(file: Hdf5File, dataset: Hdf5Dataset): Promise<Omit<StoredArray, 'part'>> {
  const name = nameOf(dataset.path)
  const { marks, type } = dataset
  const isEmpty = marks.MATLAB_empty === 1
  const shape = isEmpty ? [0, 0] : [...(dataset.shape ?? [])].reverse()
  const refusal = file.refusalOf(dataset)
  const what = marks.MATLAB_class
  const count = shape.reduce((product, size) => product * size, 1)
  if (type.kind === 'reference' && !isEmpty && refusal === null && count <= MOST_CELLS) {
    const cells = (await file.cells(dataset)).map((cell) => matlabCell(name, cell))
    return arrayOfCells(name, shape, cells, file.name)
  }
  if (what === 'char' && shape.length === 2 && shape[0] > 1 && areNumbers(dataset) && refusal === null) {
    const codes = await file.numbers(dataset)
    const why = notNumbers(name, file.name)
    const words = wordsOfCharacters(shape, (place) => codes[place])
    return { name, shape: [shape[0]], refusal: why, words, load: () => Promise.reject(why) }
  }
  const isPlain = areNumbers(dataset) && what !== 'char' && !isObject(marks) && !isEmpty
  return {
    name,
    shape,
    refusal:
      refusal ?? (isPlain ? null : isObject(marks) ? ownKind(name, file.name, what) : notNumbers(name, file.name)),
    load: async () => numberArray(name, shape, await file.numbers(dataset), true),
  }
}

function isObject({ MATLAB_class: what, MATLAB_object_decode: decode }: Hdf5Marks): boolean {
  return decode === 3 || (typeof what === 'string' && OBJECTS.test(what))
}

function matlabCell(name: string, cell: Hdf5Cell): Cell {
  switch (cell.kind) {
    case 'text':
      return cell.text === null ? { kind: 'other' } : { kind: 'text', text: cell.text }
    case 'numbers':
      return { kind: 'numbers', array: numberArray(name, [...cell.shape].reverse(), cell.values, true) }
    case 'other':
      return cell
  }
}

/** MATLAB stores the row of each value (ir), where each column begins among these (jc), and the values (data). */
function sparseArray(file: Hdf5File, path: string, marks: Hdf5Marks, part: PartName | null): StoredArray {
  const name = nameOf(path)
  const [data, ir, jc] = ['data', 'ir', 'jc'].map((inner) => file.dataset(`${path}/${inner}`))
  const rows = Number(marks.MATLAB_sparse)
  const columns = (jc?.shape?.[0] ?? 1) - 1
  const damaged = (): StudioError =>
    damagedFile(file.name, 'MATLAB', say('read.array.hdf5.sparse', { name: quoted(name) }))
  const load = async (): Promise<NumberArray> => {
    if (!jc || rows * columns > MOST_ARRAY_BYTES / 4) throw jc ? tooLarge(name, file.name, rows, columns) : damaged()
    const [starts, rowNumbers, values] = [
      await file.numbers(jc),
      ir ? await file.numbers(ir) : new Float64Array(),
      data ? await file.numbers(data) : new Float64Array(),
    ]
    const filled = new Float32Array(rows * columns)
    for (let column = 0; column < columns; column++) {
      const [from, to] = [starts[column], starts[column + 1]]
      if (!(from <= to && to <= rowNumbers.length && to <= values.length)) throw damaged()
      for (let i = from; i < to; i++) {
        if (!(rowNumbers[i] < rows)) throw damaged()
        filled[column * rows + rowNumbers[i]] = values[i]
      }
    }
    return { ...numberArray(name, [rows, columns], filled, true), areBytes: false }
  }
  return { name, part, shape: [rows, columns], refusal: rows >= 0 && columns >= 0 ? null : damaged(), load }
}

function areNumbers({ type, shape }: Hdf5Dataset): boolean {
  if (shape === null) return false
  return type.kind === 'integer' ? type.size <= 8 : type.kind === 'float' && [2, 4, 8].includes(type.size)
}

function numberArray(
  name: string,
  shape: readonly number[],
  values: Hdf5Numbers,
  firstRunsFastest: boolean,
): NumberArray {
  return { name, shape, firstRunsFastest, areBytes: values instanceof Uint8Array, valueAt: (place) => values[place] }
}

function notNumbers(name: string, fileName: string): StudioError {
  return new StudioError(
    'invalid-data',
    say('read.array.hdf5.not-numbers', { dataset: quoted(name), file: fileName }),
    say('read.array.hdf5.not-numbers.hint'),
  )
}

function ownKind(name: string, fileName: string, what: string | number | undefined): StudioError {
  return new StudioError(
    'invalid-data',
    say('read.array.hdf5.matlab-kind', { variable: quoted(name), file: fileName, kind: String(what) }),
    say('read.array.hdf5.matlab-kind.hint'),
  )
}

function tooLarge(name: string, fileName: string, rows: number, columns: number): StudioError {
  return new StudioError(
    'too-large',
    say('read.array.hdf5.sparse-large', { variable: quoted(name), file: fileName, size: `${rows}×${columns}` }),
    say('read.array.hdf5.sparse-large.hint'),
  )
}
