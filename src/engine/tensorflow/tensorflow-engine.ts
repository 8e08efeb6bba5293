import { VARIABLE_KINDS } from '../../made/variables'
import type { DeviceInfo, SessionModel, TrainingSettings } from '../contract'
import { QueuedEngine, type SessionWork } from '../queued-engine'
import { loadTensorFlow } from './library'
import { withinMemory } from './out-of-memory'
import { TensorFlowSession } from './session'

/** TensorFlow's C library through `@tensorflow/tfjs-node-gpu`: the CUDA path, and the readable dense statement of the model. */
export class TensorFlowEngine extends QueuedEngine {
  readonly id = 'tensorflow'
  readonly heads = VARIABLE_KINDS

  /**
   * @param folder of the package, which must have been found sound
   * @param threads that compute where it computes on the processor; as many as there are cores if absent
   */
  constructor(
    private readonly folder: string,
    readonly device: DeviceInfo,
    private readonly threads?: number,
  ) {
    super()
  }

  protected async begin(model: SessionModel, training: TrainingSettings | null): Promise<SessionWork> {
    return withinMemory(() => new TensorFlowSession(loadTensorFlow(this.folder, this.threads), model, training))
  }
}
