import { existsSync } from 'node:fs'
import { lastLines, runQuietly } from './command.mjs'
import { fingerprint, stampIs, writeStamp } from './fingerprint.mjs'
import { alone } from './lock.mjs'
import { inProject, projectFolder } from './project.mjs'
import { say, SetupFailure } from './talk.mjs'

/** The fuzz program, and that of the processes in which it runs inputs, as they are built. */
export const FUZZ_PROGRAM = inProject('out', 'fuzz', 'fuzz.js')
export const FUZZ_WORKER = inProject('out', 'fuzz', 'worker.js')
const STAMP = inProject('out', 'fuzz', '.built-from')

/** Builds the fuzz program if its sources have changed since. */
export async function ensureFuzzBuild() {
  if (isFresh()) return
  await alone(async () => {
    const sources = sourcesHash()
    if (isFresh(sources)) return
    say('Building the fuzz program …')
    const vite = inProject('node_modules', 'vite', 'bin', 'vite.js')
    const args = [vite, 'build', '--config', 'vite.fuzz.config.ts', '--logLevel', 'warn']
    const result = await runQuietly(process.execPath, args, { cwd: projectFolder })
    if (!result.ok) {
      say(lastLines(result.output))
      throw new SetupFailure(
        'The fuzz program could not be built.',
        'The lines above say where the source is at fault.',
      )
    }
    writeStamp(STAMP, sources)
  })
}

function isFresh(sources = sourcesHash()) {
  return stampIs(STAMP, sources) && existsSync(FUZZ_PROGRAM)
}

function sourcesHash() {
  return fingerprint(
    [
      'src',
      'test/fuzz',
      'test/made/container.ts',
      'scripts/setup/project.mjs',
      'vite.fuzz.config.ts',
      'package.json',
      'package-lock.json',
    ],
    ['src/renderer', 'src/preload'],
  )
}
