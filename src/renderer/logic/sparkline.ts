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
  const known = values.map((value, i) => ({ value, i })).filter(({ value }) => Number.isFinite(value))
  if (known.length < 2) return []
  const sorted = known.map(({ value }) => value).sort((a, b) => a - b)
  const least = sorted[0]
  const middle = sorted[Math.floor(sorted.length / 2)]
  const most = Math.min(sorted[sorted.length - 1], middle > least ? least + 2 * (middle - least) : Infinity)
  // Halves: the difference of two numbers may be too large to be one.
  const range = most / 2 - least / 2
  return known.map(({ value, i }) => ({
    x: (i / (values.length - 1)) * width,
    y: range > 0 ? height - Math.min(MOST_BOXES, (value / 2 - least / 2) / range) * height : height / 2,
  }))
}
