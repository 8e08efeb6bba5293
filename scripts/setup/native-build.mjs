import { join } from 'node:path'
import { compileAddon, variantsFor } from './addon-build.mjs'
import { runQuietly } from './command.mjs'
import { fingerprint, stampIs, writeStamp } from './fingerprint.mjs'
import { alone } from './lock.mjs'
import { inProject } from './project.mjs'
import { say } from './talk.mjs'

const FOLDER = inProject('out', 'native')
/** Where the compiled addon lies, if it could be compiled. */
export const NATIVE_ADDON = join(FOLDER, 'made_cpu.node')
/** What was tried last, whether it worked or not: a compiler that is absent is not looked for at every start. */
const TRIED = join(FOLDER, '.tried')

/** The kernels of this processor once per instruction set. */
export const VARIANTS = variantsFor(process.arch)

/**
 * Compiles the CPU kernels (native/) into a Node-API addon, if they have changed since the last attempt. It serves
 * Node.js and Electron alike. Where that cannot be done WebAssembly computes: that is no failure.
 */
export async function ensureNativeBuild() {
  const wanted = `${process.platform} ${process.arch} ${fingerprint(['native', 'scripts/setup/native-build.mjs', 'scripts/setup/addon-build.mjs'], ['native/test', 'native/wasm'])}`
  if (stampIs(TRIED, wanted)) return
  await alone(async () => {
    if (stampIs(TRIED, wanted)) return
    say('Compiling the CPU kernels …')
    const why = await compile()
    if (why !== null) say(`The CPU kernels could not be compiled, so the slower ones in WebAssembly are used. ${why}`)
    writeStamp(TRIED, wanted)
  })
}

/** @returns {Promise<string | null>} why it failed, or null */
async function compile() {
  if (process.platform === 'win32') return 'On Windows they come with the installer.'
  const compiler = await findCompiler()
  if (compiler === null) return 'No C++ compiler was found; on Debian: apt-get install g++'
  const target = { platform: process.platform, arch: process.arch, compiler, isShipped: false }
  return compileAddon(target, NATIVE_ADDON)
}

/** @returns {Promise<string | null>} a C++ compiler that runs */
export async function findCompiler() {
  for (const program of [process.env.CXX, 'c++', 'g++', 'clang++'])
    if (program && (await runQuietly(program, ['--version'], { timeLimit: 10_000 })).ok) return program
  return null
}
