import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { BitMatrix } from '../../src/data/bit-matrix'
import { decodeModel, type Model } from '../../src/made/model-file'
import { bytesSource } from '../../src/made/safetensors'
import type { OptimizerKind } from '../../src/made/optimizer'
import { kindsIn, type VariableKind, type VariableSpec } from '../../src/made/variables'

const FOLDER = join(import.meta.dirname, '..', 'fixtures', 'oracle')

type Nested = number[] | number[][]

/** Expected values of one model, computed in float64 by an independent program. */
export interface Oracle {
  readonly name: string
  readonly model: Model
  readonly rows: BitMatrix
  readonly logits: number[][]
  readonly logLikelihood: number[][]
  readonly ensemble: number[]
  readonly meanNll: number
  readonly gradients: Map<string, number[]>
  readonly afterOneStep: Record<OptimizerKind, Map<string, number[]>>
  /** Of each row, p(y | all other variables) for every value y of the variable that leads first; null where none leads. */
  readonly posterior: number[][] | null
  /** Questions under the ensemble, answered by adding up all rows; none where it has none. */
  readonly queries: readonly OracleQuery[]
}

/** p(evidence), and p(column = 1 | evidence) of every column. */
export interface OracleQuery {
  readonly known_variables: readonly number[]
  readonly values: readonly number[]
  readonly p_evidence: number
  readonly marginals_given_evidence: readonly number[]
}

interface OracleJson {
  spec: VariableSpec
  rows: number[][]
  logits_connectivity_0: number[][]
  log_likelihood: number[][]
  log_likelihood_ensemble: number[]
  mean_nll_connectivity_0: number
  gradients_of_mean_nll_connectivity_0: Record<string, Nested>
  after_one_step: Record<OptimizerKind, Record<string, Nested>>
  posterior_of_first_leading_variable?: number[][]
  queries_ensemble?: OracleQuery[]
}

export const ORACLE_NAMES = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.replace(/\.json$/, ''))

/** Those over variables of these kinds alone. */
export function oracleNamesOver(kinds: readonly VariableKind[]): string[] {
  return ORACLE_NAMES.filter((name) => kindsIn(readJson(name).spec).every((kind) => kinds.includes(kind)))
}

/** Whether it tells the posterior of a leading variable. */
export function hasPosterior(name: string): boolean {
  return readJson(name).posterior_of_first_leading_variable !== undefined
}

function readJson(name: string): OracleJson {
  return JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as OracleJson
}

/** Whether it has questions with their answers. */
export function hasQueries(name: string): boolean {
  return readJson(name).queries_ensemble !== undefined
}

/** Reads one of the fixtures. */
export async function readOracle(name: string): Promise<Oracle> {
  const model = await decodeModel(bytesSource(readFileSync(join(FOLDER, `${name}.safetensors`))))
  const json = readJson(name)
  const steps = json.after_one_step
  return {
    name,
    model,
    rows: BitMatrix.fromBytes(json.rows.length, model.spec.inputs, json.rows.flat()),
    logits: json.logits_connectivity_0,
    logLikelihood: json.log_likelihood,
    ensemble: json.log_likelihood_ensemble,
    meanNll: json.mean_nll_connectivity_0,
    gradients: flat(json.gradients_of_mean_nll_connectivity_0),
    afterOneStep: {
      sgd: flat(steps.sgd),
      adagrad: flat(steps.adagrad),
      adadelta: flat(steps.adadelta),
      adam: flat(steps.adam),
    },
    posterior: json.posterior_of_first_leading_variable ?? null,
    queries: json.queries_ensemble ?? [],
  }
}

function flat(tensors: Record<string, Nested>): Map<string, number[]> {
  return new Map(Object.entries(tensors).map(([name, values]) => [name, values.flat()]))
}
