import type { BitMatrix } from '../data/bit-matrix'
import { logSum, sigmoid, softplus } from '../made/likelihood'
import type { ModelSpec } from '../made/spec'
import { variablesOf } from '../made/variables'

/** Rows with the logits of all their outputs, `[rows, D]`, as `Session.conditionals` gives them. */
export interface Passed {
  readonly rows: BitMatrix
  readonly logits: Float32Array
}

/** p(column = 1 | what is before) of each column of a variable of a row, in double precision. */
export function columnChances(spec: ModelSpec, logits: Float32Array, row: number, variable: number): Float64Array {
  const z = logitsOf(spec, logits, row, variable)
  if (variablesOf(spec).kinds[variable] === 'binary') return Float64Array.of(sigmoid(z[0]))
  const all = logSum(z)
  return z.map((value) => Math.exp(value - all))
}

/** log p(value | what is before) of every value of a variable of a row, nats: 0 and 1 of a binary one, else by its columns. */
export function logChances(spec: ModelSpec, logits: Float32Array, row: number, variable: number): Float64Array {
  const z = logitsOf(spec, logits, row, variable)
  if (variablesOf(spec).kinds[variable] === 'binary') return Float64Array.of(-softplus(z[0]), -softplus(-z[0]))
  const all = logSum(z)
  return z.map((value) => value - all)
}

/** log p(what a row has of a variable | what is before), nats. */
export function logTerm(spec: ModelSpec, { rows, logits }: Passed, row: number, variable: number): number {
  return logChances(spec, logits, row, variable)[valueIn(spec, rows, row, variable)]
}

/** Which value a row has of a variable. */
export function valueIn(spec: ModelSpec, rows: BitMatrix, row: number, variable: number): number {
  const { first, kinds } = variablesOf(spec)
  if (kinds[variable] === 'binary') return rows.get(row, first[variable])
  for (let d = first[variable]; d < first[variable + 1]; d++) if (rows.get(row, d) === 1) return d - first[variable]
  throw new Error('a row has one value of each variable')
}

function logitsOf(spec: ModelSpec, logits: Float32Array, row: number, variable: number): Float64Array {
  const { first } = variablesOf(spec)
  return Float64Array.from(
    logits.subarray(row * spec.inputs + first[variable], row * spec.inputs + first[variable + 1]),
  )
}
