import { slotNames, type Optimizer } from './optimizer'
import { parameterCount, type ModelSpec } from './spec'

/** What a model costs, to show before anything is allocated. */
export interface ModelSize {
  readonly parameters: number
  /** Parameters, optimizer slots and the activations of one minibatch, in bytes. */
  readonly trainingBytes: number
  /** The model file, in bytes (connectivities left out). */
  readonly fileBytes: number
}

/** The size of a model under an optimizer and a minibatch of `batchSize` rows. */
export function modelSize(spec: ModelSpec, optimizer: Optimizer, batchSize: number): ModelSize {
  const parameters = parameterCount(spec)
  const fileBytes = parameters * Float32Array.BYTES_PER_ELEMENT
  const units = spec.inputs + spec.hidden.reduce((sum, k) => sum + k, 0)
  const activations = 2 * batchSize * units * Float64Array.BYTES_PER_ELEMENT
  return { parameters, fileBytes, trainingBytes: fileBytes * (1 + slotNames(optimizer).length) + activations }
}
