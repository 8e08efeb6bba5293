import type { Degrees } from './degrees'
import { StudioError } from '../base/failure'
import { say, type Sentence } from '../words/say'
import { variablesByPlace, type Ordering } from './ordering'
import type { ModelSpec } from './spec'
import { variableCount } from './variables'

/** One ordering and one set of degrees: all that the masks follow from. */
export interface Connectivity {
  /** m⁰, `[V]`, a permutation of 1..V: the place of each variable. */
  readonly ordering: Ordering
  /** m¹..m^L, one `[K_l]` array per hidden layer. */
  readonly degrees: readonly Degrees[]
  /**
   * How many variables, from the first place on, are known of the rows that it is for; all if absent. Their terms alone are
   * summed in a loss and in log p(x); no output before sees the others, so that it does not matter what stands in their place.
   */
  readonly observed?: number
}

/** How many variables of its rows are known. */
export function observedOf({ ordering, observed = ordering.length }: Connectivity): number {
  return observed
}

/** The same with some variables first in its ordering, and then the others, all in their order under it. */
export function withFirst({ ordering, degrees }: Connectivity, isFirst: (variable: number) => boolean): Connectivity {
  const byPlace = Array.from(variablesByPlace(ordering))
  const places = new Int32Array(ordering.length)
  const moved = [...byPlace.filter(isFirst), ...byPlace.filter((variable) => !isFirst(variable))]
  moved.forEach((variable, place) => (places[variable] = place + 1))
  return { ordering: places, degrees }
}

/**
 * Checks a connectivity that came from outside against its model.
 * Degrees need only lie in 1..V−1: that is what makes the masks autoregressive.
 * @throws StudioError 'damaged-file'
 */
export function validateConnectivity(spec: ModelSpec, connectivity: Connectivity): void {
  const variables = variableCount(spec)
  requireOrdering(connectivity.ordering, variables, spec)
  if (connectivity.degrees.length !== spec.hidden.length)
    throw misfit(say('model.misfit.layers', { layers: connectivity.degrees.length }))
  connectivity.degrees.forEach((degrees, l) => {
    if (degrees.length !== spec.hidden[l])
      throw misfit(say('model.misfit.degrees', { degrees: degrees.length, layer: l + 1 }))
    for (const degree of degrees)
      if (degree < 1 || degree > variables - 1)
        throw misfit(say('model.misfit.degree', { degree, most: variables - 1 }))
  })
}

function requireOrdering(ordering: Ordering, variables: number, { inputs, leading = [] }: ModelSpec): void {
  const seen = new Uint8Array(variables)
  const what = variables === inputs ? 'inputs' : 'variables'
  if (ordering.length !== variables) throw misfit(say('model.misfit.ordering', { places: ordering.length, what }))
  for (const place of ordering) {
    if (place < 1 || place > variables || seen[place - 1] === 1)
      throw misfit(say('model.misfit.permutation', { variables }))
    seen[place - 1] = 1
  }
  if (leading.some((variable, i) => ordering[variable] !== i + 1)) throw misfit(say('model.misfit.leading'))
}

function misfit(what: Sentence): StudioError {
  return new StudioError('damaged-file', what, say('model.misfit.hint'))
}
