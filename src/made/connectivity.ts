import type { Degrees } from './degrees'
import { StudioError } from '../base/failure'
import type { Ordering } from './ordering'
import type { ModelSpec } from './spec'
import { variableCount } from './variables'

/** One ordering and one set of degrees: all that the masks follow from. */
export interface Connectivity {
  /** m⁰, `[V]`, a permutation of 1..V: the place of each variable. */
  readonly ordering: Ordering
  /** m¹..m^L, one `[K_l]` array per hidden layer. */
  readonly degrees: readonly Degrees[]
}

/**
 * Checks a connectivity that came from outside against its model.
 * Degrees need only lie in 1..V−1: that is what makes the masks autoregressive.
 * @throws StudioError 'damaged-file'
 */
export function validateConnectivity(spec: ModelSpec, connectivity: Connectivity): void {
  const variables = variableCount(spec)
  requireOrdering(connectivity.ordering, variables, spec)
  if (connectivity.degrees.length !== spec.hidden.length) fail(`degrees for ${connectivity.degrees.length} layers`)
  connectivity.degrees.forEach((degrees, l) => {
    if (degrees.length !== spec.hidden[l]) fail(`${degrees.length} degrees for hidden layer ${l + 1}`)
    for (const degree of degrees)
      if (degree < 1 || degree > variables - 1) fail(`the degree ${degree}, outside 1 to ${variables - 1}`)
  })
}

function requireOrdering(ordering: Ordering, variables: number, { inputs, leading = [] }: ModelSpec): void {
  const seen = new Uint8Array(variables)
  if (ordering.length !== variables)
    fail(`an ordering of ${ordering.length} ${variables === inputs ? 'inputs' : 'variables'}`)
  for (const place of ordering) {
    if (place < 1 || place > variables || seen[place - 1] === 1)
      fail(`an ordering that is not a permutation of 1 to ${variables}`)
    seen[place - 1] = 1
  }
  if (leading.some((variable, i) => ordering[variable] !== i + 1))
    fail('an ordering in which the leading variables do not come first')
}

function fail(what: string): never {
  throw new StudioError(
    'damaged-file',
    `The model holds ${what}, which does not fit its architecture.`,
    'Export the model again from where it was made.',
  )
}
