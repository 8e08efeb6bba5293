import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { artefact, has, runProgram, temporary } from './artefacts'
import { answerTo, openInstalled } from './window'

const deb = artefact('.deb')
const canInstall = deb !== null && process.getuid?.() === 0 && has('apt-get') && !existsSync('/opt/made-studio')
if (!canInstall)
  console.log('SKIPPED: the .deb is installed by root on Debian or Ubuntu, where it is not installed yet.')

const PROGRAM = '/usr/bin/made-studio'

describe.skipIf(!canInstall)('the package of Debian, installed', () => {
  beforeAll(() => {
    const env = { DEBIAN_FRONTEND: 'noninteractive' }
    const wait = ['-o', 'DPkg::Lock::Timeout=300']
    const installed = runProgram('apt-get', ['install', '-y', '--no-install-recommends', ...wait, deb ?? ''], env)
    expect(installed.status, installed.stderr).toBe(0)
  })

  afterAll(() => {
    runProgram('apt-get', ['purge', '-y', '-o', 'DPkg::Lock::Timeout=300', 'made-studio'])
  })

  test('puts the helper of the sandbox there, and nothing that others may write', () => {
    const helper = statSync('/opt/made-studio/chrome-sandbox')
    expect([helper.mode & 0o7777, helper.uid]).toEqual([0o4755, 0])
    const writable = runProgram('find', ['/opt/made-studio', '-perm', '/022', '!', '-type', 'l'])
    expect(writable.stdout).toBe('')
  })

  test('puts the command on the PATH, with a manual page and completions', () => {
    expect(runProgram('made', ['--version']).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
    expect(runProgram('made', ['trian']).status).toBe(2)
    const page = '/usr/share/man/man1/made.1.gz'
    // Images of Debian for containers leave manual pages out.
    if (existsSync(page)) expect(runProgram('man', ['-l', page]).stdout).toContain('made data inspect')
    for (const place of [
      'bash-completion/completions/made',
      'zsh/vendor-completions/_made',
      'fish/vendor_completions.d/made.fish',
    ])
      expect(existsSync(join('/usr/share', place)), place).toBe(true)
  })

  test('trains with its native kernels', () => {
    const run = join(temporary(), 'run')
    const trained = runProgram('made', ['train', '--data', 'mnist', '--preset', 'quick', '--epochs', '1', '--out', run])
    expect(trained.status, trained.stderr).toBe(0)
    const { engine, test: result } = JSON.parse(readFileSync(join(run, 'run.json'), 'utf8')) as {
      engine: { build: string }
      test: { nll: number }
    }
    expect(engine.build).toMatch(/^(avx512|avx2|baseline)$/)
    expect(result.nll).toBeLessThan(200)
    expect(readdirSync(run)).toContain('best.safetensors')
  })

  test('describes itself as desktops want it', () => {
    if (has('desktop-file-validate'))
      expect(runProgram('desktop-file-validate', ['/usr/share/applications/made-studio.desktop'])).toMatchObject({
        status: 0,
        stdout: '',
      })
    const [metainfo] = readdirSync('/usr/share/metainfo').filter((name) => name.endsWith('MADEStudio.metainfo.xml'))
    if (has('appstreamcli')) {
      const judged = runProgram('appstreamcli', ['validate', '--no-net', join('/usr/share/metainfo', metainfo)])
      expect(judged.status, judged.stdout).toBe(0)
    }
    expect(existsSync('/usr/share/icons/hicolor/256x256/apps/made-studio.png')).toBe(true)
    expect(readFileSync('/usr/share/mime/packages/made-studio.xml', 'utf8')).toContain('*.safetensors')
  })

  test('opens its window, and what is double-clicked while it runs', async () => {
    const folder = temporary()
    const home = join(folder, 'home')
    mkdirSync(home)
    writeFileSync(join(folder, 'first.csv'), table(40))
    writeFileSync(join(folder, 'second.csv'), table(60))
    const window = await openInstalled(PROGRAM, home, [join(folder, 'first.csv')])
    try {
      const { page } = window
      expect(await page.title()).toContain('MADE Studio')
      await expect.poll(() => openData(page)).toContain('first.csv')
      const engines = await answerTo<{ id: string; available: boolean; note: unknown }[]>(page, 'engines.list')
      expect(engines.find(({ id }) => id === 'cpu')).toMatchObject({ available: true, note: null })
      const second = runProgram(PROGRAM, ['--no-sandbox', join(folder, 'second.csv')], { MADE_STUDIO_HOME: home })
      expect(second.status).toBe(0)
      await expect.poll(() => openData(page)).toContain('second.csv')
      expect(await answerTo<string>(page, 'app.licences')).toContain('reka-ui')
    } finally {
      await window.close()
    }
    expect(window.said()).not.toMatch(/ERROR:.*\.(js|ts)/)
  })

  test('goes, and leaves what is the person’s', () => {
    const home = temporary()
    const run = join(home, 'run')
    expect(
      runProgram('made', ['train', '--data', 'synthetic:bars-and-stripes', '--epochs', '1', '--out', run]).status,
    ).toBe(0)
    const removed = runProgram('apt-get', ['purge', '-y', '-o', 'DPkg::Lock::Timeout=300', 'made-studio'])
    expect(removed.status, removed.stderr).toBe(0)
    for (const place of [
      '/opt/made-studio',
      '/usr/bin/made',
      PROGRAM,
      '/etc/apparmor.d/made-studio',
      '/usr/share/mime/packages/made-studio.xml',
    ])
      expect(existsSync(place), place).toBe(false)
    expect(existsSync(join(run, 'best.safetensors'))).toBe(true)
  })
})

/** What is open now is called. */
async function openData(page: Page): Promise<string> {
  return (await answerTo<{ name: string } | null>(page, 'data.current'))?.name ?? ''
}

function table(rows: number): string {
  return `a,b\n${Array.from({ length: rows }, (_, i) => `${i % 2},${(i >> 1) % 2}`).join('\n')}\n`
}
