import fc from 'fast-check'
import { zipSync } from 'fflate'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { utils, write } from '@e965/xlsx'
import { describe, expect, it } from 'vitest'
import { sentenceOf } from '../../../src/base/advice'
import { columnCount, type Table } from '../../../src/data/table'
import { idx } from '../idx-files'
import { header, npy, npz } from '../npy-files'
import { temporaryFolder } from '../../training/small-run'
import { expectKeptOrTold, isNumber, openFile, tables, type Generated } from './generated-tables'
import { sentencesOf } from './table-values'
import { matlab } from './written/matlab'
import { parquet } from './written/parquet'

/** A cell as formats with types hold it. */
const cell = (text: string): number | string | null => (text === '' ? null : isNumber(text) ? Number(text) : text)
const rowsOfCells = ({ rows }: Generated): (number | string | null)[][] => rows.map((row) => row.map(cell))

/** What is used of a database of sql.js, which says nothing of its types. */
interface Database {
  run(sql: string, values?: readonly (number | string | null)[]): void
  export(): Uint8Array
}

async function emptyDatabase(): Promise<Database> {
  const load = createRequire(import.meta.url)('sql.js') as () => Promise<{ readonly Database: new () => Database }>
  const { Database } = await load()
  return new Database()
}

/** Tables of named columns, in formats that are no text. */
const TABLES: Readonly<Record<string, (table: Generated) => Promise<Uint8Array>>> = {
  'x.parquet': async ({ names, rows }) =>
    parquet(names.map((name, i) => ({ name, values: rows.map((row) => cell(row[i])) }))),
  'x.xlsx': async (table) => {
    const sheet = utils.aoa_to_sheet([[...table.names], ...rowsOfCells(table)])
    return new Uint8Array(write({ SheetNames: ['a'], Sheets: { a: sheet } }, { type: 'array', bookType: 'xlsx' }))
  },
  'x.sqlite': async (table) => {
    const database = await emptyDatabase()
    const columns = table.names.map((name) => `"${name.replaceAll('"', '""')}"`).join(', ')
    database.run(`create table t (${columns})`)
    for (const row of rowsOfCells(table)) database.run(`insert into t values (${row.map(() => '?').join(', ')})`, row)
    return database.export()
  },
}

describe('every row and column is kept or told of', () => {
  it.each(Object.keys(TABLES))('%s', async (file) => {
    const path = join(await temporaryFolder(), file)
    await fc.assert(
      fc.asyncProperty(tables, async (table) => {
        await writeFile(path, await TABLES[file](table))
        expectKeptOrTold(await openFile(path), table)
      }),
      // A thread is started for each.
      { numRuns: 8 },
    )
  })
})

/** Numbers in rows, some of them infinite or none; and how many there are. */
interface Matrix {
  readonly rows: number
  readonly columns: number
  readonly values: readonly number[]
}

const matrices = (value: fc.Arbitrary<number>): fc.Arbitrary<Matrix> =>
  fc
    .record({ rows: fc.integer({ min: 12, max: 40 }), columns: fc.integer({ min: 2, max: 9 }) })
    .chain(({ rows, columns }) =>
      fc
        .array(value, { minLength: rows * columns, maxLength: rows * columns })
        .map((values) => ({ rows, columns, values })),
    )
const anyNumbers = matrices(
  fc.oneof(fc.integer({ min: -3, max: 900 }), fc.constantFrom(0.25, NaN, Infinity, -Infinity)),
)
const bits = matrices(fc.integer({ min: 0, max: 1 }))

const doubles = (values: readonly number[]): Uint8Array => {
  const view = new DataView(new ArrayBuffer(8 * values.length))
  values.forEach((value, i) => view.setFloat64(8 * i, value, true))
  return new Uint8Array(view.buffer)
}
const npyOf = ({ rows, columns, values }: Matrix): Uint8Array =>
  npy(header('<f8', `(${rows}, ${columns})`), doubles(values))
const labelsOf = (rows: number): number[] => Array.from({ length: rows }, (_, row) => row % 3)

/** The table of a file, of which the width of what it holds is known; each row of it is in a part. */
async function opened(
  path: string,
  rows: number,
): Promise<{ readonly table: Table; readonly told: readonly string[] }> {
  const data = await openFile(path)
  const { table, splits } = data
  if (!table) throw new Error('no table')
  expect([table.rows, splits.train.rows + splits.valid.rows + splits.test.rows]).toEqual([rows, rows])
  return { table, told: sentencesOf(data) }
}

/** That columns told of nothing, and infinite ones, is seen in what a preparation tells; here it is about what readers keep. */
async function expectWhole(path: string, { rows, columns, values }: Matrix): Promise<readonly string[]> {
  const { table, told } = await opened(path, rows)
  expect(columnCount(table.values)).toBe(columns)
  for (let column = 0; column < columns; column++) {
    const isInfinite = (_: unknown, row: number): boolean => Math.abs(values[row * columns + column]) === Infinity
    if (Array.from({ length: rows }).some(isInfinite))
      expect(told.some((note) => note.includes('Infinity') && note.includes('missing'))).toBe(true)
  }
  return told
}

describe('every row, column and array of numbers is kept or told of', () => {
  it.each<[string, (matrix: Matrix) => Uint8Array]>([
    ['x.npy', npyOf],
    ['x.npz', (matrix) => npz({ x: npyOf(matrix), y: npy(header('<f8', `(${matrix.rows},)`), doubles(labelsOf(matrix.rows))), other: npy(header('<f8', '(2,)'), doubles([1, 2])) })], // prettier-ignore
    [
      'x.mat',
      (matrix) =>
        matlab([
          { name: 'x', ...matrix },
          { name: 'labels', rows: matrix.rows, columns: 1, values: labelsOf(matrix.rows) },
          { name: 'other', rows: 1, columns: 1, values: [5] },
        ]),
    ],
  ])('%s', async (file, bytesOf) => {
    const path = join(await temporaryFolder(), file)
    await fc.assert(
      fc.asyncProperty(anyNumbers, async (matrix) => {
        await writeFile(path, bytesOf(matrix))
        const told = await expectWhole(path, matrix)
        if (file === 'x.npy') return
        expect((await opened(path, matrix.rows)).table.labels?.words).toEqual(['0', '1', '2'])
        expect(told.some((note) => note.includes('"other"') && note.includes('left out'))).toBe(true)
      }),
      { numRuns: 20 },
    )
  })

  it('IDX, with labels beside it', async () => {
    const folder = await temporaryFolder()
    await fc.assert(
      fc.asyncProperty(matrices(fc.integer({ min: 0, max: 255 })), async (matrix) => {
        const { rows, columns, values } = matrix
        const path = join(folder, 'train-images-idx3-ubyte')
        await writeFile(path, idx([rows, 1, columns], Uint8Array.from(values)))
        await writeFile(join(folder, 'train-labels-idx1-ubyte'), idx([rows], Uint8Array.from(labelsOf(rows))))
        await expectWhole(path, matrix)
        expect((await opened(path, rows)).table.labels?.words).toEqual(['0', '1', '2'])
      }),
      { numRuns: 20 },
    )
  })

  it.each<[string, (matrix: Matrix) => string]>([
    [
      'x.svm',
      ({ rows, columns, values }) =>
        Array.from({ length: rows }, (_, row) => {
          const cells = values.slice(row * columns, (row + 1) * columns)
          // What the last column holds tells how many there are.
          return `${row % 3} ${cells.map((value, i) => (value === 0 && i < columns - 1 ? '' : `${i + 1}:${value}`)).join(' ')}\n`
        }).join(''),
    ],
    [
      'x.mtx',
      ({ rows, columns, values }) => {
        const entries = values.flatMap((value, i) =>
          value === 0 ? [] : [`${Math.floor(i / columns) + 1} ${(i % columns) + 1} ${value}\n`],
        )
        return `%%MatrixMarket matrix coordinate real general\n${rows} ${columns} ${entries.length}\n${entries.join('')}`
      },
    ],
  ])('%s, where what is not named is 0', async (file, textOf) => {
    const path = join(await temporaryFolder(), file)
    await fc.assert(
      fc.asyncProperty(bits, async (matrix) => {
        await writeFile(path, textOf(matrix))
        await expectWhole(path, matrix)
        const { table } = await opened(path, matrix.rows)
        if (table.values.kind !== 'bits') throw new Error('no bits')
        expect([...table.values.bits.toBytes()]).toEqual([...matrix.values])
      }),
      { numRuns: 20 },
    )
  })

  it('transactions: a row for each line, a column for each item', async () => {
    const path = join(await temporaryFolder(), 'x.dat')
    const baskets = fc.array(fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 7 }), {
      minLength: 30,
      maxLength: 60,
    })
    await fc.assert(
      fc.asyncProperty(baskets, async (lines) => {
        // Lists of one length are a table.
        const uneven = lines.map((items, i) => (i % 2 === 0 ? items.slice(0, 1 + (i % 5)) : items))
        fc.pre(new Set(uneven.map(({ length }) => length)).size > 3)
        await writeFile(path, uneven.map((items) => `${items.join(' ')}\n`).join(''))
        const { table } = await opened(path, uneven.length)
        fc.pre(sentenceOf(table.format).english.startsWith('transactions'))
        expect(columnCount(table.values)).toBe(new Set(uneven.flat()).size)
      }),
      { numRuns: 20 },
    )
  })
})

describe('every file among pictures is a row or told of', () => {
  const pictures = fc.record({
    classes: fc.integer({ min: 1, max: 3 }),
    each: fc.integer({ min: 4, max: 8 }),
    others: fc.uniqueArray(fc.constantFrom('a.heic', 'b.psd', 'c.svg', 'd.docx', 'e.csv'), { maxLength: 5 }),
  })
  const pgm = (seed: number): Uint8Array =>
    Uint8Array.from([
      ...new TextEncoder().encode('P5 4 4 255\n'),
      ...Array.from({ length: 16 }, (_, i) => (i * 37 + seed * 91) % 256),
    ])
  const filesOf = ({
    classes,
    each,
    others,
  }: {
    classes: number
    each: number
    others: readonly string[]
  }): Record<string, Uint8Array> => ({
    // prettier-ignore
    ...Object.fromEntries(
      Array.from({ length: classes * each }, (_, i) => [`class ${i % classes}/${i}.pgm`, pgm(i)] as const),
    ),
    ...Object.fromEntries(others.map((name) => [name, new Uint8Array([1, 2, 3])] as const)),
  })

  it.each(['a folder', 'a zip file'])('in %s', async (kind) => {
    const place = await temporaryFolder()
    await fc.assert(
      fc.asyncProperty(pictures, async (drawn) => {
        const files = filesOf(drawn)
        const path = join(place, kind === 'a folder' ? 'pictures' : 'x.zip')
        await rm(path, { recursive: true, force: true })
        if (kind === 'a zip file') await writeFile(path, zipSync(files))
        else
          for (const [name, bytes] of Object.entries(files)) {
            await mkdir(dirname(join(path, name)), { recursive: true })
            await writeFile(join(path, name), bytes)
          }
        const { table, told } = await opened(path, drawn.classes * drawn.each)
        expect(table.labels?.words.length ?? 1).toBe(drawn.classes)
        const { length } = drawn.others
        if (length > 0) expect(told.join(' ')).toContain(`${length} file${length === 1 ? '' : 's'} beside its pictures`)
        else expect(told).toEqual([])
      }),
      { numRuns: 15 },
    )
  })
})
