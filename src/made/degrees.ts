import { PURPOSE, RandomStream } from './random'
import type { ModelSpec } from './spec'
import { variableCount } from './variables'

/** The degrees mˡ of one hidden layer: `degrees[k]` is in 1..V−1, the last place that unit k may depend on. */
export type Degrees = Int32Array

/**
 * Set number `index` of degrees of a seed, one array per hidden layer (docs/mathematics.md, Connectivity):
 * mˡ(k) is uniform over {min over k' of mˡ⁻¹(k'), …, V−1}; below the first layer the least is 1.
 */
export function drawDegrees(spec: ModelSpec, seed: number, index: number): Degrees[] {
  const stream = new RandomStream(seed, PURPOSE.degrees, index)
  const variables = variableCount(spec)
  let least = 1
  return spec.hidden.map((units) => {
    const from = least
    const degrees = Int32Array.from({ length: units }, () => from + stream.below(variables - from))
    least = degrees.reduce((a, b) => Math.min(a, b))
    return degrees
  })
}
