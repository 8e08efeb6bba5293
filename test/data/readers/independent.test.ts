import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readTable } from '../../../src/data/readers/read-table'
import { labelWords, partRows, rowsOfTable } from './table-values'

const FIXTURES = join(import.meta.dirname, '..', '..', 'fixtures', 'readers')

interface Expected {
  readonly rows: number
  readonly means: readonly number[]
  readonly missing: readonly number[]
  readonly parts: Readonly<Record<string, number>>
  readonly labels: Readonly<Record<string, number>> | null
}

const expected = JSON.parse(readFileSync(join(FIXTURES, 'expected.json'), 'utf8')) as Readonly<Record<string, Expected>>
/** Where the other program computes with other roundings: of JPEG decoding and of resampling, in greys. */
const TOLERANCES: Readonly<Record<string, number>> = { sizes: 1 }

function counts(words: readonly (string | null)[]): Record<string, number> {
  const found: Record<string, number> = {}
  for (const word of words) if (word !== null) found[word] = (found[word] ?? 0) + 1
  return found
}

describe('what other programs wrote', () => {
  it.each(Object.keys(expected))('%s is read as they read it: counts, means, parts, labels', async (name) => {
    const { rows, means, missing, parts, labels } = expected[name]
    const table = await readTable(join(FIXTURES, name))
    const values = rowsOfTable(table)
    expect([values.length, table.rows, values[0].length]).toEqual([rows, rows, means.length])
    expect(partRows(table)).toEqual(parts)
    expect(labels === null ? table.labels : counts(labelWords(table))).toEqual(labels)
    means.forEach((mean, column) => {
      const known = values.map((row) => row[column]).filter((value) => !Number.isNaN(value))
      expect(rows - known.length).toBe(missing[column])
      const difference = Math.abs(known.reduce((sum, value) => sum + value, 0) / known.length - mean)
      expect(difference).toBeLessThanOrEqual(TOLERANCES[name] ?? 1e-6 * Math.max(1, Math.abs(mean)))
    })
  })
})
