import { describe, expect, it } from 'vitest'
import { expectFailure } from '../../base/expect-failure'
import { readFiles, rowsOfTable, sentencesOf } from './table-values'

const PEOPLE = Array.from({ length: 40 }, (_, i) => [String(20 + i), 'mf'[i % 2], ['Rome', 'Bonn', 'Oslo'][i % 3]])
const lines = (write: (row: readonly string[]) => string): string => PEOPLE.map(write).join('\n')
const BORDER = '+------+-----+-------+'

/** The same table, as programs draw it. */
const DRAWN: Readonly<Record<string, string>> = {
  Markdown: `| age | sex | town |\n|----:|:---:|------|\n${lines((row) => `| ${row.join(' | ')} |`)}\n`,
  MySQL: `${BORDER}\n| age  | sex | town  |\n${BORDER}\n${lines(([age, sex, town]) => `|   ${age} | ${sex}   | ${town.padEnd(5)} |`)}\n${BORDER}\n40 rows in set (0.00 sec)\n`,
  PostgreSQL: ` age | sex | town  \n-----+-----+-------\n${lines(([age, sex, town]) => `  ${age} | ${sex}   | ${town}`)}\n(40 rows)\n\n`,
  'SQL Server': `age,sex,town\n---,---,----\n${lines((row) => row.join(','))}\n\n(40 rows affected)\n`,
  'SQL Server, in columns': `age sex town\n--- --- ----\n${lines((row) => row.join(' '))}\n`,
}

describe('a table that is drawn with lines', () => {
  it.each(Object.keys(DRAWN))('is read as the table in it: %s', async (program) => {
    const [drawn, plain] = [
      await readFiles({ 'x.txt': DRAWN[program] }),
      await readFiles({ 'x.txt': `age,sex,town\n${lines((row) => row.join(','))}\n` }),
    ]
    expect(drawn.values).toEqual(plain.values)
    expect(rowsOfTable(drawn)).toEqual(rowsOfTable(plain))
  })

  it('tells of a line of dashes between its rows', async () => {
    const text = `a,b\n${'1,x\n0,y\n'.repeat(10)}---,---\n${'1,y\n'.repeat(5)}`
    const table = await readFiles({ 'x.csv': text })
    expect(table.rows).toBe(25)
    expect(sentencesOf(table).join(' ')).toContain('Line 22 of x.csv is a remark and was left out.')
    expect((await readFiles({ 'x.csv': text }, { choices: { comment: '' } })).rows).toBe(26)
  })

  it('is no table with rows that lack all values', async () => {
    const table = await readFiles({ 'x.csv': `a,b\n${'1,x\n-,-\n-1,y\n'.repeat(10)}` })
    expect(table.rows).toBe(30)
  })

  it('may end with a bar or a separator where what stands below does not', async () => {
    const table = await readFiles({ 'x.csv': `a,b,c,\n${lines((row) => `${row.join(',')},`)}\nSource: us\n` })
    expect([table.rows, table.values]).toMatchObject([40, { columns: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] }])
  })
})

describe('a quotation mark that nothing closes in its line', () => {
  it('makes no single row of several', async () => {
    const text = `size;pieces\n"5 inches;1\n6 inches;2\n"a pipe";3\n${'8 inches;1\n'.repeat(5)}`
    const table = await readFiles({ 'x.csv': text })
    expect(table.rows).toBe(8)
    expect(table.values).toMatchObject({
      columns: [{ words: ['5 inches', '6 inches', 'a pipe', '8 inches'] }, { name: 'pieces' }],
    })
  })

  it('is told by its line where it is the last one', async () => {
    await expectFailure(() => readFiles({ 'x.csv': `a;b\n1;2\n"3;4\n5;6\n` }), 'invalid-data', /opens in line 3/)
  })

  it('holds what is over lines, where it ends with them', async () => {
    const table = await readFiles({ 'x.csv': `a,b\n${'"one\ntwo",1\n"""so"" he\nsaid" ,0\n'.repeat(5)}` })
    expect(table.rows).toBe(10)
    expect(table.values).toMatchObject({ columns: [{ words: ['one\ntwo', '"so" he\nsaid'] }, {}] })
  })
})
