import { slotNames, type Optimizer } from './optimizer'
import { parameterCount, type ModelSpec } from './spec'

/** What a model costs, to show before anything is allocated. */
export interface ModelSize {
  readonly parameters: number
  /**
   * What training takes at its most, in bytes, beside the program itself: parameters and optimizer slots in the engine
   * and on their way into a checkpoint, the best parameters, a copy in the order of changing masks, and the activations
   * of one minibatch.
   */
  readonly trainingBytes: number
  /** The model file, in bytes (connectivities left out). */
  readonly fileBytes: number
}

/**
 * How often parameters and each slot are in memory at the most. Measured with `cpu` and changing masks on 784-[4000,4000]
 * and 784-[8000,8000]: 4.2 times the parameters under sgd, 10 times under Adam.
 */
const PARAMETERS_HELD = 4
const SLOT_HELD = 3
/** And an average of the parameters: the old one, the new one, and one on its way into a checkpoint. */
const AVERAGE_HELD = 3

/** The size of a model under an optimizer and a minibatch of `batchSize` rows. @param isAveraged whether its weights are, over epochs */
export function modelSize(spec: ModelSpec, optimizer: Optimizer, batchSize: number, isAveraged = false): ModelSize {
  const parameters = parameterCount(spec)
  const fileBytes = parameters * Float32Array.BYTES_PER_ELEMENT
  const units = spec.inputs + spec.hidden.reduce((sum, k) => sum + k, 0)
  const activations = 2 * batchSize * units * Float64Array.BYTES_PER_ELEMENT
  return {
    parameters,
    fileBytes,
    trainingBytes:
      fileBytes * (PARAMETERS_HELD + SLOT_HELD * slotNames(optimizer).length + (isAveraged ? AVERAGE_HELD : 0)) +
      activations,
  }
}
