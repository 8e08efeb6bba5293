import { BitMatrix } from '../../data/bit-matrix'
import { HEADS } from '../../made/heads'
import { fillUniforms, PURPOSE } from '../../made/random'
import type { Variables } from '../../made/variables'
import type { Drawn, DrawRequest, Given } from '../contract'
import { ActiveInputs } from './active-inputs'
import { arrange } from '../arrangement'
import { oneIn } from '../drawn-probability'
import type { Network } from './network'

/**
 * Draws rows in ancestral order. A hidden unit of degree m depends only on inputs with place ≤ m, so once the variable at
 * place t is drawn exactly the units of degree t become final: every weight is visited once, and a sample costs one
 * forward pass instead of D (docs/mathematics.md, Sampling).
 */
export function drawAncestral(
  network: Network,
  variables: Variables,
  request: DrawRequest,
  given: Given | null,
): Drawn {
  const dimensions = variables.columns
  const rows = new BitMatrix(request.count, dimensions)
  const probabilities = new Float32Array(request.count * dimensions)
  const arrangement = arrange(request.connectivity, variables)
  const active = new ActiveInputs(network.mostRows, dimensions)
  const uniforms = Array.from({ length: network.mostRows }, () => new Float32Array(variables.count))
  const z = new Float64Array(variables.widest)
  for (let start = 0; start < request.count; start += network.mostRows) {
    const count = Math.min(network.mostRows, request.count - start)
    active.clear(count)
    for (let b = 0; b < count; b++) fillUniforms(request.seed, PURPOSE.sample, request.first + start + b, uniforms[b])
    for (let t = 0; t < variables.count; t++) {
      const variable = arrangement.variableAt[t]
      const head = HEADS[variables.kinds[variable]]
      const column = variables.first[variable]
      const columns = variables.first[variable + 1] - column
      const position = arrangement.firstOfPlace[t]
      const logits = network.logits(t, active, count, arrangement)
      for (let b = 0; b < count; b++) {
        const row = start + b
        for (let c = 0; c < columns; c++) z[c] = logits[c][b]
        const p = probabilities.subarray(row * dimensions + column, row * dimensions + column + columns)
        head.probabilities(z, columns, p)
        const one =
          given?.known.get(row, column) === 1
            ? oneIn(given.rows, row, column, column + columns)
            : head.draw(p, columns, uniforms[b][variable])
        if (one >= 0) rows.set(row, column + one)
        for (let c = 0; c < columns; c++)
          if (c === one) active.append(b, column + c, position + c)
          else active.skip(b, position + c)
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
