import { availableParallelism, cpus } from 'node:os'
import { CpuEngine, type Kernels } from './cpu/cpu-engine'
import { loadAddon } from './cpu/load-addon'
import { loadWasm } from './cpu/wasm-files'
import { WasmKernels } from './cpu/wasm-kernels'
import type { EngineFinding } from './choose'

const REMEDY = '"npm run build" compiles them where there is a C++ compiler.'

/**
 * Looks for every engine on this computer, the preferred first.
 * @param spareCores cores that are left to the person's other work
 */
export async function findEngines(spareCores = 0): Promise<EngineFinding[]> {
  return [
    findCpu(spareCores),
    {
      id: 'webgpu',
      available: false,
      device: null,
      reason: {
        code: 'engine-unavailable',
        message: 'This version of MADE Studio does not compute on the GPU through WebGPU.',
        hint: 'The cpu engine is used instead.',
      },
    },
    {
      id: 'tensorflow',
      available: false,
      device: null,
      reason: {
        code: 'engine-unavailable',
        message: 'This version of MADE Studio does not compute with TensorFlow.',
        hint: 'The cpu engine is used instead.',
      },
    },
  ]
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
