import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { lastLines, runQuietly } from './command.mjs'
import { fingerprint, unfinishedPath, stampIs, writeStamp } from './fingerprint.mjs'
import { alone } from './lock.mjs'
import { inProject, projectFolder } from './project.mjs'
import { say, SetupFailure } from './talk.mjs'

const FOLDER = inProject('out', 'cli')
const ENTRY = 'made.js'
const STAMP = join(FOLDER, '.built-from')
/** Chunks of earlier builds are kept this long: a training that still runs from one may load them at its end. */
const KEEP_OLD_CHUNKS = 7 * 24 * 3600_000

const built = join(FOLDER, ENTRY)

/** Builds the CLI if its sources have changed since. */
export async function ensureCliBuild() {
  if (isCliFresh()) return
  await alone(async () => {
    const sources = sourcesHash()
    if (isCliFresh(sources)) return
    say('Building the command line …')
    const unfinished = unfinishedPath()
    try {
      await buildInto(unfinished)
      install(unfinished)
      writeStamp(STAMP, sources)
    } finally {
      rmSync(unfinished, { recursive: true, force: true })
    }
  })
}

export function isCliFresh(sources = sourcesHash()) {
  return stampIs(STAMP, sources) && existsSync(built)
}

function sourcesHash() {
  const windowOnly = ['src/renderer', 'src/main', 'src/preload']
  return fingerprint(
    ['src', 'vite.cli.config.ts', 'package.json', 'package-lock.json', 'scripts/setup/record-packages.mjs'],
    windowOnly,
  )
}

/** @param {string} folder */
async function buildInto(folder) {
  const vite = inProject('node_modules', 'vite', 'bin', 'vite.js')
  const args = [
    vite,
    'build',
    '--config',
    'vite.cli.config.ts',
    '--outDir',
    folder,
    '--emptyOutDir',
    '--logLevel',
    'warn',
  ]
  const result = await runQuietly(process.execPath, args, { cwd: projectFolder })
  if (result.ok) return
  say(lastLines(result.output))
  throw new SetupFailure('The command line could not be built.', 'The lines above say where the source is at fault.')
}

/**
 * Puts a finished build in its place without disturbing processes that run from the one before: chunks have their hash
 * in their names and only come beside the old ones; the entry goes last, in one step.
 * @param {string} folder
 */
function install(folder) {
  mkdirSync(FOLDER, { recursive: true })
  const names = readdirSync(folder)
  for (const name of names.filter((name) => name !== ENTRY)) {
    if (statSync(join(folder, name)).isDirectory())
      throw new Error(`The build of the command line has a folder: ${name}`)
    const aside = join(FOLDER, `.new-${name}`)
    copyFileSync(join(folder, name), aside)
    renameSync(aside, join(FOLDER, name))
  }
  renameSync(join(folder, ENTRY), built)

  const now = Date.now()
  for (const name of readdirSync(FOLDER)) {
    const old = !names.includes(name) && now - statSync(join(FOLDER, name)).mtimeMs > KEEP_OLD_CHUNKS
    if (old) rmSync(join(FOLDER, name), { recursive: true, force: true })
  }
}
