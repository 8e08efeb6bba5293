import { expect, it } from 'vitest'
import { version } from '../../package.json'
import { SHELLS } from '../../src/cli/shell/completion'
import { runMade, runMadeHere } from './made-command'

const COMMANDS = ['engines', 'train', 'sweep', 'resume', 'evaluate', 'sample', 'fill', 'data', 'completion', 'manual']

it('says which version it is', async () => {
  expect(await runMade('--version')).toMatchObject({ status: 0, stdout: `${version}\n` })
})

it.each(SHELLS)('is completed in %s, with every command and what options take', async (shell) => {
  const { status, stdout } = await runMadeHere('completion', shell)
  expect(status).toBe(0)
  for (const word of [...COMMANDS, 'inspect', 'convert', 'prepare', 'collect', 'webgpu', 'quick', 'adadelta'])
    expect(stdout).toContain(word)
})

it('has a manual page in which nothing is taken for a command of man', async () => {
  const { status, stdout } = await runMade('manual')
  expect(status).toBe(0)
  expect(stdout).toMatch(/^\.TH MADE 1 /)
  for (const command of [...COMMANDS.filter((one) => one !== 'data' && one !== 'sweep'), 'sweep prepare', 'sweep run'])
    expect(stdout).toContain(`.SS made ${command}\n`)
  const commands = [...stdout.matchAll(/^[.'](\S*)/gm)].map(([, name]) => name)
  expect([...new Set(commands)].sort()).toEqual(['B', 'BR', 'PP', 'RI', 'SH', 'SS', 'TH', 'TP'])
})

it('refuses a shell that it does not know', async () => {
  const { status, stderr } = await runMadeHere('completion', 'tcsh')
  expect(status).toBe(2)
  expect(stderr).toContain('bash')
})
