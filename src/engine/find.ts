import { chooseEngine, type EngineFinding } from './choose'
import type { Engine, EngineId } from './contract'
import { findCpu } from './cpu/find-cpu'
import type { ProcessorUse } from './processor-use'
import { findTensorFlow } from './tensorflow/find-tensorflow'
import { mayHaveNvidiaDriver } from './tensorflow/nvidia-driver'
import { findWebGpu } from './webgpu/find-webgpu'

/**
 * Looks for every engine on this computer, the preferred first.
 * @param use how the processor is used
 * @param webGpu looks for the webgpu engine, which is had in another way in the application
 */
export async function findEngines(use: ProcessorUse = {}, webGpu = findWebGpu): Promise<EngineFinding[]> {
  const [gpu, tensorFlow] = await Promise.all([webGpu(), findTensorFlow(use)])
  return [findCpu(use), gpu, tensorFlow]
}

/**
 * As `findEngines`, but only those that may be the fastest. TensorFlow takes a process of its own to try, and what it does
 * on the processor the cpu engine does faster, so where there is no NVIDIA driver it is left alone.
 */
export async function findFastEngines(
  use: ProcessorUse = {},
  webGpu = findWebGpu,
  mayHaveCuda = mayHaveNvidiaDriver,
): Promise<EngineFinding[]> {
  if (mayHaveCuda()) return findEngines(use, webGpu)
  return [findCpu(use), await webGpu()]
}

/**
 * The engine of that choice. GPUs take a moment to try, so they are looked for only when they are asked for: 'auto' is
 * the processor here, which short work is done on; for a run see `chooseForRun`.
 * @throws StudioError 'engine-unavailable' with the reason of that engine.
 */
export async function findEngine(
  choice: EngineId | 'auto',
  use: ProcessorUse = {},
  webGpu = findWebGpu,
): Promise<Engine> {
  switch (choice) {
    case 'webgpu':
      return chooseEngine([await webGpu()], choice)
    case 'tensorflow':
      return chooseEngine([await findTensorFlow(use)], choice)
    case 'cpu':
    case 'auto':
      return chooseEngine([findCpu(use)], choice)
  }
}
