import { availableParallelism, cpus } from 'node:os'
import { CpuEngine, type Kernels } from './cpu/cpu-engine'
import { loadAddon } from './cpu/load-addon'
import { loadWasm } from './cpu/wasm-files'
import { WasmKernels } from './cpu/wasm-kernels'
import { chooseEngine, type EngineFinding } from './choose'
import type { Engine, EngineId } from './contract'
import { findTensorFlow } from './tensorflow/find-tensorflow'
import { mayHaveNvidiaDriver } from './tensorflow/nvidia-driver'
import { findWebGpu } from './webgpu/find-webgpu'

const REMEDY = '"npm run build" compiles them where there is a C++ compiler.'

/**
 * Looks for every engine on this computer, the preferred first.
 * @param spareCores cores that are left to the person's other work
 * @param webGpu looks for the webgpu engine, which is had in another way in the application
 */
export async function findEngines(spareCores = 0, webGpu = findWebGpu): Promise<EngineFinding[]> {
  const [gpu, tensorFlow] = await Promise.all([webGpu(), findTensorFlow(spareCores)])
  return [findCpu(spareCores), gpu, tensorFlow]
}

/**
 * As `findEngines`, but only those that may be the fastest. TensorFlow takes a process of its own to try, and what it does
 * on the processor the cpu engine does faster, so where there is no NVIDIA driver it is left alone.
 */
export async function findFastEngines(
  spareCores = 0,
  webGpu = findWebGpu,
  mayHaveCuda = mayHaveNvidiaDriver,
): Promise<EngineFinding[]> {
  if (mayHaveCuda()) return findEngines(spareCores, webGpu)
  return [findCpu(spareCores), await webGpu()]
}

/**
 * The engine of that choice. GPUs take a moment to try, so they are looked for only when they are asked for: 'auto' is
 * the processor here, which short work is done on; for a run see `chooseForRun`.
 * @throws StudioError 'engine-unavailable' with the reason of that engine.
 */
export async function findEngine(choice: EngineId | 'auto', spareCores = 0, webGpu = findWebGpu): Promise<Engine> {
  switch (choice) {
    case 'webgpu':
      return chooseEngine([await webGpu()], choice)
    case 'tensorflow':
      return chooseEngine([await findTensorFlow(spareCores)], choice)
    case 'cpu':
    case 'auto':
      return chooseEngine([findCpu(spareCores)], choice)
  }
}

function findCpu(spareCores: number): EngineFinding {
  const processor = cpus()[0]?.model ?? ''
  const threads = Math.max(1, availableParallelism() - spareCores)
  const native = loadAddon()
  if (native.addon !== null) {
    const { addon } = native
    const kernels: Kernels = { kind: 'native', addon, build: addon.builds()[0], threads }
    return { id: 'cpu', available: true, engine: new CpuEngine(processor, kernels), note: null }
  }
  const wasm = loadWasm()
  if (wasm.files !== null) {
    const wasmKernels = new WasmKernels(wasm.files)
    const kernels: Kernels = { kind: 'wasm', kernels: wasmKernels, build: wasmKernels.builds()[0], threads }
    const note = `Computing is slower than it could be: ${native.why}. ${REMEDY}`
    return { id: 'cpu', available: true, engine: new CpuEngine(processor, kernels), note }
  }
  const note = `Computing is slow: ${native.why}, and ${wasm.why}. ${REMEDY}`
  return { id: 'cpu', available: true, engine: new CpuEngine(processor), note }
}
