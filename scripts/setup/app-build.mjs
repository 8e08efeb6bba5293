import { existsSync } from 'node:fs'
import { lastLines, runQuietly } from './command.mjs'
import { fingerprint, stampIs, writeStamp } from './fingerprint.mjs'
import { alone } from './lock.mjs'
import { inProject, projectFolder } from './project.mjs'
import { say, SetupFailure } from './talk.mjs'

const STAMP = inProject('out', '.app-built-from')

/** Builds the application (main, preload and renderer) if its sources have changed since. */
export async function ensureAppBuild() {
  if (isAppFresh()) return
  await alone(async () => {
    const sources = sourcesHash()
    if (isAppFresh(sources)) return
    say('Building the application …')
    const electronVite = inProject('node_modules', 'electron-vite', 'bin', 'electron-vite.js')
    const result = await runQuietly(process.execPath, [electronVite, 'build', '--logLevel', 'warn'], {
      cwd: projectFolder,
    })
    if (!result.ok) {
      say(lastLines(result.output))
      throw new SetupFailure('The application could not be built.', 'The lines above say where the source is at fault.')
    }
    writeStamp(STAMP, sources)
  })
}

export function isAppFresh(sources = sourcesHash()) {
  return stampIs(STAMP, sources) && existsSync(inProject('out', 'main', 'index.js'))
}

function sourcesHash() {
  return fingerprint(
    ['src', 'electron.vite.config.ts', 'package.json', 'package-lock.json', 'scripts/setup/record-packages.mjs'],
    ['src/cli'],
  )
}
