import type { DeviceInfo, SessionModel, TrainingSettings } from '../contract'
import { QueuedEngine, type SessionWork } from '../queued-engine'
import { loadTensorFlow } from './library'
import { withinMemory } from './out-of-memory'
import { TensorFlowSession } from './session'

/** TensorFlow's C library through `@tensorflow/tfjs-node-gpu`: the CUDA path, and the readable dense statement of the model. */
export class TensorFlowEngine extends QueuedEngine {
  readonly id = 'tensorflow'

  /**
   * @param folder of the package, which must have been found sound
   * @param spareCores cores that are left to the person's other work
   */
  constructor(
    private readonly folder: string,
    readonly device: DeviceInfo,
    private readonly spareCores = 0,
  ) {
    super()
  }

  protected async begin(model: SessionModel, training: TrainingSettings | null): Promise<SessionWork> {
    return withinMemory(() => new TensorFlowSession(loadTensorFlow(this.folder, this.spareCores), model, training))
  }
}
