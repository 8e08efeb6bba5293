import { observedOf, type Connectivity } from '../../made/connectivity'
import type { Activation, ModelSpec } from '../../made/spec'
import { eachRun, placesOfColumns, variablesOf, type EqualVariables } from '../../made/variables'
import type { Tensor, Tensor2D, TensorFlow } from './library'

/** Named tensors on the device: parameters, gradients or one kind of optimizer slot. */
export type DeviceTensors = ReadonlyMap<string, Tensor>

/** A mask `[out, in]` on the device, as a condition and as a factor of ones and zeros. */
export interface DeviceMask {
  readonly kept: Tensor2D
  readonly factor: Tensor2D
}

/** One layer: `weight` `[K, K']` with what the masks cut set to zero; `bias` `[K]`, or `[rows, K]` where each row has its own. */
export interface DenseLayer {
  readonly weight: Tensor2D
  readonly bias: Tensor
}

/** A network under one connectivity, ready for rows: masked, its conditioning weights summed into the biases. */
export interface DenseNetwork {
  readonly activation: Activation
  readonly hidden: readonly DenseLayer[]
  readonly output: DenseLayer
  readonly direct: Tensor2D | null
  /** `[1, D]`, a one where the variable of a column is known; null where all are. */
  readonly known: Tensor2D | null
}

/** Which columns are known has its place among the masks. */
const KNOWN = 'known'

/**
 * Every mask of a connectivity by the name of the tensor that it applies to (docs/mathematics.md, Masks). Only the degrees, a
 * vector per layer, go to the device; the comparisons are made there.
 */
export function makeMasks(tf: TensorFlow, spec: ModelSpec, connectivity: Connectivity): Map<string, DeviceMask> {
  const { ordering, degrees } = connectivity
  // Whole numbers up to 65,536 are exact in float32, and unlike int32 tensors these are stored on the GPU.
  const column = (of: Int32Array): Tensor2D => tf.tensor2d(Float32Array.from(of), [of.length, 1])
  const row = (of: Int32Array): Tensor2D => tf.tensor2d(Float32Array.from(of), [1, of.length])
  const mask = (kept: Tensor): DeviceMask => ({ kept: kept as Tensor2D, factor: tf.cast(kept, 'float32') as Tensor2D })
  const places = placesOfColumns(variablesOf(spec), ordering)
  const masks = new Map<string, DeviceMask>()
  const add = (layer: string, made: DeviceMask): void => {
    masks.set(`${layer}.weight`, made)
    if (spec.conditioningWeights) masks.set(`${layer}.conditioning`, made)
  }
  let below = places
  degrees.forEach((layer, l) => {
    add(`hidden.${l}`, mask(tf.greaterEqual(column(layer), row(below))))
    below = layer
  })
  add('output', mask(tf.greater(column(places), row(below))))
  if (spec.directConnections) masks.set('direct.weight', mask(tf.greater(column(places), row(places))))
  const observed = observedOf(connectivity)
  if (observed < ordering.length) masks.set(KNOWN, mask(tf.lessEqual(row(places), tf.scalar(observed))))
  return masks
}

/** The network of these parameters under these masks. Gradients flow through it to the parameters that are kept. */
export function maskedNetwork(
  tf: TensorFlow,
  spec: ModelSpec,
  parameters: DeviceTensors,
  masks: ReadonlyMap<string, DeviceMask>,
): DenseNetwork {
  const masked = (name: string): Tensor2D => tf.mul<Tensor2D>(named(parameters, name), named(masks, name).factor)
  const layer = (name: string): DenseLayer => {
    const bias = named(parameters, `${name}.bias`)
    if (!spec.conditioningWeights) return { weight: masked(`${name}.weight`), bias }
    return { weight: masked(`${name}.weight`), bias: tf.add(bias, tf.sum(masked(`${name}.conditioning`), 1)) }
  }
  return {
    activation: spec.activation,
    hidden: spec.hidden.map((_, l) => layer(`hidden.${l}`)),
    output: layer('output'),
    direct: spec.directConnections ? masked('direct.weight') : null,
    known: masks.get(KNOWN)?.factor ?? null,
  }
}

/** The activations of every hidden layer, `[rows, K_l]`, for rows `x` `[rows, D]` of zeros and ones. */
export function hiddenLayers(tf: TensorFlow, network: DenseNetwork, x: Tensor2D): Tensor2D[] {
  let h = x
  return network.hidden.map((layer) => (h = activate(tf, network.activation, linear(tf, layer, h))))
}

/** The logits z, `[rows, D]`. */
export function logits(tf: TensorFlow, network: DenseNetwork, x: Tensor2D): Tensor2D {
  const z = linear(tf, network.output, hiddenLayers(tf, network, x).at(-1) ?? x)
  return network.direct ? tf.add(z, tf.matMul(x, network.direct, false, true)) : z
}

/**
 * −log p(x) of each row in nats, `[rows]`: over binary variables Σ softplus(z) − x z, over categorical ones
 * Σ log Σ_c exp(z_c) − x z; of those that are known, where not all are.
 */
export function negativeLogLikelihood(tf: TensorFlow, spec: ModelSpec, network: DenseNetwork, x: Tensor2D): Tensor {
  const z = logits(tf, network, x)
  const rows = x.shape[0]
  const { known } = network
  const normalisers: Tensor[] = []
  eachRun(spec, ({ kind, first, count, columns }) => {
    const part = count * columns === spec.inputs ? z : tf.slice(z, [0, first], [rows, count * columns])
    const terms = kind === 'binary' ? tf.softplus(part) : tf.logSumExp(tf.reshape(part, [rows, count, columns]), 2)
    normalisers.push(tf.sum(known ? tf.mul(terms, knownOf(tf, known, { first, count, columns })) : terms, 1))
  })
  const chosen = tf.mul(x, z)
  return tf.sub(tf.addN(normalisers), tf.sum(known ? tf.mul(chosen, known) : chosen, 1))
}

/** `[1, count]`: which of equal variables are known. */
function knownOf(
  tf: TensorFlow,
  known: Tensor2D,
  { first, count, columns }: Pick<EqualVariables, 'first' | 'count' | 'columns'>,
): Tensor {
  const all = tf.reshape(tf.slice(known, [0, first], [1, count * columns]), [count, columns])
  return tf.reshape(tf.slice(all, [0, 0], [count, 1]), [1, count])
}

/** Σ weights · inputs + bias, `[rows, K]`. */
export function linear(tf: TensorFlow, { weight, bias }: DenseLayer, inputs: Tensor2D): Tensor2D {
  return tf.add(tf.matMul(inputs, weight, false, true), bias)
}

function activate(tf: TensorFlow, activation: Activation, a: Tensor2D): Tensor2D {
  switch (activation) {
    case 'relu':
      return tf.relu(a)
    case 'softplus':
      return tf.softplus(a)
    case 'sigmoid':
      return tf.sigmoid(a)
    case 'tanh':
      return tf.tanh(a)
  }
}

/** The entry of that name. @throws Error if it is absent, which is a fault of the program, not of the person. */
export function named<T>(entries: ReadonlyMap<string, T>, name: string): T {
  const entry = entries.get(name)
  if (entry === undefined) throw new Error(`the tensor ${name} is missing`)
  return entry
}
