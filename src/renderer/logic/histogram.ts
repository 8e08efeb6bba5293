import { largest } from '../../base/extremes'

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
