import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { lastLines, runQuietly } from './command.mjs'
import { unfinishedPath } from './fingerprint.mjs'
import { inProject } from './project.mjs'

const TIME_LIMIT = 5 * 60_000
const HEADERS = inProject('node_modules', 'node-api-headers')
const COMMON = ['-std=c++17', '-O3', '-fvisibility=hidden', '-ffp-contract=fast', '-fno-math-errno']
/** What native/addon/older_glibc.cpp asks for in its first form. */
const IN_FIRST_FORM = [
  'pow',
  'pthread_create',
  'pthread_detach',
  'pthread_getspecific',
  'pthread_join',
  'pthread_key_create',
  '__pthread_key_create',
  'pthread_key_delete',
  'pthread_once',
  'pthread_setspecific',
]

/**
 * What an addon is compiled for, and by what.
 * @typedef {object} AddonTarget
 * @property {string} platform as of Node.js
 * @property {string} arch as of Node.js
 * @property {string} compiler a C++ compiler that makes programs for it
 * @property {boolean} isShipped whether it goes into an installer: without the names that only a debugger reads
 */

/**
 * The kernels once per instruction set: lanes of a vector, name of the function, flags.
 * @param {string} arch
 */
export function variantsFor(arch) {
  const baseline = { lanes: 4, create: 'createBaseline', flags: /** @type {string[]} */ ([]) }
  if (arch !== 'x64') return [baseline]
  return [
    baseline,
    { lanes: 8, create: 'createAvx2', flags: ['-march=x86-64-v3'] },
    { lanes: 16, create: 'createAvx512', flags: ['-march=x86-64-v4', '-mprefer-vector-width=512'] },
  ]
}

/**
 * Compiles the CPU kernels (native/) into a Node-API addon, which serves Node.js and Electron alike.
 * @param {AddonTarget} target
 * @param {string} place where the addon is put, in one step: a running process keeps the file that it has loaded
 * @returns {Promise<string | null>} why it failed, or null
 */
export async function compileAddon(target, place) {
  const folder = unfinishedPath()
  mkdirSync(folder, { recursive: true })
  const run = (/** @type {string} */ program, /** @type {readonly string[]} */ args) =>
    runQuietly(program, args, { timeLimit: TIME_LIMIT })
  try {
    const { flags, sources, link, prepare } = await systemParts(target, folder)
    if (prepare !== null) {
      const prepared = await run(...prepare)
      if (!prepared.ok) return lastLines(prepared.output, 5)
    }
    const jobs = [
      ...variantsFor(target.arch).map((variant) => ({
        source: 'model.cpp',
        object: join(folder, `model-${variant.lanes}.o`),
        flags: [...variant.flags, `-DLANES=${variant.lanes}`, `-DCREATE=${variant.create}`],
      })),
      ...['addon/addon.cpp', 'team.cpp', ...sources].map((source) => ({
        source,
        object: join(folder, `${basename(source)}.o`),
        flags: source.endsWith('.c') ? ['-xc', '-std=c17'] : [`-I${join(HEADERS, 'include')}`],
      })),
    ]
    const compiled = await Promise.all(
      jobs.map(({ source, object, flags: more }) =>
        run(target.compiler, [...COMMON, ...flags, ...more, '-c', inProject('native', source), '-o', object]),
      ),
    )
    const bad = compiled.find(({ ok }) => !ok)
    if (bad) return lastLines(bad.output, 5)
    const addon = join(folder, 'made_cpu.node')
    const strip = target.isShipped ? ['-s'] : []
    const linked = await run(target.compiler, [
      '-shared',
      ...strip,
      '-o',
      addon,
      ...jobs.map(({ object }) => object),
      ...link,
    ])
    if (!linked.ok) return lastLines(linked.output, 5)
    mkdirSync(dirname(place), { recursive: true })
    renameSync(addon, place)
    return null
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * What a system needs besides: flags, sources, what is linked, and what is to be run before.
 * @param {AddonTarget} target
 * @param {string} folder
 * @returns {Promise<{ flags: string[], sources: string[], link: string[], prepare: [string, string[]] | null }>}
 */
async function systemParts({ platform, arch, compiler }, folder) {
  switch (platform) {
    case 'darwin': {
      const architecture = ['-arch', arch === 'arm64' ? 'arm64' : 'x86_64']
      return {
        flags: ['-fPIC', ...architecture],
        sources: [],
        link: ['-undefined', 'dynamic_lookup', ...architecture],
        prepare: null,
      }
    }
    case 'win32':
      return {
        // GCC cannot align the stack there for wide vectors, so that moves which demand it are written as moves that do not.
        flags: ['-Wa,-muse-unaligned-vector-move'],
        sources: ['addon/host_program.c'],
        link: ['-static', join(folder, 'libnode.a')],
        prepare: importLibrary(compiler, folder),
      }
    default: {
      const isGlibc = platform === 'linux' && (await targetOf(compiler)).includes('gnu')
      return {
        flags: ['-fPIC'],
        sources: isGlibc ? ['addon/older_glibc.cpp'] : [],
        // The C++ library comes along; what unwinds the stack is the system's, as Electron has it too.
        link: ['-static-libstdc++', '-lpthread', ...(isGlibc ? IN_FIRST_FORM.map((name) => `-Wl,--wrap=${name}`) : [])],
        prepare: null,
      }
    }
  }
}

/**
 * The command that makes an import library of Node-API, whose program is looked up when it is first called.
 * @param {string} compiler
 * @param {string} folder
 * @returns {[string, string[]]}
 */
function importLibrary(compiler, folder) {
  const names = ['js_native_api', 'node_api'].flatMap((name) =>
    readFileSync(join(HEADERS, 'def', `${name}.def`), 'utf8')
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '' && !/^(NAME|EXPORTS)\b/.test(line)),
  )
  const definition = join(folder, 'node.def')
  writeFileSync(definition, `NAME node.exe\nEXPORTS\n${names.join('\n')}\n`)
  const dlltool = compiler.replace(/g\+\+(-posix)?$/, 'dlltool')
  return [dlltool, ['--input-def', definition, '--output-delaylib', join(folder, 'libnode.a')]]
}

/**
 * The kind of system that a compiler makes programs for, such as x86_64-linux-gnu.
 * @param {string} compiler
 */
async function targetOf(compiler) {
  return (await runQuietly(compiler, ['-dumpmachine'], { timeLimit: 10_000 })).stdout.trim()
}
