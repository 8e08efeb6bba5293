import { meanOf } from '../base/mean'
import type { Fields } from '../base/migration'
import { textOf } from './sweep'

/** A point of a sweep, and the validation NLL that it came to, nats. */
export interface JudgedPoint {
  readonly settings: Fields
  readonly validNll: number
}

/** A setting that explains differences between runs. */
export interface MatteringSetting {
  /** Its path, such as "optimizer.learningRate". */
  readonly path: string
  /** The share of the variance of the ranks that it explains, 0..1, less what as many values of no effect would. */
  readonly share: number
  readonly best: unknown
  readonly worst: unknown
  /** How much less the median of the validation NLL is with the best value than with the worst, nats. */
  readonly nats: number
}

/** A setting that explains less tells nothing. */
const LEAST_SHARE = 0.1
/** With fewer runs nothing can be told from chance. */
const LEAST_POINTS = 6

/**
 * Which setting explains most of the differences in validation NLL between runs: a one-way analysis of variance of each
 * setting, over the ranks of the losses (Kruskal and Wallis 1952), so that one run that went astray does not decide; the share
 * is ε², which takes away what chance gives a setting of many values.
 * @returns null where none explains a tenth, or there are too few runs
 */
export function whatMattered(points: readonly JudgedPoint[]): MatteringSetting | null {
  if (points.length < LEAST_POINTS) return null
  const ranks = ranksOf(points.map(({ validNll }) => validNll))
  const paths = new Set(points.flatMap(({ settings }) => Object.keys(settings)))
  let most: MatteringSetting | null = null
  for (const path of paths) {
    const groups = groupsBy(points, path)
    if (groups.length < 2) continue
    const share = explained(ranks, groups)
    if (share < LEAST_SHARE || (most !== null && share <= most.share)) continue
    const medians = groups
      .map(({ value, members }) => ({ value, nll: medianOf(members.map((number) => points[number].validNll)) }))
      .sort((a, b) => a.nll - b.nll)
    const [best, worst] = [medians[0], medians[medians.length - 1]]
    most = { path, share, best: best.value, worst: worst.value, nats: worst.nll - best.nll }
  }
  return most
}

interface ValueGroup {
  readonly value: unknown
  /** Numbers of the points that have it. */
  readonly members: number[]
}

function groupsBy(points: readonly JudgedPoint[], path: string): readonly ValueGroup[] {
  const groups = new Map<string, ValueGroup>()
  for (const [number, { settings }] of points.entries()) {
    const value = settings[path]
    const key = textOf(value) ?? ''
    const group = groups.get(key) ?? { value, members: [] }
    group.members.push(number)
    groups.set(key, group)
  }
  return [...groups.values()]
}

/** ε²: (between groups − expected of chance) over total. */
function explained(ranks: readonly number[], groups: readonly ValueGroup[]): number {
  const mean = meanOf(ranks)
  const total = ranks.reduce((sum, rank) => sum + (rank - mean) ** 2, 0)
  const freedom = ranks.length - groups.length
  if (total === 0 || freedom <= 0) return 0
  const between = groups.reduce((sum, { members }) => {
    const own = meanOf(members.map((number) => ranks[number]))
    return sum + members.length * (own - mean) ** 2
  }, 0)
  const within = (total - between) / freedom
  return Math.max(0, (between - (groups.length - 1) * within) / total)
}

/** From 1; equal values share the mean of their ranks. */
function ranksOf(values: readonly number[]): readonly number[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a] - values[b])
  const ranks = values.map(() => 0)
  for (let first = 0; first < order.length;) {
    let end = first + 1
    while (end < order.length && values[order[end]] === values[order[first]]) end++
    for (let at = first; at < end; at++) ranks[order[at]] = (first + 1 + end) / 2
    first = end
  }
  return ranks
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.floor(sorted.length / 2)]) / 2
}
