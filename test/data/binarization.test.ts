import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binarize as binarizeInSteps, binarizeForEpoch } from '../../src/data/binarization'
import type { BitMatrix } from '../../src/data/bit-matrix'
import { sliceImages, type GreyImages } from '../../src/data/grey-images'
import { atOnce } from '../../src/base/steps'
import { MOST_SEED, PURPOSE, UniformSource } from '../../src/made/random'
import { seeds } from '../made/arbitraries'
import { expectFailure } from '../base/expect-failure'

function binarize(...parameters: Parameters<typeof binarizeInSteps>): BitMatrix {
  return atOnce(binarizeInSteps(...parameters))
}

/** Numbers of pictures one after another. */
function from(first: number): (row: number) => number {
  return (row) => first + row
}

/** Ten pictures of 8×5 pixels of every shade, paper and full ink among them. */
const images: GreyImages = {
  rows: 10,
  width: 8,
  height: 5,
  pixels: Uint8Array.from({ length: 400 }, (_, i) => [0, 255, 1, 254, 127, 128, (i * 37) % 256][i % 7]),
}

describe('the threshold', () => {
  it.each([1, 127, 128, 255])('makes a one of every pixel of %i or more', (threshold) => {
    const bits = binarize(images, { kind: 'threshold', threshold }, from(0))
    expect([bits.rows, bits.columns]).toEqual([10, 40])
    expect(bits.toBytes()).toEqual(images.pixels.map((pixel) => (pixel >= threshold ? 1 : 0)))
  })

  it.each([0, -1, 256, 1.5, NaN])('cannot be %d', async (threshold) => {
    await expectFailure(
      () => binarize(images, { kind: 'threshold', threshold }, from(0)),
      'invalid-settings',
      /threshold/,
    )
  })
})

describe('random binarization', () => {
  it('compares each pixel with the uniform that seed, picture and position name', () => {
    fc.assert(
      fc.property(seeds, fc.nat(69_990), (seed, first) => {
        const bits = binarize(images, { kind: 'random', seed }, from(first))
        for (let i = 0; i < 400; i++) {
          const uniform = new UniformSource(seed, PURPOSE.binarization).at(first + Math.floor(i / 40), i % 40)
          expect(bits.get(Math.floor(i / 40), i % 40)).toBe(uniform < images.pixels[i] / 255 ? 1 : 0)
        }
      }),
      { numRuns: 10 },
    )
  })

  it('is the same in whatever part the pictures are read', () => {
    const whole = binarize(images, { kind: 'random', seed: 3 }, from(100))
    const part = binarize(sliceImages(images, 4, 9), { kind: 'random', seed: 3 }, from(104))
    expect(part.words).toEqual(whole.slice(4, 9).words)
  })

  it('is another under another seed', () => {
    const first = binarize(images, { kind: 'random', seed: 3 }, from(0))
    expect(binarize(images, { kind: 'random', seed: 3 }, from(0)).words).toEqual(first.words)
    expect(binarize(images, { kind: 'random', seed: 4 }, from(0)).words).not.toEqual(first.words)
  })

  it('makes ones as often as the grey says, for every grey', () => {
    const shots = 4000
    const pixels = Uint8Array.from({ length: 256 * shots }, (_, i) => i % 256)
    const bits = binarize({ rows: shots, width: 16, height: 16, pixels }, { kind: 'random', seed: 1 }, from(0))
    const counts = bits.columnCounts()
    expect([counts[0], counts[255]]).toEqual([0, shots])
    let chiSquare = 0
    for (let grey = 1; grey < 255; grey++) {
      const p = grey / 255
      chiSquare += (counts[grey] - shots * p) ** 2 / (shots * p * (1 - p))
    }
    expect(Math.abs(chiSquare - 254)).toBeLessThan(4 * Math.sqrt(2 * 254))
  })

  it.each([-1, 0.5, NaN, MOST_SEED + 1])('cannot have the seed %d', async (seed) => {
    await expectFailure(() => binarize(images, { kind: 'random', seed }, from(0)), 'invalid-settings', /seed/)
  })
})

describe('binarization anew for each epoch', () => {
  it('compares each pixel with the uniform that seed, epoch, picture and position name', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 100_000 }), (seed, epoch) => {
        const bits = binarizeForEpoch(images, seed, epoch)
        for (let i = 0; i < 400; i++) {
          const uniform = new UniformSource(seed, PURPOSE.epochBinarization).at(
            epoch * 2 ** 32 + Math.floor(i / 40),
            i % 40,
          )
          expect(bits.get(Math.floor(i / 40), i % 40)).toBe(uniform < images.pixels[i] / 255 ? 1 : 0)
        }
      }),
      { numRuns: 10 },
    )
  })

  it('is another in another epoch, and by the seed alone outside of training', () => {
    expect(binarizeForEpoch(images, 1, 1).words).not.toEqual(binarizeForEpoch(images, 1, 2).words)
    expect(binarize(images, { kind: 'redrawn', seed: 3 }, from(0)).words).toEqual(
      binarize(images, { kind: 'random', seed: 3 }, from(0)).words,
    )
  })
})
