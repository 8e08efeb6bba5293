import fc from 'fast-check'
import { expect, it } from 'vitest'
import { columnCount } from '../../../src/data/table'
import { LIMITS } from '../../../src/made/spec'
import { labelWords, readFiles, sentencesOf, valueAt } from './table-values'

const { most } = LIMITS.inputs

it('of more features than a model has inputs the ones that most rows name are read, and that is told', async () => {
  // The first and the last are in every row, those between them in one row each, and one of the upper ones in two.
  const rows = Array.from({ length: 70 }, (_, row) =>
    [
      `${row % 2}`,
      '1:1',
      ...Array.from({ length: 1000 }, (_, i) => `${row * 1000 + i + 2}:${i % 5}`),
      '80000:2.5',
    ].join(' '),
  )
  const again = '1 3:7 69000:4 # 5:1 90000:1'
  const table = await readFiles({ 'many.svm': `${[...rows, again].join('\n')}\n` })
  expect(sentencesOf(table)).toEqual([
    `Of the 80,000 features of many.svm the ${most.toLocaleString('en')} that most rows name are read; a model has no more inputs.`,
  ])
  if (table.values.kind !== 'columns') throw new Error('no columns')
  const names = table.values.columns.map(({ name }) => name)
  expect([names.length, names[0], names[1], names.at(-3), names.at(-2), names.at(-1)]).toEqual([
    most,
    'feature 1',
    'feature 2',
    'feature 65534',
    'feature 69000',
    'feature 80000',
  ])
  expect([0, 69, 70].map((row) => valueAt(table, row, most - 1))).toEqual([2.5, 2.5, 0])
  expect(valueAt(table, 70, most - 2)).toBe(4)
  expect(labelWords(table).slice(0, 3)).toEqual(['0', '1', '0'])
})

it('with a feature 0 beside as many as a model has inputs is read, too', async () => {
  const table = await readFiles({ 'zero.svm': `1 0:1 5:1\n0 5:1 ${most}:1\n1 0:1 ${most}:1\n` })
  // Which are more by one than a model may have: those that no row names are left out.
  expect([columnCount(table.values), table.notes.length]).toEqual([3, 1])
})

it('all features are kept where there is room for them, or those that any row names, and that is told', async () => {
  const row = fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 6 }), async (rows) => {
      const scaled = rows.map((indices) => indices.map((index) => index * 5000).sort((a, b) => a - b))
      const table = await readFiles({
        'any.svm': scaled.map((indices) => `1 2:1 ${indices.map((index) => `${index}:1`).join(' ')}\n`).join(''),
      })
      const all = Math.max(...scaled.flat())
      const named = new Set([2, ...scaled.flat()])
      expect(columnCount(table.values)).toBe(all <= most ? all : named.size)
      expect(table.notes.length).toBe(Number(all > most))
      if (table.values.kind !== 'bits') throw new Error('no bits')
      const { names, bits } = table.values
      // Every feature that a row names is among the most frequent ones, of which there are few.
      for (const [number, indices] of scaled.entries())
        for (const index of indices) expect(bits.get(number, names.indexOf(`feature ${index}`))).toBe(1)
    }),
    { numRuns: 5 },
  )
})
