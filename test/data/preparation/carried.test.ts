import { expect, it } from 'vitest'
import { carriedPreparation, columnsWantedOtherwise } from '../../../src/data/preparation/carried'
import { suggestedPreparation } from '../../../src/data/preparation/suggestion'
import { numberColumn, tableOf, wordColumn } from './tables'

const [age, size, colour] = [
  numberColumn('age', [1, 2, 3]),
  numberColumn('size', [1.5, 2, 3]),
  wordColumn('colour', ['a', 'b', 'a']),
]

it('what was decided of columns goes with their names where a file is read otherwise, and of rows stays', () => {
  const before = tableOf({ kind: 'columns', columns: [age, size, colour] }, 3)
  const decided = {
    ...suggestedPreparation(before),
    omitted: [1],
    label: 2,
    ownBits: [{ column: 0, bits: 3 }],
    categorical: [],
    missing: 'drop' as const,
    numberBits: 4,
  }
  const after = tableOf({ kind: 'columns', columns: [wordColumn('new', ['x', 'y', 'x']), colour, size, age] }, 3)
  expect(carriedPreparation(decided, before, suggestedPreparation(after), after, new Set())).toMatchObject({
    omitted: [2],
    label: 1,
    ownBits: [{ column: 3, bits: 3 }],
    categorical: [],
    missing: 'drop',
    numberBits: 4,
  })
})

it('a column of another kind is as is suggested for it', () => {
  const before = tableOf({ kind: 'columns', columns: [wordColumn('age', ['1,5', '2,5', '1,5']), colour] }, 3)
  const after = tableOf({ kind: 'columns', columns: [numberColumn('age', [1.5, 2.5, 1.5]), colour] }, 3)
  const decided = { ...suggestedPreparation(before), omitted: [0] }
  expect(carriedPreparation(decided, before, suggestedPreparation(after), after, new Set()).omitted).toEqual([])
})

it('a column that is now wanted, or no longer is, is as is suggested for it', () => {
  const names = wordColumn(
    'name',
    Array.from({ length: 30 }, (_, row) => `n${row}`),
  )
  const ages = numberColumn(
    'age',
    Array.from({ length: 30 }, (_, row) => row % 7),
  )
  const table = tableOf({ kind: 'columns', columns: [names, ages] }, 30)
  const [out, used] = [suggestedPreparation(table), suggestedPreparation(table, { reading: { words: ['name'] } })]
  expect([out.omitted, used.omitted]).toEqual([[0], []])
  const wanted = columnsWantedOtherwise(undefined, { words: ['name'] })
  expect(carriedPreparation(out, table, used, table, wanted).omitted).toEqual([])
  expect(carriedPreparation(used, table, out, table, columnsWantedOtherwise({ words: ['name'] }, {})).omitted).toEqual([
    0,
  ])
  expect(carriedPreparation(out, table, used, table, columnsWantedOtherwise({ label: 'x' }, {})).omitted).toEqual([0])
})
