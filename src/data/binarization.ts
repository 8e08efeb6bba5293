import { StudioError } from '../base/failure'
import { MOST_SEED, PURPOSE, UniformSource, type Purpose } from '../made/random'
import { say } from '../words/say'
import { BitMatrix } from './bit-matrix'
import type { GreyImages } from './grey-images'
import { atOnce, eachRow, type Steps } from '../base/steps'

/** How grey pixels become bits. */
export type Binarization =
  /** A pixel of this value or more (1..255) is a one. */
  | { readonly kind: 'threshold'; readonly threshold: number }
  /** A pixel is a one with probability value/255, drawn once from the seed. */
  | { readonly kind: 'random'; readonly seed: number }
  /** As random, but the training rows are drawn anew for each epoch. */
  | { readonly kind: 'redrawn'; readonly seed: number }

const FULL_INK = 255
/** More than any part has. */
const ROWS_PER_EPOCH = 2 ** 32

/**
 * Makes grey pictures black and white, `[rows, height·width]`.
 * - threshold: a pixel of that value or more is a one
 * - random: a pixel is a one with probability value/255. The draw for pixel d of a picture depends on the seed, the
 *   picture's number and d alone, so that it is the same in whatever order or part the pictures are read.
 * - redrawn: as random; the training rows of each epoch are those of `binarizeForEpoch`
 * @param numberOf the number of a picture within its original collection
 * @throws StudioError 'invalid-settings' for a threshold outside 1..255 or a seed outside 0..2^53−1
 */
export function* binarize(
  images: GreyImages,
  binarization: Binarization,
  numberOf: (row: number) => number,
): Steps<BitMatrix> {
  switch (binarization.kind) {
    case 'threshold':
      return yield* byThreshold(images, binarization.threshold)
    case 'random':
    case 'redrawn':
      return yield* byChance(images, binarization.seed, PURPOSE.binarization, numberOf)
  }
}

/**
 * Training pictures made black and white by chance, anew for an epoch (from 1): the draw for pixel d of picture number i
 * of the part depends on the seed, the epoch, i and d alone.
 */
export function binarizeForEpoch(images: GreyImages, seed: number, epoch: number): BitMatrix {
  return atOnce(byChance(images, seed, PURPOSE.epochBinarization, (row) => epoch * ROWS_PER_EPOCH + row))
}

function* byThreshold({ rows, width, height, pixels }: GreyImages, threshold: number): Steps<BitMatrix> {
  if (!Number.isInteger(threshold) || threshold < 1 || threshold > FULL_INK)
    throw new StudioError(
      'invalid-settings',
      say('source.binarize.threshold', { threshold: String(threshold), most: FULL_INK }),
      say('source.binarize.threshold.hint'),
    )
  const columns = width * height
  const bits = new BitMatrix(rows, columns)
  yield* eachRow(rows, columns, (row) => {
    for (let column = 0, i = row * columns; column < columns; column++, i++)
      if (pixels[i] >= threshold) bits.set(row, column)
  })
  return bits
}

function* byChance(
  { rows, width, height, pixels }: GreyImages,
  seed: number,
  purpose: Purpose,
  numberOf: (row: number) => number,
): Steps<BitMatrix> {
  if (!Number.isInteger(seed) || seed < 0 || seed > MOST_SEED)
    throw new StudioError(
      'invalid-settings',
      say('source.binarize.seed', { seed: String(seed), most: MOST_SEED }),
      say('source.binarize.seed.hint'),
    )
  const columns = width * height
  const bits = new BitMatrix(rows, columns)
  const uniforms = new UniformSource(seed, purpose)
  yield* eachRow(rows, columns, (row) => {
    const number = numberOf(row)
    for (let column = 0, i = row * columns; column < columns; column++, i++) {
      const grey = pixels[i]
      // No draw for paper and full ink, which are certain: most pixels of MNIST are.
      if (grey === 0) continue
      if (grey === FULL_INK || uniforms.at(number, column) < grey / FULL_INK) bits.set(row, column)
    }
  })
  return bits
}
