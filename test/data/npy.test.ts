import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { StudioError } from '../../src/base/failure'
import { encodeNpy, readNpyBits, type NpyData } from '../../src/data/npy'
import { expectFailure, failureFrom } from '../base/expect-failure'
import { bitMatrices } from './arbitraries'
import { bytesArray, header, npy } from './npy-files'

const FIXTURES = join(import.meta.dirname, '..', 'fixtures', 'npz')

function read(bytes: Uint8Array): number[][] {
  const bits = readNpyBits(bytes, 'array "x"')
  const flat = [...bits.toBytes()]
  return Array.from({ length: bits.rows }, (_, row) => flat.slice(row * bits.columns, (row + 1) * bits.columns))
}

/** Six values of a type, 0 and 1 in turn but for the last, as NumPy stores them. */
const TYPES: [string, number, (view: DataView, offset: number, value: number, little: boolean) => void][] = [
  ['b1', 1, (view, offset, value) => view.setUint8(offset, value)],
  ['u1', 1, (view, offset, value) => view.setUint8(offset, value)],
  ['i1', 1, (view, offset, value) => view.setInt8(offset, value)],
  ['u2', 2, (view, offset, value, little) => view.setUint16(offset, value, little)],
  ['i2', 2, (view, offset, value, little) => view.setInt16(offset, value, little)],
  ['u4', 4, (view, offset, value, little) => view.setUint32(offset, value, little)],
  ['i4', 4, (view, offset, value, little) => view.setInt32(offset, value, little)],
  ['u8', 8, (view, offset, value, little) => view.setBigUint64(offset, BigInt(value), little)],
  ['i8', 8, (view, offset, value, little) => view.setBigInt64(offset, BigInt(value), little)],
  ['f2', 2, (view, offset, value, little) => view.setUint16(offset, [0, 0x3c00, 0x4000][value] ?? 0, little)],
  ['f4', 4, (view, offset, value, little) => view.setFloat32(offset, value, little)],
  ['f8', 8, (view, offset, value, little) => view.setFloat64(offset, value, little)],
]

function valuesOf([_name, bytes, set]: (typeof TYPES)[number], values: readonly number[], little: boolean): Uint8Array {
  const data = new Uint8Array(values.length * bytes)
  values.forEach((value, i) => set(new DataView(data.buffer), i * bytes, value, little))
  return data
}

describe('reading .npy', () => {
  for (const type of TYPES)
    it.each(['<', '>'])(`reads zeros and ones of type %s${type[0]}, and names the first other value`, async (order) => {
      const dictionary = header(`${order}${type[0]}`, '(2, 3)')
      const little = order === '<'
      expect(read(npy(dictionary, valuesOf(type, [0, 1, 0, 1, 1, 0], little)))).toEqual([
        [0, 1, 0],
        [1, 1, 0],
      ])
      const bad = npy(dictionary, valuesOf(type, [0, 1, 0, 1, 2, 2], little))
      await expectFailure(() => read(bad), 'invalid-data', /array "x" holds 2 in row 2, column 2;/)
    })

  it('reads Fortran order column by column', async () => {
    const data = Uint8Array.of(0, 1, 1, 1, 0, 0)
    expect(read(npy(header('|u1', '(2, 3)', true), data))).toEqual([
      [0, 1, 0],
      [1, 1, 0],
    ])
    const bad = npy(header('|u1', '(2, 3)', true), Uint8Array.of(0, 1, 1, 7, 9, 0))
    await expectFailure(() => read(bad), 'invalid-data', /holds 9 in row 1, column 3/)
  })

  it.each([1, 2, 3])('reads version %i', (version) => {
    expect(read(npy(header('|u1', '(1, 2)'), Uint8Array.of(1, 0), version))).toEqual([[1, 0]])
  })

  it('reads a header in any order, and the long numbers of Python 2', () => {
    const dictionary = `{'shape': (1L, 2L), 'fortran_order': False, 'descr': '|u1'}`
    expect(read(npy(dictionary, Uint8Array.of(1, 0)))).toEqual([[1, 0]])
  })

  it('reads bytes that stand anywhere in memory', () => {
    const bytes = bytesArray(1, 2, [1, 1])
    const elsewhere = new Uint8Array(bytes.length + 3)
    elsewhere.set(bytes, 3)
    expect(read(elsewhere.subarray(3))).toEqual([[1, 1]])
  })

  it.each<[string, number[], string, RegExp]>([
    ['NaN', [0x00, 0x00, 0xc0, 0x7f], '<f4', /holds NaN/],
    ['infinity', [0x00, 0x00, 0x80, 0x7f], '<f4', /holds Infinity/],
    ['a half', [0x00, 0x38], '<f2', /holds 0\.5 /],
    ['half-float NaN', [0x01, 0x7c], '<f2', /holds NaN/],
    ['half-float −∞', [0x00, 0xfc], '<f2', /holds -Infinity/],
    ['a tiny half float', [0x01, 0x00], '<f2', /holds 5\.96\d*e-8/],
    ['−1', [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], '<i8', /holds -1 /],
    ['2^32 + 1', [1, 0, 0, 0, 1, 0, 0, 0], '<u8', /holds 4294967297 /],
    ['the white of a picture', [255], '|u1', /holds 255 /],
  ])('refuses %s', async (_what, bytes, type, sentence) => {
    const data = new Uint8Array([...bytes, ...bytes])
    await expectFailure(() => read(npy(header(type, '(1, 2)'), data)), 'invalid-data', sentence)
  })

  it('takes a negative zero for a zero', () => {
    expect(read(npy(header('<f4', '(1, 2)'), Uint8Array.of(0, 0, 0, 0x80, 0, 0, 0x80, 0x3f)))).toEqual([[0, 1]])
  })

  it.each<[string, Uint8Array, RegExp]>([
    ['one dimension', npy(header('|u1', '(4,)'), new Uint8Array(4)), /has 1 dimension;/],
    ['no dimension', npy(header('|u1', '()'), new Uint8Array(1)), /has 0 dimensions;/],
    ['three dimensions', npy(header('|u1', '(1, 2, 2)'), new Uint8Array(4)), /has 3 dimensions;/],
    ['no rows', npy(header('|u1', '(0, 5)')), /has no rows/],
    ['no columns', npy(header('|u1', '(5, 0)')), /has no columns/],
    ['one column', npy(header('|u1', '(5, 1)'), new Uint8Array(5)), /has only one column/],
    ['objects', npy(header('|O', '(1, 2)'), new Uint8Array(2)), /plain numbers/],
    ['text', npy(header('<U1', '(1, 2)'), new Uint8Array(8)), /its type is <U1/],
    ['complex numbers', npy(header('<c8', '(1, 2)'), new Uint8Array(16)), /its type is <c8/],
    [
      'records',
      npy(`{'descr': [('a', '|u1')], 'fortran_order': False, 'shape': (1, 2)}`, new Uint8Array(2)),
      /plain numbers/,
    ],
  ])('refuses an array with or of %s', async (_what, bytes, sentence) => {
    await expectFailure(() => read(bytes), 'invalid-data', sentence)
  })

  it('refuses more columns than a model may have inputs, before it looks for the values', async () => {
    await expectFailure(() => read(npy(header('|u1', '(1, 65537)'))), 'too-large', /65,537 columns/)
  })

  it.each<[string, Uint8Array, RegExp]>([
    ['fewer values than its shape', npy(header('|u1', '(2, 3)'), new Uint8Array(5)), /5 bytes .* speaks of 6/],
    ['more values than its shape', npy(header('|u1', '(2, 3)'), new Uint8Array(7)), /7 bytes .* speaks of 6/],
    [
      'a shape whose product overflows',
      npy(header('|u1', '(9007199254740991, 60000)'), new Uint8Array(6)),
      /speaks of/,
    ],
    ['a size that no number holds', npy(header('|u1', '(99999999999999999999, 2)')), /shape cannot be read/],
    ['a negative size', npy(header('|u1', '(-2, 2)')), /header cannot be read/],
    ['an empty header', npy(''), /header cannot be read/],
    ['a header without order', npy(`{'descr': '|u1', 'shape': (1, 2)}`), /header cannot be read/],
    ['a header without a type', npy(`{'fortran_order': False, 'shape': (1, 2)}`), /header cannot be read/],
    [
      'a header of a gigabyte',
      Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 2, 0, 0, 0, 0, 0x40),
      /length of its header/,
    ],
  ])('refuses what is damaged: %s', async (_what, bytes, sentence) => {
    await expectFailure(() => read(bytes), 'damaged-file', sentence)
  })

  it('refuses what is something else', async () => {
    await expectFailure(() => read(new TextEncoder().encode('0,1,1,0\n')), 'unknown-format', /not in NumPy’s/)
    await expectFailure(() => read(npy(header('|u1', '(1, 2)'), new Uint8Array(2), 4)), 'unknown-format', /version 4/)
  })

  it('refuses a file cut off at any byte', async () => {
    const whole = bytesArray(3, 4, [1, 0, 1])
    for (let length = 0; length < whole.length; length++)
      expect((await failureFrom(() => read(whole.slice(0, length)))).code).toBe('damaged-file')
  })

  it('meets any bytes and any header with a failure in words', () => {
    const anything = fc.oneof(
      fc.uint8Array({ maxLength: 100 }),
      fc.string().map((text) => npy(text)),
      fc.tuple(fc.string(), fc.string()).map(([type, shape]) => npy(header(type, `(${shape})`), new Uint8Array(8))),
      fc.tuple(fc.nat(), fc.nat(), fc.uint8Array()).map(([a, b, data]) => npy(header('<i4', `(${a}, ${b})`), data)),
    )
    fc.assert(
      fc.property(anything, (bytes) => {
        try {
          readNpyBits(bytes, 'array "x"')
        } catch (thrown) {
          if (!(thrown instanceof StudioError)) throw thrown
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('writing .npy', () => {
  it('gives what the reader reads', () => {
    fc.assert(
      fc.property(bitMatrices, (bits) => {
        const bytes = encodeNpy([bits.rows, bits.columns], bits.toBytes())
        expect(readNpyBits(bytes, 'array "x"').words).toEqual(bits.words)
      }),
    )
  })

  it('gives to the byte what NumPy writes', () => {
    const rows = readFileSync(join(FIXTURES, 'uint8.npy'))
    const bits = readNpyBits(rows, 'array "x"')
    expect(Buffer.from(encodeNpy([7, 5], bits.toBytes()))).toEqual(rows)
    const vector = encodeNpy([3], Float32Array.of(0.5, -1, 3))
    expect(Buffer.from(vector)).toEqual(readFileSync(join(FIXTURES, 'float32-vector.npy')))
  })

  it.each<[string, NpyData]>([
    ['|u1', Uint8Array.of(7)],
    ['<i4', Int32Array.of(-7)],
    ['<f4', Float32Array.of(0.5)],
    ['<f8', Float64Array.of(0.1)],
  ])('names the type %s', (type, data) => {
    const bytes = encodeNpy([1, 1], data)
    expect(new TextDecoder('latin1').decode(bytes)).toContain(`'descr': '${type}'`)
    expect(bytes.slice(bytes.length - data.byteLength)).toEqual(new Uint8Array(data.buffer))
    expect((bytes.length - data.byteLength) % 64).toBe(0)
  })

  it('is a fault of the program where shape and values differ', () => {
    expect(() => encodeNpy([2, 2], new Uint8Array(3))).toThrow('2×2')
  })
})
