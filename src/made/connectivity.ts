import type { Degrees } from './degrees'
import { StudioError } from '../base/failure'
import type { Ordering } from './ordering'
import type { ModelSpec } from './spec'

/** One ordering and one set of degrees: all that the masks follow from. */
export interface Connectivity {
  /** m⁰, `[D]`, a permutation of 1..D. */
  readonly ordering: Ordering
  /** m¹..m^L, one `[K_l]` array per hidden layer. */
  readonly degrees: readonly Degrees[]
}

/**
 * Checks a connectivity that came from outside against its model.
 * Degrees need only lie in 1..D−1: that is what makes the masks autoregressive.
 * @throws StudioError 'damaged-file'
 */
export function validateConnectivity(spec: ModelSpec, connectivity: Connectivity): void {
  const seen = new Uint8Array(spec.inputs)
  if (connectivity.ordering.length !== spec.inputs) fail(`an ordering of ${connectivity.ordering.length} inputs`)
  for (const place of connectivity.ordering) {
    if (place < 1 || place > spec.inputs || seen[place - 1] === 1)
      fail(`an ordering that is not a permutation of 1 to ${spec.inputs}`)
    seen[place - 1] = 1
  }
  if (connectivity.degrees.length !== spec.hidden.length) fail(`degrees for ${connectivity.degrees.length} layers`)
  connectivity.degrees.forEach((degrees, l) => {
    if (degrees.length !== spec.hidden[l]) fail(`${degrees.length} degrees for hidden layer ${l + 1}`)
    for (const degree of degrees)
      if (degree < 1 || degree > spec.inputs - 1) fail(`the degree ${degree}, outside 1 to ${spec.inputs - 1}`)
  })
}

function fail(what: string): never {
  throw new StudioError(
    'damaged-file',
    `The model holds ${what}, which does not fit its architecture.`,
    'Export the model again from where it was made.',
  )
}
