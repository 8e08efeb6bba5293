import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openDataSet } from '../../src/data/data-set'
import { openForModel, preparationOf } from '../../src/data/model-data'
import type { ModelPreparation } from '../../src/data/preparation/coding'
import { drawnColumns } from '../../src/data/preparation/drawn-values'
import type { ReadingChoices } from '../../src/data/reading-choices'
import { decodeModelPreparation, encodeModelPreparation } from '../../src/shared/model-preparation'
import { AS_BITS } from './preparation/tables'
import { temporaryFolder } from '../training/small-run'

const nowhere = { mnistFolder: '/nowhere' }
const day = (number: number): string => new Date(Date.UTC(2021, 0, 1 + number)).toISOString().slice(0, 10)

/** A file of that text, and the preparation of a model that is trained on it, as its file keeps it. */
async function trainedOn(
  text: string,
  reading?: ReadingChoices,
): Promise<{ path: string; preparation: ModelPreparation }> {
  const path = join(await temporaryFolder(), 'train.csv')
  await writeFile(path, text)
  const source = { kind: 'file', path, preparation: null, ...(reading ? { reading } : {}) } as const
  const data = await openDataSet(source, nowhere, { change: (suggested) => ({ ...suggested, ...AS_BITS }) })
  const preparation = preparationOf(data)
  if (!preparation) throw new Error('no preparation')
  return { path, preparation: decodeModelPreparation(encodeModelPreparation(preparation), data.columns) }
}

async function bitsOf(text: string, preparation: ModelPreparation): Promise<number[]> {
  const path = join(await temporaryFolder(), 'later.csv')
  await writeFile(path, text)
  const { all } = await openForModel({ kind: 'file', path, preparation: null }, preparation, nowhere)
  return [...all.toBytes()]
}

it('dates of a later file have the unit of the model, whatever the file is written in', async () => {
  const rows = Array.from({ length: 60 }, (_, row) => [day(row), 'ab'[row % 2]])
  const { preparation } = await trainedOn(`date,word\n${rows.map((row) => row.join(',')).join('\n')}\n`)
  const wanted = await bitsOf(`date,word\n${rows.map((row) => row.join(',')).join('\n')}\n`, preparation)
  expect(wanted.slice(0, 3)).toEqual([0, 1, 0])
  const other = (write: (date: string) => string): string =>
    `date,word\n${rows.map(([date, word]) => `${write(date)},${word}`).join('\n')}\n`
  expect(
    await bitsOf(
      other((date) => `${date} 12:34:56`),
      preparation,
    ),
  ).toEqual(wanted)
  expect(
    await bitsOf(
      other((date) => date.split('-').reverse().join('.')),
      preparation,
    ),
  ).toEqual(wanted)
  // Two dates are words for the reader of the file alone.
  const two = `date,word\n${day(0)},a\n${day(59)},b\n`
  expect(await bitsOf(two, preparation)).toEqual([...wanted.slice(0, 3), ...wanted.slice(-3)])
  await expect(
    bitsOf(
      other(() => '7'),
      preparation,
    ),
  ).rejects.toThrow('The column “date” of later.csv holds numbers; the model was trained on dates.')
})

it('dates that are drawn are written as dates, with seconds where the file had them', async () => {
  const text = Array.from({ length: 60 }, (_, row) => `${day(row)} 08:30:00,${'ab'[row % 2]}\n`).join('')
  const { preparation } = await trainedOn(`when,word\n${text}`)
  const drawn = drawnColumns(preparation.coding)?.values(
    (bit) => bit < 2,
    () => 0.5,
    () => 0.5,
  )
  expect(drawn?.[0]).toMatch(/^2021-0[12]-\d\d \d\d:\d\d:00$/)
})

it('what was decided of a file is decided of later ones, which may lack the columns it speaks of', async () => {
  const rows = Array.from({ length: 60 }, (_, row) => [row % 9 === 4 ? -999 : row, 'ab'[row % 2], 'xyz'[row % 3]])
  const text = `age;word;kind\n${rows.map((row) => row.join(';')).join('\n')}\n`
  const { preparation } = await trainedOn(text, { missingMarks: ['-999'], label: 'kind', separator: ';' })
  expect(preparation.reading).toEqual({ missingMarks: ['-999'], label: 'kind', separator: ';' })
  // Above the median, that it is missing, and the two words.
  expect(await bitsOf('age;word\n-999;a\n50;b\n', preparation)).toEqual([0, 1, 1, 0, 1, 0, 0, 1])
})

/** Rows that are lists of numbers, in files that name only what is there. */
const SPARSE: Readonly<Record<string, (rows: readonly (readonly number[])[]) => string>> = {
  LIBSVM: (rows) => rows.map((row, i) => `${i % 2} ${row.map((index) => `${index}:1`).join(' ')}\n`).join(''),
  transactions: (rows) => rows.map((row) => `${row.map((item) => `item ${item}`).join(',')}\n`).join(''),
}

it.each(Object.entries(SPARSE))('of rows of %s that name not all columns, the others are zero', async (_, written) => {
  const all = Array.from({ length: 40 }, (__, i) => [1, 2, 3, 4, 5, 6, 7, 8, 9].filter((d) => (i * d * d) % 7 < 3))
  const rows = all.filter((row) => row.length > 0)
  const { preparation } = await trainedOn(written(rows))
  const width = (await bitsOf(written(rows), preparation)).length / rows.length
  const whole = await bitsOf(written(rows), preparation)
  // Of these files most lack some of the columns, and the last has one that the model does not know.
  for (const some of [rows.slice(0, 12), rows.filter((row) => !row.includes(9)), [...rows.slice(20, 30), [1, 12]]]) {
    const expected = some.flatMap((row) => {
      const place = rows.indexOf(row)
      return place < 0 ? Array<null>(width).fill(null) : whole.slice(place * width, (place + 1) * width)
    })
    const bits = await bitsOf(written(some), preparation)
    expect(bits.filter((__, i) => expected[i] !== null)).toEqual(expected.filter((bit) => bit !== null))
  }
})

it('of more features than a model may have those are read later that the model knows', async () => {
  const row = (start: number): number[] => [3, 5, ...Array.from({ length: 30_000 }, (_, i) => start + i), 200_000]
  const { preparation } = await trainedOn(SPARSE['LIBSVM']([row(10), row(30_010), row(60_010)]))
  // Here other features are named most often.
  const later = SPARSE['LIBSVM']([[3, ...row(100_000).slice(2)], row(130_000), row(160_000), [5]])
  const bits = await bitsOf(later, preparation)
  const width = bits.length / 4
  expect(width).toBe(65_536)
  const ones = [0, 1, 2, 3].map((at) => bits.slice(at * width, (at + 1) * width).reduce((sum, bit) => sum + bit, 0))
  expect(ones[0]).toBe(2)
  expect(ones[3]).toBe(1)
})
