import { BitMatrix } from '../../data/bit-matrix'
import { sigmoid } from '../../made/likelihood'
import { fillUniforms, PURPOSE } from '../../made/random'
import type { Drawn, DrawRequest, Given } from '../contract'
import { ActiveInputs } from './active-inputs'
import { arrange } from '../arrangement'
import type { Network } from './network'

/**
 * Draws rows in ancestral order. A hidden unit of degree m depends only on inputs with place ≤ m, so once the input at
 * place t is drawn exactly the units of degree t become final: every weight is visited once, and a sample costs one
 * forward pass instead of D (docs/mathematics.md, Sampling).
 */
export function drawAncestral(network: Network, dimensions: number, request: DrawRequest, given: Given | null): Drawn {
  const rows = new BitMatrix(request.count, dimensions)
  const probabilities = new Float32Array(request.count * dimensions)
  const arrangement = arrange(request.connectivity)
  const active = new ActiveInputs(network.mostRows, dimensions)
  const uniforms = Array.from({ length: network.mostRows }, () => new Float32Array(dimensions))
  for (let start = 0; start < request.count; start += network.mostRows) {
    const count = Math.min(network.mostRows, request.count - start)
    active.clear(count)
    for (let b = 0; b < count; b++) fillUniforms(request.seed, PURPOSE.sample, request.first + start + b, uniforms[b])
    for (let t = 0; t < dimensions; t++) {
      const input = arrangement.inputAt[t]
      const z = network.logits(t, active, count, arrangement)
      for (let b = 0; b < count; b++) {
        const row = start + b
        const p = Math.fround(sigmoid(z[b]))
        probabilities[row * dimensions + input] = p
        const bit = given?.known.get(row, input) === 1 ? given.rows.get(row, input) === 1 : uniforms[b][input] < p
        if (bit) {
          rows.set(row, input)
          active.append(b, input, t)
        } else active.skip(b, t)
      }
      finishUnits(network, t + 1, active, count, arrangement)
    }
  }
  return { rows, probabilities }
}

/** Computes the units of one degree, which depend on no input that is still to be drawn. */
function finishUnits(
  network: Network,
  degree: number,
  active: ActiveInputs,
  rows: number,
  arrangement: ReturnType<typeof arrange>,
): void {
  arrangement.hidden.forEach(({ firstOfDegree, unitAt }, l) => {
    const end = degree + 1 < firstOfDegree.length ? firstOfDegree[degree + 1] : unitAt.length
    for (let j = firstOfDegree[degree]; j < end; j++) network.hiddenUnit(l, j, active, rows, arrangement)
  })
}
