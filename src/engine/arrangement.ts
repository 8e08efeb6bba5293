import type { Connectivity } from '../made/connectivity'
import { inputsByPlace } from '../made/ordering'

/** The units of one layer sorted by degree, so that what a mask keeps is always the first so many of the layer below. */
export interface ArrangedLayer {
  /** Entry j is the number of the unit at sorted position j. */
  readonly unitAt: Int32Array
  /** Entry j is how many sorted units (or inputs by place) of the layer below the unit at position j is connected to. */
  readonly reach: Int32Array
  /** Entry t is the first sorted position whose degree is t or more, for t in 0..D. */
  readonly firstOfDegree: Int32Array
}

/**
 * A connectivity made ready for computing: with units in order of degree and inputs in order of place every mask is a
 * staircase, and "the connections that are kept" is "the first n".
 */
export interface Arrangement {
  readonly ordering: Int32Array
  /** Entry t is the input at place t + 1. */
  readonly inputAt: Int32Array
  readonly hidden: readonly ArrangedLayer[]
  /** Entry t is how many sorted units of the last hidden layer the output at place t + 1 is connected to. */
  readonly outputReach: Int32Array
}

/** Sorts a connectivity. */
export function arrange({ ordering, degrees }: Connectivity): Arrangement {
  const inputs = ordering.length
  const hidden: ArrangedLayer[] = []
  for (const layerDegrees of degrees) {
    const firstOfDegree = countBelow(layerDegrees, inputs)
    const unitAt = sortByDegree(layerDegrees, firstOfDegree)
    const below = hidden.at(-1)
    // A unit of degree m keeps the units below with degree ≤ m; of the inputs, the first m.
    const reach = unitAt.map((unit) => (below ? below.firstOfDegree[layerDegrees[unit] + 1] : layerDegrees[unit]))
    hidden.push({ unitAt, reach, firstOfDegree })
  }
  const last = hidden[hidden.length - 1]
  // The output at place t keeps the units with degree < t.
  const outputReach = Int32Array.from({ length: inputs }, (_, t) => last.firstOfDegree[t + 1])
  return { ordering, inputAt: inputsByPlace(ordering), hidden, outputReach }
}

/** Entry t is the number of degrees below t, for t in 0..D. */
function countBelow(degrees: Int32Array, inputs: number): Int32Array {
  const below = new Int32Array(inputs + 1)
  for (const degree of degrees) below[degree + 1]++
  for (let t = 1; t <= inputs; t++) below[t] += below[t - 1]
  return below
}

function sortByDegree(degrees: Int32Array, firstOfDegree: Int32Array): Int32Array {
  const next = firstOfDegree.slice()
  const unitAt = new Int32Array(degrees.length)
  degrees.forEach((degree, unit) => {
    unitAt[next[degree]++] = unit
  })
  return unitAt
}
