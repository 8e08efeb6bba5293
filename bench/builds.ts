import { availableParallelism, cpus } from 'node:os'
import type { Engine } from '../src/engine/contract'
import { CpuEngine } from '../src/engine/cpu/cpu-engine'
import { loadAddon } from '../src/engine/cpu/load-addon'
import { loadWasm } from '../src/engine/cpu/wasm-files'
import { WasmKernels } from '../src/engine/cpu/wasm-kernels'

/** The builds of the `cpu` engine that `--build` can name, the fastest first. */
export const BUILD_NAMES = ['native-avx512', 'native-avx2', 'native-baseline', 'wasm', 'reference'] as const
export type BuildName = (typeof BUILD_NAMES)[number]

/** What the machine can do at most, measured with the threads that the engine uses. */
export interface MachineLimits {
  /** The inner kernel on data in the nearest cache, all threads together. */
  readonly peakGflops: number
  /** Memory bandwidth, all threads together. */
  readonly gigabytesPerSecond: number
  /** One barrier between the threads; null with one thread. */
  readonly barrierMicroseconds: number | null
}

/** One build of an engine, ready to open. */
export interface Build {
  readonly name: string
  readonly engine: Engine
  /** Threads that the session opened last has settled on; null where that says nothing. */
  readonly threads: () => number | null
  /** Measured after every case, because the barrier's cost changes from minute to minute. */
  readonly limits?: () => Promise<MachineLimits>
}

/** The builds of the `cpu` engine that work on this computer, the fastest first. */
export async function cpuBuilds(): Promise<Build[]> {
  const processor = cpus()[0]?.model ?? ''
  const threads = availableParallelism()
  const builds: Build[] = []
  const { addon } = loadAddon()
  if (addon)
    for (const build of addon.builds())
      builds.push({ name: `native-${build}`, engine: new CpuEngine(processor, { kind: 'native', addon, build, threads }), threads: () => null })
  const { files } = loadWasm()
  if (files) {
    const kernels = new WasmKernels(files)
    const engine = new CpuEngine(processor, { kind: 'wasm', kernels, build: kernels.builds()[0], threads })
    builds.push({ name: 'wasm', engine, threads: () => null })
  }
  builds.push({ name: 'reference', engine: new CpuEngine(processor), threads: () => 1 })
  return builds
}

/** The readable one that all others must agree with. */
export function referenceEngine(): Engine {
  return new CpuEngine('')
}
