import { PURPOSE, RandomStream } from './random'

/**
 * An ordering m⁰: a permutation of 1..V. `ordering[v]` is the 1-based place of variable v (0-based index v); where all
 * variables are binary they are the inputs.
 */
export type Ordering = Int32Array

/**
 * The natural order: the leading variables have places 1, 2, … as they are listed, the others follow in their own order.
 * @param count V
 * @param leading 0-based variables, each once
 */
export function naturalOrdering(count: number, leading: readonly number[] = []): Ordering {
  return behind(
    leading,
    Int32Array.from({ length: count - leading.length }, (_, i) => leading.length + i + 1),
  )
}

/** Random ordering number `index` of a seed: every permutation of those that do not lead equally likely. */
export function randomOrdering(count: number, seed: number, index: number, leading: readonly number[] = []): Ordering {
  const places = Int32Array.from({ length: count - leading.length }, (_, i) => leading.length + i + 1)
  new RandomStream(seed, PURPOSE.ordering, index).shuffle(places)
  return behind(leading, places)
}

/** The ordering in which the variables that do not lead have these places, in the order of the variables. */
function behind(leading: readonly number[], places: Int32Array): Ordering {
  if (leading.length === 0) return places
  const ordering = new Int32Array(leading.length + places.length)
  leading.forEach((variable, i) => (ordering[variable] = i + 1))
  let next = 0
  for (let variable = 0; variable < ordering.length; variable++)
    if (ordering[variable] === 0) ordering[variable] = places[next++]
  return ordering
}

/** The inverse of an ordering: entry t is the 0-based variable whose place is t + 1. */
export function variablesByPlace(ordering: Ordering): Int32Array {
  const variables = new Int32Array(ordering.length)
  ordering.forEach((place, variable) => {
    variables[place - 1] = variable
  })
  return variables
}
