import {
  createReadStream,
  createWriteStream,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'
import { runQuietly } from './command.mjs'
import { stampIs, writeStamp } from './fingerprint.mjs'
import { fetchPinned, pinnedFolder } from './pinned-package.mjs'
import { inProject } from './project.mjs'
import { say } from './talk.mjs'

/**
 * A TensorFlow for Linux x64 that an npm registry alone can give: the C library 1.15.0 for processors and an older binding,
 * packed by somebody for another purpose. It is not what the package's installer fetches, so it is pinned by its hash,
 * used for tests and benchmarks only, and never shipped.
 */
const PACKAGE = {
  name: 'tfjs-node-lambda-releases@1.6.1',
  integrity: 'sha512-D275PZpxsKenTuiPnvIE5T+D5JrT4aU9M3EDCedBQKlP0hUB7011Yzg8CAJ6MBIog9Lq90aaEair4yrBBlk61w==',
}
/** A tar archive, compressed with brotli. */
const MEMBER = 'package/nodejs12.x-tf2.7.0.br'
const INSIDE = 'node_modules/@tensorflow/tfjs-node'
const LIBRARIES = ['libtensorflow.so.1', 'libtensorflow_framework.so.1']
/** The only version of the Node-API that the package looks for under Node.js 20 and newer. */
const BINDING = join('lib', 'napi-v8', 'tfjs_binding.node')

const FOLDER = pinnedFolder(PACKAGE)
const INSTALLED = inProject('node_modules', '@tensorflow', 'tfjs-node-gpu')
/** The package's own JavaScript beside that library: inside the project, so that its dependencies are found. */
const STAND_IN = inProject('.cache', 'tensorflow')
const STAMP = join(STAND_IN, '.made-from')

/** @returns {string | null} a folder to load in place of the package, if it was made before */
export function fetchedRegistryTensorFlow() {
  return existsSync(join(STAND_IN, BINDING)) && stampIs(STAMP, stampText()) ? STAND_IN : null
}

/** @returns {Promise<string | null>} a folder to load in place of the package, or null where it cannot be had */
export async function ensureRegistryTensorFlow() {
  const ready = fetchedRegistryTensorFlow()
  if (ready !== null || !isSupported()) return ready
  if (!existsSync(join(FOLDER, BINDING))) {
    say('Fetching TensorFlow through npm (about 190 MB) …')
    if ((await fetchPinned(PACKAGE, [MEMBER], unpack)) === null) return null
  }
  return makeStandIn()
}

/**
 * @param {string} unfinished
 * @returns {Promise<string | null>}
 */
async function unpack(unfinished) {
  const archive = join(unfinished, 'everything.tar')
  await pipeline(createReadStream(join(unfinished, MEMBER)), createBrotliDecompress(), createWriteStream(archive))
  const members = [
    ...LIBRARIES.map((name) => `${INSIDE}/deps/lib/${name}.15.0`),
    `${INSIDE}/lib/napi-v6/tfjs_binding.node`,
  ]
  const unpacked = await runQuietly('tar', ['-xf', archive, '--no-same-owner', ...members], { cwd: unfinished })
  if (!unpacked.ok) {
    say(`The TensorFlow in ${PACKAGE.name} could not be unpacked: ${unpacked.output.trim()}`)
    return null
  }
  const made = join(unfinished, 'made')
  mkdirSync(join(made, 'deps', 'lib'), { recursive: true })
  mkdirSync(join(made, BINDING, '..'), { recursive: true })
  for (const name of LIBRARIES)
    renameSync(join(unfinished, INSIDE, 'deps', 'lib', `${name}.15.0`), join(made, 'deps', 'lib', name))
  renameSync(join(unfinished, INSIDE, 'lib', 'napi-v6', 'tfjs_binding.node'), join(made, BINDING))
  return made
}

/** Puts the package's JavaScript, as it is installed now, beside the fetched library. */
function makeStandIn() {
  rmSync(STAND_IN, { recursive: true, force: true })
  mkdirSync(STAND_IN, { recursive: true })
  cpSync(join(INSTALLED, 'package.json'), join(STAND_IN, 'package.json'))
  cpSync(join(INSTALLED, 'dist'), join(STAND_IN, 'dist'), { recursive: true })
  symlinkSync(join(FOLDER, 'lib'), join(STAND_IN, 'lib'))
  writeStamp(STAMP, stampText())
  return STAND_IN
}

function stampText() {
  const path = join(INSTALLED, 'package.json')
  return existsSync(path) ? `${JSON.parse(readFileSync(path, 'utf8')).version} ${FOLDER}\n` : 'absent\n'
}

function isSupported() {
  return process.platform === 'linux' && process.arch === 'x64'
}
