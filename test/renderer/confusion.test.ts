import { expect, it } from 'vitest'
import { confusionCells, worstMistake } from '../../src/renderer/logic/confusion'

const CONFUSION = [90, 9, 1, 0, 1, 999, 0, 0, 0]

it('a confusion table tells shares of each class, small ones by a dot, and shades mistakes beside the commonest', () => {
  const rows = confusionCells(CONFUSION, 3)
  expect(rows.map(({ all }) => all)).toEqual([100, 1000, 0])
  expect(rows.map(({ cells }) => cells.map(({ text }) => text))).toEqual([
    ['90', '9', '1'],
    ['', '·', '100'],
    ['', '', ''],
  ])
  expect(rows[0].cells.map(({ strength }) => strength)[0]).toBeCloseTo(0.9)
  expect(rows[1].cells[2].strength).toBe(1)
  expect(rows[1].cells[1].strength).toBeCloseTo(0.001)
})

it('the commonest mistake is told, if there is one', () => {
  expect(worstMistake(CONFUSION, 3)).toEqual({ is: 1, taken: 2, count: 999, rows: 1000 })
  expect(worstMistake([3, 0, 0, 4], 2)).toBeNull()
})
