import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { lastLines, runQuietly } from './command.mjs'
import { say } from './talk.mjs'

/** What Electron needs of Debian and Ubuntu; each pulls in what it needs itself. */
const ELECTRON_PACKAGES = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libcups2', 'fonts-dejavu-core']
/** What its windows need where there is no display. */
const DISPLAY_PACKAGES = ['xvfb']

/**
 * Makes sure that Electron finds its shared libraries, and Xvfb if it is needed: on Debian and Ubuntu it installs them
 * if the user is root.
 * @param {{ electron: string, virtualDisplay: boolean }} needs
 * @returns {Promise<{ ok: true } | { ok: false, lacking: string, line: string }>} if not: what is lacking, and the line that installs it
 */
export async function ensureSystemLibraries(needs) {
  if (process.platform !== 'linux') return { ok: true }
  const lacking = await lackingFor(needs)
  if (lacking.length === 0) return { ok: true }
  const packages = await namesHere([...ELECTRON_PACKAGES, ...(needs.virtualDisplay ? DISPLAY_PACKAGES : [])])
  const isRoot = process.getuid?.() === 0
  if (isDebianLike() && isRoot) {
    say(`Installing system libraries with apt-get: ${packages.join(' ')} …`)
    const output = await aptInstall(packages)
    const stillLacking = await lackingFor(needs)
    if (stillLacking.length === 0) return { ok: true }
    say(lastLines(output))
    return { ok: false, lacking: stillLacking.join(', '), line: installLine(packages, isRoot) }
  }
  return { ok: false, lacking: lacking.join(', '), line: installLine(packages, isRoot) }
}

/** Installs the Vulkan loader, which the tests of the webgpu engine need, on Debian and Ubuntu if the user is root. */
export async function ensureVulkanLoader() {
  await ensurePackages(() => false, ['libvulkan1'], 'the Vulkan loader')
}

/** Whether QEMU can run programs as on another processor; on Debian and Ubuntu it is installed if the user is root. */
export function ensureProcessorEmulator() {
  return ensurePackages(() => isOnPath('qemu-x86_64'), ['qemu-user'], 'an emulator of processors')
}

/**
 * Whether there are the compiler and the linker of a version of LLVM; on Debian that very build of its packages is
 * installed if the user is root: another build makes other bytes.
 * @param {{ major: string, debianVersion: string }} version such as 19 and 1:19.1.7-3~deb12u1
 */
export function ensureClang({ major, debianVersion }) {
  const packages = [`clang-${major}`, `lld-${major}`].map((name) => `${name}=${debianVersion}`)
  const areThere = () => [`clang++-${major}`, `wasm-ld-${major}`].every(isOnPath)
  return ensurePackages(areThere, packages, 'the compiler of the WebAssembly kernels')
}

/** Installs GNU parallel, with which a test does a sweep, on Debian and Ubuntu if the user is root. */
export async function ensureGnuParallel() {
  await ensurePackages(() => isOnPath('parallel'), ['parallel'], 'GNU parallel')
}

/**
 * Makes sure of programs; on Debian and Ubuntu they are installed if the user is root.
 * @param {Readonly<Record<string, string>>} programs each with the package of Debian that brings it
 * @param {string} what they are for, in words
 * @returns {Promise<{ ok: true } | { ok: false, lacking: string, line: string }>} if not: what is lacking, and the line that installs it
 */
export async function ensurePrograms(programs, what) {
  const lacking = () => Object.keys(programs).filter((program) => !isOnPath(program))
  const packages = [...new Set(lacking().map((program) => programs[program]))]
  if (await ensurePackages(() => lacking().length === 0, packages, what)) return { ok: true }
  return { ok: false, lacking: lacking().join(', '), line: installLine(packages, process.getuid?.() === 0) }
}

/**
 * Installs packages on Debian and Ubuntu, if what they bring is not there and the user is root.
 * @param {() => boolean} areThere
 * @param {readonly string[]} packages
 * @param {string} what they bring, in words
 * @returns {Promise<boolean>} whether it is there now
 */
async function ensurePackages(areThere, packages, what) {
  if (areThere() || !isDebianLike() || process.getuid?.() !== 0) return areThere()
  say(`Installing ${what} with apt-get: ${packages.join(' ')} …`)
  await aptInstall(packages)
  return areThere()
}

/** Installs libfiu, under which calls of the C library fail, on Debian and Ubuntu if the user is root. */
export async function ensureFailingCalls() {
  if (process.platform !== 'linux' || isOnPath('fiu-run') || !isDebianLike() || process.getuid?.() !== 0) return
  say('Installing what lets calls of the C library fail with apt-get: fiu-utils …')
  await aptInstall(['fiu-utils'])
}

/** @param {{ electron: string, virtualDisplay: boolean }} needs */
async function lackingFor({ electron, virtualDisplay }) {
  const { stdout } = await runQuietly('ldd', [electron])
  const lacking = stdout.split('\n').flatMap((line) => (line.includes('not found') ? [line.trim().split(/\s/)[0]] : []))
  if (!hasFonts()) lacking.push('fonts')
  if (virtualDisplay && !isOnPath('Xvfb')) lacking.push('Xvfb')
  return lacking
}

/** @param {readonly string[]} packages */
async function aptInstall(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const wait = ['-o', 'DPkg::Lock::Timeout=300']
  const updated = await runQuietly('apt-get', ['update', '-qq', ...wait], { env })
  const names = await namesHere(packages)
  const installed = await runQuietly(
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', ...wait, ...names],
    { env },
  )
  return updated.output + installed.output
}

/**
 * Since 2024, Debian and Ubuntu call some libraries …t64.
 * @param {readonly string[]} packages
 */
async function namesHere(packages) {
  if (!isDebianLike()) return packages
  return Promise.all(
    packages.map(async (name) => {
      if (!name.startsWith('lib')) return name
      const renamed = await runQuietly('apt-cache', ['show', '--no-all-versions', `${name}t64`])
      return renamed.ok && renamed.stdout.includes('Package:') ? `${name}t64` : name
    }),
  )
}

/**
 * @param {readonly string[]} packages
 * @param {boolean} isRoot
 */
function installLine(packages, isRoot) {
  if (!isDebianLike()) return `install with your system's package manager what Debian calls ${packages.join(', ')}`
  const sudo = isRoot ? '' : 'sudo '
  return `${sudo}apt-get update && ${sudo}apt-get install -y ${packages.join(' ')}`
}

function isDebianLike() {
  if (!isOnPath('apt-get') || !existsSync('/etc/os-release')) return false
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'))
}

function hasFonts() {
  return ['/usr/share/fonts', '/usr/local/share/fonts'].some(
    (folder) => existsSync(folder) && readdirSync(folder).length > 0,
  )
}

/** @param {string} program */
function isOnPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)))
}
