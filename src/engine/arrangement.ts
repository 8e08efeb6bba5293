import type { Connectivity } from '../made/connectivity'
import { variablesByPlace } from '../made/ordering'
import { columnsByPlace, type Variables } from '../made/variables'

/** The units of one layer sorted by degree, so that what a mask keeps is always the first so many of the layer below. */
export interface ArrangedLayer {
  /** Entry j is the number of the unit at sorted position j. */
  readonly unitAt: Int32Array
  /** Entry j is how many sorted units (or sorted inputs) of the layer below the unit at position j is connected to. */
  readonly reach: Int32Array
  /** Entry t is the first sorted position whose degree is t or more, for t in 0..V. */
  readonly firstOfDegree: Int32Array
}

/**
 * A connectivity made ready for computing: with units in order of degree and inputs in order of place every mask is a
 * staircase, and "the connections that are kept" is "the first n".
 */
export interface Arrangement {
  readonly ordering: Int32Array
  /** Entry t is the variable at place t + 1. */
  readonly variableAt: Int32Array
  /** `[V + 1]`: the sorted inputs of the variable at place t + 1 are those from entry t on, up to the next entry. */
  readonly firstOfPlace: Int32Array
  /** Entry s is the input at sorted position s: where all variables are binary, at place s + 1. */
  readonly inputAt: Int32Array
  readonly hidden: readonly ArrangedLayer[]
  /** Entry t is how many sorted units of the last hidden layer the outputs at place t + 1 are connected to. */
  readonly outputReach: Int32Array
}

/**
 * Sorts a connectivity.
 * @param variables of the model; null where all are binary
 */
export function arrange({ ordering, degrees }: Connectivity, variables: Variables | null): Arrangement {
  const places = ordering.length
  const variableAt = variablesByPlace(ordering)
  const firstOfPlace = countPlaces(variableAt, variables)
  const hidden: ArrangedLayer[] = []
  for (const layerDegrees of degrees) {
    const firstOfDegree = countBelow(layerDegrees, places)
    const unitAt = sortByDegree(layerDegrees, firstOfDegree)
    const below = hidden.at(-1)
    // A unit of degree m keeps the units below with degree ≤ m; of the inputs, those of the first m places.
    const reach = unitAt.map((unit) =>
      below ? below.firstOfDegree[layerDegrees[unit] + 1] : firstOfPlace[layerDegrees[unit]],
    )
    hidden.push({ unitAt, reach, firstOfDegree })
  }
  const last = hidden[hidden.length - 1]
  // Outputs at place t keep the units with degree < t.
  const outputReach = Int32Array.from({ length: places }, (_, t) => last.firstOfDegree[t + 1])
  const inputAt = variables ? columnsByPlace(variables, ordering) : variableAt
  return { ordering, variableAt, firstOfPlace, inputAt, hidden, outputReach }
}

/** Entry t is how many inputs the first t places have. */
function countPlaces(variableAt: Int32Array, variables: Variables | null): Int32Array {
  const first = Int32Array.from({ length: variableAt.length + 1 }, (_, t) => t)
  if (!variables) return first
  variableAt.forEach((variable, t) => {
    first[t + 1] = first[t] + variables.first[variable + 1] - variables.first[variable]
  })
  return first
}

/** Entry t is the number of degrees below t, for t in 0..V. */
function countBelow(degrees: Int32Array, places: number): Int32Array {
  const below = new Int32Array(places + 1)
  for (const degree of degrees) below[degree + 1]++
  for (let t = 1; t <= places; t++) below[t] += below[t - 1]
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
