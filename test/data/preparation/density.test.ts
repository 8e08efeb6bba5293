import { expect, it } from 'vitest'
import { BitMatrix } from '../../../src/data/bit-matrix'
import type { RowCoding } from '../../../src/data/preparation/coding'
import { logWidths } from '../../../src/data/preparation/density'

const CODING: RowCoding = {
  kind: 'columns',
  areVariables: true,
  columns: [
    { name: 'word', kind: 'categories', values: ['a', 'b'], gap: 'left-out' },
    { name: 'x', kind: 'bins', levels: [0.5, 2], least: 0.1, most: 2.3, decimals: 1, gap: 'bit' },
    { name: 'n', kind: 'bins', levels: [4], least: 1, most: 9, decimals: 0, gap: 'left-out' },
  ],
}

it('a log density is less than the log probability by the widths of the bins that a row is in', () => {
  const rows = BitMatrix.fromBytes(
    3,
    8,
    [1, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0], // prettier-ignore
  )
  const [first, second, lacking] = logWidths(rows, CODING) ?? []
  expect(first).toBeCloseTo(Math.log(0.5) + Math.log(4), 12)
  expect(second).toBeCloseTo(Math.log(1.5) + Math.log(5), 12)
  expect(lacking).toBeCloseTo(Math.log(4), 12)
})

it('is not told where no column is cut into bins', () => {
  const words: RowCoding = { kind: 'columns', areVariables: true, columns: [CODING.columns[0]] }
  expect(logWidths(new BitMatrix(1, 2), words)).toBeNull()
})
