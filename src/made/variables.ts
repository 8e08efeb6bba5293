import { quoted, StudioError } from '../base/failure'
import { say, type Sentence } from '../words/say'
import { variablesByPlace, type Ordering } from './ordering'

/**
 * One variable, or `count` equal ones that follow one another. A binary variable is one column, x ∈ {0, 1}; a categorical one
 * of k values is k adjacent columns of which exactly one is 1 (docs/mathematics.md, Variables).
 */
export type VariableRun =
  | { readonly kind: 'binary'; readonly count?: number }
  | { readonly kind: 'categorical'; readonly categories: number; readonly count?: number }

export type VariableKind = VariableRun['kind']
export const VARIABLE_KINDS = ['binary', 'categorical'] as const satisfies readonly VariableKind[]

/** What of a model's spec says which variables it is over. */
export interface VariableSpec {
  /** D, the number of columns: inputs, and outputs, of the network. */
  readonly inputs: number
  /** The variables in the order of their columns; absent where all are binary. */
  readonly variables?: readonly VariableRun[]
  /** Variables (0-based) that come first in every ordering, in the order listed; absent where there are none. */
  readonly leading?: readonly number[]
}

/** The columns of data as a model sees them: `VariableSpec` before there is a model. */
export interface ModelledColumns extends Pick<VariableSpec, 'variables' | 'leading'> {
  /** D */
  readonly columns: number
}

/** The variables of a model one by one. */
export interface Variables {
  /** V. */
  readonly count: number
  /** D. */
  readonly columns: number
  readonly kinds: readonly VariableKind[]
  /** `[V + 1]`: the columns of variable v are first[v] to first[v + 1] − 1. */
  readonly first: Int32Array
  /** `[D]`: the variable of each column. */
  readonly of: Int32Array
  /** The most columns of one variable. */
  readonly widest: number
}

const CATEGORIES = { least: 2, most: 65_536 } as const
const LEAST_VARIABLES = 2

/** Engines ask for them at every call; those of a spec are always the same. */
const made = new WeakMap<VariableSpec, Variables>()

/** The variables of a spec that `validateVariables` accepts. */
export function variablesOf(spec: VariableSpec): Variables {
  const known = made.get(spec)
  if (known) return known
  const variables = expand(spec)
  made.set(spec, variables)
  return variables
}

function expand(spec: VariableSpec): Variables {
  const kinds: VariableKind[] = []
  const first = [0]
  const of = new Int32Array(spec.inputs)
  let widest = 1
  eachRun(spec, ({ kind, first: begin, count, columns }) => {
    widest = Math.max(widest, columns)
    for (let i = 0; i < count; i++) {
      const start = begin + i * columns
      of.fill(kinds.length, start, start + columns)
      kinds.push(kind)
      first.push(start + columns)
    }
  })
  return { count: kinds.length, columns: spec.inputs, kinds, first: Int32Array.from(first), of, widest }
}

/** Columns of one variable of a run. */
export function columnsOf(run: VariableRun): number {
  return run.kind === 'binary' ? 1 : run.categories
}

function countOf({ count = 1 }: VariableRun): number {
  return count
}

/** `count` equal variables, whose columns follow one another from `first` on. */
export interface EqualVariables {
  readonly kind: VariableKind
  readonly first: number
  readonly count: number
  /** Of one of them. */
  readonly columns: number
}

/** Visits the variables of a spec in the order of their columns, equal ones at once. */
export function eachRun(
  { inputs, variables = [{ kind: 'binary', count: inputs }] }: VariableSpec,
  visit: (run: EqualVariables) => void,
): void {
  let first = 0
  for (const run of variables) {
    const [count, columns] = [countOf(run), columnsOf(run)]
    visit({ kind: run.kind, first, count, columns })
    first += count * columns
  }
}

/** The variables of data for a model. */
export function variablesFor(data: ModelledColumns): VariableSpec {
  return { inputs: data.columns, ...variablesOnly(data) }
}

/** What is said of variables beside the number of columns; nothing where all are binary and none leads. */
export function variablesOnly({
  variables,
  leading,
}: Pick<VariableSpec, 'variables' | 'leading'>): Pick<VariableSpec, 'variables' | 'leading'> {
  return { ...(variables ? { variables } : {}), ...(leading ? { leading } : {}) }
}

/** V, the number of variables, without listing them. */
export function variableCount({ inputs, variables }: VariableSpec): number {
  return variables ? variables.reduce((sum, run) => sum + countOf(run), 0) : inputs
}

/** The kinds of variables that a model has. */
export function kindsIn({ variables }: VariableSpec): readonly VariableKind[] {
  return variables ? VARIABLE_KINDS.filter((kind) => variables.some((run) => run.kind === kind)) : ['binary']
}

/**
 * Checks the variables of a model; nothing is allocated for them before.
 * @throws StudioError 'invalid-model' or 'too-large'
 */
export function validateVariables({ inputs, variables, leading = [] }: VariableSpec): void {
  let count = inputs
  if (variables) {
    let columns = 0
    count = 0
    for (const run of variables) {
      requireRun(run, inputs)
      count += countOf(run)
      columns += countOf(run) * columnsOf(run)
    }
    if (columns !== inputs) throw invalid(say('model.variables.columns', { columns, inputs }))
    if (count < LEAST_VARIABLES)
      throw invalid(say('model.variables.too-few', { variables: count, least: LEAST_VARIABLES }))
  }
  const seen = new Set<number>()
  for (const variable of leading) {
    if (!Number.isInteger(variable) || variable < 0 || variable >= count)
      throw invalid(say('model.variables.leading', { variable: String(variable), last: count - 1 }))
    if (seen.has(variable)) throw invalid(say('model.variables.leads-twice', { variable }))
    seen.add(variable)
  }
}

function requireRun(run: VariableRun, inputs: number): void {
  if (!VARIABLE_KINDS.includes(run.kind)) throw invalid(say('model.variables.unknown-kind', { kind: quoted(run.kind) }))
  if (run.kind === 'categorical') requireWithin('values', run.categories, CATEGORIES.least, CATEGORIES.most)
  requireWithin('variables', countOf(run), 1, inputs)
}

function requireWithin(what: 'values' | 'variables', value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return
  const code = value > most ? 'too-large' : 'invalid-model'
  throw invalid(say('model.number', { what, layer: 0, value: String(value), least, most }), code)
}

function invalid(what: Sentence, code: 'invalid-model' | 'too-large' = 'invalid-model'): StudioError {
  return new StudioError(code, what, say('model.variables.hint'))
}

/**
 * The same spec in the one form that is written and compared: equal variables in one run, no count of 1, `variables` only
 * where one is not binary, `leading` only where one leads.
 */
export function canonicalSpec<S extends VariableSpec>(spec: S): S {
  const { variables, leading, ...others } = spec
  if (!variables && !leading) return spec
  return {
    ...others,
    ...(variables?.some(({ kind }) => kind !== 'binary') ? { variables: joined(variables) } : {}),
    ...(leading && leading.length > 0 ? { leading } : {}),
  } as unknown as S
}

/** Runs as long as they can be. */
function joined(runs: readonly VariableRun[]): VariableRun[] {
  const counted: { run: VariableRun; count: number }[] = []
  for (const run of runs) {
    const last = counted.at(-1)
    if (last && last.run.kind === run.kind && columnsOf(last.run) === columnsOf(run)) last.count += countOf(run)
    else counted.push({ run, count: countOf(run) })
  }
  return counted.map(({ run: { count: _count, ...one }, count }) => (count === 1 ? one : { ...one, count }))
}

/** `[D]`: the place of each column, which is that of its variable; the ordering itself where all variables are binary. */
export function placesOfColumns(variables: Variables, ordering: Ordering): Int32Array {
  return variables.count === variables.columns ? ordering : variables.of.map((variable) => ordering[variable])
}

/** Where a label is in a row: its variable, and its columns `first` to `end` − 1. */
export interface LabelPlace {
  readonly variable: number
  readonly first: number
  readonly end: number
}

/** The label: the one variable that leads, if it is a category; null if none is. */
export function labelColumns(spec: VariableSpec): LabelPlace | null {
  if (spec.leading?.length !== 1) return null
  const { kinds, first } = variablesOf(spec)
  const [label] = spec.leading
  return kinds[label] === 'categorical' ? { variable: label, first: first[label], end: first[label + 1] } : null
}

/** The same data without their label (`labelColumns`); they themselves where there is none. */
export function withoutLabel(data: ModelledColumns): ModelledColumns {
  const place = labelColumns(variablesFor(data))
  const [label] = data.leading ?? []
  if (!place || !data.variables) return data
  const columns = data.columns - (place.end - place.first)
  const variables: VariableRun[] = []
  let next = 0
  for (const run of data.variables) {
    const count = countOf(run)
    const kept = next <= label && label < next + count ? count - 1 : count
    if (kept > 0) variables.push({ ...run, count: kept })
    next += count
  }
  return { columns, ...variablesOnly(canonicalSpec({ inputs: columns, variables })) }
}

/** The columns by the place of their variable, those of one variable in their own order. */
export function columnsByPlace({ count, columns, first }: Variables, ordering: Ordering): Int32Array {
  const byPlace = variablesByPlace(ordering)
  if (count === columns) return byPlace
  const sorted = new Int32Array(columns)
  let at = 0
  for (const variable of byPlace)
    for (let column = first[variable]; column < first[variable + 1]; column++) sorted[at++] = column
  return sorted
}

/** How many columns the variables of so many places have, `[V + 1]`, rising from 0. */
export function beginsByPlace({ count, first }: Variables, ordering: Ordering): Int32Array {
  const begins = new Int32Array(count + 1)
  variablesByPlace(ordering).forEach((variable, place) => {
    begins[place + 1] = begins[place] + first[variable + 1] - first[variable]
  })
  return begins
}
