import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { lastLines, runQuietly } from './command.mjs'
import { fingerprint, stampIs, unfinishedPath, writeStamp } from './fingerprint.mjs'
import { alone } from './lock.mjs'
import { inProject } from './project.mjs'
import { say } from './talk.mjs'

const FOLDER = inProject('out', 'native')
/** Where the compiled addon lies, if it could be compiled. */
export const NATIVE_ADDON = join(FOLDER, 'made_cpu.node')
/** What was tried last, whether it worked or not: a compiler that is absent is not looked for at every start. */
const TRIED = join(FOLDER, '.tried')
const TIME_LIMIT = 5 * 60_000

/** The kernels once per instruction set: lanes of a vector, name of the function, flags. */
export const VARIANTS =
  process.arch === 'x64'
    ? [
        { lanes: 4, create: 'createBaseline', flags: [] },
        { lanes: 8, create: 'createAvx2', flags: ['-march=x86-64-v3'] },
        { lanes: 16, create: 'createAvx512', flags: ['-march=x86-64-v4', '-mprefer-vector-width=512'] },
      ]
    : [{ lanes: 4, create: 'createBaseline', flags: [] }]

/**
 * Compiles the CPU kernels (native/) into a Node-API addon, if they have changed since the last attempt. It serves
 * Node.js and Electron alike. Where that cannot be done WebAssembly computes: that is no failure.
 */
export async function ensureNativeBuild() {
  const wanted = `${process.platform} ${process.arch} ${fingerprint(['native', 'scripts/setup/native-build.mjs'], ['native/test', 'native/wasm'])}`
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
  const folder = unfinishedPath()
  mkdirSync(folder, { recursive: true })
  try {
    const common = ['-std=c++17', '-O3', '-fPIC', '-fvisibility=hidden', '-ffp-contract=fast', '-fno-math-errno']
    const kernels = VARIANTS.map(({ lanes, create, flags }) => ({
      source: 'model.cpp',
      object: join(folder, `model-${lanes}.o`),
      flags: [...flags, `-DLANES=${lanes}`, `-DCREATE=${create}`],
    }))
    const headers = `-I${inProject('node_modules', 'node-api-headers', 'include')}`
    const others = ['addon/addon.cpp', 'team.cpp'].map((source) => ({
      source,
      object: join(folder, `${basename(source, '.cpp')}.o`),
      flags: [headers],
    }))
    const jobs = [...kernels, ...others]
    const compiled = await Promise.all(
      jobs.map(({ source, object, flags }) =>
        runQuietly(compiler, [...common, ...flags, '-c', inProject('native', source), '-o', object], {
          timeLimit: TIME_LIMIT,
        }),
      ),
    )
    const bad = compiled.find(({ ok }) => !ok)
    if (bad) return lastLines(bad.output, 5)
    const addon = join(folder, 'made_cpu.node')
    const link =
      process.platform === 'darwin' ? ['-undefined', 'dynamic_lookup'] : ['-static-libstdc++', '-static-libgcc']
    const args = ['-shared', ...link, '-o', addon, ...jobs.map(({ object }) => object), '-lpthread']
    const linked = await runQuietly(compiler, args, { timeLimit: TIME_LIMIT })
    if (!linked.ok) return lastLines(linked.output, 5)
    mkdirSync(FOLDER, { recursive: true })
    // A running process keeps the file that it has loaded; the new one takes its name.
    renameSync(addon, NATIVE_ADDON)
    return null
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @returns {Promise<string | null>} a C++ compiler that runs */
export async function findCompiler() {
  for (const program of [process.env.CXX, 'c++', 'g++', 'clang++'])
    if (program && (await runQuietly(program, ['--version'], { timeLimit: 10_000 })).ok) return program
  return null
}
