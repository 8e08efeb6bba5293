import type { Optimizer } from '../../made/optimizer'
import type { DeviceInfo, Engine, Session, SessionModel } from '../contract'
import type { NativeAddon, NativeBuild } from './native-addon'
import { NativeSession } from './native-session'
import { TypeScriptSession } from './session'

/** What computes: the native kernels for an instruction set, or plain TypeScript. */
export type Kernels =
  | { readonly kind: 'native'; readonly addon: NativeAddon; readonly build: NativeBuild; readonly threads: number }
  | { readonly kind: 'typescript' }

const BUILD_NAMES: Readonly<Record<NativeBuild, string>> = { avx512: 'AVX-512', avx2: 'AVX2', baseline: '128-bit vectors' }

/** The engine that is always there. */
export class CpuEngine implements Engine {
  readonly id = 'cpu'
  readonly device: DeviceInfo

  /** @param processor the processor's name, as the system gives it. */
  constructor(
    processor: string,
    private readonly kernels: Kernels = { kind: 'typescript' },
  ) {
    this.device = { kind: 'cpu', name: `${processor.trim() || 'processor'}, ${kernelWords(kernels)}` }
  }

  async open(model: SessionModel, optimizer: Optimizer): Promise<Session> {
    switch (this.kernels.kind) {
      case 'native': {
        const { addon, build, threads } = this.kernels
        return new NativeSession(addon, build, threads, model, optimizer)
      }
      case 'typescript':
        return new TypeScriptSession(model, optimizer)
    }
  }
}

function kernelWords(kernels: Kernels): string {
  if (kernels.kind === 'typescript') return 'TypeScript, 1 thread'
  return `${BUILD_NAMES[kernels.build]}, ${kernels.threads} ${kernels.threads === 1 ? 'thread' : 'threads'}`
}
