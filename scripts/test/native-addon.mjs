import { isAbsolute } from 'node:path'
import { runQuietly } from '../setup/command.mjs'
import { inProject } from '../setup/project.mjs'
import { check, skip, start } from './native-check.mjs'

export const ADDON = 'addon'
const NAME = 'AddressSanitizer and UndefinedBehaviorSanitizer in Node.js'

/**
 * The line that runs the tests of an addon in Node.js.
 * @param {string} addon
 * @param {readonly string[]} words cases, the first, what of them
 */
export function addonTest(addon, words) {
  return [process.execPath, '--expose-gc', inProject('native', 'test', 'addon-test.mjs'), addon, ...words]
}

/**
 * The addon as JavaScript calls it, with sanitizers. Node.js has none itself, so theirs is loaded before it; what Node.js
 * does not give back at its end is no leak of the addon.
 * @param {string} compiler
 * @param {string | null} addon
 * @param {readonly string[]} numbers cases and the first
 */
export async function checkSanitizedAddon(compiler, addon, numbers) {
  if (addon === null) return skip(NAME, [ADDON], 'The sanitizer is loaded into Node.js on Linux alone.')
  const library = (await runQuietly(compiler, ['-print-file-name=libasan.so'])).stdout.trim()
  const { stdout: version } = await runQuietly(compiler, ['--version'])
  if (!isAbsolute(library) || version.includes('clang'))
    return skip(NAME, [ADDON], 'It takes the library of GCC; on Debian: apt-get install g++')
  const environment = { LD_PRELOAD: library, ASAN_OPTIONS: 'detect_leaks=0' }
  const started = await start([process.execPath, '--version'], environment)
  if (!started.ok) return skip(NAME, [ADDON], 'Node.js cannot start here with it.')
  return check(NAME, ADDON, addonTest(addon, numbers), environment)
}
