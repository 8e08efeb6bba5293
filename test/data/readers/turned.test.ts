import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sentenceOf } from '../../../src/base/advice'
import type { Table } from '../../../src/data/table'
import { expectFailure } from '../../base/expect-failure'
import { readFiles } from './table-values'

/** What a table holds, without how it was written. */
function content({ values, rows, labels, missingMarks }: Table): unknown {
  return { values, rows, labels, missingMarks }
}

const text = (csv: string): Record<string, Uint8Array> => ({ 'x.csv': new TextEncoder().encode(csv) })
const field = (one: string): string => (/[",\n]/.test(one) ? `"${one.replaceAll('"', '""')}"` : one)
const written = (rows: readonly (readonly string[])[]): string => rows.map((row) => row.map(field).join(',')).join('\n')

describe('a table whose rows are columns', () => {
  it('is the same as the table that stands upright', async () => {
    const word = fc.constantFrom('red', 'green, dark', 'a "b"', 'two\nlines', 'é')
    const number = fc.integer({ min: -500, max: 500 }).map((n) => String(n / 4))
    const column = fc.constantFrom<'words' | 'numbers'>('words', 'numbers')
    const tables = fc
      .tuple(fc.array(column, { minLength: 2, maxLength: 6 }), fc.integer({ min: 3, max: 12 }))
      .chain(([kinds, rows]) =>
        fc
          .tuple(
            ...kinds.map((kind) =>
              fc.array(
                fc.oneof(
                  { arbitrary: fc.constant(''), weight: 1 },
                  { arbitrary: kind === 'words' ? word : number, weight: 6 },
                ),
                {
                  minLength: rows,
                  maxLength: rows,
                },
              ),
            ),
          )
          .map((columns) => [
            columns.map((_, d) => `name ${d}`),
            ...Array.from({ length: rows }, (_, r) => columns.map((values) => values[r])),
          ]),
      )
    await fc.assert(
      fc.asyncProperty(tables, async (rows) => {
        const turned = rows[0].map((_, column) => rows.map((row) => row[column]))
        const choices = { header: true, separator: ',', decimal: '.', skip: 0, comment: '' } as const
        const upright = await readFiles(text(written(rows)), { choices })
        const back = await readFiles(text(written(turned)), { choices: { ...choices, transpose: true } })
        expect(content(back)).toEqual(content(upright))
      }),
      { numRuns: 60 },
    )
  })

  it('may have titles above it, remarks in it, row names, another separator and no names', async () => {
    const lines = [
      'measured in May',
      'gene;s1;s2;s3;s4',
      '# a remark',
      'alpha;1,5;2,5;3,5;4',
      'beta;up;down;up;up',
      'gamma;0;1;0;1',
    ]
    const table = await readFiles(text(lines.join('\n')), { choices: { transpose: true } })
    expect(sentenceOf(table.format).english).toBe('CSV with semicolons')
    expect(table.readAs).toMatchObject({ transpose: true, separator: ';', decimal: ',', skip: 1, header: true })
    const names = table.values.kind === 'columns' ? table.values.columns.map(({ name, kind }) => `${name} ${kind}`) : []
    expect(names).toEqual(['gene categories', 'alpha numbers', 'beta categories', 'gamma bits'])
    const bare = await readFiles(text('0110\n1010\n1110\n'), { choices: { transpose: true } })
    expect([bare.rows, bare.values.kind === 'bits' ? bare.values.names.length : 0]).toEqual([4, 3])
    const r = await readFiles(text('"a" "b"\n"r1" 1 2\n"r2" 3 4\n"r3" 5 7\n'), { choices: { transpose: true } })
    expect([r.rows, r.values.kind === 'columns' ? r.values.columns.map(({ name }) => name) : []]).toEqual([
      2,
      ['r1', 'r2', 'r3'],
    ])
  })

  it('is read so from a workbook, too', async () => {
    const bytes = readFileSync(join(import.meta.dirname, '..', '..', 'fixtures', 'readers', 'workbooks', 'plain.xlsx'))
    const upright = await readFiles({ 'plain.xlsx': bytes })
    const turned = await readFiles({ 'plain.xlsx': bytes }, { choices: { transpose: true } })
    expect(upright.readAs).toMatchObject({ transpose: false, header: true })
    expect(turned.readAs).toMatchObject({ transpose: true })
    expect(turned.rows).toBe(upright.values.kind === 'columns' ? upright.values.columns.length : 0)
  })

  it('is refused where its rows are of several lengths, with the line', () =>
    expectFailure(
      () => readFiles(text('a,1,2,3\nb,4,5,6\nc,7,8\nd,1,1,1\n'), { choices: { transpose: true } }),
      'invalid-data',
      /^Line 3 of x\.csv has 3 fields where others have 4\.$/,
    ))
})
