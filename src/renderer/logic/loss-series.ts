import { largest, smallest } from '../../base/extremes'
import type { EpochRecord } from '../../shared/run'

/** A point of the training curve: the mean loss of the minibatches that end with `update`. */
export interface LossPoint {
  readonly update: number
  readonly loss: number
}

/**
 * The training curve in bounded memory: each point is the mean of `stride` minibatches, and the stride doubles
 * whenever there are too many points.
 */
export class LossSeries {
  private points: LossPoint[] = []
  private stride = 1
  private sum = 0
  private pending = 0
  private last = 0

  constructor(private readonly most = 1000) {}

  /** Starts again from points that are means already. */
  load(points: readonly LossPoint[]): void {
    this.points = [...points]
    this.sum = 0
    this.pending = 0
    this.last = points.at(-1)?.update ?? 0
    this.stride = points.length > 1 ? Math.max(1, Math.round(this.last / points.length)) : 1
    this.thin()
  }

  /**
   * Adds the losses of minibatches `firstUpdate`, `firstUpdate` + 1, …, in nats. What is known from `firstUpdate` on is
   * replaced: a run that went on from a checkpoint tells those updates again.
   */
  add(firstUpdate: number, losses: ArrayLike<number>): void {
    if (firstUpdate <= this.last) this.rewind(firstUpdate)
    for (let i = 0; i < losses.length; i++) {
      this.last = firstUpdate + i
      this.sum += losses[i]
      this.pending++
      if (this.pending >= this.stride) this.flush()
    }
  }

  /** All points, the newest last; a mean still under way is left out. */
  values(): readonly LossPoint[] {
    return this.points
  }

  private rewind(update: number): void {
    while (this.points.length > 0 && this.points[this.points.length - 1].update >= update) this.points.pop()
    this.sum = 0
    this.pending = 0
    this.last = update - 1
  }

  private flush(): void {
    this.points.push({ update: this.last, loss: this.sum / this.pending })
    this.sum = 0
    this.pending = 0
    this.thin()
  }

  private thin(): void {
    while (this.points.length > this.most) {
      const halved: LossPoint[] = []
      for (let i = 0; i + 1 < this.points.length; i += 2)
        halved.push({
          update: this.points[i + 1].update,
          loss: (this.points[i].loss + this.points[i + 1].loss) / 2,
        })
      if (this.points.length % 2 === 1) halved.push(this.points[this.points.length - 1])
      this.points = halved
      this.stride *= 2
    }
  }
}

/**
 * Smoothing by a weighted mean whose weights fall exponentially on both sides, so that the curve does not lag behind.
 * What is not finite stays as it is and weighs nothing.
 * @param keep how much less each further neighbour weighs, 0..1
 */
export function smooth(values: ArrayLike<number>, keep: number): Float64Array {
  const smoothed = new Float64Array(values.length)
  const weights = new Float64Array(values.length)
  let [sum, weight] = [0, 0]
  const take = (value: number): void => {
    const counts = Number.isFinite(value)
    sum = keep * sum + (counts ? value : 0)
    weight = keep * weight + (counts ? 1 : 0)
  }
  for (let i = 0; i < values.length; i++) {
    take(values[i])
    smoothed[i] = sum
    weights[i] = weight
  }
  ;[sum, weight] = [0, 0]
  for (let i = values.length - 1; i >= 0; i--) {
    take(values[i])
    // The value itself is in both sums.
    smoothed[i] = Number.isFinite(values[i]) ? (smoothed[i] + sum - values[i]) / (weights[i] + weight - 1) : values[i]
  }
  return smoothed
}

/** How much smoothing suits a curve of that many points: a window of about a fortieth of it. */
export function smoothingFor(points: number): number {
  const window = Math.min(50, points / 40)
  return window <= 1 ? 0 : 1 - 1 / window
}

/** Epochs after which a close-up has begun, and after which it is all there is. */
const EASES_FROM = 1
const EASES_UNTIL = 4

/**
 * The range of a close-up that a run grows into: its whole fall at first, and from there little by little what `tailRange`
 * shows. Null while there is too little to tell.
 * @param points by epochs
 */
export function closeRange(
  points: readonly { readonly x: number; readonly y: number }[],
  floor: number | null = null,
): { least: number; most: number } | null {
  const tail = tailRange(points, floor)
  if (tail === null) return null
  const end = points.reduce((most, { x }) => Math.max(most, x), 0)
  const share = Math.min(1, Math.max(0, (end - EASES_FROM) / (EASES_UNTIL - EASES_FROM)))
  const finite = points.map(({ y }) => y).filter(Number.isFinite)
  const top = Math.max(tail.most, Math.min(largest(finite), mostBeside(smallest(finite))))
  // In equal ratios, so that each moment takes away as much of what is seen.
  const height = (top - tail.least) ** (1 - share) * (tail.most - tail.least) ** share
  return { least: tail.least, most: tail.least + height }
}

/** How far up a close-up reaches at most: ten times the least loss of the curve in it, plus one nat. */
function mostBeside(least: number): number {
  return 10 * (Math.max(0, least) + 1)
}
/** So much of a range lies below its floor, that there is room to write what it is. */
const BELOW_FLOOR = 0.12

/**
 * The range of losses that shows the newest three quarters of the run, with a margin; null while there is too little to tell.
 * @param floor a loss that has to be in the range; null if there is none
 */
export function tailRange(
  points: readonly { readonly x: number; readonly y: number }[],
  floor: number | null = null,
): { least: number; most: number } | null {
  const end = points.reduce((most, { x }) => Math.max(most, x), 0)
  const tail = points.filter(({ x, y }) => x >= end / 4 && Number.isFinite(y)).map(({ y }) => y)
  if (tail.length < 4) return null
  const least = Math.min(smallest(tail), floor ?? Infinity)
  // Of a run that explodes, the end would dwarf all the rest.
  const most = Math.min(largest(tail), mostBeside(smallest(tail)))
  // Half a nat of margin, but little beside a curve that is flat within a fraction of a nat of its floor.
  const margin = Math.max(floor === null ? 0.5 : 0.02, (most - least) * 0.05)
  const below = floor === least ? Math.max(margin, (most - least) * BELOW_FLOOR) : margin
  return { least: least - below, most: most + margin }
}

/** So many epochs are listed for who cannot see a curve. */
const MOST_LISTED = 40

/** Epochs that tell a curve in numbers: spread evenly, with the best and the newest among them. */
export function listedEpochs(epochs: readonly EpochRecord[]): EpochRecord[] {
  const every = Math.max(1, Math.ceil(epochs.length / MOST_LISTED))
  const best = epochs.findLast(({ isBest }) => isBest)
  return epochs.filter((record, i) => i % every === 0 || record === best || i === epochs.length - 1)
}
