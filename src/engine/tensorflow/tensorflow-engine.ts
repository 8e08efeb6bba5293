import type { Optimizer } from '../../made/optimizer'
import type { DeviceInfo, Engine, Session, SessionModel } from '../contract'
import { loadTensorFlow } from './library'
import { withinMemory } from './out-of-memory'
import { TensorFlowSession } from './session'

/** TensorFlow's C library through `@tensorflow/tfjs-node-gpu`: the CUDA path, and the readable dense statement of the model. */
export class TensorFlowEngine implements Engine {
  readonly id = 'tensorflow'

  /**
   * @param folder of the package, which must have been found sound
   * @param threads that compute where it computes on the processor; as many as there are cores if absent
   */
  constructor(
    private readonly folder: string,
    readonly device: DeviceInfo,
    private readonly threads?: number,
  ) {}

  async open(model: SessionModel, optimizer: Optimizer): Promise<Session> {
    return withinMemory(() => new TensorFlowSession(loadTensorFlow(this.folder, this.threads), model, optimizer))
  }
}
