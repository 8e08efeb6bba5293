import { ensureProgram } from './program-build.mjs'

/**
 * Builds the program that says what the columns of files hold, if its sources have changed since.
 * @returns {Promise<string>} its path
 */
export function ensureCompareReadersBuild() {
  return ensureProgram({
    name: 'compare-readers',
    words: 'the comparison of readers',
    sources: ['test/compare-readers'],
    unused: ['src/renderer', 'src/preload', 'src/main'],
  })
}
