import { availableParallelism, cpus } from 'node:os'
import type { EngineFinding } from '../choose'
import { CpuEngine, type Kernels } from './cpu-engine'
import { loadAddon } from './load-addon'
import { loadWasm } from './wasm-files'
import { WasmKernels } from './wasm-kernels'

const REMEDY = '"npm run build" compiles them where there is a C++ compiler.'

/**
 * The cpu engine, on the fastest kernels that work here; it is always there.
 * @param spareCores cores that are left to the person's other work
 */
export function findCpu(spareCores: number): EngineFinding {
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
