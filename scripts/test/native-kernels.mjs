import { availableParallelism } from 'node:os'
import { lastLines, runQuietly } from '../setup/command.mjs'
import { findCompiler, VARIANTS } from '../setup/native-build.mjs'
import { addCounts, failed, noCounts, passed } from './counts.mjs'
import { ensureSanitizedBuilds } from './sanitized-build.mjs'
import { turns } from './turns.mjs'

/** @typedef {import('./counts.mjs').Counts} Counts */

/**
 * Cases of each build, and the number of the first: each sanitizer sees other ones. ThreadSanitizer, the slowest, begins.
 * @type {readonly { sanitizer: import('./sanitized-build.mjs').Sanitizer, name: string, cases: number, first: number }[]}
 */
const SANITIZERS = [
  { sanitizer: 'thread', name: 'ThreadSanitizer', cases: 12, first: 0 },
  { sanitizer: 'address', name: 'AddressSanitizer', cases: 24, first: 1000 },
  { sanitizer: 'undefined', name: 'UndefinedBehaviorSanitizer', cases: 24, first: 2000 },
]
const BUILDS = VARIANTS.map(({ create }) => create.replace('create', '').toLowerCase())
const TIME_LIMIT = 10 * 60_000

/**
 * The C++ tests of the CPU kernels under every sanitizer, one check for each of them and each instruction set.
 * @param {number | null} [cases] of each, instead of the usual number
 * @returns {Promise<Counts>}
 */
export async function checkNative(cases = null) {
  const compiler = process.platform === 'win32' ? null : await findCompiler()
  if (compiler === null) {
    const why = process.platform === 'win32' ? 'On Windows they are not compiled.' : 'No C++ compiler was found; on Debian: apt-get install g++'
    return SANITIZERS.map(({ name }) => skip(name, BUILDS, why)).reduce(addCounts)
  }
  // Programs whose memory lies at random places cannot all be run under ThreadSanitizer.
  const inOrder = (await runQuietly('setarch', ['-R', 'true'])).ok ? ['setarch', '-R'] : []
  const turn = turns(Math.min(8, availableParallelism()))
  const sanitized = await ensureSanitizedBuilds(compiler, SANITIZERS.map(({ sanitizer }) => sanitizer), turn)
  const counts = await Promise.all(
    SANITIZERS.map(async ({ name, cases: usual, first }, i) => {
      const build = sanitized[i]
      if ('absent' in build) return skip(name, BUILDS, build.absent)
      if ('broken' in build) return fail(name, `does not compile:\n${build.broken}`)
      const started = await start([...inOrder, build.empty])
      if (!started.ok) return skip(name, BUILDS, `It cannot start here: ${lastLines(started.output, 3) || 'no reason given'}`)
      const { stdout } = await start([...inOrder, build.program, 'builds'])
      const there = BUILDS.filter((known) => stdout.split('\n').includes(known))
      const lacking = BUILDS.filter((known) => !there.includes(known))
      const ran = await Promise.all(there.map((known) => turn(() => check(name, [...inOrder, build.program, known, String(cases ?? usual), String(first)], known))))
      return [...ran, skip(name, lacking, 'The processor does not have it.')].reduce(addCounts)
    }),
  )
  return counts.reduce(addCounts)
}

/** @param {readonly string[]} line */
function start([program, ...args]) {
  return runQuietly(program, args, { timeLimit: TIME_LIMIT, env: { ...process.env, UBSAN_OPTIONS: 'print_stacktrace=1', TSAN_OPTIONS: 'halt_on_error=1' } })
}

/**
 * @param {string} name
 * @param {readonly string[]} line
 * @param {string} build
 */
async function check(name, line, build) {
  const { ok, output } = await start(line)
  if (!ok) return fail(name, `${build}, FAILED. To see it again: ${line.join(' ')}\n${excerpt(output)}`)
  console.log(`${name}, ${lastLines(output, 1)}`)
  return passed
}

/**
 * What went wrong; where that names no case, after the last one that went well.
 * @param {string} output
 */
function excerpt(output) {
  const lines = output.trimEnd().split('\n')
  const namesCase = lines.some((line) => line.startsWith('FAILED '))
  const lastGood = namesCase ? undefined : lines.findLast((line) => line.startsWith('ok '))
  const bad = lines.filter((line) => !line.startsWith('ok ') || line === lastGood)
  return [...bad.slice(0, 60), ...(bad.length > 60 ? ['…'] : [])].join('\n') || 'It ended without a word.'
}

/**
 * @param {string} name
 * @param {string} complaint
 */
function fail(name, complaint) {
  console.log(`${name}, ${complaint}`)
  return failed
}

/**
 * @param {string} name
 * @param {readonly string[]} builds
 * @param {string} why
 * @returns {Counts}
 */
function skip(name, builds, why) {
  if (builds.length > 0) console.log(`SKIPPED: ${name}, ${builds.join(', ')}. ${why}`)
  return { ...noCounts, skipped: builds.length }
}
