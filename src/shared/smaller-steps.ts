import type { Optimizer } from '../made/optimizer'
import { SETTING_LIMITS } from './run-config'

/** So many times smaller are the steps of a run that starts anew after it diverged. */
const TIMES_SMALLER = 10

/** An optimizer whose steps are a tenth as long, and the setting that makes them so. */
export interface SmallerSteps {
  readonly optimizer: Optimizer
  readonly setting: 'learningRate' | 'epsilon'
  readonly value: number
}

/**
 * What helps a run that diverged. AdaDelta has no step size; it begins with steps of √ε, so its ε becomes a hundredth.
 * @returns null where the steps are as short as they may be
 */
export function smallerSteps(optimizer: Optimizer): SmallerSteps | null {
  if (optimizer.kind === 'adadelta') {
    const value = divided(optimizer.epsilon, TIMES_SMALLER ** 2, SETTING_LIMITS.epsilon.least)
    return value === null ? null : { optimizer: { ...optimizer, epsilon: value }, setting: 'epsilon', value }
  }
  const value = divided(optimizer.learningRate, TIMES_SMALLER, SETTING_LIMITS.learningRate.least)
  return value === null ? null : { optimizer: { ...optimizer, learningRate: value }, setting: 'learningRate', value }
}

/** The quotient as a person would write it (0.007 and not 0.007000000000000001); null where it is not allowed to be less. */
function divided(value: number, divisor: number, least: number): number | null {
  if (value <= least) return null
  return Math.max(least, Number((value / divisor).toPrecision(12)))
}
