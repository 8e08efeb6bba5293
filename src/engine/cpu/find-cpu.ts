import { cpus } from 'node:os'
import { inTurn } from '../../base/advice'
import { failureOf, StudioError } from '../../base/failure'
import { say, type Sentence } from '../../words/say'
import type { EngineFinding } from '../choose'
import { threadsFor, type CpuBuild, type ProcessorUse } from '../processor-use'
import { CpuEngine, type Kernels } from './cpu-engine'
import { loadAddon, type AddonFinding } from './load-addon'
import { loadWasm, type WasmFinding } from './wasm-files'
import { WasmKernels } from './wasm-kernels'

/** What brings the native kernels: an installed application has them, so something took them away. */
const REMEDY = import.meta.dirname.includes('app.asar') ? 'engine.cpu.remedy.installed' : 'engine.cpu.remedy.checkout'

/** The builds of the cpu engine that work here, the fastest first, and why there are no faster ones. */
interface Builds {
  readonly kernels: readonly (Kernels & { readonly build: CpuBuild })[]
  /** Null where the native kernels are there. */
  readonly note: Sentence | null
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
    say('engine.cpu.no-build', { build: String(use.build) }),
    say('engine.cpu.no-build.hint', { builds: kernels.map(({ build }) => build).join(', ') }),
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

function whySlow(native: AddonFinding, wasm: WasmFinding): Sentence | null {
  if (native.addon !== null) return null
  const lack = { native: native.lack, nativeWhy: 'why' in native ? native.why : '' }
  const slow =
    wasm.files !== null
      ? say('engine.cpu.slower', lack)
      : say('engine.cpu.slow', { ...lack, wasm: wasm.lack, wasmWhy: 'why' in wasm ? wasm.why : '' })
  return inTurn(slow, say(REMEDY))
}
