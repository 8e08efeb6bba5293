import type { BitMatrix } from '../data/bit-matrix'
import { StudioError } from '../base/failure'
import { ENGINES } from '../made/engines'
import { slotNames } from '../made/optimizer'
import { parameterTensors, type ModelSpec } from '../made/spec'
import { kindsIn, variablesOf, type VariableKind } from '../made/variables'
import { say, type MessageKey, type Sentence } from '../words/say'
import {
  PARTICLES_AT_ONCE,
  type Engine,
  type Given,
  type ParticleRequest,
  type SessionState,
  type TrainingSettings,
} from './contract'

const KIND_WORDS = {
  binary: 'engine.variables.binary',
  categorical: 'engine.variables.categorical',
} as const satisfies Record<VariableKind, MessageKey>

/** Whether an engine has a head for every variable of a model. */
export function hasHeads({ heads }: Pick<Engine, 'heads'>, spec: ModelSpec): boolean {
  return kindsIn(spec).every((kind) => heads.includes(kind))
}

/** Checks that an engine can compute a model. @throws StudioError 'engine-unavailable' */
export function requireHeads(engine: Pick<Engine, 'id' | 'heads'>, spec: ModelSpec): void {
  if (hasHeads(engine, spec)) return
  const lacking = kindsIn(spec).filter((kind) => !engine.heads.includes(kind))
  throw new StudioError(
    'engine-unavailable',
    say('engine.session.no-head', {
      engine: ENGINES[engine.id].name,
      kinds: lacking.map((kind) => say(KIND_WORDS[kind])),
    }),
    say('engine.session.no-head.hint'),
  )
}

/** Checks that rows fit a model: one value of each categorical variable. @throws StudioError 'invalid-data' */
export function requireRows(spec: ModelSpec, rows: BitMatrix): void {
  requireColumns(spec, rows)
  eachCategorical(spec, (first, end) => {
    for (let row = 0; row < rows.rows; row++) {
      const values = onesWithin(rows, row, first, end)
      if (values !== 1) throw notOneValue(row, values, first, end)
    }
  })
}

/** Checks that given rows fit a model: each categorical variable known, with one value, or unknown. @throws StudioError 'invalid-data' */
export function requireGiven(spec: ModelSpec, { rows, known }: Given, fits = isOneValue): void {
  requireColumns(spec, rows)
  requireColumns(spec, known)
  eachCategorical(spec, (first, end) => {
    for (let row = 0; row < rows.rows; row++) {
      const told = onesWithin(known, row, first, end)
      if (told === 0) continue
      if (told < end - first)
        throw new StudioError(
          'invalid-data',
          say('engine.session.half-given', { row: row + 1, given: told, first: first + 1, last: end }),
          say('engine.session.half-given.hint'),
        )
      const values = onesWithin(rows, row, first, end)
      if (!fits(values)) throw notOneValue(row, values, first, end)
    }
  })
}

/**
 * Checks the evidence of groups of particles: each categorical variable known, with one value or several, or unknown.
 * @throws StudioError 'invalid-data'
 */
export function requireEvidence(spec: ModelSpec, { given, each, first }: ParticleRequest): void {
  requireGiven(spec, given, isSomeValue)
  const isWhole = each >= PARTICLES_AT_ONCE && each % PARTICLES_AT_ONCE === 0 && Number.isSafeInteger(first * each)
  if (!isWhole || given.known.rows !== given.rows.rows) throw new Error('groups of particles are whole vectors')
}

function isSomeValue(values: number): boolean {
  return values > 0
}

function isOneValue(values: number): boolean {
  return values === 1
}

function eachCategorical(spec: ModelSpec, visit: (first: number, end: number) => void): void {
  if (!spec.variables) return
  const { kinds, first } = variablesOf(spec)
  kinds.forEach((kind, variable) => {
    if (kind === 'categorical') visit(first[variable], first[variable + 1])
  })
}

/** How many of the columns from `first` up to `end` are one in a row. */
function onesWithin(rows: BitMatrix, row: number, first: number, end: number): number {
  let ones = 0
  for (let column = first; column < end; column++) ones += rows.get(row, column)
  return ones
}

function notOneValue(row: number, values: number, first: number, end: number): StudioError {
  return new StudioError(
    'invalid-data',
    say('engine.session.not-one-value', { row: row + 1, ones: values, first: first + 1, last: end }),
    say('engine.session.not-one-value.hint'),
  )
}

/** Checks that rows are as wide as a model. @throws StudioError 'invalid-data' */
function requireColumns(spec: ModelSpec, rows: BitMatrix): void {
  if (rows.columns === spec.inputs) return
  throw new StudioError(
    'invalid-data',
    say('engine.session.other-width', { columns: rows.columns, inputs: spec.inputs }),
    say('engine.session.other-width.hint'),
  )
}

/** The slots of the optimizer, by name; none without training. */
export function slotsOf(training: TrainingSettings | null): readonly string[] {
  return training === null ? [] : slotNames(training.optimizer)
}

/** Checks that a session has what updates are made with. @throws StudioError 'invalid-request' */
export function requireTraining<T extends object>(training: T | null): asserts training is T {
  if (training === null)
    throw new StudioError('invalid-request', say('engine.session.no-training'), say('engine.session.no-training.hint'))
}

/** Checks that a state fits a model and the slots of its optimizer. @throws StudioError 'damaged-file' */
export function requireState(spec: ModelSpec, slots: readonly string[], state: SessionState): void {
  requireTensors(spec, state.parameters)
  for (const slot of slots) {
    const tensors = state.slots.get(slot)
    if (!tensors) throw misfit(say('engine.session.slot-missing', { slot }))
    requireTensors(spec, tensors)
  }
}

function requireTensors(spec: ModelSpec, tensors: ReadonlyMap<string, Float32Array>): void {
  for (const { name, length } of parameterTensors(spec))
    if (tensors.get(name)?.length !== length) throw misfit(say('engine.session.tensor-missing', { name }))
}

function misfit(message: Sentence): StudioError {
  return new StudioError('damaged-file', message, say('engine.session.misfit.hint'))
}
