import { expect, test } from 'vitest'
import { inProject } from '../../scripts/setup/project.mjs'
import { notesOf, PRODUCT, requireReleasable } from '../../scripts/package/release.mjs'
import { runProgram } from './artefacts'

test('no release is made with an Electron that is not the official one', () => {
  expect(() => requireReleasable({ isOfficialElectron: false })).toThrow(/official Electron/)
})

test('no release is made while the project has no home page', () => {
  if (!new URL(PRODUCT.homepage).hostname.endsWith('.example')) return
  const { status, stderr } = runProgram(process.execPath, [inProject('scripts', 'package.mjs'), '--release', 'deb'])
  expect(status).toBe(1)
  expect(stderr).toMatch(/home page of the project.*is none/)
})

test('what is new in this version is told', () => {
  expect(notesOf(PRODUCT.version)?.notes.length).toBeGreaterThan(0)
  expect(notesOf('99.0.0')).toBeNull()
})

test('what cannot be packaged is named', () => {
  const { status, stderr } = runProgram(process.execPath, [inProject('scripts', 'package.mjs'), 'msi'])
  expect(status).toBe(1)
  expect(stderr).toContain('"msi" cannot be packaged')
})
