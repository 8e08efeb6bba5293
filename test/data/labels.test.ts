import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDataSet } from '../../src/data/data-set'
import { encodeNpz } from '../../src/data/npz'
import { SPLITS } from '../../src/data/split'
import { idx } from './idx-files'

type Files = Readonly<Record<string, Uint8Array | Uint8Array[] | string>>
type Classes = (row: number) => number

const ROWS = 60
/** The bit of a row in a column: nothing that the classes could be told by. */
const bit = (row: number, column: number): number => (row * row + row * column + (row >> column)) & 1
const rowOf = (row: number): number[] => [0, 1, 2, 3].map((column) => bit(row, column))
const lines = (line: (row: number) => string): string =>
  Array.from({ length: ROWS }, (_, row) => `${line(row)}\n`).join('')
const pixels = Uint8Array.from({ length: 4 * ROWS }, (_, i) => 255 * bit(i >> 2, i & 3))
const bits = Uint8Array.from({ length: 4 * ROWS }, (_, i) => bit(i >> 2, i & 3))

/** The same rows in every format that holds labels, with the classes that are given. */
const FORMATS: Readonly<Record<string, (classes: Classes) => Files>> = {
  'a column called so': (classes) => ({
    'x.csv': `a,b,c,d,class\n${lines((row) => [...rowOf(row), `k${classes(row)}`].join(','))}`,
  }),
  LIBSVM: (classes) => ({
    x: lines(
      (row) =>
        `${classes(row)} ${rowOf(row)
          .flatMap((value, i) => (value ? [`${i + 1}:1`] : []))
          .join(' ')}`,
    ),
  }),
  ARFF: (classes) => ({
    'x.arff': `@relation r\n${['a', 'b', 'c', 'd'].map((name) => `@attribute ${name} {0,1}\n`).join('')}@attribute class {k0,k1,k2}\n@data\n${lines((row) => [...rowOf(row), `k${classes(row)}`].join(','))}`,
  }),
  IDX: (classes) => ({
    'images-idx3-ubyte.gz': gzipSync(idx([ROWS, 2, 2], pixels)),
    'labels-idx1-ubyte': idx(
      [ROWS],
      Uint8Array.from({ length: ROWS }, (_, row) => classes(row)),
    ),
  }),
  arrays: (classes) => ({
    'x.npz': encodeNpz([
      { name: 'x', shape: [ROWS, 4], values: () => bits },
      { name: 'y', shape: [ROWS], values: () => Int32Array.from({ length: ROWS }, (_, row) => classes(row)) },
    ]),
  }),
}

describe('labels', () => {
  let folder: string
  beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'made-labels-'))))
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it.each(Object.entries(FORMATS))(
    'are kept and known, and change nothing that a model sees: %s',
    async (_name, filesFor) => {
      const open = async (classes: Classes): ReturnType<typeof openDataSet> => {
        const own = await mkdtemp(join(folder, 'set-'))
        const files = filesFor(classes)
        for (const [name, bytes] of Object.entries(files)) await writeFile(join(own, name), bytes)
        return openDataSet(
          { kind: 'file', path: join(own, Object.keys(files)[0]), preparation: null },
          { mnistFolder: '/nowhere' },
        )
      }
      const [one, other] = [await open((row) => row % 3), await open((row) => (row >> 2) % 3)]
      expect(one.labels?.words).toHaveLength(3)
      expect(one.columns).toBe(4)
      // Else the two could not differ.
      expect(SPLITS.some((split) => String(one.labels?.codes[split]) !== String(other.labels?.codes[split]))).toBe(true)
      expect(other.hash).toBe(one.hash)
      expect(other.columnNames ?? null).toEqual(one.columnNames ?? null)
    },
  )
})
