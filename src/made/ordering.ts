import { PURPOSE, RandomStream } from './random'

/**
 * An ordering m⁰: a permutation of 1..D. `ordering[d]` is the 1-based place of input d (0-based index d).
 */
export type Ordering = Int32Array

/** The natural order: input d has place d + 1. */
export function naturalOrdering(inputs: number): Ordering {
  return Int32Array.from({ length: inputs }, (_, d) => d + 1)
}

/** Random ordering number `index` of a seed: every permutation equally likely. */
export function randomOrdering(inputs: number, seed: number, index: number): Ordering {
  const ordering = naturalOrdering(inputs)
  new RandomStream(seed, PURPOSE.ordering, index).shuffle(ordering)
  return ordering
}

/** The inverse of an ordering: entry t is the 0-based input whose place is t + 1. */
export function inputsByPlace(ordering: Ordering): Int32Array {
  const inputs = new Int32Array(ordering.length)
  ordering.forEach((place, d) => {
    inputs[place - 1] = d
  })
  return inputs
}
