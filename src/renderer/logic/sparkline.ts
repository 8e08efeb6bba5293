/** A small curve without axes. */

export interface Point {
  readonly x: number
  readonly y: number
}

/** So many boxes high at most lies what is above: a curve that comes from there is steep however far it goes. */
const MOST_BOXES = 50

/**
 * The points of a curve in a box, the first value at its left edge and the last at its right. A value far above the others, such as
 * the loss of the first epoch, does not flatten them: the scale ends at twice the range of the better half, and what is above lies above
 * the box, from where the curve comes down. Values that are not finite are left out.
 * @returns no points for fewer than two values
 */
export function sparkline(values: readonly number[], width: number, height: number): Point[] {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b)
  if (sorted.length < 2) return []
  const least = sorted[0]
  const middle = sorted[Math.floor(sorted.length / 2)]
  const most = Math.min(sorted[sorted.length - 1], middle > least ? least + 2 * (middle - least) : Infinity)
  return placed(values, least, most, width, height)
}

/**
 * The same on a scale from the least to the largest value, for what cannot be far from the others, such as a share: all of the
 * curve is in the box.
 */
export function wholeCurve(values: readonly number[], width: number, height: number): Point[] {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b)
  return sorted.length < 2 ? [] : placed(values, sorted[0], sorted[sorted.length - 1], width, height)
}

function placed(values: readonly number[], least: number, most: number, width: number, height: number): Point[] {
  // Halves: the difference of two numbers may be too large to be one.
  const range = most / 2 - least / 2
  return values
    .map((value, i) => ({ value, x: (i / (values.length - 1)) * width }))
    .filter(({ value }) => Number.isFinite(value))
    .map(({ value, x }) => ({
      x,
      y: range > 0 ? height - Math.min(MOST_BOXES, (value / 2 - least / 2) / range) * height : height / 2,
    }))
}
