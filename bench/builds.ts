import { cpus } from 'node:os'
import type { Engine } from '../src/engine/contract'
import { CpuEngine } from '../src/engine/cpu/cpu-engine'

/** The builds of the `cpu` engine that `--build` can name, the fastest first. */
export const BUILD_NAMES = ['native-avx512', 'native-avx2', 'wasm', 'reference'] as const
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
  return [{ name: 'reference', engine: new CpuEngine(cpus()[0]?.model ?? ''), threads: () => 1 }]
}

/** The readable one that all others must agree with. */
export function referenceEngine(): Engine {
  return new CpuEngine('')
}
