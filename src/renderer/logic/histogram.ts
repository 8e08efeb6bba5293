import { formatShare } from './format'
import { t } from '../words'
import { largest } from '../../base/extremes'
import type { ColumnHistogram } from '../../shared/table-view'

/**
 * The heights of the bars of a histogram, 0..1 of the tallest, on a logarithmic scale: of pictures, most pixels are paper.
 * @param bins how many bars; a divisor of the number of counts
 */
export function histogramBars(counts: ArrayLike<number>, bins: number): number[] {
  const perBin = counts.length / bins
  const sums = Array.from({ length: bins }, (_, bin) => {
    let sum = 0
    for (let i = bin * perBin; i < (bin + 1) * perBin; i++) sum += counts[i]
    return Math.log1p(sum)
  })
  const most = largest(sums)
  return most > 0 ? sums.map((sum) => sum / most) : sums
}

/** A bar of a histogram: per cent across, 0..1 of the height. */
export interface HistogramBox {
  readonly x: number
  readonly width: number
  readonly height: number
}

/** Of the room of one bar, the part that is left empty beside it. */
const GAP = 0.15

/** The histogram of a column as boxes; that of what is missing stands alone. */
export function histogramBoxes({ bars, others, missing, cuts, values }: ColumnHistogram): {
  readonly bars: readonly HistogramBox[]
  readonly others: readonly HistogramBox[]
  readonly missing: HistogramBox
  /** Per cent across. */
  readonly cuts: readonly number[]
} {
  const places = bars.length + (others > 0 ? 1 : 0)
  const pitch = 100 / Math.max(1, places)
  const most = Math.max(1, others, missing, largest(bars.map(({ rows }) => rows)))
  // Bars of neighbouring intervals touch, those of categories stand apart.
  const gap = values !== null ? GAP * pitch : Math.min(0.6, GAP * pitch)
  const box = (rows: number, place: number): HistogramBox => ({
    x: place * pitch + gap / 2,
    width: pitch - gap,
    // What occurs at all can be seen.
    height: rows > 0 ? Math.max(0.04, rows / most) : 0,
  })
  return {
    bars: bars.map(({ rows }, place) => box(rows, place)),
    others: others > 0 ? [box(others, bars.length)] : [],
    missing: { x: 0, width: 100, height: missing > 0 ? Math.max(0.04, missing / most) : 0 },
    cuts: cuts.map((share) => share * 100),
  }
}

/** So many of the commonest values are told. */
const TOLD = 3

/** How often the values of a column occur, in words. */
export function histogramWords({ bars, missing, rows, ends }: ColumnHistogram): string {
  const share = (count: number): string => formatShare(count / Math.max(1, rows))
  const commonest = bars.toSorted((a, b) => b.rows - a.rows).slice(0, TOLD)
  const parts = commonest
    .filter((bar) => bar.rows > 0)
    .map((bar) => t('frame.part.table.share', { value: bar.says, share: share(bar.rows) }))
  if (ends && ends[0] !== ends[1]) parts.unshift(t('frame.part.table.range', { least: ends[0], most: ends[1] }))
  if (missing > 0) parts.push(t('frame.part.table.missing-share', { share: share(missing) }))
  return parts.join(' · ')
}
