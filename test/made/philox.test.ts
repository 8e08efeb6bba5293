import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { philox } from '../../src/made/philox'

type Counter = [number, number, number, number]
type Key = [number, number]

function words(counter: Counter, key: Key): string {
  const out = new Uint32Array(4)
  philox(counter, key, out)
  return [...out].map((word) => word.toString(16).padStart(8, '0')).join(' ')
}

/** The published definition, in whole numbers of any size. */
function slowPhilox(counter: Counter, key: Key): string {
  const mask = 0xffff_ffffn
  let [c0, c1, c2, c3] = counter.map(BigInt)
  let [k0, k1] = key.map(BigInt)
  for (let round = 0; round < 10; round++) {
    const p0 = 0xd2511f53n * c0
    const p1 = 0xcd9e8d57n * c2
    ;[c0, c1, c2, c3] = [(p1 >> 32n) ^ c1 ^ k0, p1 & mask, (p0 >> 32n) ^ c3 ^ k1, p0 & mask]
    k0 = (k0 + 0x9e3779b9n) & mask
    k1 = (k1 + 0xbb67ae85n) & mask
  }
  return [c0, c1, c2, c3].map((word) => word.toString(16).padStart(8, '0')).join(' ')
}

describe('Philox 4x32-10', () => {
  // Random123's kat_vectors.
  it.each<[string, Counter, Key, string]>([
    ['zeros', [0, 0, 0, 0], [0, 0], '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
    [
      'ones',
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      '408f276d 41c83b0e a20bc7c6 6d5451fd',
    ],
    [
      'the digits of pi',
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      'd16cfe09 94fdcceb 5001e420 24126ea1',
    ],
  ])('gives the published answer for %s', (_name, counter, key, answer) => {
    expect(words(counter, key)).toBe(answer)
  })

  it('equals its definition in exact arithmetic everywhere', () => {
    const word = fc.oneof(fc.integer({ min: 0, max: 0xffff_ffff }), fc.constantFrom(0, 1, 0xffff, 0x10000, 0xffff_ffff))
    fc.assert(
      fc.property(fc.tuple(word, word, word, word), fc.tuple(word, word), (counter, key) => {
        expect(words(counter, key)).toBe(slowPhilox(counter, key))
      }),
      { numRuns: 500 },
    )
  })
})
