import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { inProject } from '../../scripts/setup/project.mjs'
import { appFolder, runProgram, temporary } from './artefacts'
import { answerTo, openInstalled } from './window'
import type { Sentence } from '../../src/words/say'

const app = appFolder('linux-x64', 'linux-unpacked')
const windows = appFolder('win32-x64', 'win-unpacked')
if (app === null) console.log('SKIPPED: what the packaged application resists, which is tried on Linux x64.')

/** Of the fuses what Electron names them, and whether they are on. */
interface Fuses {
  readonly FuseV1Options: Readonly<Record<string, string | number>>
  readonly getCurrentFuseWire: (program: string) => Promise<Readonly<Record<string, number>>>
}
const ON = '1'.charCodeAt(0)
const OFF = '0'.charCodeAt(0)

/** A copy of the application's folder that a test may change. */
function copyOf(folder: string): string {
  const copy = join(temporary(), 'made-studio')
  cpSync(folder, copy, { recursive: true, verbatimSymlinks: true })
  return copy
}

describe.skipIf(app === null)('the packaged application', () => {
  test.each([
    ['Linux', app, 'made-studio'],
    ['Windows', windows, 'MADE Studio.exe'],
  ])('has the fuses that are asked for, on %s', async (_system, folder, name) => {
    if (folder === null) return
    const require = createRequire(inProject('packaging', 'tools', 'node_modules', 'app-builder-lib', 'package.json'))
    const { FuseV1Options, getCurrentFuseWire } = require('@electron/fuses') as Fuses
    const wire = await getCurrentFuseWire(join(folder, name))
    const state = (fuse: string): number => wire[String(FuseV1Options[fuse])]
    const on = ['RunAsNode', 'EnableCookieEncryption', 'EnableEmbeddedAsarIntegrityValidation', 'OnlyLoadAppFromAsar']
    const off = [
      ...['EnableNodeOptionsEnvironmentVariable', 'EnableNodeCliInspectArguments'],
      ...['LoadBrowserProcessSpecificV8Snapshot', 'GrantFileProtocolExtraPrivileges'],
    ]
    expect(on.filter((fuse) => state(fuse) !== ON)).toEqual([])
    expect(off.filter((fuse) => state(fuse) !== OFF)).toEqual([])
  })

  test('runs its own archive and no folder that is put beside it', async () => {
    const copy = copyOf(app ?? '')
    const planted = join(copy, 'resources', 'app')
    mkdirSync(planted)
    const mark = join(copy, 'mark')
    writeFileSync(join(planted, 'package.json'), '{ "main": "index.js" }')
    writeFileSync(join(planted, 'index.js'), `require('node:fs').writeFileSync(${JSON.stringify(mark)}, '')`)
    const window = await openInstalled(join(copy, 'made-studio'), temporary())
    await window.close()
    expect(existsSync(mark)).toBe(false)
  })

  test('obeys neither NODE_OPTIONS nor --inspect', async () => {
    const folder = temporary()
    const mark = join(folder, 'mark')
    const script = join(folder, 'foreign.cjs')
    writeFileSync(script, `require('node:fs').writeFileSync(${JSON.stringify(mark)}, '')`)
    const env = { NODE_OPTIONS: `--require ${script}` }
    const window = await openInstalled(join(app ?? '', 'made-studio'), temporary(), ['--inspect=0'], env)
    await window.close()
    expect(window.said()).not.toContain('Debugger listening')
    const { status } = runProgram(join(app ?? '', 'bin', 'made'), ['--version'], env)
    expect(status).toBe(0)
    expect(existsSync(mark)).toBe(false)
  })

  test('computes with WebAssembly where its kernels are gone, and says so', async () => {
    const copy = copyOf(app ?? '')
    rmSync(join(copy, 'resources', 'app.asar.unpacked', 'out', 'native', 'made_cpu.node'))
    const window = await openInstalled(join(copy, 'made-studio'), temporary())
    try {
      const engines = await answerTo<{ id: string; note: Sentence | null; device: { name: Sentence } }[]>(
        window.page,
        'engines.list',
      )
      const cpu = engines.find(({ id }) => id === 'cpu')
      expect(cpu?.device.name.english).toContain('WebAssembly')
      expect(cpu?.note?.english).toMatch(/slower than it could be.*Installing MADE Studio again/)
      await window.page.getByTestId('rail-settings').click()
      await expect
        .poll(() => window.page.getByTestId('engine-cpu').innerText())
        .toContain('Computing is slower than it could be')
    } finally {
      await window.close()
    }
    const run = join(temporary(), 'run')
    const trained = runProgram(join(copy, 'bin', 'made'), [
      ...['train', '--data', 'synthetic:bars-and-stripes', '--epochs', '1', '--engine', 'cpu', '--out', run],
    ])
    expect(trained.status, trained.stderr).toBe(0)
    expect(readFileSync(join(run, 'run.json'), 'utf8')).toMatch(/"build": "wasm/)
  })

  test('starts, and tells how long that took', async () => {
    // Whether it is quick enough depends on who else uses the machine, so that no test asserts it.
    const home = temporary()
    for (const start of ['first', 'second']) {
      const window = await openInstalled(join(app ?? '', 'made-studio'), home)
      console.log(`The ${start} start took ${(window.milliseconds / 1000).toFixed(1)} s.`)
      await window.close()
    }
  })

  test('reaches nothing outside, and does not look for newer versions', async () => {
    const window = await openInstalled(join(app ?? '', 'made-studio'), temporary())
    try {
      expect(existsSync(join(app ?? '', 'resources', 'app-update.yml'))).toBe(false)
      const reached = await window.page.evaluate(() =>
        fetch('https://example.com/').then(
          () => true,
          () => false,
        ),
      )
      expect(reached).toBe(false)
    } finally {
      await window.close()
    }
  })
})

describe.skipIf(windows === null)('the application for Windows', () => {
  test('holds the hash of its archive', () => {
    const program = readFileSync(join(windows ?? '', 'MADE Studio.exe'))
    expect(program.includes('resources\\\\app.asar')).toBe(true)
  })
})
