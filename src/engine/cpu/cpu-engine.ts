import type { DeviceInfo, Engine, Session, SessionModel } from '../contract'
import type { Optimizer } from '../../made/optimizer'
import { TypeScriptSession } from './session'

/** The engine that is always there. */
export class CpuEngine implements Engine {
  readonly id = 'cpu'
  readonly device: DeviceInfo

  /** @param processor the processor's name, as the system gives it. */
  constructor(processor: string) {
    this.device = { kind: 'cpu', name: `${processor.trim() || 'processor'}, TypeScript, 1 thread` }
  }

  async open(model: SessionModel, optimizer: Optimizer): Promise<Session> {
    return new TypeScriptSession(model, optimizer)
  }
}
