import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { resumeCommand, trainCommand } from '../../src/cli/train-command'
import { expectFailure } from '../base/expect-failure'
import { temporaryFolder } from '../training/small-run'

const memory = vi.hoisted(() => ({ bytes: 2 ** 34 }))
vi.mock('node:os', async (original) => ({
  ...(await original<typeof import('node:os')>()),
  totalmem: () => memory.bytes,
}))

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

describe('made resume', () => {
  it('refuses a run that has no room any more before an engine is looked for, and leaves it as it was', async () => {
    vi.spyOn(console, 'log').mockImplementation(() => undefined)
    const out = join(await temporaryFolder(), 'run')
    const { signal } = new AbortController()
    await trainCommand(
      { data: 'synthetic:bars-and-stripes,train=200,valid=50,test=50', out, epochs: '1', engine: 'cpu' },
      signal,
    )
    const record = await readFile(join(out, 'run.json'), 'utf8')
    memory.bytes = 1000
    const before = record.replace('"epochs": 1', '"epochs": 2')
    await writeFile(join(out, 'run.json'), before)
    // This engine is nowhere, but the want of room is told first.
    vi.stubEnv('MADE_STUDIO_TENSORFLOW', out)
    await expectFailure(
      () => resumeCommand(out, { engine: 'tensorflow' }, signal),
      'too-large',
      /this computer has 0\.0 GB/,
    )
    expect(await readFile(join(out, 'run.json'), 'utf8')).toBe(before)
  })
})
