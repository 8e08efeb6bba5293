/**
 * A Debian 13 in a folder of its own (`.cache/debian-13`), with a display, Wine 10 and a plain user, in which packages are
 * installed as on a machine that has nothing else: `node scripts/test/debian-13.mjs` makes it, in minutes and 2 GB. Needs root
 * and debootstrap, and a system that lets folders be mounted.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { lastLines, runQuietly } from '../setup/command.mjs'
import { inProject } from '../setup/project.mjs'
import { ensurePrograms } from '../setup/system-libraries.mjs'
import { runScript, say, SetupFailure } from '../setup/talk.mjs'

export const DEBIAN_13 = inProject('.cache', 'debian-13')
/** Who installs and uses what is tried there. */
export const PERSON = 'person'

const STAMP = join(DEBIAN_13, '.made-studio-ready')
// The window under Wine has no text without fonts that Windows would have: Chromium looks for one until its stack is full.
const FONTS = ['fonts-dejavu-core', 'fonts-liberation', 'fonts-wine']
const PACKAGES = ['ca-certificates', 'xvfb', 'dbus', 'wine', 'wine64', ...FONTS]
const MOUNTS = ['/proc', '/sys', '/dev', '/dev/shm']

/** Whether it is there, whole, with all that is installed there today. */
export function hasDebian13() {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === PACKAGES.join(' ')
}

/** Makes it if it is not there. @throws SetupFailure */
export async function ensureDebian13() {
  if (hasDebian13()) return
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    throw new SetupFailure(
      'A Debian in a folder of its own is made by root on Linux.',
      'Run this as root, in a container.',
    )
  const tools = await ensurePrograms({ debootstrap: 'debootstrap' }, 'what makes a Debian')
  if (!tools.ok) throw new SetupFailure(`There is no ${tools.lacking}.`, `To install it: ${tools.line}`)
  say('Making a Debian 13 in .cache/debian-13 (some minutes) …')
  // One that was made before lacks packages at most.
  if (!existsSync(STAMP)) await bootstrap()
  await within(async () => {
    const install = ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...PACKAGES]
    await done('chroot', [DEBIAN_13, 'env', 'DEBIAN_FRONTEND=noninteractive', ...install])
    const add = ['useradd', '--create-home', '--shell', '/bin/sh', PERSON]
    if (!existsSync(join(DEBIAN_13, 'home', PERSON))) await done('chroot', [DEBIAN_13, ...add])
  })
  writeFileSync(STAMP, PACKAGES.join(' '))
}

/** The bare system. */
async function bootstrap() {
  rmSync(DEBIAN_13, { recursive: true, force: true })
  mkdirSync(DEBIAN_13, { recursive: true })
  await done('debootstrap', ['--variant=minbase', 'trixie', DEBIAN_13, await mirror()])
  copyFileSync('/etc/resolv.conf', join(DEBIAN_13, 'etc/resolv.conf'))
  // Nothing that is installed there starts a service here.
  writeFileSync(join(DEBIAN_13, 'usr/sbin/policy-rc.d'), '#!/bin/sh\nexit 101\n', { mode: 0o755 })
}

/**
 * Does something while the folders of the system are there, too.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function within(work) {
  const release = enterDebian13()
  try {
    return await work()
  } finally {
    release()
  }
}

/** Mounts the folders of the system there. @returns what undoes it @throws SetupFailure where that is not allowed */
export function enterDebian13() {
  /** @type {string[]} */
  const mounted = []
  const release = () => {
    for (const place of mounted.reverse()) spawnSync('umount', ['--lazy', place])
    mounted.length = 0
  }
  process.once('exit', release)
  for (const folder of MOUNTS) {
    const place = join(DEBIAN_13, folder)
    mkdirSync(place, { recursive: true })
    const { status, stderr } = spawnSync('mount', ['--bind', folder, place], { encoding: 'utf8' })
    if (status !== 0) {
      release()
      throw new SetupFailure(
        `Folders cannot be mounted here: ${stderr.trim()}`,
        'Use a machine or container that allows it.',
      )
    }
    mounted.push(place)
  }
  return () => {
    process.off('exit', release)
    release()
  }
}

/** Where this system has its packages from. */
async function mirror() {
  const { stdout } = await runQuietly('apt-get', ['indextargets', '--format', '$(SITE)', 'Created-By: Packages'])
  const [first] = stdout.split('\n')
  if (first) return first
  throw new SetupFailure('It is not known where Debian’s packages are had.', 'Run "apt-get update" first.')
}

/** @param {string} program @param {readonly string[]} args */
async function done(program, args) {
  const { ok, output } = await runQuietly(program, args)
  if (ok) return
  say(lastLines(output))
  throw new SetupFailure(`${program} failed.`, 'The lines above say why.')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runScript(ensureDebian13)
  execFileSync('chroot', [DEBIAN_13, 'cat', '/etc/debian_version'], { stdio: 'inherit' })
}
