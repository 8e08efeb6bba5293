import type { BitMatrix } from '../data/bit-matrix'
import { StudioError } from '../base/failure'
import { slotNames } from '../made/optimizer'
import { parameterTensors, type ModelSpec } from '../made/spec'
import type { SessionState, TrainingSettings } from './contract'

/** Checks that rows fit a model. @throws StudioError 'invalid-data' */
export function requireColumns(spec: ModelSpec, rows: BitMatrix): void {
  if (rows.columns === spec.inputs) return
  throw new StudioError(
    'invalid-data',
    `The data have ${rows.columns} columns, but the model has ${spec.inputs} inputs.`,
    'Choose the data that the model was trained on, or train a new model on these.',
  )
}

/** The slots of the optimizer, by name; none without training. */
export function slotsOf(training: TrainingSettings | null): readonly string[] {
  return training === null ? [] : slotNames(training.optimizer)
}

/** Checks that a session has what updates are made with. @throws StudioError 'invalid-request' */
export function requireTraining<T extends object>(training: T | null): asserts training is T {
  if (training === null)
    throw new StudioError(
      'invalid-request',
      'This model was opened to be scored and drawn from, not to be trained.',
      'Start or continue a run to train it.',
    )
}

/** Checks that a state fits a model and the slots of its optimizer. @throws StudioError 'damaged-file' */
export function requireState(spec: ModelSpec, slots: readonly string[], state: SessionState): void {
  requireTensors(spec, state.parameters)
  for (const slot of slots) {
    const tensors = state.slots.get(slot)
    if (!tensors) throw misfit(`the optimizer slot "${slot}" is missing`)
    requireTensors(spec, tensors)
  }
}

function requireTensors(spec: ModelSpec, tensors: ReadonlyMap<string, Float32Array>): void {
  for (const { name, length } of parameterTensors(spec))
    if (tensors.get(name)?.length !== length) throw misfit(`the tensor "${name}" is missing or has another size`)
}

function misfit(why: string): StudioError {
  return new StudioError(
    'damaged-file',
    `This state does not belong to this model: ${why}.`,
    'Continue from an earlier checkpoint, or start a new run.',
  )
}
