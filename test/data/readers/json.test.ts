import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { missingCount, type Table } from '../../../src/data/table'
import { readFiles, rowsOfTable, sentencesOf } from './table-values'

function columns({ values }: Table): string[] {
  if (values.kind !== 'columns') return values.kind === 'bits' ? [...values.names] : []
  return values.columns.map((column) => `${column.name} ${column.kind} ${missingCount(column)}`)
}

/** One table of two columns in every form in which programs write it. */
function forms(ages: readonly number[], words: readonly string[]): Record<string, string> {
  const rows = ages.map((age, i) => ({ age, word: words[i] }))
  const byIndex = (values: readonly unknown[]): object =>
    Object.fromEntries(values.map((value, i) => [String(i), value]))
  return {
    records: JSON.stringify(rows),
    indented: JSON.stringify(rows, null, 2),
    lines: rows.map((row) => JSON.stringify(row)).join('\n'),
    split: JSON.stringify({
      columns: ['age', 'word'],
      index: ages.map((_, i) => i),
      data: rows.map(({ age, word }) => [age, word]),
    }),
    columns: JSON.stringify({ age: byIndex(ages), word: byIndex(words) }),
    lists: JSON.stringify({ age: ages, word: words }),
    table: JSON.stringify({ schema: { fields: [] }, data: rows }),
    rows: JSON.stringify([['age', 'word'], ...rows.map(({ age, word }) => [age, word])]),
    wrapped: JSON.stringify({ count: ages.length, items: rows }),
  }
}

describe('JSON', () => {
  it('is the same table in all the forms that programs write', async () => {
    const tables = fc.array(fc.tuple(fc.integer({ min: 2, max: 90 }), fc.constantFrom('red', 'green', 'blue')), {
      minLength: 4,
      maxLength: 300,
    })
    await fc.assert(
      fc.asyncProperty(tables, async (cells) => {
        const written = forms(cells.map(([age]) => age), cells.map(([, word]) => word)) // prettier-ignore
        const expected = rowsOfTable(await readFiles({ 'x.json': written['records'] }))
        expect(expected.map(([age]) => age)).toEqual(cells.map(([age]) => age))
        for (const [form, text] of Object.entries(written))
          expect([form, rowsOfTable(await readFiles({ 'x.json': text }))]).toEqual([form, expected])
      }),
      { numRuns: 20 },
    )
  })

  it('spreads objects within objects, tells of lists, and knows what is missing', async () => {
    const rows = [
      { id: { a: 1.5, b: true }, tags: [1, 2], note: 'x' },
      { id: { a: null, b: false }, tags: [], note: 'y', late: 3 },
      { id: { a: 2.5 }, tags: [3], note: 'x' },
    ]
    const table = await readFiles({ 'x.jsonl': rows.map((row) => JSON.stringify(row)).join('\r\n') })
    expect(columns(table)).toEqual(['id.a numbers 1', 'id.b bits 1', 'note categories 0', 'late integers 2'])
    expect(sentencesOf(table)).toEqual(['The column “tags” of x.jsonl holds lists and was left out.'])
  })

  it('may grow fields after many rows', async () => {
    const rows = Array.from({ length: 500 }, (_, i) => ({ a: i, b: i % 2, ...(i > 400 ? { c: 7.5 } : {}) }))
    const table = await readFiles({ 'x.jsonl': rows.map((row) => JSON.stringify(row)).join('\n') })
    expect(columns(table)).toEqual(['a integers 0', 'b bits 0', 'c numbers 401'])
  })

  it.each([
    ['no table', '{"a": 1, "b": {"c": 2}}', /is no table/],
    ['cut off', '[{"a": 1, "b": 2}, {"a": 1, "b', /damaged/],
    ['a broken line', '{"a": 1, "b": 2}\n{"a": 1, "b": 3}\n{"a": \n', /its line 3/],
  ])('is refused in words: %s', async (_what, text, words) => {
    await expect(readFiles({ 'x.json': text })).rejects.toThrow(words)
  })
})
