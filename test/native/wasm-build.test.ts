import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { buildWasm, INSTALL, WASM_BUILDS, WASM_FOLDER, wasmCompiler } from '../../scripts/setup/wasm-build.mjs'

const committed = (name: string): Buffer => readFileSync(join(WASM_FOLDER, name))
/** A compiler leaves its version in what it makes; another version makes other bytes. */
const version = await wasmCompiler()
const lacking =
  version === null ? `their compiler is not installed; on Debian 12: ${INSTALL}` : committed('made_cpu.wasm').includes(version) ? null : `they were made by another compiler than ${version}`

describe.skipIf(lacking !== null)(`the committed WebAssembly kernels${lacking === null ? '' : ` — SKIPPED: ${lacking}`}`, () => {
  it('are what the sources compile to: if not, run node scripts/setup/wasm-build.mjs', { timeout: 600_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'made-wasm-test-'))
    try {
      await buildWasm(folder)
      for (const { name } of WASM_BUILDS) expect(readFileSync(join(folder, name)).equals(committed(name)), name).toBe(true)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
