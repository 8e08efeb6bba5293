import { quoted, StudioError } from '../../base/failure'
import { say, type Sentence } from '../../words/say'
import { readNpyArray } from '../npy'
import { MOST_ARRAY_BYTES } from './npy-table'
import type { NumberArray } from './number-array'
import { damagedFile, type Reading } from './reading'
import { buildSparse, MOST_ENTRIES, NUMBERED, type SparseEntries } from './sparse-entries'
import type { TableBuilder } from './table-builder'
import type { ZipArchive } from './zip-archive'

/** How `scipy.sparse.save_npz` stores a matrix, as its array "format" says. */
type SparseLayout = 'csr' | 'csc' | 'coo'

/** Whether a .npz file holds a sparse matrix of SciPy. */
export function holdsScipySparse({ names }: ZipArchive): boolean {
  return ['format.npy', 'shape.npy', 'data.npy'].every((name) => names.includes(name))
}

/** Reads a sparse matrix of SciPy into `builder`: its rows are rows. @throws StudioError 'damaged-file' or 'too-large' */
export async function readScipySparse(
  archive: ZipArchive,
  file: string,
  builder: TableBuilder,
  reading: Reading,
): Promise<void> {
  const numbers = async (name: string): Promise<NumberArray> =>
    readNpyArray(
      await archive.read(`${name}.npy`, MOST_ARRAY_BYTES, reading),
      name,
      say('read.matrix.array', { name: quoted(name) }),
    )
  const layout = await layoutOf(archive, file, reading)
  const shape = await numbers('shape')
  const [rows, columns] = [shape.valueAt(0), shape.valueAt(1)]
  const data = await numbers('data')
  const count = data.shape[0] ?? 0
  if (
    shape.shape[0] !== 2 ||
    ![rows, columns].every((size) => Number.isSafeInteger(size) && size >= 0 && size <= MOST_ENTRIES)
  )
    throw damaged(file, say('read.matrix.why.shape'))
  const values = Float64Array.from({ length: count }, (_, i) => data.valueAt(i))
  const places = await placesOf(layout, rows, columns, count, file, numbers)
  const entries: SparseEntries = { rows, columns, ...places, values }
  await buildSparse(file, entries, NUMBERED, builder, reading)
}

/** The word in the array "format", which is one of bytes and none of numbers. */
async function layoutOf(archive: ZipArchive, file: string, reading: Reading): Promise<SparseLayout> {
  const bytes = await archive.read('format.npy', 4096, reading)
  const word = /(csr|csc|coo|bsr|dia|lil|dok)\0*$/.exec(Buffer.from(bytes).toString('latin1').replaceAll('\0', ''))?.[1]
  if (word === 'csr' || word === 'csc' || word === 'coo') return word
  if (word === undefined) throw damaged(file, say('read.matrix.why.unknown-layout'))
  throw new StudioError(
    'unknown-format',
    say('read.matrix.layout', { name: file, layout: word }),
    say('read.matrix.layout.hint'),
  )
}

async function placesOf(
  layout: SparseLayout,
  rows: number,
  columns: number,
  count: number,
  file: string,
  numbers: (name: string) => Promise<NumberArray>,
): Promise<Pick<SparseEntries, 'rowOf' | 'columnOf'>> {
  const list = (array: NumberArray): Uint32Array => {
    if (array.shape.length !== 1 || array.shape[0] !== count) throw damaged(file, say('read.matrix.why.lengths'))
    return Uint32Array.from({ length: count }, (_, i) => array.valueAt(i))
  }
  if (layout === 'coo') return { rowOf: list(await numbers('row')), columnOf: list(await numbers('col')) }
  const minor = list(await numbers('indices'))
  const starts = await numbers('indptr')
  const majors = layout === 'csr' ? rows : columns
  const major = new Uint32Array(count)
  if (starts.shape[0] !== majors + 1 || starts.valueAt(0) !== 0 || starts.valueAt(majors) !== count)
    throw damaged(file, say('read.matrix.why.starts'))
  for (let i = 0; i < majors; i++) {
    const [from, to] = [starts.valueAt(i), starts.valueAt(i + 1)]
    if (to < from || to > count) throw damaged(file, say('read.matrix.why.starts'))
    major.fill(i, from, to)
  }
  return layout === 'csr' ? { rowOf: major, columnOf: minor } : { rowOf: minor, columnOf: major }
}

function damaged(file: string, why: Sentence): StudioError {
  return damagedFile(file, 'SciPy', why)
}
