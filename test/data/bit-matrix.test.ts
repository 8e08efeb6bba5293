import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BitMatrix } from '../../src/data/bit-matrix'
import { bitMatrices } from './arbitraries'

describe('a matrix of bits', () => {
  it('gives back its bytes, and leaves the bits beyond its columns zero', () => {
    const sizes = fc.tuple(
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 70 }),
      fc.infiniteStream(fc.nat(3)),
    )
    fc.assert(
      fc.property(sizes, ([rows, columns, stream]) => {
        const bytes = Uint8Array.from({ length: rows * columns }, () => Number(stream.next().value))
        const bits = BitMatrix.fromBytes(rows, columns, bytes)
        expect(bits.toBytes()).toEqual(bytes.map((byte) => (byte === 0 ? 0 : 1)))
        expect(bits.words).toHaveLength(rows * Math.ceil(columns / 32))
        const unused = bits.wordsPerRow * 32 - columns
        for (let row = 1; row <= rows; row++)
          expect(Math.floor(bits.words[row * bits.wordsPerRow - 1] / 2 ** (32 - unused))).toBe(0)
      }),
    )
  })

  it('packs column d into bit d mod 32 of word ⌊d/32⌋', () => {
    const bits = new BitMatrix(2, 40)
    bits.set(1, 33)
    bits.set(1, 31)
    expect([...bits.words]).toEqual([0, 0, 0x80000000, 2])
    expect([bits.get(1, 33), bits.get(1, 32), bits.get(0, 33)]).toEqual([1, 0, 0])
  })

  it('selects rows by number, in any order and more than once, and slices in place', () => {
    fc.assert(
      fc.property(bitMatrices, fc.array(fc.nat(100)), (bits, numbers) => {
        const chosen = numbers.map((number) => number % bits.rows)
        const selected = bits.select(chosen)
        const rowOf = (matrix: BitMatrix, row: number): Uint8Array => matrix.slice(row, row + 1).toBytes()
        chosen.forEach((row, i) => expect(rowOf(selected, i)).toEqual(rowOf(bits, row)))
        expect(bits.slice(0, 1).words.buffer).toBe(bits.words.buffer)
      }),
    )
  })

  it('counts the ones of each column', () => {
    expect([...BitMatrix.fromBytes(3, 2, [1, 0, 1, 1, 1, 0]).columnCounts()]).toEqual([3, 1])
  })

  it('is a fault of the program to build from words that do not fit', () => {
    expect(() => new BitMatrix(2, 33, new Uint32Array(3))).toThrow('2×33')
  })
})
