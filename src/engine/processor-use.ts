import { usableCores } from './process-limits'

/** The builds of the cpu engine, the fastest first. Results of two differ in the last bits. */
export const CPU_BUILDS = ['avx512', 'avx2', 'baseline', 'wasm-relaxed', 'wasm', 'typescript'] as const
export type CpuBuild = (typeof CPU_BUILDS)[number]

/** How engines use the processor. */
export interface ProcessorUse {
  /** Cores that are left to the person's other work; none if absent. */
  readonly spareCores?: number
  /** How many threads compute, in place of one for each core that this process may use. */
  readonly threads?: number | undefined
  /** The build of the cpu engine, in place of the fastest that works here. */
  readonly build?: CpuBuild | undefined
}

/** How many threads an engine computes with. */
export function threadsFor({ spareCores = 0, threads }: ProcessorUse): number {
  return threads ?? Math.max(1, usableCores() - spareCores)
}
