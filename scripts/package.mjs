/**
 * `npm run package`: makes what people install, all that can be made on this system. `npm run package -- deb rpm appimage tar
 * windows mac` makes some of it. With `--release` it is what is published, compressed as well as can be and made of the
 * official Electron, in dist/release; without, it serves tests, in dist/test.
 */
import './setup/node-version.mjs'
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ensureMnist } from './make-mnist.mjs'
import { ensureAppFolder } from './package/app-folder.mjs'
import { appImageName, makeAppImage } from './package/appimage.mjs'
import { debName, makeDeb } from './package/deb.mjs'
import { makeDiskImage, diskImageName } from './package/mac.mjs'
import { writeSbom, writeSums } from './package/papers.mjs'
import { makeRpm, rpmName } from './package/rpm.mjs'
import { makeTar, tarName } from './package/tar.mjs'
import { makeSetup, setupName } from './package/windows.mjs'
import { ensureAppBuild } from './setup/app-build.mjs'
import { ensureCliBuild } from './setup/cli-build.mjs'
import { stampIs, writeStamp } from './setup/fingerprint.mjs'
import { ensureNodeModules } from './setup/node-modules.mjs'
import { inProject } from './setup/project.mjs'
import { runScript, say, SetupFailure } from './setup/talk.mjs'

/**
 * Everything that is made: of the folder of which system, under which name, and how.
 * @type {Readonly<Record<string, {
 *   platform: string, name: (arch: string) => string,
 *   make: (app: import('./package/app-folder.mjs').AppFolder, place: string) => Promise<void>,
 * }>>}
 */
const ARTEFACTS = {
  deb: { platform: 'linux', name: debName, make: makeDeb },
  rpm: { platform: 'linux', name: rpmName, make: makeRpm },
  appimage: { platform: 'linux', name: appImageName, make: makeAppImage },
  tar: { platform: 'linux', name: tarName, make: makeTar },
  windows: { platform: 'win32', name: setupName, make: makeSetup },
  mac: { platform: 'darwin', name: diskImageName, make: makeDiskImage },
}
const MADE_HERE = process.platform === 'darwin' ? ['mac'] : ['deb', 'rpm', 'appimage', 'tar', 'windows']

await runScript(async () => {
  const { words, isRelease, arch } = wanted(process.argv.slice(2))
  await ensureNodeModules()
  await ensureMnist()
  await ensureAppBuild()
  await ensureCliBuild()
  const folder = inProject('dist', isRelease ? 'release' : 'test')
  mkdirSync(folder, { recursive: true })
  for (const word of words) await make(word, isRelease, arch, folder)
  await writeSums(folder)
})

/**
 * @param {string} word
 * @param {boolean} isRelease
 * @param {string} wantedArch
 * @param {string} folder
 */
async function make(word, isRelease, wantedArch, folder) {
  const { platform, name, make: makeArtefact } = ARTEFACTS[word]
  // On Windows x64 programs run on every processor.
  const arch = platform === 'win32' ? 'x64' : wantedArch
  const app = await ensureAppFolder(platform, arch, isRelease)
  const place = join(folder, name(arch))
  const stamp = join(folder, `.${name(arch)}.made-from`)
  if (!(existsSync(place) && stampIs(stamp, app.madeFrom))) {
    say(`Making ${name(arch)} …`)
    rmSync(place, { force: true })
    await makeArtefact(app, place)
    writeSbom(folder, platform, arch, app.electronVersion)
    writeStamp(stamp, app.madeFrom)
  }
  console.log(`${place}  ${(statSync(place).size / 1e6).toFixed(1)} MB`)
}

/** @param {readonly string[]} given */
function wanted(given) {
  const isRelease = given.includes('--release')
  const at = given.indexOf('--arch')
  const arch = at < 0 ? process.arch : given[at + 1]
  const words = given.filter((word, i) => word !== '--release' && word !== '--arch' && (at < 0 || i !== at + 1))
  const unknown = words.filter((word) => !(word in ARTEFACTS))
  if (unknown.length > 0)
    throw new SetupFailure(
      `"${unknown.join('", "')}" cannot be packaged.`,
      `What can: ${Object.keys(ARTEFACTS).join(', ')}; with --release for what is published.`,
    )
  return { words: words.length > 0 ? words : MADE_HERE, isRelease, arch }
}
