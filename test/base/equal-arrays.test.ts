import { expect, it } from 'vitest'

const numbers = Float32Array.of(1.5, NaN, -0, 7)

it('arrays of numbers are equal if they have the same numbers, wherever they lie', () => {
  expect(numbers).toEqual(numbers.slice())
  expect(Float32Array.of(0, ...numbers).subarray(1)).toEqual(numbers)
  expect({ deep: new Map([['in', [numbers]]]) }).toEqual({ deep: new Map([['in', [numbers.slice()]]]) })
  // A NaN that has other bits is one all the same.
  expect(new Float32Array(Uint32Array.of(0x7fc00001).buffer)).toEqual(Float32Array.of(NaN))
})

it.each([
  ['another number', Float32Array.of(1.5, NaN, -0, 8)],
  ['the other zero', Float32Array.of(1.5, NaN, 0, 7)],
  ['one more', Float32Array.of(...numbers, 0)],
  ['one less', numbers.subarray(0, 3)],
])('arrays of numbers are not equal if one has %s', (_, other) => {
  expect(() => expect(other).toEqual(numbers)).toThrow()
  expect(() => expect([{ other }]).toEqual([{ other: numbers }])).toThrow()
  expect(() => expect(other).toStrictEqual(numbers)).toThrow()
})

it('arrays of other types are not equal even where their bits are', () => {
  expect(new Uint32Array(4)).not.toEqual(new Float32Array(4))
  expect(new Uint8Array(4)).not.toEqual(new Uint8ClampedArray(4))
})
