import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeNpy } from '../../src/data/npy'
import { encodeNpz } from '../../src/data/npz'
import { bySplit, type Split } from '../../src/data/split'
import { missingCount } from '../../src/data/table'
import type { BitMatrix } from '../../src/data/bit-matrix'
import { expectFailure, failureFrom } from '../base/expect-failure'
import { bitMatrices } from './arbitraries'
import { bytesArray, header, npy, npz } from './npy-files'
import { labelWords, partRows, readFiles, rowsOfTable, sentencesOf } from './readers/table-values'

const FIXTURES = join(import.meta.dirname, '..', 'fixtures', 'npz')
const small = { train: bytesArray(2, 3, [1]), valid: bytesArray(1, 3), test: bytesArray(1, 3) }

/** The three parts of a table of zeros and ones. */
async function read(bytes: Uint8Array): Promise<Record<Split, BitMatrix>> {
  const { values, parts } = await readFiles({ 'x.npz': bytes })
  if (values.kind !== 'bits') throw new Error(`the values are ${values.kind}`)
  return bySplit((split) => {
    const part = parts.find(({ name }) => name === split)
    return values.bits.slice(part?.start ?? 0, part?.end ?? 0)
  })
}

function readFixture(name: string): Promise<Record<Split, BitMatrix>> {
  return read(readFileSync(join(FIXTURES, name)))
}

function npyOf(bits: BitMatrix): Uint8Array {
  return encodeNpy([bits.rows, bits.columns], bits.toBytes())
}

describe('reading .npz', () => {
  it.each(['uint8.npz', 'stored-bool.npz', 'fortran-float64.npz', 'int64.npz', 'mixed.npz'])(
    'reads %s as NumPy wrote it',
    async (name) => {
      const { train, valid, test } = await readFixture(name)
      const rows = (bits: BitMatrix): string => [...bits.toBytes()].join('').replace(/(.{5})(?=.)/g, '$1 ')
      expect(rows(train)).toBe('01110 01100 10010 01100 11111 00100 00100')
      expect(rows(valid)).toBe('01010 01000 00111')
      expect(rows(test)).toBe('01011 01001 01000 10101')
    },
  )

  it('gives back what fflate packed, stored or deflated', async () => {
    const level = fc.constantFrom<(0 | 6)[]>(0, 6)
    await fc.assert(
      fc.asyncProperty(bitMatrices, level, async (bits, packing) => {
        const first = bits.slice(0, 1)
        const found = await read(npz({ train: npyOf(bits), valid: npyOf(first), test: npyOf(bits) }, packing))
        for (const [split, expected] of [
          ['train', bits],
          ['valid', first],
          ['test', bits],
        ] as const) {
          expect([found[split].rows, found[split].columns]).toEqual([expected.rows, expected.columns])
          expect(found[split].words).toEqual(expected.words)
        }
      }),
    )
  })

  it('leaves other arrays alone, whatever they hold', async () => {
    const { train } = await read(npz({ ...small, notes: Uint8Array.of(1, 2, 3) }))
    expect(train.rows).toBe(2)
  })

  it('takes the parts that there are', async () => {
    const table = await readFiles({ 'x.npz': npz({ test: small.test, train: small.train }) })
    expect(partRows(table)).toEqual({ train: 2, test: 1 })
  })

  it('finds labels by their names, and leaves them out of the values', async () => {
    const y = npy(header('<i8', '(2,)'), Uint8Array.of(7, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0))
    const table = await readFiles({ 'x.npz': npz({ x_train: small.train, y_train: y, x_test: small.test }) })
    expect(labelWords(table)).toEqual(['7', '3', null])
    expect(rowsOfTable(table)).toEqual([[1, 0, 0], [0, 0, 0], [0, 0, 0]]) // prettier-ignore
  })

  it('says what a file holds in place of a table', async () => {
    const other = await failureFrom(() => read(npz({ y: bytesArray(3, 1), notes: Uint8Array.of(1) })))
    expect(other.hint).toMatch(/it holds "y" \(3×1\) and "notes" \(\)\.$/)
    expect((await failureFrom(() => read(npz({})))).hint).toMatch(/it holds none\.$/)
    await expectFailure(
      () => read(npz({ a: small.train, b: small.train })),
      'invalid-data',
      /several tables: "a" and "b"/,
    )
  })

  it('reads the array that is larger than all others together, says so, and another one where that is wished', async () => {
    const file = { 'x.npz': npz({ weights: bytesArray(2, 2), X: bytesArray(9, 3), bias: bytesArray(3, 4) }) }
    const table = await readFiles(file)
    expect([table.rows, table.readAs, table.sheets]).toEqual([
      9,
      { transpose: false, sheet: 'X' },
      ['weights', 'X', 'bias'],
    ])
    expect(sentencesOf(table)).toContain(
      'x.npz holds 3 tables (weights, X, bias); X, the largest, was read. To read another, name it (--sheet).',
    )
    expect((await readFiles(file, { choices: { sheet: 'bias' } })).rows).toBe(3)
  })

  it.each<[string, Record<string, Uint8Array>, RegExp]>([
    ['zero rows', { ...small, valid: bytesArray(0, 3) }, /array "valid" has no rows/],
    ['one column', { ...small, train: bytesArray(2, 1) }, /array "train" has only one column/],
    ['different widths', { ...small, test: bytesArray(1, 4) }, /"test" has 4 columns where "train" has 3/],
  ])('refuses %s', async (_what, arrays, sentence) => {
    await expectFailure(() => read(npz(arrays)), 'invalid-data', sentence)
  })

  it('takes what is infinite for missing, and says so', async () => {
    const numbers = npy(header('<f2', '(1, 2)'), Uint8Array.of(0, 0, 0, 0x7c))
    const { values, notes } = await readFiles({ 'x.npz': npz({ train: numbers }) })
    if (values.kind !== 'columns') throw new Error(`the values are ${values.kind}`)
    expect(values.columns.map(missingCount)).toEqual([0, 1])
    expect(sentencesOf({ notes }).join(' ')).toMatch(/infinite|“Infinity”/i)
  })

  it.each([
    ['objects.npz', /array "train" does not hold plain numbers/],
    ['structured.npz', /array "train" does not hold plain numbers/],
    ['text.npz', /array "train" does not hold plain numbers \(its type is <U1\)/],
  ])('refuses %s as NumPy wrote it', async (name, sentence) => {
    await expectFailure(() => readFixture(name), 'invalid-data', sentence)
  })

  it('keeps numbers that are no bits as numbers', async () => {
    const table = await readFiles({ 'halves.npz': readFileSync(join(FIXTURES, 'halves.npz')) })
    expect(table.values).toMatchObject({ kind: 'columns' })
    expect(new Set(rowsOfTable(table).flat())).toEqual(new Set([0, 0.5, 1]))
  })

  it('reads back what encodeNpz packs', async () => {
    await fc.assert(
      fc.asyncProperty(bitMatrices, async (bits) => {
        const pieces = encodeNpz([{ name: 'train', shape: [bits.rows, bits.columns], values: () => bits.toBytes() }])
        expect((await read(Buffer.concat(pieces))).train.words).toEqual(bits.words)
      }),
      { numRuns: 20 },
    )
  })

  it('refuses an entry that is not .npy', async () => {
    const text = new TextEncoder().encode('0 1 1\n')
    await expectFailure(() => read(npz({ ...small, valid: text })), 'unknown-format', /array "valid" is not in NumPy/)
  })
})
