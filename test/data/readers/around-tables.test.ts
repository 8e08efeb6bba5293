import { describe, expect, it } from 'vitest'
import type { Column } from '../../../src/data/table'
import { readFiles, rowsOfTable, sentencesOf } from './table-values'

const BODY = Array.from({ length: 20 }, (_, i) => `${'abc'[i % 3]},${20 + i},${0.5 * i}`).join('\n')
const namesOf = ({ values }: Awaited<ReturnType<typeof readFiles>>): string[] =>
  values.kind === 'columns' ? values.columns.map(({ name }: Column) => name) : []

describe('what stands around a table', () => {
  it.each<[string, string, readonly string[], RegExp]>([
    ['a note', `g,x,y\n${BODY}\nSource: Statistics Korea\n`, ['g', 'x', 'y'], /last line of x\.csv stands below/],
    ['a note padded with commas', `g,x,y\n${BODY}\n,,\n"Source: a, b",,\n`, ['g', 'x', 'y'], /stands? below the table/],
    ['how many rows there are', `g,x,y\n${BODY}\n(20 rows affected)\n`, ['g', 'x', 'y'], /last line of x\.csv/],
    ['units below the names', `g,x,y\n-,s,V\n${BODY}\n`, ['g -', 'x s', 'y V'], /stand in 2 rows and were joined/],
    [
      'what an instrument was set to',
      `Model,TDS,\nInterval,0.5,s\nName,Time,Volt\n${BODY}\n`,
      ['Name', 'Time', 'Volt'],
      /first 2 lines/,
    ],
    [
      'years above the same names',
      `g,2020,2021\ng,men,men\n${BODY}\n`,
      ['g', '2020 men', '2021 men'],
      /2 rows and were joined/,
    ],
    [
      'text of any length',
      `${Array.from({ length: 90 }, (_, i) => `line ${i}: ${'word '.repeat(i % 7)}, and more`).join('\n')}\ng,x,y\n${BODY}\n`,
      ['g', 'x', 'y'],
      /first 90 lines/,
    ],
    ['names above rows that end with a separator', `g,x,y\n${BODY.replaceAll('\n', ',\n')},\n`, ['g', 'x', 'y'], /^$/],
  ])('is told and is no row: %s', async (_what, text, names, told) => {
    const table = await readFiles({ 'x.csv': text })
    expect([table.rows, namesOf(table)]).toEqual([20, names])
    expect(sentencesOf(table).join(' ')).toMatch(told)
  })

  it('is a row where a person says so', async () => {
    const text = `g,x,y\n${BODY}\nSource: a,,\n`
    expect((await readFiles({ 'x.csv': text }, { choices: { comment: '' } })).rows).toBe(21)
    const units = `g,x,y\n-,s,V\n${BODY}\n`
    expect((await readFiles({ 'x.csv': units }, { choices: { header: true } })).rows).toBe(21)
  })

  it('is a row if it is one: with a number, or with what other rows have', async () => {
    expect((await readFiles({ 'x.csv': `g,x,y\n${BODY}\na,,\n` })).rows).toBe(21)
    await expect(readFiles({ 'x.csv': `g,x,y\n${BODY}\nd,7\n` })).rejects.toThrow('Line 22 of x.csv has 2 fields')
  })

  it('tells of a row that sums up the others, which is read', async () => {
    const table = await readFiles({ 'x.csv': `g,x,y\n${BODY}\n합계,590,95\n` })
    expect(table.rows).toBe(21)
    expect(rowsOfTable(table).at(-1)?.[1]).toBe(590)
    expect(sentencesOf(table).join(' ')).toContain('The last row of x.csv is called “합계”')
  })
})
