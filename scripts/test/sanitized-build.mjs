import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lastLines, runQuietly } from '../setup/command.mjs'
import { fingerprint, stampIs, unfinishedPath, writeStamp } from '../setup/fingerprint.mjs'
import { alone } from '../setup/lock.mjs'
import { VARIANTS } from '../setup/native-build.mjs'
import { inProject } from '../setup/project.mjs'
import { say } from '../setup/talk.mjs'

/** @typedef {'address' | 'undefined' | 'thread'} Sanitizer */
/**
 * The tests compiled with one sanitizer, and an empty program that shows whether it can start here; or why there is none:
 * the sanitizer is absent, or the tests do not compile.
 * @typedef {{ readonly program: string, readonly empty: string } | { readonly absent: string } | { readonly broken: string }} SanitizedBuild
 */
/** @typedef {<T>(work: () => Promise<T>) => Promise<T>} Turn */

const FOLDER = inProject('out', 'native-tests')
const TIME_LIMIT = 5 * 60_000
/** As the addon is compiled (native-build.mjs), but so that what goes wrong can be read. */
const FLAGS = ['-std=c++17', '-O1', '-g', '-fno-omit-frame-pointer', '-ffp-contract=fast', '-fno-math-errno']

/**
 * Compiles the C++ tests once per sanitizer, all instruction sets in one program, where the sources have changed since.
 * @param {string} compiler
 * @param {readonly Sanitizer[]} sanitizers
 * @param {Turn} turn
 * @returns {Promise<SanitizedBuild[]>}
 */
export async function ensureSanitizedBuilds(compiler, sanitizers, turn) {
  const { stdout: version } = await runQuietly(compiler, ['--version'])
  const sources = fingerprint(['native', 'scripts/test/sanitized-build.mjs', 'scripts/setup/native-build.mjs'], ['native/addon.cpp', 'native/wasm'])
  const wanted = `${compiler} ${version} ${sources}`
  const isFresh = (/** @type {Sanitizer} */ sanitizer) => stampIs(join(FOLDER, sanitizer, '.built-from'), wanted)
  if (!sanitizers.every(isFresh)) say('Compiling the C++ tests with sanitizers …')
  else return sanitizers.map(built)
  return alone(() => Promise.all(sanitizers.map((sanitizer) => (isFresh(sanitizer) ? built(sanitizer) : build(compiler, sanitizer, wanted, turn)))))
}

/**
 * @param {Sanitizer} sanitizer
 * @returns {SanitizedBuild}
 */
function built(sanitizer) {
  return { program: join(FOLDER, sanitizer, 'kernels_test'), empty: join(FOLDER, sanitizer, 'empty') }
}

/**
 * @param {string} compiler
 * @param {Sanitizer} sanitizer
 * @param {string} wanted
 * @param {Turn} turn
 * @returns {Promise<SanitizedBuild>}
 */
async function build(compiler, sanitizer, wanted, turn) {
  const folder = `${unfinishedPath()}-${sanitizer}`
  mkdirSync(folder, { recursive: true })
  const flags = [...FLAGS, `-fsanitize=${sanitizer}`, '-fno-sanitize-recover=all']
  const run = (/** @type {string[]} */ args) => turn(() => runQuietly(compiler, args, { timeLimit: TIME_LIMIT }))
  try {
    writeFileSync(join(folder, 'empty.cpp'), 'int main() {}\n')
    const empty = await run([...flags, join(folder, 'empty.cpp'), '-o', join(folder, 'empty')])
    if (!empty.ok) return { absent: `The compiler cannot link it: ${lastLines(empty.output, 1)}` }
    const jobs = [
      ...VARIANTS.map(({ lanes, create, flags }) => ({ source: 'model.cpp', name: create, more: [...flags, `-DLANES=${lanes}`, `-DCREATE=${create}`] })),
      { source: 'team.cpp', name: 'team', more: [] },
      { source: join('test', 'kernels_test.cpp'), name: 'kernels_test', more: [] },
    ].map(({ source, name, more }) => ({ object: join(folder, `${name}.o`), args: [...flags, ...more, '-c', inProject('native', source)] }))
    const compiled = await Promise.all(jobs.map(({ object, args }) => run([...args, '-o', object])))
    const bad = compiled.find(({ ok }) => !ok)
    if (bad) return { broken: lastLines(bad.output) }
    const linked = await run([...flags, ...jobs.map(({ object }) => object), '-o', join(folder, 'kernels_test'), '-lpthread'])
    if (!linked.ok) return { broken: lastLines(linked.output) }
    for (const { object } of jobs) rmSync(object)
    writeStamp(join(folder, '.built-from'), wanted)
    mkdirSync(FOLDER, { recursive: true })
    rmSync(join(FOLDER, sanitizer), { recursive: true, force: true })
    renameSync(folder, join(FOLDER, sanitizer))
    return built(sanitizer)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
