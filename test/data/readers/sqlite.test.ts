import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readTable } from '../../../src/data/readers/read-table'
import { missingCount, type Table } from '../../../src/data/table'
import { expectFailure } from '../../base/expect-failure'
import { readFiles, rowsOfTable, sentencesOf } from './table-values'

const DATABASES = join(import.meta.dirname, '..', '..', 'fixtures', 'readers', 'sqlite')

function columns({ values }: Table): string[] {
  if (values.kind !== 'columns') return []
  return values.columns.map((column) => `${column.name} ${column.kind} ${missingCount(column)}`)
}

it('reads the only table of a database, its views left alone', async () => {
  const table = await readTable(join(DATABASES, 'one.db'))
  expect(columns(table)).toEqual(['age numbers 4', 'word categories 0', 'born integers 0', 'picture bits 20'])
  expect(sentencesOf(table)).toEqual([
    expect.stringContaining('The column “id” of one.db counts the rows and was left out.'),
  ])
  expect(
    rowsOfTable(table)
      .map(([age]) => age)
      .slice(0, 3),
  ).toEqual([NaN, 1.5, 2.5])
})

it('reads the first of several tables and tells so, or the one that a person names, or counts', async () => {
  const first = await readTable(join(DATABASES, 'two.db'))
  expect(sentencesOf(first)).toContain(
    'two.db holds 2 tables (people, odd "name"); people was read. To read another, name it (--sheet).',
  )
  expect([first.readAs, first.sheets]).toEqual([{ sheet: 'people' }, ['people', 'odd "name"']])
  const likeOthers = { sheet: 'odd "name"' }
  expect((await readTable(join(DATABASES, 'two.db'), { likeOthers })).readAs).toEqual(likeOthers)
  expect((await readTable(join(DATABASES, 'one.db'), { likeOthers })).rows).toBe(20)
  for (const sheet of ['odd "name"', '2'])
    expect((await readTable(join(DATABASES, 'two.db'), { choices: { sheet } })).rows).toBe(20)
  await expectFailure(
    () => readTable(join(DATABASES, 'two.db'), { choices: { sheet: 'peoples' } }),
    'invalid-settings',
    /has no table called peoples/,
  )
})

it('refuses a database that is damaged', async () => {
  const bytes = new Uint8Array(readFileSync(join(DATABASES, 'one.db')))
  await expectFailure(() => readFiles({ 'x.db': bytes.subarray(0, 3000) }), 'damaged-file', /SQLite/)
  await expectFailure(() => readFiles({ 'x.db': bytes.fill(255, 4096) }), 'damaged-file', /SQLite/)
})
