import type { BitMatrix } from '../data/bit-matrix'
import { HEADS, type Columns } from '../made/heads'
import { PURPOSE, UniformSource } from '../made/random'
import type { Variables } from '../made/variables'
import { arrange, type Arrangement } from './arrangement'
import type { Drawn, Given, ParticleRequest, Particles } from './contract'
import type { SessionWork } from './queued-engine'

/**
 * Particles of any engine: every pass draws all that is not settled yet, and settles of each group what comes before its next
 * resampling. The kernels do the same in one pass (native/particles.h); with the same uniforms, so that both draw the same.
 */
export async function particlesByPasses(
  work: Pick<SessionWork, 'draw' | 'conditionals'>,
  variables: Variables,
  { given, each, first, seed, connectivity }: ParticleRequest,
): Promise<Particles> {
  const groups = given.rows.rows
  const arrangement = arrange(connectivity, variables)
  const settled = unlessSeveral(givenToParticles(given, each, 0, groups), variables)
  const logWeights = new Float64Array(groups * each)
  const origins = Int32Array.from(logWeights, (_, i) => i % each)
  const uniforms = {
    resampling: new UniformSource(seed, PURPOSE.resampling),
    draws: new UniformSource(seed, PURPOSE.sample),
  }
  const places = new Int32Array(groups)
  for (;;) {
    const drawn = await work.draw({ count: groups * each, first: first * each, seed, connectivity }, settled)
    const logits = await work.conditionals(drawn.rows, connectivity)
    let isOver = true
    for (let group = 0; group < groups; group++) {
      const weights = logWeights.subarray(group * each, (group + 1) * each)
      while (places[group] < variables.count) {
        const place = ++places[group]
        const variable = arrangement.variableAt[place - 1]
        const [column, end] = [variables.first[variable], variables.first[variable + 1]]
        if (given.known.get(group, column) === 0) continue
        const values = valuesGiven(given.rows, group, column, end)
        weigh(weights, logits, group * each, variables, variable, values)
        if (values.length > 1)
          for (let i = group * each; i < (group + 1) * each; i++)
            drawAmong(values, drawn, i, column, end, uniforms.draws.at(first * each + i, variable))
        const parents = resample(weights, () => uniforms.resampling.at(first + group, place))
        if (!parents && values.length <= 1) continue
        inherit(settled, drawn.rows, group * each, parents ?? Int32Array.from(weights, (_, i) => i), arrangement, place)
        if (parents)
          origins.set(
            parents.map((parent) => origins[group * each + parent]),
            group * each,
          )
        isOver = false
        break
      }
    }
    if (isOver) return { ...drawn, logWeights, origins }
  }
}

/** The same but for variables that may have several values, of which nothing is known to a draw. */
function unlessSeveral({ rows, known }: Given, { kinds, first }: Variables): Given {
  kinds.forEach((kind, variable) => {
    if (kind === 'binary') return
    for (let row = 0; row < rows.rows; row++) {
      if (valuesGiven(rows, row, first[variable], first[variable + 1]).length <= 1) continue
      for (let column = first[variable]; column < first[variable + 1]; column++) known.clear(row, column)
    }
  })
  return { rows, known }
}

/** Which values a known variable may have, counted from its first column; none of a binary one that is a zero. */
function valuesGiven(rows: BitMatrix, row: number, column: number, end: number): number[] {
  const values: number[] = []
  for (let at = column; at < end; at++) if (rows.get(row, at) === 1) values.push(at - column)
  return values
}

/** Draws one of some values of a categorical variable, in a row that has one of all of them. */
function drawAmong(
  values: readonly number[],
  { rows, probabilities }: Drawn,
  row: number,
  column: number,
  end: number,
  uniform: number,
): void {
  const p = values.map((value) => Float64Array.of(probabilities[row * rows.columns + column + value]))
  const ones = new Int32Array(1)
  HEADS.categorical.draw(p, values.length, Float32Array.of(uniform), 1, ones)
  for (let at = column; at < end; at++) rows.clear(row, at)
  rows.set(row, column + values[ones[0]])
}

/** What is known of each particle of the groups from `from` up to `to`, `[(to − from) · each, D]`. */
export function givenToParticles({ rows, known }: Given, each: number, from: number, to: number): Given {
  const ofEach = Uint32Array.from({ length: (to - from) * each }, (_, i) => from + Math.floor(i / each))
  return { rows: rows.select(ofEach), known: known.select(ofEach) }
}

/**
 * Adds the logarithm of the probability of what a known variable may be to the weights of particles, which are the rows from
 * `start` on: of one value what the loss says, of several the sum of their shares.
 */
function weigh(
  weights: Float64Array,
  logits: Float32Array,
  start: number,
  { kinds, first, columns: width }: Variables,
  variable: number,
  values: readonly number[],
): void {
  const column = first[variable]
  const columnsOf = (places: readonly number[]): Columns =>
    places.map((c) => Float64Array.from(weights, (_weight, i) => logits[(start + i) * width + column + c]))
  const all = columnsOf(Array.from({ length: first[variable + 1] - column }, (_, c) => c))
  const head = HEADS[kinds[variable]]
  const lossOf = (z: Columns, one: number): Float64Array => {
    const losses = new Float64Array(weights.length)
    head.addLosses(z, z.length, new Int32Array(weights.length).fill(one), weights.length, losses)
    return losses
  }
  const one = values[0] ?? -1
  const losses = lossOf(all, one)
  // log Σ_S p = log p(v) − log p(v | S), for any v of S.
  const within = values.length > 1 ? lossOf(columnsOf(values), 0) : null
  losses.forEach((loss, i) => (weights[i] -= loss - (within ? within[i] : 0)))
}

/**
 * Systematic resampling where the effective sample size is below half of the particles; the weights are then their mean.
 * @param logWeights `[N]`, changed in place
 * @param uniform in [0, 1), asked for once if it is needed
 * @returns which particle each one is a copy of from now on, `[N]`; null where all stay what they are
 */
export function resample(logWeights: Float64Array, uniform: () => number): Int32Array | null {
  const count = logWeights.length
  const most = logWeights.reduce((largest, log) => Math.max(largest, log), -Infinity)
  // The kernels hold them in single precision, too.
  const weights = Float32Array.from(logWeights, (log) => Math.exp(Math.max(-87, log - most)))
  let [sum, squares] = [0, 0]
  for (const weight of weights) {
    sum += weight
    squares += weight * weight
  }
  if (sum * sum >= 0.5 * count * squares) return null
  logWeights.fill(most + Math.log(sum / count))
  return parentsOf(copiesOf(weights, sum, uniform()))
}

/** How often each particle is taken: N times its share of the weight, rounded up or down. */
function copiesOf(weights: Float32Array, sum: number, offset: number): Int32Array {
  const count = weights.length
  const copies = new Int32Array(count)
  let [made, last, cumulative] = [0, 0, 0]
  weights.forEach((weight, i) => {
    cumulative += weight
    for (; made < count && (made + offset) * (sum / count) < cumulative; made++, last = i) copies[i]++
  })
  // What rounding leaves over.
  copies[last] += count - made
  return copies
}

/** Particles that are taken stay where they are; further copies take the places of those that are not. */
function parentsOf(copies: Int32Array): Int32Array {
  const parents = Int32Array.from(copies, (_, i) => i)
  const isFree = Uint8Array.from(copies, (taken) => (taken === 0 ? 1 : 0))
  let free = 0
  copies.forEach((taken, i) => {
    for (let copy = 1; copy < taken; copy++) {
      while (isFree[free] === 0) free++
      isFree[free] = 0
      parents[free] = i
    }
  })
  return parents
}

/** Settles the inputs of the first places: each particle has those of its parent. */
function inherit(
  { rows, known }: Given,
  drawn: BitMatrix,
  start: number,
  parents: Int32Array,
  { inputAt, firstOfPlace }: Arrangement,
  places: number,
): void {
  parents.forEach((parent, i) => {
    for (let at = 0; at < firstOfPlace[places]; at++) {
      const input = inputAt[at]
      known.set(start + i, input)
      if (drawn.get(start + parent, input) === 1) rows.set(start + i, input)
      else rows.clear(start + i, input)
    }
  })
}
