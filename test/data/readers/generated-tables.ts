import fc from 'fast-check'
import { expect } from 'vitest'
import { openDataSet, type DataSet } from '../../../src/data/data-set'
import { summariseTable } from '../../../src/shared/summarise-table'
import { sentencesOf } from './table-values'

/** What a column of a generated table holds. */
type Kind = 'number' | 'word' | 'name' | 'date' | 'constant' | 'gappy' | 'count'

const KINDS: readonly Kind[] = ['number', 'word', 'name', 'date', 'constant', 'gappy']
/** Names as people have them; the first few are taken for labels by readers. */
const NAMES = ['class', 'y', 'age', 'height, in m', 'id', 'Größe', 'row names', 'count', 'say “so”'] as const

export interface Generated {
  readonly names: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** Tables as people have them: identifiers, dates, gaps, columns that tell nothing. */
export const tables: fc.Arbitrary<Generated> = fc
  .record({
    kinds: fc.array(fc.constantFrom(...KINDS), { minLength: 2, maxLength: 6 }),
    names: fc.shuffledSubarray([...NAMES], { minLength: 6, maxLength: 6 }),
    rows: fc.integer({ min: 24, max: 60 }),
    isCounted: fc.boolean(),
  })
  .map(({ kinds: others, names, rows, isCounted }) => {
    const kinds: readonly Kind[] = isCounted ? ['count', ...others] : others
    return {
      names: [...(isCounted ? ['index'] : []), ...others.map((_, i) => names[i])],
      rows: Array.from({ length: rows }, (_, row) => kinds.map((kind, column) => cellOf(kind, row + column))),
    }
  })

function cellOf(kind: Kind, row: number): string {
  switch (kind) {
    case 'number':
      return String(((row * 37) % 101) / 4)
    case 'word':
      return ['low', 'middle', 'high'][(row * 7) % 3]
    case 'name':
      return `person ${row}`
    case 'date':
      return new Date(Date.UTC(2020, 0, 1 + ((row * 5) % 300))).toISOString().slice(0, 10)
    case 'constant':
      return 'same'
    case 'count':
      return String(row)
    case 'gappy':
      return row % 5 === 0 ? '' : String(row % 13)
  }
}

export const isNumber = (text: string): boolean => /^[\d.]+$/.test(text)

/** Opens a file as the window does, however little is left of it. */
export function openFile(path: string): Promise<DataSet> {
  return openDataSet({ kind: 'file', path, preparation: null }, { mnistFolder: '/nowhere' }, { evenTooFew: true })
}

/** Every row is in a part; every column is seen by a model, kept apart, or told of by its name; none comes from nowhere. */
export function expectKeptOrTold(data: DataSet, { names, rows }: Generated): void {
  const { splits, table } = data
  expect(table?.rows).toBe(rows.length)
  expect(splits.train.rows + splits.valid.rows + splits.test.rows).toBe(rows.length)
  const kept = keptColumns(data)
  const told = sentencesOf(data)
  expect(names.filter((name) => !kept.includes(name) && !told.some((note) => note.includes(`“${name}”`)))).toEqual([])
  expect(kept.filter((name) => !names.includes(name))).toEqual([])
}

/** The columns that a model sees. */
function keptColumns(data: DataSet): readonly string[] {
  const leftOut = new Set(summariseTable(data)?.leftOut.map(({ name }) => name))
  const { values } = data.table ?? {}
  const names =
    values?.kind === 'columns' ? values.columns.map(({ name }) => name) : values?.kind === 'bits' ? values.names : []
  return names.filter((name) => !leftOut.has(name))
}
