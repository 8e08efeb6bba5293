import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { appFolder, artefact, has, runProgram, temporary } from './artefacts'
import { answerTo, openInstalled } from './window'

const rpm = artefact('.rpm')
const appImage = artefact('.AppImage')
const tar = artefact('.tar.xz')
const canInstallRpm = rpm !== null && has('rpm') && process.getuid?.() === 0
if (!canInstallRpm) console.log('SKIPPED: the .rpm is installed, into a root of its own, by root where there is rpm.')

describe.skipIf(!canInstallRpm)('the package of Fedora and openSUSE, in a root of its own', () => {
  test('installs, is as it was packaged, runs, and goes', () => {
    const root = temporary()
    const on = ['--root', root, '--dbpath', '/var/lib/rpm']
    mkdirSync(join(root, 'var/lib/rpm'), { recursive: true })
    expect(runProgram('rpm', [...on, '--initdb']).status).toBe(0)
    const installed = runProgram('rpm', [...on, '--install', '--nodeps', '--noscripts', rpm ?? ''])
    expect(installed.status, installed.stderr).toBe(0)
    expect(runProgram('rpm', [...on, '--verify', '--nodeps', 'made-studio'])).toMatchObject({ status: 0, stdout: '' })
    expect(runProgram(join(root, 'opt/made-studio/bin/made'), ['--version']).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
    expect(runProgram('rpm', [...on, '--query', '--requires', 'made-studio']).stdout).toContain('gtk3')
    const removed = runProgram('rpm', [...on, '--erase', 'made-studio'])
    expect(removed.status, removed.stderr).toBe(0)
    expect(existsSync(join(root, 'opt/made-studio'))).toBe(false)
    expect(existsSync(join(root, 'usr/bin/made'))).toBe(false)
  })
})

describe.skipIf(appImage === null)('the AppImage', () => {
  test('unpacks, and does the work of the command line by a link of that name', () => {
    const folder = temporary()
    const link = join(folder, 'made')
    symlinkSync(appImage ?? '', link)
    const asCommand = runProgram(link, ['--version'], { APPIMAGE_EXTRACT_AND_RUN: '1', TMPDIR: folder })
    expect(asCommand.stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
    const asWord = runProgram(appImage ?? '', ['made', 'engines'], { APPIMAGE_EXTRACT_AND_RUN: '1', TMPDIR: folder })
    expect(asWord.stdout).toMatch(/^cpu +.*(AVX|128-bit)/)
  })

  test('opens its window', async () => {
    const folder = temporary()
    const window = await openInstalled(appImage ?? '', join(folder, 'home'), [], { APPIMAGE_EXTRACT_AND_RUN: '1' })
    try {
      expect(await answerTo(window.page, 'app.info')).toMatchObject({ settingsFailure: null })
    } finally {
      await window.close()
    }
  })
})

describe.skipIf(tar === null)('the folder in a tar archive', () => {
  test('runs where it is unpacked', async () => {
    const folder = temporary()
    expect(runProgram('tar', ['-xJf', tar ?? '', '-C', folder]).status).toBe(0)
    const [unpacked] = readdirSync(folder)
    const at = join(folder, unpacked)
    expect(runProgram(join(at, 'bin', 'made'), ['--version']).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
    expect(existsSync(join(at, 'share/man/man1/made.1.gz'))).toBe(true)
    const window = await openInstalled(join(at, 'made-studio'), join(folder, 'home'))
    await window.close()
  })
})

describe.skipIf(appFolder('linux-x64', 'linux-unpacked') === null)('what completes the command line', () => {
  const share = join(appFolder('linux-x64', 'linux-unpacked') ?? '', 'share')

  test.skipIf(!has('bash'))('in bash', () => {
    const offered = (line: string): string[] => {
      const words = line.split(' ')
      const quoted = words.map((word) => `'${word}'`).join(' ')
      const script = `source "${share}/bash-completion/completions/made"; COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _made; printf '%s\\n' "\${COMPREPLY[@]}"`
      return runProgram('bash', ['-c', script]).stdout.trim().split('\n')
    }
    expect(offered('made tr')).toEqual(['train'])
    expect(offered('made data ')).toEqual(['inspect', 'convert'])
    expect(offered('made train --hid')).toEqual(['--hidden'])
    expect(offered('made train --engine w')).toEqual(['webgpu'])
    expect(offered('made data inspect --missing ')).toContain('category')
    expect(offered('made completion ')).toEqual(['bash', 'zsh', 'fish', 'powershell'])
  })

  test.skipIf(!has('fish'))('in fish', () => {
    const offered = (line: string): string => {
      const script = `source ${share}/fish/vendor_completions.d/made.fish; complete -C '${line}'`
      return runProgram('fish', ['--no-config', '-c', script], { HOME: temporary() }).stdout
    }
    expect(offered('made tr')).toMatch(/^train\t/)
    expect(offered('made data ')).toMatch(/inspect\t/)
    expect(offered('made train --engine w')).toContain('webgpu')
    expect(offered('made train --hid')).toMatch(/^--hidden\t/)
  })

  test.skipIf(!has('zsh'))('in zsh, as far as it can be told without a terminal', () => {
    expect(runProgram('zsh', ['-n', `${share}/zsh/site-functions/_made`])).toMatchObject({ status: 0, stderr: '' })
    expect(readFileSync(`${share}/zsh/site-functions/_made`, 'utf8')).toMatch(/^#compdef made\n/)
  })
})
