import type { Variables } from '../../made/variables'
import type { SampleBirth } from '../../shared/samples'

/**
 * log p of what has been drawn after `steps` inputs, in nats: the sum over the drawn ones of the logarithm of the
 * probability of what came. Of a category only the column that came counts.
 */
export function logLikelihoodSoFar(birth: SampleBirth, steps: number, { kinds, of }: Variables): number {
  let sum = 0
  for (let t = 0; t < steps; t++) {
    const input = birth.order[t]
    const one = birth.probabilities[input]
    if (birth.bits[input] === 1) sum += Math.log(one)
    else if (kinds[of[input]] === 'binary') sum += Math.log1p(-one)
  }
  return sum
}

/** The step at which each input is drawn, 0-based, `[columns]`. */
export function stepOfInput(order: ArrayLike<number>): Int32Array {
  const steps = new Int32Array(order.length)
  for (let t = 0; t < order.length; t++) steps[order[t]] = t
  return steps
}

/** The values of a sample as far as they are drawn after `steps` inputs, `[columns]`; the others are 0. */
export function valuesSoFar(values: Uint8Array, order: ArrayLike<number>, steps: number): Uint8Array {
  const drawn = new Uint8Array(values.length)
  for (let t = 0; t < steps; t++) drawn[order[t]] = values[order[t]]
  return drawn
}
