import { quoted, StudioError } from '../base/failure'
import { say } from '../words/say'
import { validateVariables, type VariableSpec } from './variables'

/** The nonlinearity g of the hidden layers. */
export const ACTIVATIONS = ['relu', 'softplus', 'sigmoid', 'tanh'] as const
export type Activation = (typeof ACTIVATIONS)[number]

/** The architecture of one MADE: what the model file stores and every engine obeys (docs/mathematics.md, Forward). */
export interface ModelSpec extends VariableSpec {
  /** K_1..K_L, the number of units of each hidden layer. */
  readonly hidden: readonly number[]
  readonly activation: Activation
  /** Weights A from inputs straight to outputs. */
  readonly directConnections: boolean
  /** Companion weights U fed a constant one, so that units know which mask is in use. */
  readonly conditioningWeights: boolean
}

export const LIMITS = {
  inputs: { least: 2, most: 65_536 },
  hiddenLayers: { least: 1, most: 32 },
  hiddenUnits: { least: 1, most: 65_536 },
  /** Parameters of one model: beyond it no tensor of the optimizer state fits a typed array comfortably. */
  parameters: 500_000_000,
} as const

/**
 * Checks an architecture.
 * @throws StudioError 'invalid-model' or 'too-large', with the offending number in words.
 */
export function validateSpec(spec: ModelSpec): void {
  requireWhole('inputs', spec.inputs, LIMITS.inputs)
  validateVariables(spec)
  requireWhole('layers', spec.hidden.length, LIMITS.hiddenLayers)
  spec.hidden.forEach((units, l) => requireWhole('units', units, LIMITS.hiddenUnits, l + 1))
  if (!ACTIVATIONS.includes(spec.activation))
    throw new StudioError(
      'invalid-model',
      say('model.unknown-activation', { activation: quoted(spec.activation) }),
      say('model.unknown-activation.hint', { activations: ACTIVATIONS.join(', ') }),
    )
  const parameters = parameterCount(spec)
  if (parameters > LIMITS.parameters)
    throw new StudioError(
      'too-large',
      say('model.too-many-parameters', { parameters, most: LIMITS.parameters }),
      say('model.too-many-parameters.hint'),
    )
}

/** @param layer the hidden layer that the units are of, from 1 */
function requireWhole(
  what: 'inputs' | 'layers' | 'units',
  value: number,
  { least, most }: { readonly least: number; readonly most: number },
  layer = 0,
): void {
  if (Number.isInteger(value) && value >= least && value <= most) return
  throw new StudioError(
    value > most ? 'too-large' : 'invalid-model',
    say('model.number', { what, layer, value: String(value), least, most }),
    say('model.number.hint'),
  )
}

/** How a parameter takes part in the model: weights and conditioning weights are masked, biases never are. */
export type ParameterKind = 'weight' | 'bias' | 'conditioning'

/** One tensor of the model, named and shaped as in the model file (`[out, in]`, row-major, or `[out]`). */
export interface ParameterTensor {
  readonly name: string
  readonly kind: ParameterKind
  readonly shape: readonly [number] | readonly [number, number]
  readonly length: number
}

/**
 * The tensors of a model in the order of the model file: per hidden layer weight, bias and (if any) conditioning;
 * then output weight, bias, conditioning; then the direct weight.
 */
export function parameterTensors(spec: ModelSpec): ParameterTensor[] {
  const tensors: ParameterTensor[] = []
  const addLayer = (prefix: string, units: number, inputs: number): void => {
    tensors.push(matrix(`${prefix}.weight`, 'weight', units, inputs))
    tensors.push({ name: `${prefix}.bias`, kind: 'bias', shape: [units], length: units })
    if (spec.conditioningWeights) tensors.push(matrix(`${prefix}.conditioning`, 'conditioning', units, inputs))
  }
  let previous = spec.inputs
  spec.hidden.forEach((units, l) => {
    addLayer(`hidden.${l}`, units, previous)
    previous = units
  })
  addLayer('output', spec.inputs, previous)
  if (spec.directConnections) tensors.push(matrix('direct.weight', 'weight', spec.inputs, spec.inputs))
  return tensors
}

function matrix(name: string, kind: ParameterKind, units: number, inputs: number): ParameterTensor {
  return { name, kind, shape: [units, inputs], length: units * inputs }
}

/** The number of parameters of a model, masked ones included (they are stored). */
export function parameterCount(spec: ModelSpec): number {
  return parameterTensors(spec).reduce((sum, tensor) => sum + tensor.length, 0)
}

/** Named tensors of one model: parameters, gradients or one kind of optimizer slot. */
export type Tensors = Map<string, Float32Array>

/** The tensor of that name. @throws Error if it is absent, which is a fault of the program, not of the person. */
export function tensorOf(tensors: ReadonlyMap<string, Float32Array>, name: string): Float32Array {
  const tensor = tensors.get(name)
  if (!tensor) throw new Error(`the tensor ${name} is missing`)
  return tensor
}

/** Every tensor of the model, filled with zeros. */
export function zeroTensors(spec: ModelSpec): Tensors {
  return new Map(parameterTensors(spec).map((tensor) => [tensor.name, new Float32Array(tensor.length)]))
}
