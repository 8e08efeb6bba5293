import { lastLines, runQuietly } from '../setup/command.mjs'
import { failed, noCounts, passed } from './counts.mjs'

/** @typedef {import('./counts.mjs').Counts} Counts */

const TIME_LIMIT = 10 * 60_000

/**
 * Runs a program of native/test.
 * @param {readonly string[]} line
 * @param {NodeJS.ProcessEnv} [more] environment
 */
export function start([program, ...args], more = {}) {
  const env = { ...process.env, UBSAN_OPTIONS: 'print_stacktrace=1', TSAN_OPTIONS: 'halt_on_error=1', ...more }
  return runQuietly(program, args, { timeLimit: TIME_LIMIT, env })
}

/**
 * One check: the program ends well, and its last line begins as it should.
 * @param {string} name
 * @param {string} part what of it is tested
 * @param {readonly string[]} line
 * @param {NodeJS.ProcessEnv} [more] environment
 */
export async function check(name, part, line, more = {}) {
  const { ok, output } = await start(line, more)
  const last = lastLines(output, 1)
  const settings = Object.entries(more).map(([variable, value]) => `${variable}="${value ?? ''}"`)
  if (!ok || !last.startsWith(part))
    return fail(name, `${part}, FAILED. To see it again: ${[...settings, ...line].join(' ')}\n${excerpt(output)}`)
  console.log(`${name}, ${last}`)
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
export function fail(name, complaint) {
  console.log(`${name}, ${complaint}`)
  return failed(`native tests: ${name}, ${complaint}`)
}

/**
 * @param {string} name
 * @param {readonly string[]} parts
 * @param {string} why
 * @returns {Counts}
 */
export function skip(name, parts, why) {
  if (parts.length > 0) console.log(`SKIPPED: ${name}, ${parts.join(', ')}. ${why}`)
  return { ...noCounts, skipped: parts.length }
}
