import { describe, expect, it } from 'vitest'
import type { ModelPreparation } from '../../src/data/preparation/coding'
import { decodeModelPreparation, encodeModelPreparation } from '../../src/shared/model-preparation'
import { expectFailure } from '../base/expect-failure'

const PREPARATION: ModelPreparation = {
  data: { name: 'fruit.csv', hash: 'a3' },
  coding: {
    kind: 'columns',
    columns: [
      { name: 'id', kind: 'unused' },
      { name: 'same', kind: 'empty', gap: 'nothing' },
      { name: 'ripe', kind: 'flag', gap: 'left-out' },
      { name: 'colour “1”\n', kind: 'categories', values: ['red', 2, '\u0000'], gap: 'bit' },
      { name: 'weight', kind: 'levels', levels: [-1.5, 1e-300, 0.1], means: [-2, 0, 0.05, 7], gap: 3 },
    ],
  },
  missing: 'category',
  split: { keepGiven: true, amounts: { kind: 'fractions', valid: 0.1, test: 0.1 }, order: 'random', seed: 1 },
  picture: null,
  pictureSize: null,
}
const BITS = 8

/** The text with something else in the place of a part of it. */
function changed(from: string, to: string): string {
  const text = encodeModelPreparation(PREPARATION)
  expect(text).toContain(from)
  return text.replace(from, to)
}

describe('how a model says that its data were prepared', () => {
  it('is what was written, exactly', () => {
    expect(decodeModelPreparation(encodeModelPreparation(PREPARATION), BITS)).toEqual(PREPARATION)
    const grey: ModelPreparation = {
      ...PREPARATION,
      coding: { kind: 'grey', width: 784, omitted: [0, 783], binarization: { kind: 'redrawn', seed: 5 } },
      split: null,
      pictureSize: { width: 28, height: 28 },
    }
    expect(decodeModelPreparation(encodeModelPreparation(grey), 782)).toEqual(grey)
    const bits: ModelPreparation = { ...PREPARATION, coding: { kind: 'bits', names: ['a', 'b', 'c'], omitted: [1] } }
    expect(decodeModelPreparation(encodeModelPreparation(bits), 2)).toEqual(bits)
  })

  it.each<[string, () => string, RegExp]>([
    ['no JSON', () => '{', /its preparation of data cannot be read/],
    ['something else', () => '[1, 2]', /cannot be read/],
    ['a way with missing values that there is not', () => changed('"category"', '"guess"'), /cannot be read/],
    ['levels that do not ascend', () => changed('[-1.5,1e-300,0.1]', '[-1.5,0.1,0.1]'), /cannot be read/],
    ['a mean too few', () => changed('[-2,0,0.05,7]', '[-2,0,0.05]'), /cannot be read/],
    ['a code that there is not', () => changed('"gap":3', '"gap":4'), /contradicts itself/],
    ['no way with a gap', () => changed('"gap":"left-out"', '"gap":"nothing"'), /contradicts itself/],
    ['another number of bits', () => changed('"red",', ''), /makes 7 bits of a row where it has 8 inputs/],
  ])('is refused in words if it is %s', async (_, text, sentence) => {
    const made = text()
    await expectFailure(() => decodeModelPreparation(made, BITS), 'damaged-file', sentence)
  })

  it('is refused in a later version', async () => {
    const later = changed('"version":1', '"version":3')
    await expectFailure(() => decodeModelPreparation(later, BITS), 'unknown-format', /in version 3; version 2 is read/)
  })
})
