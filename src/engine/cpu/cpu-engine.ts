import { VARIABLE_KINDS } from '../../made/variables'
import { say, type Filling, type MessageKey, type Sentence } from '../../words/say'
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

const BUILD_NAMES = {
  avx512: 'engine.build.avx512',
  avx2: 'engine.build.avx2',
  baseline: 'engine.build.baseline',
  'wasm-relaxed': 'engine.build.wasm-relaxed',
  wasm: 'engine.build.wasm',
  typescript: 'engine.build.typescript',
} as const satisfies Record<CpuBuild, MessageKey>

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
    this.device = { kind: 'cpu', name: nameOf(processor, kernels), build: kernels.build }
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

function nameOf(processor: string, kernels: Kernels): Sentence {
  return say('engine.cpu.device', {
    processor: processorName(processor),
    build: say(BUILD_NAMES[kernels.build]),
    threads: kernels.kind === 'typescript' ? 1 : kernels.threads,
  })
}

/** A processor as the system names it, or just that it is one. */
export function processorName(name: string): Filling {
  return name.trim() || say('engine.processor')
}
