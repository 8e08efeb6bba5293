import { ensureProgram } from './program-build.mjs'

/**
 * Builds the torture program, and what it starts, if its sources have changed since.
 * @returns {Promise<string>} its path
 */
export function ensureTortureBuild() {
  return ensureProgram({
    name: 'torture',
    words: 'the torture program',
    sources: ['test/torture', 'test/e2e/launch.ts', 'test/e2e/application.ts', 'scripts/setup/electron.mjs'],
    unused: ['src/renderer', 'src/main', 'src/preload', 'src/cli'],
  })
}
