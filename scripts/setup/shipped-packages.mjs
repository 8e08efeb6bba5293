import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inProject } from './project.mjs'

/**
 * A package of npm that goes into the application.
 * @typedef {object} ShippedPackage
 * @property {string} name
 * @property {string} version
 * @property {string} licence its SPDX expression
 * @property {string | null} integrity hash of its tarball, as npm gives it
 * @property {string} folder where it is installed, relative to the project
 */

/**
 * @typedef {{
 *   name?: string, version?: string, license?: string, integrity?: string, optional?: boolean,
 *   os?: string[], cpu?: string[], libc?: string[],
 *   dependencies?: Record<string, string>, optionalDependencies?: Record<string, string>,
 * }} Locked
 */

/** What was written by the builds (scripts/setup/record-packages.mjs): the packages whose code is in each. */
const RECORDS = inProject('out', 'packages')

/** @returns {Readonly<Record<string, Locked>>} */
function lockedPackages() {
  return JSON.parse(readFileSync(inProject('package-lock.json'), 'utf8')).packages
}

/**
 * The packages that lie in the application as npm installed them: what it needs, and what that needs in turn. The optional
 * ones of the project itself do not belong to it; of those that are made for one kind of computer, only those of the wanted one.
 * @param {string} platform as of Node.js
 * @param {string} arch as of Node.js
 * @returns {ShippedPackage[]} by folder
 */
export function installedPackages(platform, arch) {
  const locked = lockedPackages()
  return closureOf(Object.keys(locked[''].dependencies ?? {}), '', platform, arch, locked)
}

/**
 * The packages that an optional package of the project needs, itself left out.
 * @param {string} name
 * @returns {{ version: string, packages: ShippedPackage[] }} its version, and the packages by folder
 */
export function packagesNeededBy(name) {
  const locked = lockedPackages()
  const folder = `node_modules/${name}`
  const { version = 'unknown', dependencies = {} } = locked[folder]
  return { version, packages: closureOf(Object.keys(dependencies), folder, process.platform, process.arch, locked) }
}

/**
 * @param {readonly string[]} names
 * @param {string} needed the folder of who needs them
 * @param {string} platform
 * @param {string} arch
 * @param {Readonly<Record<string, Locked>>} locked
 */
function closureOf(names, needed, platform, arch, locked) {
  /** @type {Map<string, ShippedPackage>} */
  const found = new Map()
  /**
   * @param {string} name
   * @param {string} from the folder of who needs it
   */
  const add = (name, from) => {
    // Nothing of types is there when a program runs, whoever says that it needs them.
    if (name.startsWith('@types/')) return
    const folder = placeOf(name, from, locked)
    if (folder === null || found.has(folder) || !isFor(locked[folder], platform, arch)) return
    found.set(folder, describe(folder, locked))
    const { dependencies, optionalDependencies } = locked[folder]
    for (const needed of Object.keys({ ...dependencies, ...optionalDependencies })) add(needed, folder)
  }
  for (const name of names) add(name, needed)
  return [...found.values()].sort(byFolder)
}

/**
 * The packages whose code the builds took into the programs of the application.
 * @returns {ShippedPackage[]} by folder
 */
export function bundledPackages() {
  const locked = lockedPackages()
  const records = existsSync(RECORDS) ? readdirSync(RECORDS).filter((name) => name.endsWith('.json')) : []
  const folders = new Set(
    records.flatMap((name) => /** @type {string[]} */ (JSON.parse(readFileSync(join(RECORDS, name), 'utf8')))),
  )
  return [...folders].map((folder) => describe(folder, locked)).sort(byFolder)
}

/**
 * Where npm put a package that another one needs: beside it, or further out.
 * @param {string} name
 * @param {string} from
 * @param {Readonly<Record<string, Locked>>} locked
 */
function placeOf(name, from, locked) {
  for (let folder = from; folder !== ''; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const place = `${folder}/node_modules/${name}`
    if (locked[place] !== undefined) return place
  }
  const place = `node_modules/${name}`
  return locked[place] === undefined ? null : place
}

/**
 * @param {Locked} entry
 * @param {string} platform
 * @param {string} arch
 */
function isFor({ os, cpu, libc }, platform, arch) {
  return (os?.includes(platform) ?? true) && (cpu?.includes(arch) ?? true) && (libc?.includes('glibc') ?? true)
}

/**
 * @param {string} folder
 * @param {Readonly<Record<string, Locked>>} locked
 * @returns {ShippedPackage}
 */
function describe(folder, locked) {
  const entry = locked[folder]
  const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length)
  return {
    name,
    version: entry?.version ?? 'unknown',
    licence: entry?.license ?? licenceIn(folder),
    integrity: entry?.integrity ?? null,
    folder,
  }
}

/** @param {string} folder */
function licenceIn(folder) {
  const path = inProject(folder, 'package.json')
  return existsSync(path) ? String(JSON.parse(readFileSync(path, 'utf8')).license ?? 'unknown') : 'unknown'
}

/**
 * @param {ShippedPackage} a
 * @param {ShippedPackage} b
 */
function byFolder(a, b) {
  return a.folder < b.folder ? -1 : a.folder > b.folder ? 1 : 0
}
