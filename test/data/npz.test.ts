import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeNpy } from '../../src/data/npy'
import { readNpz } from '../../src/data/npz'
import type { Split } from '../../src/data/split'
import type { BitMatrix } from '../../src/data/bit-matrix'
import { bytesSource } from '../../src/made/safetensors'
import { expectFailure, failureFrom } from '../made/expect-failure'
import { bitMatrices } from './arbitraries'
import { bytesArray, npz } from './npy-files'

const FIXTURES = join(import.meta.dirname, '..', 'fixtures', 'npz')
const small = { train: bytesArray(2, 3, [1]), valid: bytesArray(1, 3), test: bytesArray(1, 3) }

function read(bytes: Uint8Array): Promise<Record<Split, BitMatrix>> {
  return readNpz(bytesSource(bytes))
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
        const read = await readNpz(
          bytesSource(npz({ train: npyOf(bits), valid: npyOf(first), test: npyOf(bits) }, packing)),
        )
        for (const [split, expected] of [
          ['train', bits],
          ['valid', first],
          ['test', bits],
        ] as const) {
          expect([read[split].rows, read[split].columns]).toEqual([expected.rows, expected.columns])
          expect(read[split].words).toEqual(expected.words)
        }
      }),
    )
  })

  it('leaves other arrays alone, whatever they hold', async () => {
    const { train } = await read(npz({ ...small, notes: Uint8Array.of(1, 2, 3) }))
    expect(train.rows).toBe(2)
  })

  it.each(['train', 'valid', 'test'] as const)('names the array that is missing: %s', async (split) => {
    const { [split]: _left, ...others } = small
    await expectFailure(() => read(npz(others)), 'invalid-data', new RegExp(`no array named "${split}"`))
  })

  it('says what a file holds in place of the three arrays', async () => {
    const other = await failureFrom(() => read(npz({ x_train: small.train, x_test: small.test })))
    expect(other.hint).toMatch(/it holds "x_train", "x_test"\.$/)
    expect((await failureFrom(() => read(npz({})))).hint).toMatch(/it holds none\.$/)
  })

  it.each<[string, Record<string, Uint8Array>, RegExp]>([
    ['zero rows', { ...small, valid: bytesArray(0, 3) }, /array "valid" has no rows/],
    ['one column', { ...small, train: bytesArray(2, 1) }, /array "train" has only one column/],
    ['different widths', { ...small, test: bytesArray(1, 4) }, /"test" has 4 columns where "train" has 3/],
    ['a 2', { ...small, test: bytesArray(2, 3, [0, 1, 0, 1, 2]) }, /array "test" holds 2 in row 2, column 2/],
  ])('refuses %s', async (_what, arrays, sentence) => {
    await expectFailure(() => read(npz(arrays)), 'invalid-data', sentence)
  })

  it.each([
    ['objects.npz', /array "train" does not hold plain numbers/],
    ['structured.npz', /array "train" does not hold plain numbers/],
    ['text.npz', /array "train" does not hold plain numbers \(its type is <U1\)/],
    ['halves.npz', /array "train" holds 0\.5 in row 1, column 2/],
  ])('refuses %s as NumPy wrote it', async (name, sentence) => {
    await expectFailure(() => readFixture(name), 'invalid-data', sentence)
  })

  it('refuses an entry that is not .npy', async () => {
    const text = new TextEncoder().encode('0 1 1\n')
    await expectFailure(() => read(npz({ ...small, valid: text })), 'unknown-format', /array "valid" is not in NumPy/)
  })
})
