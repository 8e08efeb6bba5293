/** A curve by its places and values, both `[points]`; places do not fall. */
export interface Curve {
  readonly x: ArrayLike<number>
  readonly y: ArrayLike<number>
}

export interface CurvePoint {
  readonly x: number
  readonly y: number
}

/**
 * A curve as it looks on so many columns of pixels: of each column its first, least, greatest and last point, in their order, so that
 * the line through them covers the same pixels. Points that are not finite are left out.
 * @param columns at least 1
 * @returns at most `4 · columns` points
 */
export function decimate({ x, y }: Curve, columns: number): CurvePoint[] {
  const finite = (i: number): boolean => Number.isFinite(x[i]) && Number.isFinite(y[i])
  let first = 0
  while (first < x.length && !finite(first)) first++
  let last = x.length - 1
  while (last > first && !finite(last)) last--
  if (first >= x.length) return []
  const width = (x[last] - x[first]) / columns
  const columnOf = (i: number): number => (width > 0 ? Math.min(columns - 1, Math.floor((x[i] - x[first]) / width)) : 0)
  const points: CurvePoint[] = []
  let [start, least, most, end] = [first, first, first, first]
  const put = (): void => {
    let before = -1
    for (const i of [start, Math.min(least, most), Math.max(least, most), end]) {
      if (i > before) points.push({ x: x[i], y: y[i] })
      before = Math.max(before, i)
    }
  }
  let column = 0
  for (let i = first + 1; i <= last; i++) {
    if (!finite(i)) continue
    const own = columnOf(i)
    if (own !== column) {
      put()
      column = own
      start = least = most = end = i
      continue
    }
    if (y[i] < y[least]) least = i
    if (y[i] > y[most]) most = i
    end = i
  }
  put()
  return points
}
