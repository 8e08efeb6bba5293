import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { fetchPinned, pinnedFolder } from '../setup/pinned-package.mjs'
import { inProject } from '../setup/project.mjs'
import { installedPackages } from '../setup/shipped-packages.mjs'
import { SetupFailure } from '../setup/talk.mjs'
import { writeIcons } from './icons.mjs'
import { writeLicences } from './licences.mjs'
import { commandLineFiles } from './command-line-files.mjs'
import { PRODUCT } from './release.mjs'

/**
 * Parts of packages that only those who write programs look at, builds of SQLite, HDF5, Arrow and SheetJS for pages and for
 * others, and faces of a font that nothing is drawn in.
 */
const NOT_SHIPPED =
  /\.(map|md|markdown|ts|cts|mts|flow|tsbuildinfo)$|\/(\.github|test|tests|__tests__|docs?|example|examples)$|^\/dist\/(sql-asm|sql-wasm-|worker\.sql|sqljs-|iife\/h5wasm|node\/hdf5_|xlsx\.|shim\.min|cpexcel\.full|pako)|^\/xlsx\.mjs$|^\/Arrow\.(es\w+|externs\.\w+)\.min\.js$|^\/files\/dejavu-sans-(?!latin-400-normal\.woff2$)/

/**
 * Lays out what goes into the application for one system, and nothing else: its programs, the packages that they load, the
 * kernels, and what comes beside the archive. electron-builder makes the application's folder of it.
 * @param {string} platform as of Node.js
 * @param {string} arch as of Node.js
 * @param {string} kernels the compiled addon
 * @param {string} stage the folder, made anew
 */
export async function layOut(platform, arch, kernels, stage) {
  rmSync(stage, { recursive: true, force: true })
  mkdirSync(stage, { recursive: true })
  for (const part of ['main', 'preload', 'renderer']) copyTree(inProject('out', part), join(stage, 'out', part))
  copyCommandLine(join(stage, 'out', 'cli'))
  mkdirSync(join(stage, 'out', 'native'))
  copyFileSync(kernels, join(stage, 'out', 'native', 'made_cpu.node'))
  const packages = installedPackages(platform, arch)
  for (const shipped of packages) copyTree(await folderOf(shipped), join(stage, shipped.folder))
  writeManifest(stage, packages)
  for (const name of ['wasm', 'mnist', 'tables', 'models'])
    copyTree(inProject('resources', name), join(stage, 'resources', name))
  writeLicences(join(stage, 'resources', 'licences.txt'), platform, arch)
  await writeIcons(join(stage, 'icons'))
  await copyBeside(platform, join(stage, 'beside'))
}

/**
 * Copies a folder without what is not shipped; who may read and run is the same wherever it was installed.
 * @param {string} from
 * @param {string} to
 */
function copyTree(from, to) {
  mkdirSync(dirname(to), { recursive: true })
  cpSync(from, to, {
    recursive: true,
    dereference: true,
    filter: (path) => {
      if (path === from) return true
      const inside = path.slice(from.length).replaceAll('\\', '/')
      return !NOT_SHIPPED.test(inside) && !inside.startsWith('/node_modules')
    },
  })
}

/** The command line as it is now: chunks of earlier builds stay in out/cli for a while. */
function copyCommandLine(/** @type {string} */ to) {
  mkdirSync(to, { recursive: true })
  const wanted = ['made.js']
  for (let i = 0; i < wanted.length; i++) {
    const from = inProject('out', 'cli', wanted[i])
    copyFileSync(from, join(to, wanted[i]))
    const text = extname(from) === '.js' ? readFileSync(from, 'utf8') : ''
    for (const [, name] of text.matchAll(/["'`]\.\/([\w.-]+-[\w-]{8}\.\w+)["'`]/g))
      if (!wanted.includes(name) && existsSync(inProject('out', 'cli', name))) wanted.push(name)
  }
}

/**
 * Where a package lies: installed in the project, or for another system fetched by the hash in the lock file.
 * @param {import('../setup/shipped-packages.mjs').ShippedPackage} shipped
 */
async function folderOf({ name, version, integrity, folder }) {
  if (existsSync(inProject(folder))) return inProject(folder)
  if (integrity === null) throw new SetupFailure(`The lock file has no hash for ${name}.`, 'Run "npm install" anew.')
  const pinned = { name: `${name}@${version}`, integrity }
  const place = pinnedFolder(pinned)
  if (existsSync(place)) return place
  const fetched = await fetchPinned(pinned, ['package'], (unfinished) => Promise.resolve(join(unfinished, 'package')))
  if (fetched !== null) return fetched
  throw new SetupFailure(
    `The package ${name} could not be fetched.`,
    'Check the network connection (or the registry that npm is set to) and try again.',
  )
}

/**
 * @param {string} stage
 * @param {readonly import('../setup/shipped-packages.mjs').ShippedPackage[]} packages
 */
function writeManifest(stage, packages) {
  const direct = packages.filter(({ folder }) => !folder.slice('node_modules/'.length).includes('node_modules/'))
  const manifest = {
    name: PRODUCT.name,
    productName: PRODUCT.productName,
    version: PRODUCT.version,
    description: PRODUCT.summary,
    homepage: PRODUCT.homepage,
    author: PRODUCT.author,
    license: 'MIT',
    type: 'module',
    main: 'out/main/index.js',
    dependencies: Object.fromEntries(direct.map(({ name, version }) => [name, version])),
  }
  writeFileSync(join(stage, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}

/**
 * What lies beside the program: the command line's own files and the licences.
 * @param {string} platform
 * @param {string} to
 */
async function copyBeside(platform, to) {
  mkdirSync(join(to, 'bin'), { recursive: true })
  const launcher = inProject('packaging', ...(platform === 'win32' ? ['windows', 'made.cmd'] : ['unix', 'made']))
  const place = join(to, 'bin', basename(launcher))
  copyFileSync(launcher, place)
  chmodSync(place, 0o755)
  for (const [name, text] of await commandLineFiles(platform)) {
    mkdirSync(dirname(join(to, name)), { recursive: true })
    writeFileSync(join(to, name), text)
  }
  copyFileSync(inProject('LICENSE'), join(to, 'LICENSE.txt'))
}
