import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lastLines, runQuietly } from './command.mjs'
import { inProject } from './project.mjs'
import { ensureClang } from './system-libraries.mjs'
import { runScript, say, SetupFailure } from './talk.mjs'

/** The built files are part of the repository: whoever installs MADE Studio needs no compiler for them. */
export const WASM_FOLDER = inProject('resources', 'wasm')
/** One file for each form of SIMD, and the flags that make it. */
export const WASM_BUILDS = [
  { name: 'made_cpu.wasm', flags: [] },
  { name: 'made_cpu_relaxed.wasm', flags: ['-mrelaxed-simd'] },
]

/** What the files in the repository were compiled with: clang and lld as Debian 12 has them. Others make other bytes. */
const LLVM = { major: '19', debianVersion: '1:19.1.7-3~deb12u1' }
const COMPILER = `clang++-${LLVM.major}`
/** The line that installs it on Debian 12. */
export const INSTALL = `apt-get install clang-${LLVM.major} lld-${LLVM.major}`
const TIME_LIMIT = 5 * 60_000
const SOURCES = ['model.cpp', 'wasm/calls.cpp', 'wasm/team.cpp', 'wasm/library.cpp']
const FLAGS = [
  '--target=wasm32',
  '-std=c++17',
  '-O3',
  '-ffp-contract=off',
  '-fno-math-errno',
  '-fno-exceptions',
  '-fno-rtti',
  '-fvisibility=hidden',
  '-nostdlib',
  '-nostdinc++',
  '-msimd128',
  '-matomics',
  '-mbulk-memory',
  '-mnontrapping-fptoint',
  '-fno-aligned-allocation',
  '-Wall',
  '-Werror',
  '-DLANES=4',
  '-DCREATE=createWasm',
]
const LINKER_FLAGS = [
  '--no-entry',
  '--import-memory',
  '--shared-memory',
  '--max-memory=4294967296',
  '--initial-memory=1048576',
  // An overflow of the stack then leaves the memory and traps instead of writing over the data.
  '--stack-first',
  '-z',
  'stack-size=262144',
  '--export=__stack_pointer',
  '--strip-debug',
].map((flag) => `-Wl,${flag}`)

/** Installs the compiler where it is lacking and that can be done. */
export function ensureWasmCompiler() {
  return ensureClang(LLVM)
}

/**
 * The compiler's version in the words that it also leaves in its output, or null where it is not installed.
 * @returns {Promise<string | null>}
 */
export async function wasmCompiler() {
  const { ok, output } = await runQuietly(COMPILER, ['--version'], { timeLimit: 10_000 })
  return ok ? (/version (.*)/.exec(output)?.[1] ?? null) : null
}

/**
 * Compiles the kernels (native/) to WebAssembly, the same bytes wherever that is done.
 * @param {string} folder
 */
export async function buildWasm(folder) {
  const objects = mkdtempSync(join(tmpdir(), 'made-wasm-'))
  try {
    for (const { name, flags } of WASM_BUILDS) {
      const includes = ['-isystem', inProject('native', 'wasm', 'include')]
      const sources = SOURCES.map((source) => inProject('native', source))
      const args = [...FLAGS, ...flags, ...includes, ...sources, ...LINKER_FLAGS, '-o', join(folder, name)]
      const { ok, output } = await runQuietly(COMPILER, args, { timeLimit: TIME_LIMIT, cwd: objects })
      if (!ok) throw new SetupFailure('The WebAssembly kernels could not be compiled.', lastLines(output, 10))
      // The linker takes it for a program.
      chmodSync(join(folder, name), 0o644)
    }
  } finally {
    rmSync(objects, { recursive: true, force: true })
  }
}

// `node scripts/setup/wasm-build.mjs` renews the files in the repository.
if (process.argv[1] === import.meta.filename)
  await runScript(async () => {
    await ensureWasmCompiler()
    if ((await wasmCompiler()) === null)
      throw new SetupFailure(`${COMPILER} is not installed.`, `On Debian 12: ${INSTALL}`)
    mkdirSync(WASM_FOLDER, { recursive: true })
    await buildWasm(WASM_FOLDER)
    say(`Written: ${WASM_BUILDS.map(({ name }) => name).join(' and ')} in resources/wasm`)
  })
