import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { inProject } from '../setup/project.mjs'
import { PRODUCT, sourceDate } from './release.mjs'
import { runTool } from './tools.mjs'

/** Folders of the application that the uninstaller removes whole. */
const OWN_FOLDERS = ['resources', 'locales', 'bin']

/** @param {string} arch */
export function setupName(arch) {
  return `MADE-Studio-Setup-${PRODUCT.version}-${arch}.exe`
}

/**
 * The installer for Windows, for one person and without an administrator.
 * @param {import('./app-folder.mjs').AppFolder} app
 * @param {string} place
 */
export async function makeSetup(app, place) {
  const files = join(dirname(app.path), 'uninstall-files.nsh')
  const names = readdirSync(app.path).filter((name) => !OWN_FOLDERS.includes(name))
  writeFileSync(files, names.map((name) => `Delete "$INSTDIR\\${name}"\n`).join(''))
  const defined = {
    OUT: place,
    APP: app.path,
    FILES: files,
    HERE: inProject('packaging', 'windows'),
    ICON: join(dirname(app.path), 'stage', 'icons', 'icon.ico'),
    VERSION: PRODUCT.version,
    VENDOR: PRODUCT.author.name,
    HOMEPAGE: PRODUCT.homepage,
  }
  rmSync(place, { force: true })
  await runTool(
    'makensis',
    [
      ...['-V2', '-XTarget amd64-unicode', app.isRelease ? '-XSetCompressor /SOLID lzma' : '-XSetCompressor zlib'],
      ...Object.entries(defined).map(([name, value]) => `-D${name}=${value}`),
      inProject('packaging', 'windows', 'setup.nsi'),
    ],
    { env: { ...process.env, SOURCE_DATE_EPOCH: String(sourceDate()) } },
  )
}
