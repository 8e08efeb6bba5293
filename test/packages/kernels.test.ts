import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { foreignNode } from '../../scripts/package/foreign-node.mjs'
import { glibcOf, requireOldGlibc } from '../../scripts/package/glibc.mjs'
import { ensureKernels } from '../../scripts/package/kernels.mjs'
import { inProject } from '../../scripts/setup/project.mjs'
import { appFolder, has, runProgram } from './artefacts'

const app = appFolder('linux-x64', 'linux-unpacked')
const ARM_LIBRARIES = '/usr/aarch64-linux-gnu'
const hasArm = has('qemu-aarch64') && has('aarch64-linux-gnu-g++')
if (!hasArm) console.log('SKIPPED: the kernels for ARM. On Debian: apt-get install g++-aarch64-linux-gnu qemu-user')

describe('the kernels', () => {
  test.skipIf(app === null)(
    'and everything else that is loaded ask for no C library that old systems lack',
    async () => {
      const libraries = filesIn(app ?? '').filter((file) => /\.(node|so)(\.\d+)?$/.test(file))
      expect(libraries.some((file) => file.endsWith('made_cpu.node'))).toBe(true)
      for (const library of libraries) await requireOldGlibc(library)
    },
  )

  test('that ask for a newer one are refused', async () => {
    // The C library itself is as new as the system.
    const library = '/lib/x86_64-linux-gnu/libc.so.6'
    if (!existsSync(library)) return
    expect(await glibcOf(library)).toMatch(/^2\.\d+$/)
    await expect(requireOldGlibc(library)).rejects.toThrow(/needs glibc 2\.\d+; nothing that is shipped/)
  })

  test.skipIf(!hasArm)('for ARM pass their tests with NEON, played by QEMU', async () => {
    const node = await foreignNode('linux-arm64')
    if (node === null) return console.log('SKIPPED: there is no Node.js for ARM to be had.')
    const addon = await ensureKernels('linux', 'arm64')
    const test = inProject('native', 'test', 'addon-test.mjs')
    const { status, stdout } = runProgram('qemu-aarch64', [
      ...['-L', ARM_LIBRARIES, node, '--expose-gc', test, addon, '4', '3000', 'lives'],
    ])
    expect(stdout).toMatch(/, 0 failures\n$/)
    expect(status).toBe(0)
  })
})

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesIn(path) : [path]
  })
}
