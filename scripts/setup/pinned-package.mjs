import { createHash } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { npm, runQuietly } from './command.mjs'
import { projectFolder } from './project.mjs'
import { say } from './talk.mjs'

/** Outside node_modules and outside the clone, so that a fresh install or another clone finds things again. */
const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'made-studio')
const TIME_LIMIT = 15 * 60_000

/**
 * A package of the npm registry that is no dependency: fixed by its hash, for development and tests only.
 * @typedef {object} PinnedPackage
 * @property {string} name with its version
 * @property {string} integrity
 */

/**
 * Where what was made of a package is kept.
 * @param {PinnedPackage} pinned
 */
export function pinnedFolder(pinned) {
  return join(CACHE, pinned.name.replaceAll(/[@/]+/g, '-').replace(/^-/, ''))
}

/**
 * Fetches a package through npm, from whatever registry npm is set to, checks it, and has a folder made of it, which is
 * then put into its place in one step.
 * @param {PinnedPackage} pinned
 * @param {readonly string[]} members what of it is unpacked, such as "package/bin"
 * @param {(unfinished: string) => Promise<string | null>} make makes the folder out of the unpacked members: its path, or null if it cannot
 * @returns {Promise<string | null>} `pinnedFolder`, or null where it cannot be had; if that is anybody's fault, it has been said
 */
export async function fetchPinned(pinned, members, make) {
  mkdirSync(CACHE, { recursive: true })
  const unfinished = mkdtempSync(join(CACHE, 'unfinished-'))
  try {
    const [program, args] = npm([
      'pack',
      pinned.name,
      '--pack-destination',
      unfinished,
      '--ignore-scripts',
      '--loglevel=error',
    ])
    const packed = await runQuietly(program, args, { cwd: projectFolder, timeLimit: TIME_LIMIT })
    const tarball = packed.ok ? readdirSync(unfinished).find((name) => name.endsWith('.tgz')) : undefined
    if (tarball === undefined) return null
    if ((await integrityOf(join(unfinished, tarball))) !== pinned.integrity) {
      say(
        `The package ${pinned.name} that npm fetched is not the one that MADE Studio pins by its hash, so it is not used.`,
      )
      return null
    }
    const unpacked = await runQuietly('tar', ['-xzf', tarball, '--no-same-owner', ...members], { cwd: unfinished })
    if (!unpacked.ok) {
      say(`The package ${pinned.name} could not be unpacked: ${unpacked.output.trim()}`)
      return null
    }
    const made = await make(unfinished)
    return made === null ? null : putInPlace(made, pinnedFolder(pinned))
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
}

/**
 * @param {string} made
 * @param {string} place
 */
function putInPlace(made, place) {
  try {
    renameSync(made, place)
  } catch (error) {
    // Another process may have put the same thing there meanwhile.
    if (!existsSync(place)) throw error
  }
  return place
}

/** @param {string} path */
async function integrityOf(path) {
  const hash = createHash('sha512')
  await pipeline(createReadStream(path), hash)
  return `sha512-${hash.digest('base64')}`
}
