import { availableParallelism } from 'node:os'
import { lastLines, runQuietly } from '../setup/command.mjs'
import { findCompiler } from '../setup/native-build.mjs'
import { addCounts, noCounts } from './counts.mjs'
import { checkForcedProcessors } from './forced-processors.mjs'
import { ADDON, checkSanitizedAddon } from './native-addon.mjs'
import { check, fail, skip, start } from './native-check.mjs'
import { BUILDS, ensureNativePrograms } from './native-programs.mjs'
import { turns } from './turns.mjs'

/** @typedef {import('./counts.mjs').Counts} Counts */
/** @typedef {import('./native-programs.mjs').Built} Built */
/** @typedef {import('./native-programs.mjs').Turn} Turn */

/**
 * Cases of each build, and the number of the first: each sees other ones. ThreadSanitizer, the slowest, begins.
 * @type {readonly { kind: import('./native-programs.mjs').Kind, name: string, cases: number, first: number }[]}
 */
const SANITIZERS = [
  { kind: 'thread', name: 'ThreadSanitizer', cases: 12, first: 0 },
  { kind: 'memory', name: 'AddressSanitizer and UndefinedBehaviorSanitizer', cases: 24, first: 1000 },
]
const WASM = "WebAssembly's own parts"

/**
 * The C++ tests of the CPU kernels under every sanitizer, one check for each of them and each instruction set; what is
 * WebAssembly's alone, and the addon, likewise; and the kernels on processors that have fewer instructions.
 * @param {number | null} [cases] of each, instead of the usual number
 * @returns {Promise<Counts>}
 */
export async function checkNative(cases = null) {
  const compiler = process.platform === 'win32' ? null : await findCompiler()
  if (compiler === null) {
    const why =
      process.platform === 'win32'
        ? 'On Windows they are not compiled.'
        : 'No C++ compiler was found; on Debian: apt-get install g++'
    return SANITIZERS.map(({ name }) => skip(name, [...BUILDS, WASM], why)).reduce(addCounts)
  }
  // Programs whose memory lies at random places cannot all be run under ThreadSanitizer.
  const inOrder = (await runQuietly('setarch', ['-R', 'true'])).ok ? ['setarch', '-R'] : []
  const turn = turns(Math.min(8, availableParallelism()))
  const [plain] = await ensureNativePrograms(compiler, ['plain'], BUILDS, turn)
  const there = await buildsHere(plain)
  const kinds = SANITIZERS.map(({ kind }) => kind)
  const sanitized = await ensureNativePrograms(compiler, kinds, there, turn)
  const counts = await Promise.all([
    ...SANITIZERS.map(({ kind, name, cases: usual, first }, i) =>
      checkSanitized(
        { name, numbers: [String(cases ?? usual), String(first)], built: sanitized[i], there, kind, compiler },
        inOrder,
        turn,
      ),
    ),
    checkForcedProcessors(plain, cases, turn),
  ])
  return counts.reduce(addCounts)
}

/**
 * The instruction sets that this processor has; all that there are if the program that knows cannot be made.
 * @param {Built} plain
 */
async function buildsHere(plain) {
  const words = 'kernelsTest' in plain ? (await start([plain.kernelsTest, 'builds'])).stdout.split('\n') : BUILDS
  return BUILDS.filter((known) => words.includes(known))
}

/**
 * @param {{ name: string, numbers: readonly string[], built: Built, there: readonly string[], kind: string, compiler: string }} sanitizer `numbers` are cases and the first
 * @param {readonly string[]} inOrder
 * @param {Turn} turn
 */
async function checkSanitized({ name, numbers, built, there, kind, compiler }, inOrder, turn) {
  const parts = [...BUILDS, WASM, ...(kind === 'memory' ? [ADDON] : [])]
  if ('absent' in built) return skip(name, parts, built.absent)
  if ('broken' in built) return fail(name, `does not compile:\n${built.broken}`)
  const started = await start([...inOrder, built.empty])
  if (!started.ok)
    return skip(name, parts, `It cannot start here: ${lastLines(started.output, 3) || 'no reason given'}`)
  const lacking = BUILDS.filter((known) => !there.includes(known))
  const { wasmTest, addon } = built
  const ran = await Promise.all([
    ...there.map((known) => turn(() => check(name, known, [...inOrder, built.kernelsTest, known, ...numbers]))),
    wasmTest === null
      ? skip(name, [WASM], 'Its workers are played with a call of Linux.')
      : turn(() => check(name, WASM, [...inOrder, wasmTest, ...numbers])),
    kind === 'memory' ? turn(() => checkSanitizedAddon(compiler, addon, numbers)) : noCounts,
  ])
  return [...ran, skip(name, lacking, 'The processor does not have it.')].reduce(addCounts)
}
