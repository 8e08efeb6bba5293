import { cpus } from 'node:os'
import type { Engine } from '../src/engine/contract'
import { CpuEngine } from '../src/engine/cpu/cpu-engine'
import { loadAddon } from '../src/engine/cpu/load-addon'
import { loadWasm } from '../src/engine/cpu/wasm-files'
import { WasmKernels } from '../src/engine/cpu/wasm-kernels'
import { usableCores } from '../src/engine/process-limits'
import type { WebGpuEngine } from '../src/engine/webgpu/webgpu-engine'
import { measureGpu } from './gpu-limits'
import { measureLimits, type MachineLimits } from './limits'

/** The builds of the `cpu` engine that `--build` can name, the fastest first. */
export const BUILD_NAMES = ['native-avx512', 'native-avx2', 'native-baseline', 'wasm', 'reference'] as const
export type BuildName = (typeof BUILD_NAMES)[number]

/** One build of an engine, ready to open. */
export interface Build {
  readonly name: string
  readonly engine: Engine
  /** Asked for after every case, because a barrier's cost changes from minute to minute. */
  readonly limits?: () => Promise<MachineLimits>
}

/** The builds of the `cpu` engine that work on this computer, the fastest first. */
export async function cpuBuilds(): Promise<Build[]> {
  const processor = cpus()[0]?.model ?? ''
  const threads = usableCores()
  const builds: Build[] = []
  const { addon } = loadAddon()
  if (addon)
    for (const build of addon.builds()) {
      const engine = new CpuEngine(processor, { kind: 'native', addon, build, threads })
      builds.push({ name: `native-${build}`, engine, limits: () => measureLimits(addon, build, threads) })
    }
  const { files } = loadWasm()
  if (files) {
    const kernels = new WasmKernels(files)
    const engine = new CpuEngine(processor, { kind: 'wasm', kernels, build: kernels.builds()[0], threads })
    builds.push({ name: 'wasm', engine, limits: () => measureLimits(kernels, kernels.builds()[0], threads) })
  }
  builds.push({ name: 'reference', engine: new CpuEngine(processor) })
  return builds
}

/** The webgpu engine, with the limits of its GPU, which are measured once. */
export function webGpuBuild(engine: WebGpuEngine): Build {
  let limits: Promise<MachineLimits> | null = null
  return {
    name: 'webgpu',
    engine,
    limits: async () => {
      limits ??= engine.usableDevice().then(measureGpu)
      limits.catch(() => (limits = null))
      return limits
    },
  }
}

/** The readable one that all others must agree with. */
export function referenceEngine(): Engine {
  return new CpuEngine('')
}
