import { largest, smallest } from '../../base/extremes'
import type { Curve } from './decimate'
import { closeRange, smooth } from './loss-series'
import type { EpochRecord } from '../../shared/run'

/** What curves are drawn over. */
export const CURVE_AXES = ['epoch', 'update', 'time'] as const
export type CurveAxis = (typeof CURVE_AXES)[number]

/**
 * The validation loss of a run after each of its epochs.
 * @param axis the places: epochs, updates, or seconds of training since its beginning
 * @param keep how much is smoothed, 0..1, as in `smooth`
 */
export function validationCurve(epochs: readonly EpochRecord[], axis: CurveAxis, keep: number): Curve {
  const x = new Float64Array(epochs.length)
  let seconds = 0
  epochs.forEach((record, i) => {
    seconds += record.seconds
    switch (axis) {
      case 'epoch':
        x[i] = record.epoch
        break
      case 'update':
        x[i] = record.update
        break
      case 'time':
        x[i] = seconds
    }
  })
  const y = epochs.map(({ validNll }) => validNll)
  return { x, y: keep === 0 ? y : smooth(y, keep) }
}

/**
 * A range of losses in which the close-up of each of those curves is seen, and of a curve too short for one its best loss; null while
 * there is too little to tell.
 */
export function sharedRange(
  epochs: readonly (readonly EpochRecord[])[],
): { readonly least: number; readonly most: number } | null {
  const close = epochs.flatMap((own) => {
    const range = closeRange(own.map(({ epoch, validNll }) => ({ x: epoch, y: validNll })))
    return range ? [range] : []
  })
  if (close.length === 0) return null
  const best = epochs
    .map((own) => smallest(own.map(({ validNll }) => validNll).filter(Number.isFinite)))
    .filter(Number.isFinite)
  const least = smallest([...close.map((range) => range.least), ...best])
  const most = largest([...close.map((range) => range.most), ...best])
  // Not on the edge.
  return { least, most: most + 0.03 * (most - least) }
}
