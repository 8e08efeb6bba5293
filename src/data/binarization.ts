import { StudioError } from '../made/failure'
import { MOST_SEED, PURPOSE, UniformSource } from '../made/random'
import { BitMatrix } from './bit-matrix'
import type { GreyImages } from './grey-images'
import type { Binarization } from './source'

const FULL_INK = 255

/**
 * Makes grey pictures black and white, `[rows, height·width]`.
 * - threshold: a pixel of that value or more is a one
 * - random: a pixel is a one with probability value/255. The draw for pixel d of a picture depends on the seed, the
 *   picture's number and d alone, so that it is the same in whatever order or part the pictures are read.
 * @param firstNumber the number of the first picture within its original collection
 * @throws StudioError 'invalid-settings' for a threshold outside 1..255 or a seed outside 0..2^53−1
 */
export function binarize(images: GreyImages, binarization: Binarization, firstNumber: number): BitMatrix {
  switch (binarization.kind) {
    case 'threshold':
      return byThreshold(images, binarization.threshold)
    case 'random':
      return byChance(images, binarization.seed, firstNumber)
  }
}

function byThreshold({ rows, width, height, pixels }: GreyImages, threshold: number): BitMatrix {
  if (!Number.isInteger(threshold) || threshold < 1 || threshold > FULL_INK)
    throw new StudioError(
      'invalid-settings',
      `The threshold is ${String(threshold)}; it must be a whole number from 1 to ${FULL_INK}.`,
      'Choose 128 for the middle grey.',
    )
  const columns = width * height
  const bits = new BitMatrix(rows, columns)
  for (let row = 0, i = 0; row < rows; row++)
    for (let column = 0; column < columns; column++, i++) if (pixels[i] >= threshold) bits.set(row, column)
  return bits
}

function byChance({ rows, width, height, pixels }: GreyImages, seed: number, firstNumber: number): BitMatrix {
  if (!Number.isInteger(seed) || seed < 0 || seed > MOST_SEED)
    throw new StudioError(
      'invalid-settings',
      `The seed is ${String(seed)}; it must be a whole number from 0 to ${MOST_SEED}.`,
      'Choose a smaller whole number, such as 1.',
    )
  const columns = width * height
  const bits = new BitMatrix(rows, columns)
  const uniforms = new UniformSource(seed, PURPOSE.binarization)
  for (let row = 0, i = 0; row < rows; row++)
    for (let column = 0; column < columns; column++, i++) {
      const grey = pixels[i]
      // No draw for paper and full ink, which are certain: most pixels of MNIST are.
      if (grey === 0) continue
      if (grey === FULL_INK || uniforms.at(firstNumber + row, column) < grey / FULL_INK) bits.set(row, column)
    }
  return bits
}
