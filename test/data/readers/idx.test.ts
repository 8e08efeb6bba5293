import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readIdxImages, readIdxLabels } from '../../../src/data/readers/idx'
import { StudioError } from '../../../src/base/failure'
import { expectFailure, failureFrom } from '../../base/expect-failure'
import { idx } from '../idx-files'
import { labelWords, readFiles } from './table-values'

describe('reading IDX', () => {
  it('gives the pictures row by row', () => {
    const pixels = Uint8Array.from({ length: 2 * 3 * 4 }, (_, i) => i * 10)
    const images = readIdxImages(idx([2, 3, 4], pixels), 'x')
    expect(images).toEqual({ rows: 2, height: 3, width: 4, pixels })
  })

  it('gives the labels', () => {
    expect(readIdxLabels(idx([3], Uint8Array.of(7, 0, 9)), 'x')).toEqual(Uint8Array.of(7, 0, 9))
  })

  it('takes sizes as big-endian numbers', async () => {
    await expectFailure(
      () => readIdxLabels(idx([0x01020304], new Uint8Array(1)), 'x'),
      'damaged-file',
      /speaks of 16909060/,
    )
  })

  it.each<[string, Uint8Array, 'unknown-format' | 'damaged-file' | 'invalid-data', RegExp]>([
    ['nothing', new Uint8Array(), 'unknown-format', /x is not an IDX file/],
    ['text', new TextEncoder().encode('P5 28 28 255'), 'unknown-format', /not an IDX file/],
    ['a gzip file', Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0), 'unknown-format', /not an IDX file/],
    ['floats', Uint8Array.of(0, 0, 0x0d, 3, 0, 0, 0, 1), 'unknown-format', /type 13 in 3/],
    ['labels in place of pictures', idx([2], new Uint8Array(2)), 'unknown-format', /type 8 in 1 dimensions/],
    ['no rows', idx([0, 28, 28], new Uint8Array()), 'invalid-data', /0 × 28 × 28/],
    ['pixels too many', idx([1, 2, 2], new Uint8Array(5)), 'damaged-file', /5 values .* speaks of 4/],
    [
      'sizes whose product is beyond any file',
      idx([0xffffffff, 0xffffffff, 0xffffffff], new Uint8Array(9)),
      'damaged-file',
      /9 values/,
    ],
  ])('refuses %s', async (_what, bytes, code, sentence) => {
    await expectFailure(() => readIdxImages(bytes, 'x'), code, sentence)
  })

  it('refuses a file cut off at any byte', async () => {
    const whole = idx([2, 2, 2], new Uint8Array(8))
    for (let length = 0; length < whole.length; length++) {
      const { code } = await failureFrom(() => readIdxImages(whole.slice(0, length), 'x'))
      expect(code).toBe(length < 4 ? 'unknown-format' : 'damaged-file')
    }
  })

  it('meets any bytes with a failure in words', () => {
    const bytes = fc.tuple(fc.constantFrom([], [0, 0, 8, 3], [0, 0, 8, 1]), fc.uint8Array({ maxLength: 40 }))
    fc.assert(
      fc.property(bytes, ([start, rest]) => {
        for (const read of [readIdxImages, readIdxLabels])
          try {
            read(new Uint8Array([...start, ...rest]), 'x')
          } catch (thrown) {
            if (!(thrown instanceof StudioError)) throw thrown
          }
      }),
    )
  })
})

describe('the labels of IDX files', () => {
  it.each([
    ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte'],
    ['train-images.idx3-ubyte', 'train-labels.idx1-ubyte'],
    ['t10k-imgs-idx3-ubyte', 't10k-labels-idx1-ubyte'],
    ['train-data-idx3-ubyte', 'train-labels-idx1-ubyte'],
    ['x-train-idx3-ubyte', 'y-train-idx1-ubyte'],
    ['digits-idx3-ubyte', 'digits-idx1-ubyte'],
    ['digits.idx3', 'digits.idx1'],
    ['Letters_Images.idx', 'Letters_Labels.idx'],
  ])('are found by the names of the files: %s, %s', async (images, labels) => {
    const files = {
      [images]: idx(
        [3, 2, 2],
        Uint8Array.from({ length: 12 }, (_, i) => 20 * i),
      ),
      [labels]: idx([3], Uint8Array.of(7, 0, 9)),
    }
    expect(labelWords(await readFiles(files))).toEqual(['7', '0', '9'])
    // Whichever of the two is opened.
    const turned = Object.fromEntries(Object.entries(files).reverse())
    expect(labelWords(await readFiles(turned))).toEqual(['7', '0', '9'])
  })
})
