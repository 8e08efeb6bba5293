import type { BitMatrix } from '../data/bit-matrix'
import type { Session } from '../engine/contract'
import { withFirst } from '../made/connectivity'
import { logSum } from '../made/likelihood'
import type { ModelSpec } from '../made/spec'
import { variablesOf } from '../made/variables'
import { columnChances } from './chances'
import { assignments, type Prefix } from './assignments'
import type { Evidence } from './evidence'

/** All ways in which the prefix of one connectivity can be what it is. */
export interface Enumerated {
  readonly prefix: Prefix
  /** `[ways, D]` */
  readonly rows: BitMatrix
  /** log p(prefix), nats, `[ways]`. */
  readonly logs: Float64Array
}

/** Scores every way in which the prefixes can be what they are: one pass of each, up to the end of the prefix. */
export async function enumerate(
  session: Pick<Session, 'logLikelihood'>,
  spec: ModelSpec,
  evidence: Evidence,
  prefixes: readonly Prefix[],
): Promise<Enumerated[]> {
  const all: Enumerated[] = []
  for (const prefix of prefixes) {
    const rows = assignments(prefix, evidence, spec)
    // Of nothing the probability is one.
    if (prefix.places === 0) all.push({ prefix, rows, logs: new Float64Array(rows.rows) })
    else {
      const [logs] = await session.logLikelihood(rows, [{ ...prefix.connectivity, observed: prefix.places }])
      all.push({ prefix, rows, logs })
    }
  }
  return all
}

/** log p(evidence) under the ensemble, nats. */
export function logEvidenceOf(enumerated: readonly Enumerated[]): number {
  return logSum(Float64Array.from(enumerated, ({ logs }) => logSum(logs))) - Math.log(enumerated.length)
}

/** p(way | evidence) of each connectivity and way, `[ways]` each; they sum to one over all. */
export function posterior(enumerated: readonly Enumerated[]): Float64Array[] {
  const all = logSum(Float64Array.from(enumerated, ({ logs }) => logSum(logs)))
  return enumerated.map(({ logs }) => logs.map((log) => Math.exp(log - all)))
}

/** Adds p(column | evidence) of the variables of the prefixes to `marginals`, `[D]`; `isTold` gets a one for each variable. */
export function addPrefixMarginals(
  spec: ModelSpec,
  enumerated: readonly Enumerated[],
  marginals: Float64Array,
  isTold: Uint8Array,
): void {
  const variables = variablesOf(spec)
  const shares = posterior(enumerated)
  for (let variable = 0; variable < variables.count; variable++) {
    if (!enumerated.every(({ prefix }) => prefix.byPlace.subarray(0, prefix.places).includes(variable))) continue
    isTold[variable] = 1
    enumerated.forEach(({ rows }, k) => {
      for (let row = 0; row < rows.rows; row++)
        for (let d = variables.first[variable]; d < variables.first[variable + 1]; d++)
          if (rows.get(row, d) === 1) marginals[d] += shares[k][row]
    })
  }
}

/**
 * Adds p(column | evidence) of a variable that is in no prefix, for a model that any order is right for: it comes right behind the
 * prefix, so that a pass tells it.
 */
export async function addNextMarginal(
  session: Pick<Session, 'conditionals'>,
  spec: ModelSpec,
  enumerated: readonly Enumerated[],
  variable: number,
  marginals: Float64Array,
): Promise<void> {
  const { first } = variablesOf(spec)
  const shares = posterior(enumerated)
  for (const [k, { prefix, rows }] of enumerated.entries()) {
    const isFirst = new Uint8Array(prefix.byPlace.length)
    for (const known of prefix.byPlace.subarray(0, prefix.places)) isFirst[known] = 1
    const { ordering } = prefix.connectivity
    const next = withFirst(
      withFirst(prefix.connectivity, (v) => v === variable),
      (v) => isFirst[v] === 1,
    )
    const isNext = ordering[variable] === prefix.places + 1
    const logits = await session.conditionals(rows, isNext ? prefix.connectivity : next)
    for (let row = 0; row < rows.rows; row++) {
      const chances = columnChances(spec, logits, row, variable)
      chances.forEach((p, c) => (marginals[first[variable] + c] += shares[k][row] * p))
    }
  }
}
