import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { inProject } from '../../scripts/setup/project.mjs'
import type { Failure } from '../../src/base/failure'
import { request } from './application'
import { launchStudio } from './launch'

/** Homes as versions of MADE Studio left them, settings and runs; in them @HOME@ stands for the folder itself. */
const HOMES = inProject('test', 'fixtures', 'home')

/** A copy of the home of a version, for a test to use. */
async function homeOf(version: string): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'made-home-'))
  await cp(join(HOMES, version), home, { recursive: true })
  const settings = join(home, 'settings.json')
  const text = await readFile(settings, 'utf8')
  await writeFile(settings, text.replaceAll('@HOME@', JSON.stringify(home).slice(1, -1)))
  return home
}

interface Answer<T> {
  readonly ok: boolean
  readonly value: T
}
interface Listed {
  readonly id: string
  readonly name: string
  readonly status: string
  readonly epoch: number
  readonly failure: Failure | null
  readonly isBuiltIn: boolean
}

describe.each(readdirSync(HOMES))('the home of version %s', (version) => {
  test('opens: its settings hold, its runs are there, a model draws, and what was interrupted goes on', async () => {
    const home = await homeOf(version)
    const studio = await launchStudio({ home })
    const { page } = studio
    try {
      await expect.poll(() => page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark')
      expect(await request(page, 'settings.get')).toMatchObject({ value: { engine: 'cpu' } })
      expect(await request(page, 'app.info')).toMatchObject({ value: { settingsFailure: null } })
      const { value: runs } = (await request(page, 'runs.list')) as Answer<Listed[]>
      const own = runs.filter(({ isBuiltIn }) => !isBuiltIn)
      expect(own.map(({ name, status }) => [name, status]).sort()).toEqual([
        ['Finished', 'finished'],
        ['Unfinished', 'interrupted'],
      ])
      const [finished, unfinished] = ['Finished', 'Unfinished'].map((name) => runs.find((run) => run.name === name)?.id)
      const source = { runId: finished, model: 'best', connectivity: 0, seed: 1 }
      expect(await request(page, 'samples.draw', { source, first: 0, count: 3 })).toMatchObject({ ok: true })
      expect(await request(page, 'run.continue', { runId: unfinished })).toMatchObject({ ok: true })
      await expect
        .poll(async () => ((await request(page, 'run.state', { runId: null })) as Answer<{ kind: string }>).value.kind)
        .toBe('finished')
      const { value: after } = (await request(page, 'runs.list')) as Answer<Listed[]>
      expect(after.find(({ id }) => id === unfinished)).toMatchObject({ status: 'finished', epoch: 4 })
    } finally {
      await studio.close()
      await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    }
  })

  test('that a newer program has used since is left as it is, and that is said in words', async () => {
    const home = await homeOf(version)
    const settings = join(home, 'settings.json')
    const runs = join(home, 'MADE Studio', 'runs')
    const [name] = readdirSync(runs).filter((one) => one.includes('-finished-'))
    const record = join(runs, name, 'run.json')
    for (const path of [settings, record])
      await writeFile(path, (await readFile(path, 'utf8')).replace(/"version": \d+/, '"version": 99'))
    const before = await Promise.all([settings, record].map((path) => readFile(path, 'utf8')))
    const studio = await launchStudio({ home })
    const { page } = studio
    try {
      await expect
        .poll(() => page.getByRole('alert').or(page.getByRole('status')).allInnerTexts())
        .toEqual(expect.arrayContaining([expect.stringMatching(/A newer MADE Studio has written the settings/)]))
      const { value: listed } = (await request(page, 'runs.list')) as Answer<Listed[]>
      expect(listed.find(({ id }) => id === name)).toMatchObject({
        status: 'newer',
        failure: { message: { english: expect.stringMatching(/A newer MADE Studio has written the run/) } },
      })
      expect(await request(page, 'run.continue', { runId: name })).toMatchObject({
        ok: false,
        failure: { code: 'newer-version' },
      })
      await request(page, 'settings.set', { theme: 'light' })
    } finally {
      await studio.close()
    }
    expect(await Promise.all([settings, record].map((path) => readFile(path, 'utf8')))).toEqual(before)
    await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  })
})
