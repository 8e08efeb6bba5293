import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { inProject } from '../setup/project.mjs'
import { SHARED } from './command-line-files.mjs'
import { metainfo } from './metainfo.mjs'
import { APPLICATION_ID, PRODUCT } from './release.mjs'

/** Where the application lies once it is installed. */
export const INSTALLED = `opt/${PRODUCT.name}`
const ICON_SIZES = [16, 24, 32, 48, 64, 128, 256, 512]

/**
 * Lays out the files of an installed application under a root, as both kinds of packages of Linux install them.
 * @param {import('./app-folder.mjs').AppFolder} app
 * @param {string} root made anew
 * @param {{ zsh: string }} places where the system keeps what differs among systems
 */
export function layOutLinux(app, root, { zsh }) {
  rmSync(root, { recursive: true, force: true })
  const at = (/** @type {string} */ place) => {
    mkdirSync(dirname(join(root, place)), { recursive: true })
    return join(root, place)
  }
  cpSync(app.path, at(INSTALLED), { recursive: true, preserveTimestamps: true, verbatimSymlinks: true })
  // Chromium's helper for systems without user namespaces makes the sandbox as root.
  chmodSync(join(root, INSTALLED, 'chrome-sandbox'), 0o4755)
  mkdirSync(join(root, 'usr/bin'), { recursive: true })
  symlinkSync(`../../${INSTALLED}/${PRODUCT.name}`, join(root, 'usr/bin', PRODUCT.name))
  symlinkSync(`../../${INSTALLED}/bin/made`, join(root, 'usr/bin/made'))
  for (const shared of [SHARED.bash, SHARED.fish, SHARED.manual])
    copyFileSync(join(app.path, shared), at(`usr/${shared}`))
  copyFileSync(join(app.path, SHARED.zsh), at(`usr/${zsh}`))
  copyFileSync(inProject('packaging/linux/made-studio.desktop'), at(`usr/share/applications/${PRODUCT.name}.desktop`))
  copyFileSync(inProject('packaging/linux/made-studio-mime.xml'), at(`usr/share/mime/packages/${PRODUCT.name}.xml`))
  writeFileSync(at(`usr/share/metainfo/${APPLICATION_ID}.metainfo.xml`), metainfo())
  copyIcons(app, at)
  const licences = readFileSync(join(app.path, 'resources', 'licences.txt'), 'utf8')
  writeFileSync(at(`usr/share/doc/${PRODUCT.name}/copyright`), licences)
  setModes(root)
}

/**
 * @param {import('./app-folder.mjs').AppFolder} app
 * @param {(place: string) => string} at
 */
export function copyIcons(app, at) {
  const icons = 'usr/share/icons/hicolor'
  for (const size of ICON_SIZES)
    copyFileSync(
      join(dirname(app.path), 'stage', 'icons', `${size}x${size}.png`),
      at(`${icons}/${size}x${size}/apps/${PRODUCT.name}.png`),
    )
  copyFileSync(inProject('resources/icon.svg'), at(`${icons}/scalable/apps/${PRODUCT.name}.svg`))
}

/**
 * Folders can be entered and files be read by everyone, except what the application's folder says of itself.
 * @param {string} root
 */
function setModes(root) {
  for (const entry of readdirSync(root, { withFileTypes: true })) {
    const path = join(root, entry.name)
    if (entry.isDirectory()) {
      chmodSync(path, 0o755)
      if (!path.endsWith(`/${INSTALLED}`)) setModes(path)
    } else if (entry.isFile()) chmodSync(path, 0o644)
  }
}
