import { readdirSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { SetupFailure } from '../setup/talk.mjs'
import { build } from './app-folder.mjs'
import { electronFor } from './electron.mjs'
import { PRODUCT } from './release.mjs'

/** @param {string} arch */
export function diskImageName(arch) {
  return `MADE-Studio-${PRODUCT.version}-${arch}.dmg`
}

/**
 * The disk image of macOS, made by electron-builder, which signs and notarizes the application with what is in CSC_LINK and
 * APPLE_API_KEY, and leaves it unsigned without.
 * @param {import('./app-folder.mjs').AppFolder} app
 * @param {string} place
 */
export async function makeDiskImage(app, place) {
  if (process.platform !== 'darwin')
    throw new SetupFailure('A disk image of macOS can be made on macOS alone.', 'The release workflow makes it there.')
  const work = dirname(dirname(app.path))
  const output = join(work, 'disk-image')
  const electron = await electronFor(app.platform, app.arch, app.isRelease)
  await build(app.platform, app.arch, electron, join(work, 'stage'), output, ['dmg'])
  const made = readdirSync(output).find((name) => name.endsWith('.dmg'))
  if (made === undefined)
    throw new SetupFailure('electron-builder left no disk image.', 'Run it again with DEBUG=electron-builder.')
  renameSync(join(output, made), place)
}
