import type { EngineId } from '../made/engines'
import type { EngineFinding } from './choose'
import { findCpu } from './cpu/find-cpu'
import { findTensorFlow } from './tensorflow/find-tensorflow'
import { mayHaveNvidiaDriver } from './tensorflow/nvidia-driver'
import { findWebGpu } from './webgpu/find-webgpu'

/** How an engine is had on this computer. */
export interface RegisteredEngine {
  /**
   * Looks for it. Whatever is wrong with it is a reason, never an exception.
   * @param spareCores cores that are left to the person's other work
   */
  find(spareCores: number): Promise<EngineFinding>
  /** Whether it may be the fastest one here; asked before it is looked for, so it takes no time. */
  mayBeWorthFinding(): boolean
}

export type EngineRegistry = Readonly<Record<EngineId, RegisteredEngine>>

/** Every engine of `ENGINES`, as a Node.js process has it. */
export const REGISTRY: EngineRegistry = {
  cpu: { find: async (spareCores) => findCpu(spareCores), mayBeWorthFinding: () => true },
  webgpu: { find: findWebGpu, mayBeWorthFinding: () => true },
  // It takes a process of its own to try, and what it does on the processor the cpu engine does faster.
  tensorflow: { find: findTensorFlow, mayBeWorthFinding: () => mayHaveNvidiaDriver() },
}
