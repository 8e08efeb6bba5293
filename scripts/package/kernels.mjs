import { join } from 'node:path'
import { compileAddon } from '../setup/addon-build.mjs'
import { fingerprint, stampIs, writeStamp } from '../setup/fingerprint.mjs'
import { findCompiler } from '../setup/native-build.mjs'
import { inProject } from '../setup/project.mjs'
import { ensurePrograms } from '../setup/system-libraries.mjs'
import { say, SetupFailure } from '../setup/talk.mjs'
import { requireOldGlibc } from './glibc.mjs'

/** Compilers for other systems, with the packages of Debian that bring them. */
const CROSS = {
  'win32-x64': { compiler: 'x86_64-w64-mingw32-g++-posix', package: 'g++-mingw-w64-x86-64-posix' },
  'linux-arm64': { compiler: 'aarch64-linux-gnu-g++', package: 'g++-aarch64-linux-gnu' },
}

/**
 * Compiles the CPU kernels for a system, as they are shipped, if they have changed since. For Linux they load on every
 * system whose C library is as old as Electron's own.
 * @param {string} platform as of Node.js
 * @param {string} arch as of Node.js
 * @returns {Promise<string>} the addon
 */
export async function ensureKernels(platform, arch) {
  const system = `${platform}-${arch}`
  const folder = inProject('.cache', 'package', 'kernels', system)
  const place = join(folder, 'made_cpu.node')
  const compiler = await compilerFor(platform, arch)
  const sources = fingerprint(['native', 'scripts/setup/addon-build.mjs'], ['native/test', 'native/wasm'])
  const stamp = join(folder, '.made-from')
  const wanted = `${compiler} ${sources}\n`
  if (!stampIs(stamp, wanted)) {
    say(`Compiling the CPU kernels for ${system} …`)
    const why = await compileAddon({ platform, arch, compiler, isShipped: true }, place)
    if (why !== null) throw new SetupFailure(`The CPU kernels for ${system} do not compile.`, why)
    writeStamp(stamp, wanted)
  }
  if (platform === 'linux') await requireOldGlibc(place)
  return place
}

/**
 * @param {string} platform
 * @param {string} arch
 */
async function compilerFor(platform, arch) {
  const system = `${platform}-${arch}`
  if (platform === process.platform && (arch === process.arch || platform === 'darwin')) {
    const found = await findCompiler()
    if (found !== null) return found
    throw new SetupFailure(
      'There is no C++ compiler here, and installers bring compiled kernels.',
      'On Debian: apt-get install g++; on macOS: xcode-select --install',
    )
  }
  if (!(system in CROSS))
    throw new SetupFailure(`The CPU kernels for ${system} cannot be compiled here.`, `Package it on ${system} itself.`)
  const { compiler, package: name } = CROSS[/** @type {keyof typeof CROSS} */ (system)]
  const ensured = await ensurePrograms({ [compiler]: name }, `a compiler for ${system}`)
  if (ensured.ok) return compiler
  throw new SetupFailure(
    `There is no compiler for ${system} here (${ensured.lacking}).`,
    `To install it: ${ensured.line}`,
  )
}
