import fc from 'fast-check'
import { expect, it } from 'vitest'
import { columnsOfTable } from '../../../src/data/table-columns'
import { expectFailure } from '../../base/expect-failure'
import { readFiles } from './table-values'

const namesOf = async (text: string): Promise<readonly string[]> =>
  (columnsOfTable(await readFiles({ 'x.csv': text })) ?? []).map(({ name }) => name)

it.each(['inf', 'Na', 'NaN', 'nil', 'None', 'missing'])('a column may be called %s', async (name) => {
  const rows = Array.from({ length: 30 }, (_, i) => `${i % 7}.5,${i % 5},${'ab'[i % 2]}`)
  for (const names of [`first,${name},kind`, `${name},second,kind`])
    expect(await namesOf(`${names}\n${rows.join('\n')}\n`)).toEqual(names.split(','))
})

it('names above numbers are names, whatever stands beside them', async () => {
  const word = fc.stringMatching(/^[A-Za-z][A-Za-z_]{0,8}$/)
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(word, { minLength: 2, maxLength: 6 }), fc.nat(4), async (names, shift) => {
      const row = (i: number): string =>
        names.map((_, column) => (column === 0 ? i * 1.5 : (i + column) % (2 + shift))).join(',')
      const text = `${names.join(',')}\n${Array.from({ length: 12 }, (_, i) => row(i)).join('\n')}\n`
      const table = await readFiles({ 'x.csv': text })
      expect(table.rows).toBe(12)
      const found = [
        ...(columnsOfTable(table) ?? []).map(({ name }) => name),
        ...(table.labels ? [table.labels.name] : []),
      ]
      expect(found.sort()).toEqual([...names].sort())
    }),
    { numRuns: 60 },
  )
})

it('names without rows are said to be that', async () => {
  await expectFailure(() => readFiles({ 'x.csv': 'a,b,c\n' }), 'invalid-data', /holds no rows/)
  expect((await readFiles({ 'x.csv': '1,2,3\n' })).rows).toBe(1)
})
