import { BitMatrix } from '../../src/data/bit-matrix'
import { CpuEngine } from '../../src/engine/cpu/cpu-engine'
import type { Session } from '../../src/engine/contract'
import { findEngine } from '../../src/engine/find'
import type { Connectivity } from '../../src/made/connectivity'
import { connectivityList, type Schedule } from '../../src/made/schedule'
import type { ModelSpec, Tensors } from '../../src/made/spec'
import { variablesOf } from '../../src/made/variables'
import type { AskedModel } from '../../src/questions/assignments'
import { setValue, type Evidence } from '../../src/questions/evidence'
import { denseLogLikelihood } from '../reference/dense-made'
import { allRowsOf, randomParameters, rowArrays } from '../reference/random-models'

/** A model of random parameters, with what a question needs. */
export interface RandomModel extends AskedModel {
  readonly parameters: Tensors
}

export function randomModel(
  spec: ModelSpec,
  seed: number,
  schedule: Partial<Schedule>,
  connectivities: number,
): RandomModel {
  const whole: Schedule = { orderings: 1, masks: 1, singleOrdering: 'random', seed, ...schedule }
  return {
    spec,
    parameters: randomParameters(spec, seed),
    connectivities: connectivityList(spec, whole, connectivities),
    schedule: whole,
  }
}

/** Opens a model on the kernels, or in plain TypeScript. */
export async function asked<T>(
  { spec, parameters }: Pick<RandomModel, 'spec' | 'parameters'>,
  use: (session: Session) => Promise<T>,
  engine: 'kernels' | 'typescript' = 'kernels',
): Promise<T> {
  const found = engine === 'kernels' ? await findEngine('cpu', {}) : new CpuEngine('plain TypeScript')
  const session = await found.open({ spec, parameters }, null)
  try {
    return await use(session)
  } finally {
    await session.close()
  }
}

/** Evidence: some variables and the value of each. */
export function evidenceOf(spec: ModelSpec, values: readonly (readonly [variable: number, value: number])[]): Evidence {
  const variables = variablesOf(spec)
  const [bits, known] = [new BitMatrix(1, spec.inputs), new BitMatrix(1, spec.inputs)]
  for (const [variable, value] of values) {
    setValue(bits, 0, variables, variable, value)
    for (let d = variables.first[variable]; d < variables.first[variable + 1]; d++) known.set(0, d)
  }
  return { bits, known }
}

/** Whether a row, as bits, has what is known. */
export function meets(spec: ModelSpec, row: ArrayLike<number>, { bits, known }: Evidence): boolean {
  const { kinds, first } = variablesOf(spec)
  return kinds.every((kind, v) => {
    if (known.get(0, first[v]) === 0) return true
    if (kind === 'binary') return row[first[v]] === bits.get(0, first[v])
    for (let d = first[v]; d < first[v + 1]; d++) if (row[d] === 1 && bits.get(0, d) === 0) return false
    return true
  })
}

/** p(evidence) and p(column | evidence) by adding up every row, in double precision. */
export function enumerated(
  { spec, parameters }: RandomModel,
  connectivities: readonly Connectivity[],
  evidence: Evidence,
): { readonly evidence: number; readonly marginals: Float64Array } {
  const marginals = new Float64Array(spec.inputs)
  let all = 0
  for (const row of rowArrays(allRowsOf(spec))) {
    if (!meets(spec, row, evidence)) continue
    for (const connectivity of connectivities) {
      const p = Math.exp(denseLogLikelihood(spec, parameters, connectivity, row)) / connectivities.length
      all += p
      row.forEach((bit, d) => (marginals[d] += bit * p))
    }
  }
  return { evidence: all, marginals: marginals.map((p) => p / all) }
}
