import { sourceDate, PRODUCT } from './release.mjs'
import { runTool } from './tools.mjs'
import { basename, dirname } from 'node:path'

/** @param {string} arch */
export function tarName(arch) {
  return `${PRODUCT.name}-${PRODUCT.version}-linux-${arch}.tar.xz`
}

/**
 * The application's folder alone, for systems that have no package of their own: unpacked, it runs where it lies.
 * @param {import('./app-folder.mjs').AppFolder} app
 * @param {string} place
 */
export async function makeTar(app, place) {
  const folder = `${PRODUCT.name}-${PRODUCT.version}`
  await runTool('xz', ['--version'])
  await runTool('tar', [
    ...['--create', '--file', place, '--directory', dirname(app.path), '--sort=name', '--owner=0', '--group=0'],
    ...[
      '--numeric-owner',
      `--mtime=@${sourceDate()}`,
      '--format=gnu',
      `--transform=s,^${basename(app.path)},${folder},`,
    ],
    ...['--use-compress-program', app.isRelease ? 'xz -9' : 'xz -0', basename(app.path)],
  ])
}
