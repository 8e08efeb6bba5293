import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { foreignNode } from '../../scripts/package/foreign-node.mjs'
import { inProject } from '../../scripts/setup/project.mjs'
import { appFolder, artefact } from './artefacts'
import { hasWine, inWindows, startWine, type Wine } from './wine'

const setup = artefact('-x64.exe')
const folder = appFolder('win32-x64', 'win-unpacked')
if (!hasWine) console.log('SKIPPED: the installer of Windows. Wine plays it; on Debian: apt-get install wine64')

const UNINSTALL = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\made-studio'

describe.skipIf(!hasWine || setup === null || folder === null)('on Windows, played by Wine', () => {
  let wine: Wine
  const person = (): string => {
    const users = join(wine.drive, 'users')
    return join(users, readdirSync(users).find((name) => name !== 'Public') ?? '')
  }
  const installed = (): string => join(person(), 'AppData/Local/Programs/MADE Studio')

  beforeAll(() => {
    wine = startWine()
  })

  afterAll(() => {
    wine.end()
  })

  test('the kernels load into a program of any name, and pass their tests', async () => {
    const node = await foreignNode('win32-x64')
    if (node === null) return console.log('SKIPPED: there is no Node.js for Windows to be had.')
    const addon = join(folder ?? '', 'resources/app.asar.unpacked/out/native/made_cpu.node')
    const test = inProject('native', 'test', 'addon-test.mjs')
    const { status, said } = wine.run(node, ['--expose-gc', inWindows(test), inWindows(addon), '4', '3000'])
    expect(said).toMatch(/, 0 failures\n$/)
    expect(status).toBe(0)
  })

  test('is installed for one person, found by the system, and put on the PATH', () => {
    // Longer than what the installer's own strings can hold.
    const before = Array.from({ length: 60 }, (_, i) => `C:\\a folder of somebody else, number ${i}`).join(';')
    wine.run('reg', ['add', 'HKCU\\Environment', '/v', 'Path', '/t', 'REG_EXPAND_SZ', '/d', before, '/f'])
    expect(before.length).toBeGreaterThan(2000)
    expect(wine.run(setup ?? '', ['/S']).status).toBe(0)
    expect(readdirSync(installed())).toEqual(expect.arrayContaining(['MADE Studio.exe', 'bin', 'resources']))
    expect(readdirSync(join(installed(), 'bin')).sort()).toEqual(['made-completion.ps1', 'made.cmd'])
    expect(wine.value(UNINSTALL, 'DisplayName')).toBe('MADE Studio')
    expect(wine.value('HKCU\\Software\\Classes\\MADEStudio.safetensors\\shell\\open\\command', '')).toContain('"%1"')
    expect(wine.value('HKCU\\Software\\Classes\\.zip\\OpenWithProgids', 'MADEStudio.zip')).not.toBeNull()
    const after = wine.value('HKCU\\Environment', 'Path') ?? ''
    expect(after.startsWith(`${before};`)).toBe(true)
    expect(after).toMatch(/\\Programs\\MADE Studio\\bin$/)
    const start = join(person(), 'AppData/Roaming/Microsoft/Windows/Start Menu/Programs')
    expect(readdirSync(start)).toContain('MADE Studio.lnk')
    // Installing again changes nothing.
    expect(wine.run(setup ?? '', ['/S']).status).toBe(0)
    expect(wine.value('HKCU\\Environment', 'Path')).toBe(after)
  })

  test('goes, and leaves what is the person’s', async () => {
    const before = wine.value('HKCU\\Environment', 'Path') ?? ''
    const theirs = join(person(), 'Documents/MADE Studio/runs/mine')
    mkdirSync(theirs, { recursive: true })
    writeFileSync(join(theirs, 'run.json'), '{}')
    writeFileSync(join(installed(), 'notes of somebody.txt'), '')
    wine.run(join(installed(), 'Uninstall MADE Studio.exe'), ['/S'])
    // The uninstaller goes on in a copy of itself.
    await expect.poll(() => existsSync(installed()) && readdirSync(installed())).toEqual(['notes of somebody.txt'])
    await expect.poll(() => wine.value(UNINSTALL, 'DisplayName')).toBeNull()
    expect(wine.value('HKCU\\Environment', 'Path')).toBe(before.replace(/;[^;]*$/, ''))
    expect(wine.value('HKCU\\Software\\Classes\\.safetensors\\OpenWithProgids', 'MADEStudio.safetensors')).toBeNull()
    expect(wine.value('HKCU\\Software\\Classes\\.zip\\OpenWithProgids', 'MADEStudio.zip')).toBeNull()
    expect(wine.value('HKCU\\Software\\Classes\\MADEStudio.zip', '')).toBeNull()
    expect(existsSync(join(theirs, 'run.json'))).toBe(true)
  })
})
