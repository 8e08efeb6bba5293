import { createHash } from 'node:crypto'
import { createReadStream, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { packagesWithin } from './licences.mjs'
import { APPLICATION_ID, PRODUCT, sourceDate } from './release.mjs'

/**
 * What is in the application, as a list that programs read (CycloneDX): bundled packages too.
 * @param {string} folder
 * @param {string} platform as of Node.js
 * @param {string} arch as of Node.js
 * @param {string} electron its version
 */
export function writeSbom(folder, platform, arch, electron) {
  const components = packagesWithin(platform, arch).map(({ name, version, licence, integrity }) => ({
    type: 'library',
    name,
    version,
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    licenses: [licence.startsWith('(') ? { expression: licence.slice(1, -1) } : { license: { id: licence } }],
    ...(integrity === null ? {} : { hashes: [hashOf(integrity)] }),
  }))
  const sbom = {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: {
      timestamp: new Date(sourceDate() * 1000).toISOString(),
      component: {
        type: 'application',
        'bom-ref': APPLICATION_ID,
        name: PRODUCT.name,
        version: PRODUCT.version,
        licenses: [{ license: { id: 'MIT' } }],
      },
    },
    components: [
      { type: 'framework', name: 'electron', version: electron, purl: `pkg:npm/electron@${electron}` },
      ...components,
    ],
  }
  const name = `${PRODUCT.name}-${PRODUCT.version}-${platform}-${arch}.cdx.json`
  writeFileSync(join(folder, name), `${JSON.stringify(sbom, null, 2)}\n`)
}

/**
 * Writes SHA256SUMS of everything else in a folder, as sha256sum --check reads it.
 * @param {string} folder
 */
export async function writeSums(folder) {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'SHA256SUMS' && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort()
  const lines = []
  for (const name of names) lines.push(`${await sha256(join(folder, name))}  ${name}\n`)
  writeFileSync(join(folder, 'SHA256SUMS'), lines.join(''))
}

/** @param {string} path */
async function sha256(path) {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

/** @param {string} integrity as npm gives it */
function hashOf(integrity) {
  const [algorithm, value] = integrity.split('-')
  return {
    alg: algorithm.toUpperCase().replace('SHA', 'SHA-'),
    content: Buffer.from(value, 'base64').toString('hex'),
  }
}
