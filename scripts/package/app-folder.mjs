import { createHash } from 'node:crypto'
import { chmodSync, existsSync, lstatSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { lastLines, npm, runQuietly } from '../setup/command.mjs'
import { fingerprint, stampIs, writeStamp } from '../setup/fingerprint.mjs'
import { inProject } from '../setup/project.mjs'
import { say, SetupFailure } from '../setup/talk.mjs'
import { electronFor } from './electron.mjs'
import { ensureKernels } from './kernels.mjs'
import { APPLICATION_ID, PRODUCT, requireReleasable, sourceDate } from './release.mjs'
import { layOut } from './stage.mjs'

const TOOLS = inProject('packaging', 'tools')
const BUILDER = join(TOOLS, 'node_modules', 'electron-builder', 'cli.js')
const TIME_LIMIT = 15 * 60_000

/**
 * A folder that holds the whole application, to be put wherever an artefact puts it.
 * @typedef {object} AppFolder
 * @property {string} path
 * @property {string} platform
 * @property {string} arch
 * @property {string} madeFrom names what it was made from
 * @property {string} electronVersion
 * @property {boolean} isRelease
 */

/**
 * Makes the application's folder for a system, if anything that it is made from has changed since.
 * @param {string} platform as of Node.js
 * @param {string} arch as of Node.js
 * @param {boolean} isRelease
 * @returns {Promise<AppFolder>}
 */
export async function ensureAppFolder(platform, arch, isRelease) {
  const electron = await electronFor(platform, arch, isRelease)
  if (isRelease) requireReleasable({ isOfficialElectron: electron.isOfficial })
  const kernels = await ensureKernels(platform, arch)
  await ensureTools()
  const work = inProject('.cache', 'package', isRelease ? 'release' : 'test', `${platform}-${arch}`)
  const madeFrom = sourcesOf(electron, kernels)
  const path = join(work, folderName(platform, arch))
  const stamp = join(work, '.made-from')
  const app = { path, platform, arch, madeFrom, electronVersion: electron.version, isRelease }
  if (stampIs(stamp, madeFrom) && existsSync(path)) return app
  say(`Making the application’s folder for ${platform}-${arch} …`)
  rmSync(work, { recursive: true, force: true })
  const stage = join(work, 'stage')
  await layOut(platform, arch, kernels, stage)
  await build(platform, arch, electron, stage, work)
  for (const leftover of ['default_app.asar', 'app-update.yml'])
    rmSync(join(path, 'resources', leftover), { force: true })
  if (platform === 'linux') setModes(path)
  writeStamp(stamp, madeFrom)
  return app
}

/**
 * Runs electron-builder: Electron, the archive with its hash, the fuses, names and icons.
 * @param {string} platform
 * @param {string} arch
 * @param {import('./electron.mjs').PackagedElectron} electron
 * @param {string} stage
 * @param {string} output
 * @param {readonly string[]} targets of electron-builder; the folder alone where there are none
 */
export async function build(platform, arch, electron, stage, output, targets = ['dir']) {
  const args = [
    BUILDER,
    ...[`--${SYSTEM[platform]}`, ...targets, `--${arch}`, '--publish', 'never'],
    ...['--projectDir', stage, '--config', inProject('electron-builder.yml')],
    `-c.appId=${APPLICATION_ID}`,
    `-c.directories.output=${output}`,
    `-c.electronVersion=${electron.version}`,
    ...(electron.folder === null ? [] : [`-c.electronDist=${electron.folder}`]),
  ]
  const env = { ...process.env, SOURCE_DATE_EPOCH: String(sourceDate()), npm_config_loglevel: 'error' }
  const result = await runQuietly(process.execPath, args, { cwd: stage, env, timeLimit: TIME_LIMIT })
  if (result.ok) return
  say(lastLines(result.output))
  throw new SetupFailure('electron-builder could not make the application’s folder.', 'The lines above say why.')
}

/** @type {Readonly<Record<string, string>>} */
const SYSTEM = { linux: 'linux', win32: 'win', darwin: 'mac' }

/**
 * What electron-builder calls the folder.
 * @param {string} platform
 * @param {string} arch
 */
function folderName(platform, arch) {
  const suffix = arch === 'x64' ? '' : `-${arch}`
  if (platform === 'darwin') return join(`mac${suffix}`, `${PRODUCT.productName}.app`)
  return `${SYSTEM[platform]}${suffix}-unpacked`
}

/**
 * @param {import('./electron.mjs').PackagedElectron} electron
 * @param {string} kernels
 */
function sourcesOf(electron, kernels) {
  const sources = fingerprint(
    [
      ...['out/main', 'out/preload', 'out/renderer', 'out/cli', 'out/packages'],
      ...[
        'resources',
        'packaging',
        'scripts/package',
        'electron-builder.yml',
        'package.json',
        'package-lock.json',
        'LICENSE',
      ],
    ],
    ['packaging/tools/node_modules'],
  )
  const parts = [sources, fingerprint([kernels.slice(inProject('').length)]), JSON.stringify(electron), sourceDate()]
  return `${createHash('sha256').update(parts.join('\n')).digest('hex')}\n`
}

/** electron-builder is no part of what `npm start` and `npm test` install. */
async function ensureTools() {
  const lock = fingerprint(['packaging/tools/package-lock.json'])
  const stamp = join(TOOLS, 'node_modules', '.made-studio-installed')
  if (stampIs(stamp, lock)) return
  say('Installing electron-builder with npm …')
  const [program, args] = npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'])
  const result = await runQuietly(program, args, { cwd: TOOLS })
  if (!result.ok) {
    say(lastLines(result.output))
    throw new SetupFailure(
      'npm could not install electron-builder.',
      'Check the network connection (or the registry that npm is set to) and try again.',
    )
  }
  writeStamp(stamp, lock)
}

/**
 * Who may read, enter and run is the same whatever the umask was; what could be run stays so.
 * @param {string} path
 */
function setModes(path) {
  const found = lstatSync(path)
  if (found.isSymbolicLink()) return
  if (found.isDirectory()) {
    chmodSync(path, 0o755)
    for (const name of readdirSync(path)) setModes(join(path, name))
  } else chmodSync(path, (found.mode & 0o100) !== 0 ? 0o755 : 0o644)
}
