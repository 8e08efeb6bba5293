import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { inProject } from '../setup/project.mjs'
import { layOutLinux } from './linux-tree.mjs'
import { PRODUCT, sourceDate } from './release.mjs'
import { runTool } from './tools.mjs'

const ARCHITECTURES = /** @type {Readonly<Record<string, string>>} */ ({ x64: 'x86_64', arm64: 'aarch64' })

/** @param {string} arch */
export function rpmName(arch) {
  return `${PRODUCT.name}-${PRODUCT.version}-1.${ARCHITECTURES[arch]}.rpm`
}

/**
 * The package of Fedora and openSUSE.
 * @param {import('./app-folder.mjs').AppFolder} app
 * @param {string} place
 */
export async function makeRpm(app, place) {
  const work = join(dirname(app.path), 'rpm')
  const tree = join(work, 'tree')
  layOutLinux(app, tree, { zsh: 'share/zsh/site-functions/_made' })
  const spec = join(work, `${PRODUCT.name}.spec`)
  writeFileSync(spec, specText(tree, app))
  const made = join(work, 'rpms')
  mkdirSync(made, { recursive: true })
  const target = ARCHITECTURES[app.arch]
  await runTool(
    'rpmbuild',
    ['-bb', '--target', target, '--define', `_topdir ${work}`, '--define', `_rpmdir ${made}`, spec],
    {
      env: { ...process.env, SOURCE_DATE_EPOCH: String(sourceDate()) },
    },
  )
  const [name] = readdirSync(join(made, target))
  renameSync(join(made, target, name), place)
  rmSync(work, { recursive: true, force: true })
}

/**
 * @param {string} tree
 * @param {import('./app-folder.mjs').AppFolder} app
 */
function specText(tree, app) {
  return readFileSync(inProject('packaging/linux/made-studio.spec'), 'utf8')
    .replaceAll('@VERSION@', PRODUCT.version)
    .replaceAll('@HOMEPAGE@', PRODUCT.homepage)
    .replaceAll('@VENDOR@', PRODUCT.author.name)
    .replaceAll('@TREE@', tree)
    .replaceAll('@COMPRESSION@', app.isRelease ? 'w19.zstdio' : 'w3.zstdio')
}
