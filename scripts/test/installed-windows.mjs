/**
 * On Windows itself: installs the setup program for this person, trains Quick look on the command line, opens the window,
 * changes a letter of the archive to see that it is then refused, and uninstalls. `node installed-windows.mjs <setup.exe>`
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { runScript, SetupFailure } from '../setup/talk.mjs'
import { inProject } from '../setup/project.mjs'

await runScript(async () => {
  const [setup] = process.argv.slice(2)
  const installed = join(process.env.LOCALAPPDATA ?? '', 'Programs', 'MADE Studio')
  const program = join(installed, 'MADE Studio.exe')
  const made = join(installed, 'bin', 'made.cmd')
  const run = join(tmpdir(), 'made-run')
  does('the setup program', setup, ['/S'])
  holds('the program is there', existsSync(program))
  does('the engines', made, ['engines'], true)
  does('a training', made, ['train', '--data', 'mnist', '--preset', 'quick', '--epochs', '1', '--out', run], true)
  holds('its model is there', existsSync(join(run, 'best.safetensors')))
  does('the window', process.execPath, [inProject('scripts', 'test', 'installed-window.mjs'), program])

  const archive = join(installed, 'resources', 'app.asar')
  const bytes = readFileSync(archive)
  const at = bytes.indexOf('MADE Studio', bytes.length >> 1)
  const tampered = Buffer.from(bytes)
  tampered[at < 0 ? bytes.length - 1 : at] ^= 1
  writeFileSync(archive, tampered)
  const { status } = spawnSync(program, [], { timeout: 60_000 })
  holds('an archive that was changed is refused', status !== null && status !== 0)
  writeFileSync(archive, bytes)

  does('the uninstaller', join(installed, 'Uninstall MADE Studio.exe'), ['/S'])
  // It goes on in a copy of itself.
  for (let i = 0; i < 60 && existsSync(program); i++) await wait(1000)
  holds('the program is gone', !existsSync(program))
  holds('the run is not', existsSync(join(run, 'best.safetensors')))
})

/**
 * @param {string} what
 * @param {string} program
 * @param {readonly string[]} args
 * @param {boolean} [isBatch]
 */
function does(what, program, args, isBatch = false) {
  const [file, words] = isBatch ? ['cmd.exe', ['/d', '/c', program, ...args]] : [program, [...args]]
  const { status } = spawnSync(file, words, { stdio: 'inherit' })
  holds(`${what} ends well`, status === 0)
}

/**
 * @param {string} what
 * @param {boolean} isSo
 */
function holds(what, isSo) {
  if (!isSo) throw new SetupFailure(`It does not hold that ${what}.`, 'The lines above may say why.')
  console.log(`ok  ${what}`)
}
