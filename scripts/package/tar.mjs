import { sourceDate, PRODUCT } from './release.mjs'
import { runTool } from './tools.mjs'
import { basename, dirname } from 'node:path'

/** @param {string} arch */
export function tarName(arch) {
  return `${PRODUCT.name}-${PRODUCT.version}-linux-${arch}.tar.gz`
}

/**
 * The application's folder alone, for systems that have no package of their own: unpacked, it runs where it lies.
 * @param {import('./app-folder.mjs').AppFolder} app
 * @param {string} place
 */
export async function makeTar(app, place) {
  const folder = `${PRODUCT.name}-${PRODUCT.version}`
  await runTool('tar', [
    ...['--create', '--file', place, '--directory', dirname(app.path), '--sort=name', '--owner=0', '--group=0'],
    ...[
      '--numeric-owner',
      `--mtime=@${sourceDate()}`,
      '--format=gnu',
      `--transform=s,^${basename(app.path)},${folder},`,
    ],
    ...['--use-compress-program', app.isRelease ? 'gzip -9n' : 'gzip -1n', basename(app.path)],
  ])
}
