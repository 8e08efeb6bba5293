import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readTable } from '../../../src/data/readers/read-table'
import { partRows } from './table-values'

it('reads the fields of structures of MATLAB as arrays of their own: parts and labels', async () => {
  // train and test, each with x and y, written by SciPy.
  const table = await readTable(join(import.meta.dirname, '..', '..', 'fixtures', 'readers', 'structures.mat'))
  expect(partRows(table)).toEqual({ train: 40, test: 9 })
  expect(table.labels?.words).toEqual(['0', '1'])
  expect(table.values).toMatchObject({ kind: 'bits', bits: { columns: 7, rows: 49 } })
})
