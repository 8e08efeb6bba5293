import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { expect, it } from 'vitest'
import { installedAddOn, unpackAddOn } from '../../src/compute/add-on-pack'
import { TensorFlowAddOn } from '../../src/compute/tensorflow-add-on'
import { MANIFEST } from '../../src/shared/add-on'
import { expectFailure } from '../base/expect-failure'
import { temporaryFolder } from '../training/small-run'

const HERE = { platform: 'linux', arch: 'x64' }
const FILES = { 'node_modules/a/index.js': 'module.exports = 1', 'node_modules/a/lib/b.node': 'native' }

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

interface Made {
  readonly files?: Readonly<Record<string, string>>
  readonly listed?: readonly { readonly name: string; readonly sha256: string }[]
  readonly change?: object
}

/** A pack in a folder of its own, and the folder that it is to be unpacked into. */
async function pack({ files = FILES, listed, change = {} }: Made = {}): Promise<{ path: string; folder: string }> {
  const place = await temporaryFolder()
  const manifest = {
    format: 'made-studio-add-on',
    version: 1,
    addOn: 'tensorflow',
    packageVersion: '4.22.0',
    ...HERE,
    files: listed ?? Object.entries(files).map(([name, text]) => ({ name, sha256: sha256(text) })),
    ...change,
  }
  const entries = Object.entries({ [MANIFEST]: JSON.stringify(manifest), ...files })
  await writeFile(
    join(place, 'pack.zip'),
    zipSync(Object.fromEntries(entries.map(([name, text]) => [name, strToU8(text)]))),
  )
  return { path: join(place, 'pack.zip'), folder: join(place, 'add-ons', 'tensorflow') }
}

it('a pack is unpacked, known by its version, replaced by another and removed', async () => {
  const { path, folder } = await pack()
  expect(await installedAddOn(folder)).toBeNull()
  expect(await unpackAddOn(path, folder, HERE)).toBe('4.22.0')
  expect(await readFile(join(folder, 'node_modules/a/index.js'), 'utf8')).toBe('module.exports = 1')
  expect(await installedAddOn(folder)).toBe('4.22.0')
  const next = await pack({ files: { 'other.js': '2' }, change: { packageVersion: '5' } })
  expect(await unpackAddOn(next.path, folder, HERE)).toBe('5')
  expect((await readdir(folder)).sort()).toEqual([MANIFEST, 'other.js'])
  expect(await readdir(join(folder, '..'))).toEqual(['tensorflow'])
  expect(await new TensorFlowAddOn(folder).remove()).toMatchObject({ installed: null })
  expect(await readdir(join(folder, '..'))).toEqual([])
})

it.each<[string, Made, string, RegExp]>([
  ['another system', { change: { platform: 'win32' } }, 'unknown-format', /another kind of computer \(win32 x64/],
  ['a later version', { change: { version: 2 } }, 'unknown-format', /no add-on pack of this MADE Studio/],
  ['no list of files', { change: { files: 'all' } }, 'unknown-format', /no add-on pack/],
  ['a file that is not listed', { files: { ...FILES, x: '' }, listed: [] }, 'unknown-format', /no add-on pack/],
  [
    'a file too many',
    {
      files: { ...FILES, x: '' },
      listed: Object.entries(FILES).map(([name, text]) => ({ name, sha256: sha256(text) })),
    },
    'damaged-file',
    /does not hold the files that it says/,
  ],
  ['a way out', { files: { '../out.js': '' } }, 'damaged-file', /./],
  ['a place of its own', { files: { '/etc/out.js': '' } }, 'damaged-file', /./],
  ['a drive', { files: { 'C:/out.js': '' } }, 'damaged-file', /./],
  [
    'another content than it says',
    { listed: Object.keys(FILES).map((name) => ({ name, sha256: sha256('something else') })) },
    'damaged-file',
    /not the one that it says/,
  ],
])('a pack with %s is refused, and what was there stays', async (_what, made, code, words) => {
  const { path, folder } = await pack(made)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'before.js'), '')
  await expectFailure(() => unpackAddOn(path, folder, HERE), code as 'damaged-file', words)
  expect(await readdir(folder)).toEqual(['before.js'])
  expect(await readdir(join(folder, '..'))).toEqual(['tensorflow'])
})

it('a file that is no zip is refused', async () => {
  const place = await temporaryFolder()
  await writeFile(join(place, 'pack.zip'), 'not a zip file at all, whatever it is called')
  await expectFailure(() => unpackAddOn(join(place, 'pack.zip'), join(place, 'to'), HERE), 'damaged-file', /./)
})
