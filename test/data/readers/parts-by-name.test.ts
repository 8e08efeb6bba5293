import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readTable } from '../../../src/data/readers/read-table'
import { cellOf, type CellValue, type Table } from '../../../src/data/table'
import { temporaryFolder } from '../../training/small-run'
import { sentencesOf } from './table-values'

/** A set of two files of text. */
async function readSet(extension: string, train: string, test: string): Promise<Table> {
  const place = await temporaryFolder()
  await writeFile(join(place, `set.test.${extension}`), test)
  const path = join(place, `set.train.${extension}`)
  await writeFile(path, train)
  return readTable(path)
}

function rowsOf({ values, rows }: Table): Record<string, CellValue | null>[] {
  if (values.kind !== 'columns') throw new Error('the table has no columns')
  return Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(values.columns.map((column) => [column.name, cellOf(column, row)])),
  )
}

const ROWS = [
  { age: 20, sex: 'm', smokes: 2 },
  { age: 31, sex: 'f', smokes: 0 },
  { age: 45, sex: 'f', smokes: 7 },
]

function csv(names: readonly (keyof (typeof ROWS)[number])[]): string {
  return [names.join(','), ...ROWS.map((row) => names.map((name) => row[name]).join(','))].join('\n')
}

function arff(names: readonly (keyof (typeof ROWS)[number])[]): string {
  const header = names.map((name) => `@attribute ${name} ${name === 'sex' ? '{m, f}' : 'numeric'}`)
  const rows = ROWS.map((row) => names.map((name) => row[name]).join(','))
  return ['@relation r', ...header, '@data', ...rows].join('\n')
}

describe('the files of one set', () => {
  it.each<[string, (names: ('age' | 'sex' | 'smokes')[]) => string]>([
    ['csv', csv],
    ['arff', arff],
  ])('have their columns matched by name: %s', async (extension, write) => {
    for (const other of [
      ['sex', 'smokes', 'age'],
      ['smokes', 'age', 'sex'],
    ] as ('age' | 'sex' | 'smokes')[][]) {
      const table = await readSet(extension, write(['age', 'sex', 'smokes']), write(other))
      expect(rowsOf(table)).toEqual([...ROWS, ...ROWS])
      expect(table.parts.map(({ name, start, end }) => [name, start, end])).toEqual([
        ['train', 0, 3],
        ['test', 3, 6],
      ])
      expect(table.notes).toEqual([])
    }
  })

  it('with columns of other names are read alone, which is told with the name', async () => {
    const table = await readSet(
      'csv',
      csv(['age', 'sex', 'smokes']),
      csv(['age', 'sex', 'smokes']).replace('smokes', 'smoke'),
    )
    expect(table.rows).toBe(3)
    expect(sentencesOf(table)).toEqual([
      'set.train.csv was read alone. The file set.test.csv has a column “smoke”, which the one read before it has not.',
    ])
  })

  it('are matched by their places where one has no names, and those of one name one after another', async () => {
    const unnamed = await readSet('csv', csv(['age', 'sex', 'smokes']), '20,m,2\n31,f,0\n45,f,7\n')
    expect(rowsOf(unnamed)).toEqual([...ROWS, ...ROWS])
    const twice = await readSet('csv', 'a,b,a\n1,x,3\n4,y,6\n', 'b,a,a\nx,1,3\ny,4,6\n')
    if (twice.values.kind !== 'columns') throw new Error('the table has no columns')
    expect(twice.values.columns.map((column) => Array.from({ length: 4 }, (_, row) => cellOf(column, row)))).toEqual([
      [1, 4, 1, 4],
      ['x', 'y', 'x', 'y'],
      [3, 6, 3, 6],
    ])
  })
})
