import { createHash } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { inProject } from '../setup/project.mjs'
import { runTool } from './tools.mjs'
import { layOutLinux } from './linux-tree.mjs'
import { PRODUCT, sourceDate } from './release.mjs'

const ARCHITECTURES = /** @type {Readonly<Record<string, string>>} */ ({ x64: 'amd64', arm64: 'arm64' })

/**
 * What Electron and the kernels need: since 2024 Debian and Ubuntu call some of them …t64.
 * @type {readonly string[]}
 */
const DEPENDS = [
  ...['libasound2', 'libatk-bridge2.0-0', 'libatk1.0-0', 'libatspi2.0-0', 'libcups2', 'libglib2.0-0', 'libgtk-3-0'].map(
    (name) => `${name} | ${name}t64`,
  ),
  'libc6 (>= 2.28)',
  ...[
    'libcairo2',
    'libdbus-1-3',
    'libexpat1',
    'libgbm1',
    'libgcc-s1 | libgcc1',
    'libnspr4',
    'libnss3',
    'libpango-1.0-0',
  ],
  ...['libudev1', 'libx11-6', 'libxcb1', 'libxcomposite1', 'libxdamage1', 'libxext6', 'libxfixes3', 'libxkbcommon0'],
  'libxrandr2',
]

/** @param {string} arch */
export function debName(arch) {
  return `${PRODUCT.name}_${PRODUCT.version}_${ARCHITECTURES[arch]}.deb`
}

/**
 * The package of Debian and Ubuntu. The same application folder makes the same package, byte for byte.
 * @param {import('./app-folder.mjs').AppFolder} app
 * @param {string} place
 */
export async function makeDeb(app, place) {
  const root = join(dirname(app.path), 'deb')
  layOutLinux(app, root, { zsh: 'share/zsh/vendor-completions/_made' })
  mkdirSync(join(root, 'etc/apparmor.d'), { recursive: true })
  copyFileSync(inProject('packaging/linux/apparmor'), join(root, 'etc/apparmor.d', PRODUCT.name))
  const files = filesIn(root)
  const control = join(root, 'DEBIAN')
  mkdirSync(control)
  writeFileSync(join(control, 'control'), controlText(app.arch, files))
  writeFileSync(join(control, 'conffiles'), `/etc/apparmor.d/${PRODUCT.name}\n`)
  writeFileSync(join(control, 'md5sums'), files.map((file) => `${md5(file)}  ${relative(root, file)}\n`).join(''))
  for (const script of ['postinst', 'postrm']) {
    copyFileSync(inProject('packaging/linux/debian', script), join(control, script))
    chmodSync(join(control, script), 0o755)
  }
  for (const folder of [root, control, join(root, 'etc'), join(root, 'etc/apparmor.d')]) chmodSync(folder, 0o755)
  const compression = app.isRelease ? ['-Zxz', '-z9'] : ['-Zzstd', '-z3']
  await runTool('dpkg-deb', ['--root-owner-group', ...compression, '--build', root, place], {
    env: { ...process.env, SOURCE_DATE_EPOCH: String(sourceDate()) },
  })
  rmSync(root, { recursive: true, force: true })
}

/**
 * @param {string} arch
 * @param {readonly string[]} files
 */
function controlText(arch, files) {
  const kilobytes = files.reduce((sum, file) => sum + Math.ceil(lstatSync(file).size / 1024), 0)
  return `Package: ${PRODUCT.name}
Version: ${PRODUCT.version}
Architecture: ${ARCHITECTURES[arch]}
Maintainer: ${PRODUCT.author.name} <${PRODUCT.author.email}>
Installed-Size: ${kilobytes}
Depends: ${DEPENDS.join(', ')}
Recommends: fonts-dejavu-core, xdg-utils
Section: science
Priority: optional
Homepage: ${PRODUCT.homepage}
Description: experiment offline with masked autoencoders for density estimation
 Open a set of binary examples (the MNIST digits are built in), choose hidden
 sizes and the number of orderings, press Train, watch the loss curves fall,
 and browse the digits that the model dreams up. No programming, no account,
 no network: everything happens on your own computer.
 .
 The command line "made" does the same work without a window.
`
}

/**
 * Every file under a folder, in the order of their names.
 * @param {string} folder
 * @returns {string[]}
 */
function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? filesIn(path) : entry.isFile() ? [path] : []
    })
}

/** @param {string} file */
function md5(file) {
  return createHash('md5').update(readFileSync(file)).digest('hex')
}
