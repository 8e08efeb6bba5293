import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lastLines, runQuietly } from '../setup/command.mjs'
import { fingerprint, stampIs, unfinishedPath, writeStamp } from '../setup/fingerprint.mjs'
import { alone } from '../setup/lock.mjs'
import { VARIANTS } from '../setup/native-build.mjs'
import { inProject } from '../setup/project.mjs'
import { say } from '../setup/talk.mjs'

/** How the tests are compiled: with sanitizers, or plainly and linked statically, for the emulator of a processor. */
/** @typedef {'memory' | 'thread' | 'plain'} Kind */
/**
 * Where the programs of native/test lie, or why they are not there: the sanitizer is absent, or they do not compile.
 * `empty` does nothing, which shows whether such a program can start here; `wasmTest` and `addon` are not of every kind.
 * @typedef {{ readonly kernelsTest: string, readonly empty: string, readonly wasmTest: string | null, readonly addon: string | null }} Programs
 * @typedef {Programs | { readonly absent: string } | { readonly broken: string }} Built
 */
/** @typedef {<T>(work: () => Promise<T>) => Promise<T>} Turn */
/** @typedef {{ readonly name: string, readonly source: string, readonly flags: readonly string[] }} Source */

const FOLDER = inProject('out', 'native-tests')
const TIME_LIMIT = 5 * 60_000
/** Those of each kind; AddressSanitizer and UndefinedBehaviorSanitizer get on with each other. @type {Readonly<Record<Kind, string | null>>} */
const SANITIZERS = { memory: 'address,undefined', thread: 'thread', plain: null }
/** As the addon is compiled (native-build.mjs), but so that it can be read where something goes wrong. */
const FLAGS = ['-std=c++17', '-O1', '-g1', '-fno-omit-frame-pointer', '-fPIC', '-ffp-contract=fast', '-fno-math-errno']
const SHIM = ['-include', inProject('native', 'test', 'wasm_shim.h')]
const HEADERS = `-I${inProject('node_modules', 'node-api-headers', 'include')}`

/** What the instruction sets are called by the tests. */
export const BUILDS = VARIANTS.map(({ create }) => buildOf(create))

/**
 * @param {readonly string[]} builds the instruction sets that are run
 * @returns {readonly Source[]}
 */
function kernelsOf(builds) {
  const models = VARIANTS.map(({ lanes, create, flags }) =>
    builds.includes(buildOf(create))
      ? { name: create, source: 'model.cpp', flags: [...flags, `-DLANES=${lanes}`, `-DCREATE=${create}`] }
      : { name: create, source: 'test/absent.cpp', flags: [`-DCREATE=${create}`] },
  )
  return [...models, { name: 'team', source: 'team.cpp', flags: [] }]
}

/** @type {readonly Source[]} */
const KERNELS_TEST = [{ name: 'kernels_test', source: 'test/kernels_test.cpp', flags: [] }]
/** @type {readonly Source[]} */
const WASM_TEST = [
  { name: 'wasm_test', source: 'test/wasm_test.cpp', flags: [] },
  { name: 'wasm_team', source: 'wasm/team.cpp', flags: [...SHIM, '-DSPINS_BEFORE_SLEEP=20000'] },
  { name: 'wasm_library', source: 'wasm/library.cpp', flags: SHIM },
]
/** @type {readonly Source[]} */
const ADDON = [{ name: 'addon', source: 'addon/addon.cpp', flags: ['-fvisibility=hidden', HEADERS] }]

/** @param {string} create the name of a variant's function */
function buildOf(create) {
  return create.replace('create', '').toLowerCase()
}

/**
 * What each kind consists of. Workers that wait at an address are played with Linux's futex.
 * @param {Kind} kind
 */
function partsOf(kind) {
  return {
    wasmTest: kind !== 'plain' && process.platform === 'linux',
    addon: kind === 'memory' && process.platform === 'linux',
  }
}

/**
 * Compiles the C++ tests once per kind, all instruction sets in one program, where the sources have changed since.
 * @param {string} compiler
 * @param {readonly Kind[]} kinds
 * @param {readonly string[]} builds the instruction sets that are run; the others are not compiled
 * @param {Turn} turn
 * @returns {Promise<Built[]>}
 */
export async function ensureNativePrograms(compiler, kinds, builds, turn) {
  const { stdout: version } = await runQuietly(compiler, ['--version'])
  const sources = fingerprint(
    ['native', 'scripts/test/native-programs.mjs', 'scripts/setup/addon-build.mjs'],
    ['native/wasm/calls.cpp', 'native/wasm/include', 'native/test/addon-test.mjs'],
  )
  const wanted = `${compiler} ${version} ${builds.join()} ${sources}`
  const isFresh = (/** @type {Kind} */ kind) => stampIs(join(FOLDER, kind, '.built-from'), wanted)
  if (!kinds.every(isFresh)) say(`Compiling the C++ tests (${kinds.join(', ')}) …`)
  else return kinds.map(programs)
  return alone(
    () =>
      Promise.all(kinds.map((kind) => (isFresh(kind) ? programs(kind) : build(compiler, kind, builds, wanted, turn)))),
    'native-tests',
  )
}

/**
 * @param {Kind} kind
 * @returns {Programs}
 */
function programs(kind) {
  const has = partsOf(kind)
  const place = (/** @type {string} */ name) => join(FOLDER, kind, name)
  return {
    kernelsTest: place('kernels_test'),
    empty: place('empty'),
    wasmTest: has.wasmTest ? place('wasm_test') : null,
    addon: has.addon ? place('made_cpu.node') : null,
  }
}

/**
 * @param {string} compiler
 * @param {Kind} kind
 * @param {readonly string[]} builds
 * @param {string} wanted
 * @param {Turn} turn
 * @returns {Promise<Built>}
 */
async function build(compiler, kind, builds, wanted, turn) {
  const folder = `${unfinishedPath()}-${kind}`
  mkdirSync(folder, { recursive: true })
  const sanitizers = SANITIZERS[kind]
  const flags = [...FLAGS, ...(sanitizers === null ? [] : [`-fsanitize=${sanitizers}`, '-fno-sanitize-recover=all'])]
  const kernels = kernelsOf(builds)
  const form = kind === 'plain' ? ['-static'] : []
  const run = (/** @type {readonly string[]} */ args) =>
    turn(() => runQuietly(compiler, args, { timeLimit: TIME_LIMIT }))
  const object = (/** @type {Source} */ { name }) => join(folder, `${name}.o`)
  const link = (
    /** @type {string} */ name,
    /** @type {readonly Source[]} */ sources,
    /** @type {readonly string[]} */ more,
  ) => run([...flags, ...more, ...sources.map(object), '-o', join(folder, name), '-lpthread'])
  try {
    writeFileSync(join(folder, 'empty.cpp'), 'int main() {}\n')
    const empty = await run([...flags, ...form, join(folder, 'empty.cpp'), '-o', join(folder, 'empty')])
    if (!empty.ok) return { absent: `The compiler cannot link it: ${lastLines(empty.output, 1)}` }
    const has = partsOf(kind)
    const sources = [...kernels, ...KERNELS_TEST, ...(has.wasmTest ? WASM_TEST : []), ...(has.addon ? ADDON : [])]
    const compiled = await Promise.all(
      sources.map((source) =>
        run([...flags, ...source.flags, '-c', inProject('native', source.source), '-o', object(source)]),
      ),
    )
    const linked = compiled.every(({ ok }) => ok)
      ? await Promise.all([
          link('kernels_test', [...kernels, ...KERNELS_TEST], form),
          ...(has.wasmTest ? [link('wasm_test', [...kernels, ...WASM_TEST], [])] : []),
          ...(has.addon ? [link('made_cpu.node', [...kernels, ...ADDON], ['-shared'])] : []),
        ])
      : []
    const bad = [...compiled, ...linked].find(({ ok }) => !ok)
    if (bad) return { broken: lastLines(bad.output) }
    for (const source of sources) rmSync(object(source))
    writeStamp(join(folder, '.built-from'), wanted)
    mkdirSync(FOLDER, { recursive: true })
    rmSync(join(FOLDER, kind), { recursive: true, force: true })
    renameSync(folder, join(FOLDER, kind))
    return programs(kind)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
