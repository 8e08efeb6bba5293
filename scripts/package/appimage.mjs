import { chmodSync, copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { inProject } from '../setup/project.mjs'
import { appImageRuntime } from './appimage-runtime.mjs'
import { copyIcons, INSTALLED } from './linux-tree.mjs'
import { metainfo } from './metainfo.mjs'
import { APPLICATION_ID, PRODUCT, sourceDate } from './release.mjs'
import { runTool } from './tools.mjs'

const ARCHITECTURES = /** @type {Readonly<Record<string, string>>} */ ({ x64: 'x86_64', arm64: 'aarch64' })

/** @param {string} arch */
export function appImageName(arch) {
  return `MADE-Studio-${PRODUCT.version}-${ARCHITECTURES[arch]}.AppImage`
}

/**
 * One file that runs on any Linux: a small program and, behind it, a compressed disk with the application.
 * @param {import('./app-folder.mjs').AppFolder} app
 * @param {string} place
 */
export async function makeAppImage(app, place) {
  const runtime = await appImageRuntime(ARCHITECTURES[app.arch], app.isRelease)
  const root = join(dirname(app.path), 'appimage')
  rmSync(root, { recursive: true, force: true })
  const at = (/** @type {string} */ name) => {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    return join(root, name)
  }
  cpSync(app.path, at(INSTALLED), { recursive: true, preserveTimestamps: true, verbatimSymlinks: true })
  copyFileSync(inProject('packaging/linux/AppRun'), at('AppRun'))
  chmodSync(join(root, 'AppRun'), 0o755)
  copyFileSync(inProject('packaging/linux/made-studio.desktop'), at(`${PRODUCT.name}.desktop`))
  copyFileSync(inProject('packaging/linux/made-studio.desktop'), at(`usr/share/applications/${PRODUCT.name}.desktop`))
  writeFileSync(at(`usr/share/metainfo/${APPLICATION_ID}.metainfo.xml`), metainfo())
  copyIcons(app, at)
  copyFileSync(join(root, 'usr/share/icons/hicolor/256x256/apps', `${PRODUCT.name}.png`), at(`${PRODUCT.name}.png`))
  symlinkSync(`${PRODUCT.name}.png`, join(root, '.DirIcon'))
  const disk = join(dirname(app.path), 'appimage.squashfs')
  rmSync(disk, { force: true })
  // Blocks of a mebibyte make it a fourteenth smaller than the usual ones of an eighth: 127.3 instead of 137.3 MB.
  const [level, block] = app.isRelease ? ['19', '1M'] : ['3', '128K']
  const env = { ...process.env }
  // mksquashfs takes the moment from its options, and refuses to be told twice.
  delete env.SOURCE_DATE_EPOCH
  const date = String(sourceDate())
  const options = ['-all-root', '-noappend', '-no-progress', '-comp', 'zstd', '-Xcompression-level', level, '-b', block]
  await runTool('mksquashfs', [root, disk, ...options, '-mkfs-time', date, '-all-time', date], { env })
  writeFileSync(place, Buffer.concat([readFileSync(runtime), readFileSync(disk)]))
  chmodSync(place, 0o755)
  rmSync(root, { recursive: true, force: true })
  rmSync(disk, { force: true })
}
