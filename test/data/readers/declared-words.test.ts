import { expect, it } from 'vitest'
import { ColumnBuilder, MemoryBudget } from '../../../src/data/readers/column-builder'
import { MOST_WORDS } from '../../../src/data/table'

function declared(words: readonly string[]): ColumnBuilder {
  const column = new ColumnBuilder('colour', new MemoryBudget(2 ** 30))
  column.declareWords(words)
  return column
}

it('words that are declared twice, or are empty, count once or not at all', () => {
  const column = declared(['red', 'green', 'red', '', 'blue'])
  ;['blue', 'red', 'green'].forEach((word, row) => column.setWord(row, word))
  expect(column.finish(3)).toMatchObject({ words: ['red', 'green', 'blue'], codes: Uint16Array.of(2, 0, 1) })
})

it('more words than a column can have are text, as when they are met in the rows', () => {
  const words = Array.from({ length: MOST_WORDS + 1 }, (_, i) => `w${i}`)
  const column = declared(words)
  column.setWord(0, 'w65535')
  expect(column.finish(1).kind).toBe('text')
  expect(declared(words.slice(1)).finish(1).kind).toBe('categories')
})
