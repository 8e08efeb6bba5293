import type { BitMatrix } from '../data/bit-matrix'
import { largest } from '../base/extremes'
import { logSum } from '../made/likelihood'

/** Particles of one group with their weights: one estimate of what the evidence is worth, and of all that follows from it. */
export interface Group {
  /** `[N, D]` */
  readonly rows: BitMatrix
  /** `[N]`: log of each weight; their mean is an unbiased estimate of the probability of the evidence. */
  readonly logWeights: Float64Array
  /** `[N]`: which draws they go back to; those of one origin count as one. */
  readonly origins: Int32Array
  /** `[D]`: Σ w p(column) / Σ w, the best that the group knows of each column. */
  readonly means: Float64Array
}

/** What groups say together, with how far from it the truth may be. */
export interface GroupSummary {
  /** log of the mean weight, nats. */
  readonly logEvidence: number
  /** Standard error of the probability of the evidence, relative to it. */
  readonly relativeError: number
  /** `[D]` */
  readonly means: Float64Array
  /** `[D]` */
  readonly standardErrors: Float64Array
  /** As `effectiveSize` tells it. */
  readonly effectiveSampleSize: number
}

/** log of a group's mean weight. */
function logMean({ logWeights }: Group): number {
  return logSum(logWeights) - Math.log(logWeights.length)
}

/** Which of some a uniform in [0, 1) takes, in proportion to their weights. @param logWeights of which one at least is above −∞ */
export function oneByWeight(logWeights: Float64Array, uniform: number): number {
  const total = logSum(logWeights)
  let below = 0
  for (const [i, log] of logWeights.entries()) {
    below += Math.exp(log - total)
    if (uniform < below) return i
  }
  return logWeights.length - 1
}

/**
 * Takes the groups of several connectivities together, each connectivity for as much as its evidence is worth. A group is an
 * independent repeat, so that how far groups of one connectivity differ tells the error (that of a ratio, to first order).
 * @param strata the groups of each connectivity; every connectivity has some, and counts alike before the evidence
 * @param columns D
 */
export function summarise(strata: readonly (readonly Group[])[], columns: number): GroupSummary {
  const logs = strata.map((groups) => groups.map(logMean))
  const most = largest(logs.flat())
  const means = new Float64Array(columns)
  const standardErrors = new Float64Array(columns)
  if (most === -Infinity) return { logEvidence: most, relativeError: 0, means, standardErrors, effectiveSampleSize: 0 }
  // The share of each group: its worth among all, where each connectivity counts alike.
  const worth = logs.map((ofGroups) => ofGroups.map((log) => Math.exp(log - most) / ofGroups.length))
  const total = worth.flat().reduce((sum, value) => sum + value, 0)
  strata.forEach((groups, s) => {
    groups.forEach((group, g) => {
      for (let d = 0; d < columns; d++) means[d] += (worth[s][g] / total) * group.means[d]
    })
  })
  let variance = 0
  const variances = new Float64Array(columns)
  strata.forEach((groups, s) => {
    const count = groups.length
    if (count < 2) return
    const scale = count / (count - 1)
    const mean = worth[s].reduce((sum, value) => sum + value, 0) / count
    for (const value of worth[s]) variance += scale * (value - mean) ** 2
    for (let d = 0; d < columns; d++) {
      let [sum, squares] = [0, 0]
      groups.forEach((group, g) => {
        const residual = worth[s][g] * (group.means[d] - means[d])
        sum += residual
        squares += residual * residual
      })
      variances[d] += scale * (squares - (sum * sum) / count)
    }
  })
  const effectiveSampleSize = effectiveSize(strata)
  for (let d = 0; d < columns; d++)
    standardErrors[d] = Math.max(Math.sqrt(Math.max(0, variances[d])) / total, UNSEEN / (effectiveSampleSize + 2))
  return {
    logEvidence: most + Math.log(total / strata.length),
    relativeError: Math.sqrt(variance) / total,
    means,
    standardErrors,
    effectiveSampleSize,
  }
}

/** n draws do not tell a share of about 1 / n from none: where all say the same, that is what may be wrong. */
const UNSEEN = 1.5

/** (ΣW)² / ΣW² over all that was drawn apart, W the weight of one origin. */
export function effectiveSize(strata: readonly (readonly Group[])[]): number {
  const most = largest(strata.flatMap((groups) => groups.map(logMean)))
  if (most === -Infinity) return 0
  let [sum, squares] = [0, 0]
  for (const groups of strata)
    for (const { logWeights, origins } of groups) {
      const ofOrigin = new Map<number, number>()
      logWeights.forEach((log, i) => {
        const weight = Math.exp(log - most) / groups.length / logWeights.length
        ofOrigin.set(origins[i], (ofOrigin.get(origins[i]) ?? 0) + weight)
      })
      for (const weight of ofOrigin.values()) {
        sum += weight
        squares += weight * weight
      }
    }
  return (sum * sum) / squares
}
