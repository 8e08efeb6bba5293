import { expect, it } from 'vitest'
import { lettersWide } from '../../src/renderer/logic/text-width'

it('a letter of Hangul is nearly as wide as two of the Latin alphabet', () => {
  expect(lettersWide('')).toBe(0)
  expect(lettersWide('mixture 70.32')).toBe(13)
  expect(lettersWide('혼합')).toBeCloseTo(3.6)
  expect(lettersWide('혼합 70.32')).toBeCloseTo(9.6)
  // A letter outside of the basic plane is one letter.
  expect(lettersWide('𝔘')).toBe(1)
})
