import { lastLines, runQuietly } from '../setup/command.mjs'
import { SetupFailure } from '../setup/talk.mjs'

/** The newest C library that a program for Linux may ask for: that of Debian 10, Ubuntu 18.10 and RHEL 8. */
export const NEWEST_GLIBC = '2.28'

/**
 * The newest version of glibc that a program or library asks for, such as "2.25"; null if it asks for none.
 * @param {string} file
 */
export async function glibcOf(file) {
  const { ok, stdout, output } = await runQuietly('readelf', ['--version-info', '--wide', file])
  if (!ok)
    throw new SetupFailure(
      `readelf cannot read ${file}: ${lastLines(output, 1)}`,
      'It belongs to binutils; on Debian: apt-get install binutils',
    )
  const versions = [...stdout.matchAll(/Name: GLIBC_(\d+(?:\.\d+)+)/g)].map(([, version]) => version)
  return versions.sort(byVersion).at(-1) ?? null
}

/**
 * Refuses a file that systems with the oldest C library would not load, where the application would silently do without it.
 * @param {string} file
 */
export async function requireOldGlibc(file) {
  const newest = await glibcOf(file)
  if (newest !== null && byVersion(newest, NEWEST_GLIBC) > 0)
    throw new SetupFailure(
      `${file} needs glibc ${newest}; nothing that is shipped may need more than ${NEWEST_GLIBC}.`,
      'native/addon/older_glibc.cpp says how older versions are asked for; "objdump -T" shows what asks for the newer one.',
    )
}

/**
 * @param {string} a
 * @param {string} b
 */
function byVersion(a, b) {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number))
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
