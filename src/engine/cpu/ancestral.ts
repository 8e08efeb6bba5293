import { BitMatrix } from '../../data/bit-matrix'
import { HEADS } from '../../made/heads'
import { PURPOSE, UniformSource } from '../../made/random'
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
  const source = new UniformSource(request.seed, PURPOSE.sample)
  const uniforms = Array.from({ length: variables.count }, () => new Float32Array(network.mostRows))
  const ones = new Int32Array(network.mostRows)
  for (let start = 0; start < request.count; start += network.mostRows) {
    const count = Math.min(network.mostRows, request.count - start)
    active.clear(count)
    for (let b = 0; b < count; b++)
      for (let v = 0; v < variables.count; v++) uniforms[v][b] = source.at(request.first + start + b, v)
    for (let t = 0; t < variables.count; t++) {
      const variable = arrangement.variableAt[t]
      const head = HEADS[variables.kinds[variable]]
      const column = variables.first[variable]
      const columns = variables.first[variable + 1] - column
      const position = arrangement.firstOfPlace[t]
      const p = network.logits(t, active, count, arrangement)
      head.probabilities(p, columns, count)
      head.draw(p, columns, uniforms[variable], count, ones)
      for (let b = 0; b < count; b++) {
        const row = start + b
        const one = given?.known.get(row, column) === 1 ? oneIn(given.rows, row, column, column + columns) : ones[b]
        if (one >= 0) rows.set(row, column + one)
        for (let c = 0; c < columns; c++) {
          probabilities[row * dimensions + column + c] = p[c][b]
          if (c === one) active.append(b, column + c, position + c)
          else active.skip(b, position + c)
        }
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
