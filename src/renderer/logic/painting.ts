import type { Shape } from './raster'
import type { KnownRow } from '../../shared/questions'

/** What a brush makes of pixels: a one that is known, a zero that is known, or unknown. */
export const BRUSHES = ['ink', 'paper', 'unknown'] as const
export type Brush = (typeof BRUSHES)[number]

/** Parts of a picture that can be made unknown at once. */
export const REGIONS = ['top', 'bottom', 'left', 'right', 'middle', 'random', 'all'] as const
export type Region = (typeof REGIONS)[number]

/** A pixel by its column and row, from 0. */
export interface Spot {
  readonly x: number
  readonly y: number
}

/** The pixels under a brush at a spot, by their number: a square of side `size` as near around it as can be. */
export function under({ width, height }: Shape, { x, y }: Spot, size: number): number[] {
  const before = Math.floor((size - 1) / 2)
  const found: number[] = []
  for (let row = Math.max(0, y - before); row < Math.min(height, y - before + size); row++)
    for (let column = Math.max(0, x - before); column < Math.min(width, x - before + size); column++)
      found.push(row * width + column)
  return found
}

/** The spots on the way from one to another, both included. */
export function between(from: Spot, to: Spot): Spot[] {
  const steps = Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y), 1)
  return Array.from({ length: steps + 1 }, (_, i) => ({
    x: Math.round(from.x + ((to.x - from.x) * i) / steps),
    y: Math.round(from.y + ((to.y - from.y) * i) / steps),
  }))
}

/** The same with those pixels painted. */
export function painted(row: KnownRow, pixels: Iterable<number>, brush: Brush): KnownRow {
  const [bits, known] = [row.bits.slice(), row.known.slice()]
  for (const pixel of pixels) {
    bits[pixel] = brush === 'ink' ? 1 : 0
    known[pixel] = brush === 'unknown' ? 0 : 1
  }
  return { bits, known }
}

/** The pixels of a region. @param random a number in [0, 1) for each pixel of the region 'random', which is half of all */
export function pixelsIn({ width, height }: Shape, region: Region, random: () => number = Math.random): number[] {
  const isIn = ({ x, y }: Spot): boolean => {
    switch (region) {
      case 'top':
        return y < height / 2
      case 'bottom':
        return y >= height / 2
      case 'left':
        return x < width / 2
      case 'right':
        return x >= width / 2
      case 'middle':
        return x >= width / 4 && x < (3 * width) / 4 && y >= height / 4 && y < (3 * height) / 4
      case 'random':
        return random() < 0.5
      case 'all':
        return true
    }
  }
  return Array.from({ length: width * height }, (_, pixel) => pixel).filter((pixel) =>
    isIn({ x: pixel % width, y: Math.floor(pixel / width) }),
  )
}
