import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readTable } from '../../src/data/readers/read-table'
import { temporaryFolder } from '../training/small-run'
import { runMadeHere } from './made-command'

/** What commands make of files of people's kind, with the values that are right. */
const CASES = join(import.meta.dirname, '..', 'fixtures', 'cases')
const at = (...path: readonly string[]): string => join(CASES, ...path)

async function json<T>(...args: string[]): Promise<T> {
  const { status, stdout, stderr } = await runMadeHere(...args, '--json')
  expect([status, stderr]).toEqual([0, ''])
  return JSON.parse(stdout) as T
}

async function trained(data: string, out: string, ...more: string[]): Promise<number> {
  const result = await json<{ test: { nll: number } }>(
    'train',
    '--data',
    data,
    '--out',
    out,
    '--engine',
    'cpu',
    ...more,
  )
  return result.test.nll
}

it.each(['city.csv', 'cityr.csv'])(
  'fills in what fits what is known, wherever the gap stands in the ordering: %s',
  async (file) => {
    const data = at('19-filling-in-contradicts-what-is-known', file)
    const [run, out] = [join(await temporaryFolder(), 'run'), join(await temporaryFolder(), 'filled.csv')]
    await trained(data, run, '--missing', 'model', '--direct', '--epochs', '150', '--look-ahead', '200')
    expect(await json<{ filled: number }>('fill', run, '--out', out)).toMatchObject({ filled: 200, left: 0 })
    const [header, ...rows] = (await readFile(out, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','))
    const [city, code] = [header.indexOf('city'), header.indexOf('code')]
    expect(rows).toHaveLength(900)
    expect(rows.filter((row) => row[city].replace('town', 'c') !== row[code])).toEqual([])
  },
)

it('matches the columns of a set by their names: the bits of both files have the same means', async () => {
  const out = join(await temporaryFolder(), 'x.npz')
  await json('data', 'convert', at('02-columns-in-another-order-in-the-test-file', 'train.csv'), '--out', out)
  const { values, parts } = await readTable(out)
  if (values.kind !== 'bits') throw new Error('no bits')
  const { bits } = values
  const means = (start: number, end: number): number[] =>
    Array.from({ length: bits.columns }, (_, column) => {
      let ones = 0
      for (let row = start; row < end; row++) ones += bits.get(row, column)
      return ones / (end - start)
    })
  const [train, test] = [parts[0], parts[parts.length - 1]].map(({ start, end }) => means(start, end))
  train.forEach((mean, column) => expect(Math.abs(mean - test[column])).toBeLessThan(0.2))
})

describe('a new file', () => {
  const folder = '03-evaluate-on-a-new-file'

  it('is coded as the model knows it, whatever the order in which its words come', async () => {
    const run = join(await temporaryFolder(), 'fruit')
    await trained(at(folder, 'fruit.csv'), run, '--epochs', '60', '--as-bits')
    const scored = (file: string): Promise<{ nll: number; rows: number; split: string }> =>
      json('evaluate', '--model', join(run, 'best.safetensors'), '--data', at(folder, file))
    const [turned, same] = [await scored('new.csv'), await scored('new_sameorder.csv')]
    expect(turned).toMatchObject({ rows: 303, split: 'all' })
    expect(turned.nll).toBeCloseTo(same.nll, 9)
    expect(Math.abs(turned.nll - 1.6)).toBeLessThan(0.1)
  })

  it('is coded by the medians of the data that the model was trained on', async () => {
    const run = join(await temporaryFolder(), 'num')
    const own = await trained(at(folder, 'num.csv'), run, '--epochs', '60', '--as-bits')
    const { nll } = await json<{ nll: number }>('evaluate', '--model', run, '--data', at(folder, 'numnew.csv'))
    expect(Math.abs(own - 1.7)).toBeLessThan(0.15)
    // 4.01 for the weights of the one who measured it.
    expect(nll).toBeGreaterThan(3)
  })
})

it.each(['model', 'drop', 'common'])('scores the own data as training did: --missing %s', async (missing) => {
  const data = at('04-evaluate-the-own-data-after-missing-model', 'edu.csv')
  const run = join(await temporaryFolder(), 'edu')
  const test = await trained(data, run, '--missing', missing, '--hidden', '50', '--epochs', '5')
  for (const model of [run, join(run, 'best.safetensors')])
    expect((await json<{ nll: number }>('evaluate', '--model', model, '--data', data)).nll).toBeCloseTo(test, 9)
})

it('writes text of a code page as UTF-8 that says the same', async () => {
  const place = await temporaryFolder()
  const [run, out] = [join(place, 'run'), join(place, 'filled.csv')]
  const data = at('17-Korean-and-Japanese-code-pages', 'ko.csv')
  await trained(data, run, '--missing', 'model', '--hidden', '20', '--epochs', '3')
  await json('fill', run, '--out', out)
  const [header] = (await readFile(out, 'utf8')).split('\n')
  const [original] = new TextDecoder('euc-kr').decode(await readFile(data)).split(/\r?\n/)
  expect(header).toBe(original)
  expect(header).toMatch(/\p{Script=Hangul}/u)
})

it('draws rows of a table that could be there: each column has one of its values, where bits had none or two', async () => {
  const place = await temporaryFolder()
  const data = at('21-samples-that-are-no-rows', 'mushrooms_like.csv')
  const table = await readTable(data)
  if (table.values.kind !== 'columns') throw new Error('no columns')
  const values = table.values.columns.map((column) => new Set(column.kind === 'categories' ? column.words : []))
  const [run, out] = [join(place, 'run'), join(place, 'drawn.csv')]
  await trained(data, run, '--hidden', '20', '--epochs', '5')
  expect((await runMadeHere('sample', '--model', run, '--count', '1000', '--out', out)).status).toBe(0)
  const [header, ...lines] = (await readFile(out, 'utf8')).trimEnd().split('\n')
  expect([header, lines.length]).toEqual([table.values.columns.map(({ name }) => name).join(','), 1000])
  for (const line of lines) line.split(',').forEach((value, column) => expect(values[column]).toContain(value))
})

describe('made data inspect', () => {
  interface Inspected {
    readonly rows: number
    readonly prepared: object | null
    readonly columnFacts: readonly { readonly name: string; readonly kind: string; readonly missing: number }[]
    readonly understood: string
    readonly leftOut: readonly { readonly name: string; readonly why: string; readonly way: string | null }[]
    readonly notes: readonly string[]
  }

  it('says of rows that cannot be learnt from why, and what there is to do', async () => {
    const file = at('20-filling-in-where-most-rows-have-gaps', 'labor_like.arff')
    const { status, stderr } = await runMadeHere('data', 'inspect', file, '--missing', 'model')
    expect(status).toBe(1)
    expect(stderr).toMatch(/^made: 56 of 57 rows lack a value and cannot be learnt from, which leaves only 1\.\n/)
    expect(stderr).toMatch(/--omit .*--missing category.*--missing common/)
    expect((await json<Inspected>('data', 'inspect', file)).rows).toBe(57)
  })

  it.each([
    ['dowjones_like.csv', null],
    ['reuters_like.arff', 'Text'],
  ])('says what was understood where too little is left: %s', async (name, leftOut) => {
    const file = at('29-hints-that-cannot-be-followed', name)
    const { status, stdout, stderr } = await runMadeHere('data', 'inspect', file, '--json')
    const inspected = JSON.parse(stdout) as Inspected
    expect(inspected.understood).toMatch(/^A table of \d+ rows and 2 columns/)
    if (leftOut === null) {
      expect([status, stderr]).toEqual([0, ''])
      return expect(inspected.prepared).not.toBeNull()
    }
    expect([status, inspected.prepared]).toEqual([1, null])
    expect(inspected.leftOut).toEqual([
      {
        name: leftOut,
        why: 'every row has another word',
        way: `To use it, read it by its values (--categorical ${leftOut}).`,
      },
    ])
    expect(stderr).toMatch(
      /^made: Only one column of bits is left, .*“Text” is left out because every row has another word/,
    )
    expect(stderr).toContain('--categorical Text')
    const words = await runMadeHere('data', 'inspect', file)
    expect(words.stdout).toMatch(/^read as {3}A table of/m)
    expect(words.stdout).toMatch(/^becomes {3}too few bits for a model$/m)
    expect((await json<Inspected>('data', 'inspect', file, '--categorical', leftOut)).prepared).not.toBeNull()
  })

  it('names a column that counts the rows, and counts it among the columns', async () => {
    const { leftOut, understood } = await json<Inspected>(
      'data',
      'inspect',
      at('18-identifiers-in-small-tables', 'unnamed.csv'), // prettier-ignore
    )
    expect(leftOut).toEqual([
      {
        name: 'Unnamed: 0',
        why: 'it counts the rows',
        way: 'To use it, read it by its size (--numeric "Unnamed: 0").',
      },
    ])
    expect(understood).toContain('rows and 4 columns')
    expect(understood).toContain('“Unnamed: 0” is left out because it counts the rows.')
  })

  it.each<[string, number, readonly string[]]>([
    [
      '19-filling-in-contradicts-what-is-known/city.csv',
      900,
      ['city categories', 'code categories', 'size categories'],
    ],
    [
      '19-filling-in-contradicts-what-is-known/cityr.csv',
      900,
      ['code categories', 'size categories', 'city categories'],
    ],
    ['21-samples-that-are-no-rows/mushrooms_like.csv', 600, ['edible categories', 'odor categories', 'color categories', 'ring categories']], // prettier-ignore
  ])('reads %s', async (file, rows, columns) => {
    const { rows: found, columnFacts } = await json<Inspected>('data', 'inspect', at(file))
    expect([found, columnFacts.map(({ name, kind }) => `${name} ${kind}`)]).toEqual([rows, columns])
  })
})
