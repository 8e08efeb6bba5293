import { largest, smallest } from '../../base/extremes'
import { decimate, type Curve, type CurvePoint } from './decimate'
import { closeRange, smooth } from './loss-series'
import { tQuantile } from './mean'
import type { RunCurve } from '../../shared/run'

/** What curves are drawn over. */
export const CURVE_AXES = ['epoch', 'update', 'time'] as const
export type CurveAxis = (typeof CURVE_AXES)[number]

/** The curves that were made last of a run, which do not change: they may be very long. */
const made = new WeakMap<RunCurve, ReadonlyMap<string, Curve>>()
/** So many of each: what is drawn, and that over epochs by which its range is found. */
const MOST_MADE = 2

/**
 * The validation loss of a run after each of its epochs.
 * @param axis the places: epochs, updates, or seconds of training since its beginning
 * @param keep how much is smoothed, 0..1, as in `smooth`
 */
export function validationCurve(run: RunCurve, axis: CurveAxis, keep: number): Curve {
  const as = `${axis} ${keep}`
  const before = made.get(run)
  const known = before?.get(as)
  if (known) return known
  const curve = { x: placesOf(run, axis), y: keep === 0 ? run.validNll : smooth(run.validNll, keep) }
  made.set(run, new Map([...(before ?? []), [as, curve] as const].slice(-MOST_MADE)))
  return curve
}

function placesOf({ epoch, update, seconds }: RunCurve, axis: CurveAxis): Float64Array {
  switch (axis) {
    case 'epoch':
      return epoch
    case 'update':
      return update
    case 'time':
      return seconds
  }
}

/** What was drawn last of a curve. */
const drawn = new WeakMap<Curve, { readonly columns: number; readonly points: CurvePoint[] }>()

/** A curve as it looks on so many columns of pixels, as `decimate` says. */
export function drawnPoints(curve: Curve, columns: number): CurvePoint[] {
  const known = drawn.get(curve)
  if (known?.columns === columns) return known.points
  const points = decimate(curve, columns)
  drawn.set(curve, { columns, points })
  return points
}

/** The mean of several curves, and how far it may be off. */
export interface MeanCurve {
  readonly mean: Curve
  /** The ends of its 95% confidence interval. */
  readonly least: Curve
  readonly most: Curve
}

/** The mean of curves, epoch by epoch as far as all of them go. @param curves at least two */
export function meanCurve(curves: readonly Curve[]): MeanCurve {
  const points = smallest(curves.map(({ x }) => x.length))
  const [x, mean, least, most] = Array.from({ length: 4 }, () => new Float64Array(points))
  const count = curves.length
  const width = tQuantile(count - 1) / Math.sqrt((count - 1) * count)
  for (let i = 0; i < points; i++) {
    for (const curve of curves) {
      x[i] += curve.x[i] / count
      mean[i] += curve.y[i] / count
    }
    let squares = 0
    for (const { y } of curves) squares += (y[i] - mean[i]) ** 2
    const half = width * Math.sqrt(squares)
    least[i] = mean[i] - half
    most[i] = mean[i] + half
  }
  return { mean: { x, y: mean }, least: { x, y: least }, most: { x, y: most } }
}

/** So finely a range is looked for in a curve. */
const RANGE_COLUMNS = 1000

/** The close-up of a curve over epochs, and its least loss. */
interface Extent {
  readonly close: { readonly least: number; readonly most: number } | null
  readonly best: number
}

const extents = new WeakMap<Curve, Extent>()

function extentOf(curve: Curve): Extent {
  const known = extents.get(curve)
  if (known) return known
  const points = decimate(curve, RANGE_COLUMNS)
  const extent = { close: closeRange(points), best: smallest(points.map(({ y }) => y)) }
  extents.set(curve, extent)
  return extent
}

/**
 * A range of losses in which the close-up of each of those curves is seen, and of a curve too short for one its best loss; null while
 * there is too little to tell.
 * @param curves over epochs
 */
export function sharedRange(curves: readonly Curve[]): { readonly least: number; readonly most: number } | null {
  const all = curves.map(extentOf)
  const close = all.flatMap((extent) => extent.close ?? [])
  if (close.length === 0) return null
  const best = all.map((extent) => extent.best).filter(Number.isFinite)
  const least = smallest([...close.map((range) => range.least), ...best])
  const most = largest([...close.map((range) => range.most), ...best])
  // Not on the edge.
  return { least, most: most + 0.03 * (most - least) }
}
