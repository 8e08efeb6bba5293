import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { installedVersions } from '../../src/engine/installed-versions'
import { EngineSpeeds } from '../../src/training/engine-speeds'
import { temporaryFolder } from './small-run'

const DAY = 24 * 3600 * 1000

/** Speeds in a file of their own, with a clock and versions that the test sets. */
async function kept(): Promise<{
  readonly path: string
  readonly machine: { time: number; installed: string }
  readonly start: () => EngineSpeeds
}> {
  const path = join(await temporaryFolder(), 'cache', 'engine-speeds.json')
  const machine = { time: 1_700_000_000_000, installed: 'driver 1' }
  const start = (): EngineSpeeds =>
    new EngineSpeeds(
      path,
      () => Promise.resolve(machine.installed),
      () => machine.time,
    )
  return { path, machine, start }
}

async function keepAll(speeds: EngineSpeeds, key: string, values: readonly number[]): Promise<void> {
  for (const value of values) await speeds.keep(key, value)
}

describe('the speeds of engines', () => {
  it('are the median of three measurements, whichever of them a busy moment spoiled', async () => {
    for (const values of [
      [3, 100, 110],
      [100, 3, 110],
      [110, 100, 3],
    ]) {
      const { start } = await kept()
      const speeds = start()
      expect(await speeds.find('work')).toBeNull()
      expect(await speeds.keep('work', values[0])).toBe(values[0])
      expect(await speeds.keep('work', values[1])).toBe((values[0] + values[1]) / 2)
      expect(await speeds.find('work')).toBeNull()
      expect(await speeds.keep('work', values[2])).toBe(100)
      expect([await speeds.find('work'), await start().find('work'), await speeds.find('other work')]).toEqual([
        100,
        100,
        null,
      ])
    }
  })

  it('are measured anew after a week, and count with the clock set back no longer', async () => {
    const { machine, start } = await kept()
    await keepAll(start(), 'work', [10, 10, 10])
    machine.time += 7 * DAY - 1
    expect(await start().find('work')).toBe(10)
    machine.time += 1
    expect(await start().find('work')).toBeNull()
    await keepAll(start(), 'work', [50, 50])
    expect(await start().find('work')).toBeNull()
    expect(await start().keep('work', 60)).toBe(50)
    machine.time -= DAY
    expect(await start().find('work')).toBeNull()
  })

  it('are measured anew after something was installed', async () => {
    const { machine, start } = await kept()
    await keepAll(start(), 'work', [10, 10, 10])
    machine.installed = 'driver 2'
    expect(await start().find('work')).toBeNull()
    expect(await start().keep('work', 50)).toBe(50)
  })

  it('replace a file of the first form, and one that makes no sense', async () => {
    for (const text of ['{"version":1,"speeds":[["work",10]]}', '{"version":2,"speeds":', '[]', '']) {
      const { path, start } = await kept()
      await mkdir(join(path, '..'))
      await writeFile(path, text)
      expect(await start().find('work')).toBeNull()
      await keepAll(start(), 'work', [1, 2, 3])
      expect(await start().find('work')).toBe(2)
    }
  })

  it('of two hundred kinds of work are kept, those measured last', async () => {
    const { path, start } = await kept()
    const speeds = start()
    for (let i = 0; i < 205; i++) await speeds.keep(`work ${i}`, 1)
    const { speeds: written } = JSON.parse(await readFile(path, 'utf8')) as { speeds: [string, unknown][] }
    expect(written.map(([key]) => key)).toEqual(Array.from({ length: 200 }, (_, i) => `work ${i + 5}`))
  })

  it('that cannot be written are known until the end', async () => {
    const path = join(await temporaryFolder(), 'file')
    await writeFile(path, '')
    const speeds = new EngineSpeeds(join(path, 'speeds.json'))
    await keepAll(speeds, 'work', [1, 2, 3])
    expect(await speeds.find('work')).toBe(2)
  })
})

it('what is installed is the same as long as nothing is installed', async () => {
  const installed = await installedVersions()
  expect(installed).toMatch(/^MADE Studio \d+\.\d+\.\d+ \| Node\.js /)
  expect(await installedVersions()).toBe(installed)
})
