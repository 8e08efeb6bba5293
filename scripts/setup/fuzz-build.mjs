import { ensureProgram } from './program-build.mjs'

/**
 * Builds the fuzz program, and that of the processes in which it runs inputs, if its sources have changed since.
 * @returns {Promise<string>} its path; `worker.js` is beside it
 */
export function ensureFuzzBuild() {
  return ensureProgram({
    name: 'fuzz',
    words: 'the fuzz program',
    sources: ['test/fuzz', 'test/made/container.ts', 'test/engine/served-engine.ts'],
    unused: ['src/renderer', 'src/preload'],
  })
}
