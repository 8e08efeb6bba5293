import { existsSync, rmSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { runQuietly } from './command.mjs'
import { writeStamp } from './fingerprint.mjs'
import { alone } from './lock.mjs'
import { inProject } from './project.mjs'
import { ensureRegistryTensorFlow, fetchedRegistryTensorFlow } from './registry-tensorflow.mjs'
import { say } from './talk.mjs'

const PACKAGE = inProject('node_modules', '@tensorflow', 'tfjs-node-gpu')
/** Where the installer leaves the binding: the version of the Node-API is the newest that it knows. */
const BINDING = join(PACKAGE, 'lib', 'napi-v8', 'tfjs_binding.node')
const DOWNLOAD_TIME_LIMIT = 15 * 60_000
/** Remembers that the official download failed, so that not every run waits for it again. */
const DOWNLOAD_FAILED = inProject('.cache', 'tensorflow-download-failed')
const REMEMBER_FAILURE = 24 * 3600_000

/**
 * A TensorFlow that is on this computer already: the package with its library, or the pinned stand-in for tests.
 * @returns {string | null} the folder to load
 */
export function findTensorFlow() {
  return existsSync(BINDING) ? PACKAGE : fetchedRegistryTensorFlow()
}

/**
 * Finds a TensorFlow for tests and benchmarks, downloading one if need be: with the package's own installer, else the
 * pinned package from the npm registry.
 * @returns {Promise<string | null>} the folder to load, or null where none can be had
 */
export async function ensureTensorFlow() {
  if (!existsSync(PACKAGE)) return null
  return alone(async () => {
    if (existsSync(BINDING) || (await installOfficial())) return PACKAGE
    const standIn = await ensureRegistryTensorFlow()
    if (standIn !== null)
      say(
        'Testing with a TensorFlow 1.15 for processors from the npm registry, because the library of its own installer could not be downloaded.',
      )
    return standIn
  }, 'tensorflow')
}

async function installOfficial() {
  if (failedLately()) return false
  say('Downloading the TensorFlow library (hundreds of megabytes) …')
  const env = { ...process.env, PATH: [inProject('node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter) }
  await runQuietly(process.execPath, [join('scripts', 'install.js'), 'gpu', 'download'], {
    cwd: PACKAGE,
    env,
    timeLimit: DOWNLOAD_TIME_LIMIT,
  })
  // The installer's exit status says little: what counts is what it left.
  if (existsSync(BINDING)) {
    rmSync(DOWNLOAD_FAILED, { force: true })
    return true
  }
  rmSync(join(PACKAGE, 'deps'), { recursive: true, force: true })
  writeStamp(DOWNLOAD_FAILED, '')
  return false
}

function failedLately() {
  const failure = statSync(DOWNLOAD_FAILED, { throwIfNoEntry: false })
  return failure !== undefined && Date.now() - failure.mtimeMs < REMEMBER_FAILURE
}
