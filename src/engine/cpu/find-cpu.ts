import { cpus } from 'node:os'
import { failureOf, StudioError } from '../../base/failure'
import type { EngineFinding } from '../choose'
import { threadsFor, type CpuBuild, type ProcessorUse } from '../processor-use'
import { CpuEngine, type Kernels } from './cpu-engine'
import { loadAddon } from './load-addon'
import { loadWasm } from './wasm-files'
import { WasmKernels } from './wasm-kernels'

/** What brings the native kernels: an installed application has them, so something took them away. */
const REMEDY = import.meta.dirname.includes('app.asar')
  ? 'Installing MADE Studio again brings them back; it may be that this system is older than it needs.'
  : '"npm run build" compiles them where there is a C++ compiler.'

/** The builds of the cpu engine that work here, the fastest first, and why there are no faster ones. */
interface Builds {
  readonly kernels: readonly (Kernels & { readonly build: CpuBuild })[]
  /** Whole sentences; null where the native kernels are there. */
  readonly note: string | null
}

/** The cpu engine, which is always there; it is not available only if a build is asked for that does not work here. */
export function findCpu(use: ProcessorUse): EngineFinding {
  const { kernels, note } = buildsHere(threadsFor(use))
  const chosen = use.build === undefined ? kernels[0] : kernels.find(({ build }) => build === use.build)
  if (chosen) {
    const engine = new CpuEngine(cpus()[0]?.model ?? '', chosen)
    return { id: 'cpu', available: true, engine, note: use.build === undefined ? note : null }
  }
  const reason = new StudioError(
    'engine-unavailable',
    `The build ${String(use.build)} of the cpu engine does not work here.`,
    `Those that do: ${kernels.map(({ build }) => build).join(', ')}.`,
  )
  return { id: 'cpu', available: false, device: null, reason: failureOf(reason) }
}

function buildsHere(threads: number): Builds {
  const native = loadAddon()
  const wasm = loadWasm()
  const kernels: (Kernels & { readonly build: CpuBuild })[] = []
  if (native.addon !== null) {
    const { addon } = native
    for (const build of addon.builds()) kernels.push({ kind: 'native', addon, build, threads })
  }
  if (wasm.files !== null) {
    const { files } = wasm
    const machine = new WasmKernels(files)
    for (const build of machine.builds()) kernels.push({ kind: 'wasm', kernels: machine, build, threads })
  }
  kernels.push({ kind: 'typescript', build: 'typescript' })
  return { kernels, note: whySlow(native, wasm) }
}

function whySlow(native: ReturnType<typeof loadAddon>, wasm: ReturnType<typeof loadWasm>): string | null {
  if (native.addon !== null) return null
  return wasm.files !== null
    ? `Computing is slower than it could be: ${native.why}. ${REMEDY}`
    : `Computing is slow: ${native.why}, and ${wasm.why}. ${REMEDY}`
}
