import type { SampleBirth } from '../../shared/samples'

/** log p of what has been drawn after `steps` variables, in nats. */
export function logLikelihoodSoFar({ logProbabilities }: Pick<SampleBirth, 'logProbabilities'>, steps: number): number {
  let sum = 0
  for (let t = 0; t < steps; t++) sum += logProbabilities[t]
  return sum
}

/** How many variables a sample has. */
export function variablesIn({ logProbabilities }: Pick<SampleBirth, 'logProbabilities'>): number {
  return logProbabilities.length
}

/** Which variable each input is of, by their place in the order of drawing, `[columns]`. */
export function stepOfInput({ order, begins }: Pick<SampleBirth, 'order' | 'begins'>): Int32Array {
  const steps = new Int32Array(order.length)
  for (let place = 0; place + 1 < begins.length; place++)
    for (let i = begins[place]; i < begins[place + 1]; i++) steps[order[i]] = place
  return steps
}

/** The values of a sample as far as they are drawn after `steps` inputs, `[columns]`; the others are 0. */
export function valuesSoFar(values: Uint8Array, order: ArrayLike<number>, steps: number): Uint8Array {
  const drawn = new Uint8Array(values.length)
  for (let t = 0; t < steps; t++) drawn[order[t]] = values[order[t]]
  return drawn
}
