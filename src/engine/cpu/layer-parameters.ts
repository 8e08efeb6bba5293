import { tensorOf, type ModelSpec, type Tensors } from '../../made/spec'

/** One tensor with the optimizer's slots for it. */
export interface TrainedTensor {
  readonly w: Float32Array
  readonly slots: readonly Float32Array[]
}

/** The tensors of a hidden layer or of the output layer. */
export interface LayerParameters {
  /** Width of the layer below: the length of a row of the weight matrix. */
  readonly width: number
  readonly weight: TrainedTensor
  readonly bias: TrainedTensor
  readonly conditioning: TrainedTensor | null
}

export interface NetworkParameters {
  readonly hidden: readonly LayerParameters[]
  readonly output: LayerParameters
  /** Direct connections, `[D, D]`. */
  readonly direct: TrainedTensor | null
}

/** Groups named tensors (and slots, in the order of the optimizer) by layer. Nothing is copied. */
export function networkParameters(spec: ModelSpec, parameters: Tensors, slots: readonly Tensors[]): NetworkParameters {
  const tensor = (name: string): TrainedTensor => ({
    w: tensorOf(parameters, name),
    slots: slots.map((slot) => tensorOf(slot, name)),
  })
  const layer = (prefix: string, width: number): LayerParameters => ({
    width,
    weight: tensor(`${prefix}.weight`),
    bias: tensor(`${prefix}.bias`),
    conditioning: spec.conditioningWeights ? tensor(`${prefix}.conditioning`) : null,
  })
  return {
    hidden: spec.hidden.map((_, l) => layer(`hidden.${l}`, l === 0 ? spec.inputs : spec.hidden[l - 1])),
    output: layer('output', spec.hidden[spec.hidden.length - 1]),
    direct: spec.directConnections ? tensor('direct.weight') : null,
  }
}
