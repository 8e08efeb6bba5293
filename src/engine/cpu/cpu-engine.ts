import { VARIABLE_KINDS } from '../../made/variables'
import type { DeviceInfo, SessionModel, TrainingSettings } from '../contract'
import type { CpuBuild } from '../processor-use'
import { QueuedEngine, type SessionWork } from '../queued-engine'
import type { NativeAddon, NativeBuild } from './native-addon'
import { KernelSession } from './kernel-session'
import { TypeScriptSession } from './session'
import type { WasmBuild } from './wasm-files'
import type { WasmKernels } from './wasm-kernels'

/** What computes: the kernels, native for an instruction set or as WebAssembly, or plain TypeScript. */
export type Kernels =
  | { readonly kind: 'native'; readonly addon: NativeAddon; readonly build: NativeBuild; readonly threads: number }
  | { readonly kind: 'wasm'; readonly kernels: WasmKernels; readonly build: WasmBuild; readonly threads: number }
  | { readonly kind: 'typescript'; readonly build: 'typescript' }

const BUILD_NAMES: Readonly<Record<CpuBuild, string>> = {
  avx512: 'AVX-512',
  avx2: 'AVX2',
  baseline: '128-bit vectors',
  'wasm-relaxed': 'WebAssembly relaxed SIMD',
  wasm: 'WebAssembly SIMD',
  typescript: 'TypeScript',
}

/** The engine that is always there. */
export class CpuEngine extends QueuedEngine {
  readonly id = 'cpu'
  readonly heads = VARIABLE_KINDS
  readonly device: DeviceInfo

  /** @param processor the processor's name, as the system gives it. */
  constructor(
    processor: string,
    private readonly kernels: Kernels = { kind: 'typescript', build: 'typescript' },
  ) {
    super()
    const name = `${processor.trim() || 'processor'}, ${kernelWords(kernels)}`
    this.device = { kind: 'cpu', name, build: kernels.build }
  }

  protected async begin(model: SessionModel, training: TrainingSettings | null): Promise<SessionWork> {
    switch (this.kernels.kind) {
      case 'native': {
        const { addon, build, threads } = this.kernels
        return new KernelSession(addon, build, threads, model, training)
      }
      case 'wasm': {
        const { kernels, build, threads } = this.kernels
        return new KernelSession(kernels, build, threads, model, training)
      }
      case 'typescript':
        return new TypeScriptSession(model, training)
    }
  }
}

function kernelWords(kernels: Kernels): string {
  const threads = kernels.kind === 'typescript' ? 1 : kernels.threads
  return `${BUILD_NAMES[kernels.build]}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`
}
