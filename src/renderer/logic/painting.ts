import { PURPOSE, RandomStream } from '../../made/random'
import type { Brush, Region } from '../../shared/painting'
import type { KnownRow } from '../../shared/questions'
import type { Shape } from './raster'

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

/** The rectangle that hides a share of a picture, in its pixels; null for pixels in no order, which have none. */
export function hiddenPart({ width, height }: Shape, region: Region, share: number): (Spot & Shape) | null {
  const [across, down] = [Math.round(share * width), Math.round(share * height)]
  switch (region) {
    case 'top':
      return { x: 0, y: 0, width, height: down }
    case 'bottom':
      return { x: 0, y: height - down, width, height: down }
    case 'left':
      return { x: 0, y: 0, width: across, height }
    case 'right':
      return { x: width - across, y: 0, width: across, height }
    case 'middle':
      return { x: Math.floor((width - across) / 2), y: Math.floor((height - down) / 2), width: across, height: down }
    case 'random':
      return null
  }
}

/** What share of a picture is hidden where the edge of the hidden part is at a point, in pixels from the upper left corner. */
export function shareAt({ width, height }: Shape, region: Exclude<Region, 'random'>, { x, y }: Spot): number {
  const shares = {
    top: y / height,
    bottom: 1 - y / height,
    left: x / width,
    right: 1 - x / width,
    // The square is pulled at its lower right corner.
    middle: Math.max((2 * x) / width, (2 * y) / height) - 1,
  }
  return Math.min(1, Math.max(0, shares[region]))
}

/** The pixels that are hidden. @param order all pixels in the order in which they are hidden in the region 'random' */
export function pixelsIn(shape: Shape, region: Region, share: number, order: readonly number[]): number[] {
  const part = hiddenPart(shape, region, share)
  if (part === null) return order.slice(0, Math.round(share * order.length))
  const pixels: number[] = []
  for (let y = part.y; y < part.y + part.height; y++)
    for (let x = part.x; x < part.x + part.width; x++) pixels.push(y * shape.width + x)
  return pixels
}

/** All pixels in an order of chance. @param seed an unsigned 32-bit whole number: the same one makes the same order again */
export function shuffledPixels({ width, height }: Shape, seed: number): number[] {
  const order = Int32Array.from({ length: width * height }, (_, pixel) => pixel)
  new RandomStream(seed, PURPOSE.shuffle, 0).shuffle(order)
  return Array.from(order)
}
