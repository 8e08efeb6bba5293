/**
 * Makes the add-on pack of TensorFlow for this system: the package, what it needs, and its library, in one zip file with a
 * list of hashes. `npm run package:tensorflow [-- folder]`: of the package with the library that its installer has fetched
 * (`npm rebuild @tensorflow/tfjs-node-gpu`), or of another folder with the same contents, for tests.
 */
import '../setup/node-version.mjs'
import { createHash } from 'node:crypto'
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  statSync,
} from 'node:fs'
import { once } from 'node:events'
import { dirname, join, resolve } from 'node:path'
import { ensureNodeModules } from '../setup/node-modules.mjs'
import { inProject } from '../setup/project.mjs'
import { packagesNeededBy } from '../setup/shipped-packages.mjs'
import { runScript, SetupFailure } from '../setup/talk.mjs'
import { writeSums } from './papers.mjs'
import { PRODUCT } from './release.mjs'

const PACKAGE = '@tensorflow/tfjs-node-gpu'
const MANIFEST = 'made-studio-add-on.json'
/** Of TensorFlow.js only what Node.js loads: no bundles for pages, no sources, no headers. */
const LEFT_OUT =
  /(^|\/)\.|\.(map|md|d\.ts|min\.js|min\.js\.html|fesm\.js|es2017\.js|tgz)$|^node_modules\/@tensorflow\/[^/]+\/(src|scripts|binding)\/|\/deps\/include\//

await runScript(async () => {
  await ensureNodeModules()
  const [given] = process.argv.slice(2)
  const main = given === undefined ? inProject('node_modules', PACKAGE) : resolve(given)
  if (!hasBinding(main))
    throw new SetupFailure(
      `There is no library of TensorFlow in ${main}.`,
      `"npm rebuild ${PACKAGE}" fetches it; it takes hundreds of megabytes.`,
    )
  const { version, packages } = packagesNeededBy(PACKAGE)
  const folders = packages.map(({ folder }) => ({ at: folder, from: inProject(folder) }))
  const all = [
    { at: `node_modules/${PACKAGE}`, from: main },
    // Beside the binding, where its own links lead.
    { at: `node_modules/${PACKAGE}/deps/lib`, from: join(realpathSync(join(main, 'lib')), '..', 'deps', 'lib') },
    ...folders,
  ]
  const files = all.flatMap(({ at, from }) => filesIn(from, at)).filter(({ name }) => !LEFT_OUT.test(name))
  const system = `${process.platform}-${process.arch}`
  const folder = inProject('dist', given === undefined ? 'release' : 'test')
  mkdirSync(folder, { recursive: true })
  const place = join(folder, `MADE-Studio-TensorFlow-${PRODUCT.version}-${system}.zip`)
  const listed = []
  for (const { name, path } of files) listed.push({ name, sha256: await sha256(path) })
  const manifest = {
    format: 'made-studio-add-on',
    version: 1,
    addOn: 'tensorflow',
    packageVersion: version,
    platform: process.platform,
    arch: process.arch,
    files: listed,
  }
  await writeZip(place, Buffer.from(JSON.stringify(manifest)), files, given === undefined ? 9 : 1)
  await writeSums(folder)
  console.log(`${place}  ${(statSync(place).size / 1e6).toFixed(1)} MB`)
})

/** @param {string} folder */
function hasBinding(folder) {
  const lib = join(folder, 'lib')
  return existsSync(lib) && readdirSync(lib).some((name) => existsSync(join(lib, name, 'tfjs_binding.node')))
}

/**
 * Every file under a folder, links followed, by the name that it has in the pack.
 * @param {string} folder
 * @param {string} at
 * @returns {{ name: string, path: string }[]}
 */
function filesIn(folder, at) {
  return readdirSync(folder)
    .sort()
    .flatMap((entry) => {
      const path = join(folder, entry)
      const name = `${at}/${entry}`
      if (!statSync(path).isDirectory()) return [{ name, path }]
      // What a package brings of others is listed by itself, and the library too.
      return entry === 'node_modules' || entry === 'deps' ? [] : filesIn(path, name)
    })
}

/** @param {string} path */
async function sha256(path) {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path)) hash.update(piece)
  return hash.digest('hex')
}

/**
 * @param {string} place
 * @param {Buffer} manifest
 * @param {readonly { name: string, path: string }[]} files
 * @param {1 | 9} level
 */
async function writeZip(place, manifest, files, level) {
  const { Zip, ZipDeflate } = await import('fflate')
  mkdirSync(dirname(place), { recursive: true })
  const out = createWriteStream(place)
  const zip = new Zip((error, piece) => {
    if (error !== null) out.destroy(error)
    else out.write(piece)
  })
  const options = { level, mtime: new Date('2000-01-01T00:00:00') }
  const add = (/** @type {string} */ name) => {
    const entry = new ZipDeflate(name, options)
    entry.mtime = options.mtime
    zip.add(entry)
    return entry
  }
  add(MANIFEST).push(manifest, true)
  for (const { name, path } of files) {
    const entry = add(name)
    for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) {
      entry.push(piece)
      if (out.writableNeedDrain) await once(out, 'drain')
    }
    entry.push(new Uint8Array(), true)
  }
  zip.end()
  out.end()
  await once(out, 'finish')
}
