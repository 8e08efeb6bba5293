import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { lastLines, npm, runQuietly } from './command.mjs'
import { stampIs, writeStamp } from './fingerprint.mjs'
import { alone } from './lock.mjs'
import { inProject, projectFolder } from './project.mjs'
import { say, SetupFailure } from './talk.mjs'

const STAMP = inProject('node_modules', '.made-studio-installed')

/** Installs the packages that the lock file names, if they are not there or the lock file has changed since. */
export async function ensureNodeModules() {
  if (areModulesFresh()) return
  await alone(async () => {
    if (areModulesFresh()) return
    say('Installing packages with npm (a minute or so) …')
    // No package needs its install script to build, test or start. The one that has one, TensorFlow's, downloads
    // hundreds of megabytes; `npm rebuild @tensorflow/tfjs-node-gpu` does that when somebody wants it.
    const [program, args] = npm([
      'ci',
      '--ignore-scripts',
      '--include=dev',
      '--include=optional',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ])
    const result = await runQuietly(program, args, { cwd: projectFolder })
    if (!result.ok) {
      say(lastLines(result.output))
      throw new SetupFailure(
        'npm could not install the packages.',
        'Check the network connection (or the registry that npm is set to) and try again.',
      )
    }
    writeStamp(STAMP, stampText())
  })
}

export function areModulesFresh() {
  const text = stampText()
  if (stampIs(STAMP, text)) return true
  if (!agreesWithLockFile()) return false
  writeStamp(STAMP, text)
  return true
}

function stampText() {
  const hash = createHash('sha256')
    .update(readFileSync(inProject('package-lock.json')))
    .digest('hex')
  return `${hash} ${process.platform}-${process.arch}\n`
}

/** Whether what npm itself noted as installed is what the lock file names, as after an `npm install` by hand. */
function agreesWithLockFile() {
  const note = inProject('node_modules', '.package-lock.json')
  if (!existsSync(note)) return false
  const installed = packagesOf(note)
  return Object.entries(packagesOf(inProject('package-lock.json'))).every(([place, wanted]) => {
    if (place === '' || wanted === undefined || wanted.link === true) return true
    const found = installed[place]
    if (found === undefined) return wanted.optional === true || wanted.devOptional === true
    return found.version === wanted.version
  })
}

/**
 * @typedef {{ version?: string, link?: boolean, optional?: boolean, devOptional?: boolean }} LockedPackage
 * @param {string} lockFile
 * @returns {Partial<Record<string, LockedPackage>>}
 */
function packagesOf(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages
}
