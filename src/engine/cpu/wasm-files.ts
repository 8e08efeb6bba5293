import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'

/** Which SIMD instructions the WebAssembly kernels use: the standard ones, or also fused multiply-add. */
export type WasmBuild = 'wasm-relaxed' | 'wasm'

/** The compiled WebAssembly kernels that this runtime accepts, and the program of their workers. */
export interface WasmFiles {
  readonly modules: ReadonlyMap<WasmBuild, WebAssembly.Module>
  readonly workerText: string
}

/** The files, or why they cannot be used. @property why what the system says of files that cannot be loaded */
export type WasmFinding =
  | { readonly files: WasmFiles }
  | { readonly files: null; readonly lack: 'absent' | 'refused' }
  | { readonly files: null; readonly lack: 'broken'; readonly why: string }

const NAMES: Readonly<Record<WasmBuild, string>> = { 'wasm-relaxed': 'made_cpu_relaxed.wasm', wasm: 'made_cpu.wasm' }

let found: WasmFinding | null = null

/** Reads and compiles resources/wasm, once. What is missing or refused is a reason, never an exception. */
export function loadWasm(): WasmFinding {
  found ??= findWasm()
  return found
}

function findWasm(): WasmFinding {
  const here = import.meta.dirname
  const folder = [
    // From out/cli or out/main, from out/main/chunks and from the sources; beside the packaged application.
    join(here, '..', '..', 'resources', 'wasm'),
    join(here, '..', '..', '..', 'resources', 'wasm'),
    join(here, '..', '..', '..', 'wasm'),
    join(here, '..', '..', '..', '..', 'wasm'),
  ].find((place) => existsSync(join(place, NAMES.wasm)))
  if (folder === undefined) return { files: null, lack: 'absent' }
  try {
    allowRelaxedSimd()
    const modules = new Map<WasmBuild, WebAssembly.Module>()
    for (const build of ['wasm-relaxed', 'wasm'] as const) {
      const bytes = readFileSync(join(folder, NAMES[build]))
      if (WebAssembly.validate(bytes)) modules.set(build, new WebAssembly.Module(bytes))
    }
    if (modules.size === 0) return { files: null, lack: 'refused' }
    return { files: { modules, workerText: readFileSync(join(folder, 'worker.cjs'), 'utf8') } }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { files: null, lack: 'broken', why: why.split('\n')[0] }
  }
}

/**
 * Node.js 20 has relaxed SIMD in its last form, but behind a flag; later ones and Electron have it as it is. With fused
 * multiply-adds training takes 10–25% less time.
 */
function allowRelaxedSimd(): void {
  if (process.versions.v8.startsWith('11.3.')) setFlagsFromString('--experimental-wasm-relaxed-simd')
}
