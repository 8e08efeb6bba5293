import { createHash } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { inProject } from '../../scripts/setup/project.mjs'
import { artefact, runProgram } from './artefacts'

const deb = artefact('.deb')
if (deb === null) console.log('SKIPPED: two builds of one commit, which are compared where there is dpkg-deb.')

function hashOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}

test.skipIf(deb === null)('two builds of one commit, programs and kernels anew, make the same package', () => {
  const first = hashOf(deb ?? '')
  for (const made of ['out/main', 'out/preload', 'out/renderer', 'out/cli', 'out/packages', 'out/.app-built-from'])
    rmSync(inProject(made), { recursive: true, force: true })
  for (const made of ['kernels/linux-x64', 'test/linux-x64'])
    rmSync(inProject('.cache', 'package', made), { recursive: true, force: true })
  rmSync(join(dirname(deb ?? ''), `.${basename(deb ?? '')}.made-from`))
  rmSync(deb ?? '')
  const made = runProgram(process.execPath, [inProject('scripts', 'package.mjs'), 'deb'])
  expect(made.status, made.stderr).toBe(0)
  expect(hashOf(deb ?? '')).toBe(first)
})
