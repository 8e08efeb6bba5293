import type { PictureShape } from '../table'

const MNIST_AREA = 784

/** The shape of the pictures that columns of these names make up, row by row; null if they seem to be none. */
export function pictureOf(names: readonly string[]): PictureShape | null {
  const side = Math.sqrt(names.length)
  if (!Number.isInteger(side)) return null
  const isNamedSo = names.every((name) => /^(pixel|px|p)[ _.-]?\d+([x_.-]\d+)?$/i.test(name))
  return names.length === MNIST_AREA || (side >= 2 && isNamedSo) ? { width: side, height: side } : null
}
