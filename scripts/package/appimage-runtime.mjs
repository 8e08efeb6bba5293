import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { runQuietly } from '../setup/command.mjs'
import { fingerprint } from '../setup/fingerprint.mjs'
import { findCompiler } from '../setup/native-build.mjs'
import { inProject } from '../setup/project.mjs'
import { say, SetupFailure } from '../setup/talk.mjs'

/** The official runtime of AppImages: which release of it, and the hash of its file for each kind of processor. */
const { release, sha256 } = JSON.parse(readFileSync(inProject('packaging/linux/appimage-runtime.json'), 'utf8'))
const ADDRESS = `https://github.com/AppImage/type2-runtime/releases/download/${release}`

/**
 * The program at the beginning of an AppImage. A release takes the official one, fixed by its hash; for tests where that
 * cannot be had one of our own stands in, which unpacks the disk instead of mounting it.
 * @param {string} architecture as in "x86_64"
 * @param {boolean} isRelease
 * @returns {Promise<string>} the file
 */
export async function appImageRuntime(architecture, isRelease) {
  const place = inProject('.cache', 'package', `appimage-runtime-${release}-${architecture}`)
  if (!existsSync(place)) {
    const fetched = await fetchRuntime(architecture)
    if (fetched === null && isRelease)
      throw new SetupFailure(
        'The official runtime of AppImages could not be downloaded, and a release takes no other.',
        `It is at ${ADDRESS}; make the release where that can be reached.`,
      )
    if (fetched === null) return standIn()
    mkdirSync(dirname(place), { recursive: true })
    writeFileSync(place, fetched)
  }
  return place
}

/** @param {string} architecture */
async function fetchRuntime(architecture) {
  const answer = await fetch(`${ADDRESS}/runtime-${architecture}`, { signal: AbortSignal.timeout(60_000) }).catch(
    () => null,
  )
  if (answer === null || !answer.ok) return null
  const bytes = Buffer.from(await answer.arrayBuffer())
  const hash = createHash('sha256').update(bytes).digest('hex')
  if (hash === sha256[architecture]) return bytes
  throw new SetupFailure(
    `The runtime of AppImages that was downloaded is not the one that is fixed by its hash (it has ${hash}).`,
    'packaging/linux/appimage-runtime.json says which one is taken.',
  )
}

async function standIn() {
  const source = inProject('packaging/linux/test-runtime.c')
  const place = inProject(
    '.cache',
    'package',
    `appimage-test-runtime-${fingerprint(['packaging/linux/test-runtime.c']).slice(0, 12)}`,
  )
  if (existsSync(place)) return place
  say('The official runtime of AppImages could not be downloaded: one for tests alone stands in.')
  const compiler = await findCompiler()
  mkdirSync(dirname(place), { recursive: true })
  const compiled = compiler === null ? null : await runQuietly(compiler, ['-xc', '-O2', '-s', '-o', place, source])
  if (compiled?.ok) return place
  throw new SetupFailure('The runtime for tests of AppImages could not be compiled.', 'On Debian: apt-get install gcc')
}
