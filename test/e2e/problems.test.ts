import { cp, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inProject } from '../../scripts/setup/project.mjs'
import { answerOpenDialog } from './drive'
import { launchStudio, type LaunchedStudio } from './launch'

const RUN = inProject('test', 'fixtures', 'home', '0.1.0', 'MADE Studio', 'runs', '2026-11-26-finished-3d4e5f')

/** What failed is said beside it, covers nothing, and goes when it is mended or left behind. */
describe('a failure', () => {
  let home: string
  let runs: string
  let studio: LaunchedStudio
  const get = (id: string): ReturnType<LaunchedStudio['page']['getByTestId']> => studio.page.getByTestId(id)

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'made-studio-problems-'))
    runs = join(home, 'MADE Studio', 'runs')
    await mkdir(runs, { recursive: true })
    for (const name of ['one', 'two']) await cp(RUN, join(runs, name), { recursive: true })
    await writeFile(join(home, 'bad.npz'), 'PK\u0003\u0004 no data at all')
    await writeFile(join(home, 'good.csv'), `a,b\n${Array.from({ length: 40 }, (_, i) => `${i % 2},1`).join('\n')}\n`)
    studio = await launchStudio({ home })
  })

  afterAll(async () => {
    await studio.close()
    await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  })

  async function open(name: string): Promise<void> {
    await answerOpenDialog(studio.app, join(home, name))
    await get('open-file').click()
  }

  test('to open a file is said above what is open still, covers nothing, and goes with the next file', async () => {
    await expect.poll(() => get('split-train').innerText()).toContain('50,000')
    await open('bad.npz')
    await expect.poll(() => get('problem').innerText()).toMatch(/bad\.npz is damaged[\s\S]*MNIST.* is still open/)
    const [note, content] = await Promise.all([get('problem').boundingBox(), get('split-train').boundingBox()])
    expect(content?.y).toBeGreaterThanOrEqual((note?.y ?? 0) + (note?.height ?? 0))
    for (const theme of ['light', 'dark'] as const) {
      await studio.page.emulateMedia({ colorScheme: theme })
      await studio.screenshot(`problem-data-${theme}`)
    }
    await studio.page.emulateMedia({ colorScheme: 'light' })
    await open('good.csv')
    await expect.poll(() => get('problem').count()).toBe(0)
  })

  test('of a run is said beside that run, and is not said of another', async () => {
    await get('rail-runs').click()
    const row = (id: string) => studio.page.locator(`[data-run-id='${id}']`)
    await row('one').click()
    // What the list shows is not there any more.
    await rename(join(runs, 'one'), join(home, 'away'))
    await get('run-reveal').click()
    await expect.poll(() => get('problem').innerText()).toMatch(/not there any more/)
    expect(await get('problem').getAttribute('data-place')).toBe('runs.run')
    await studio.screenshot('problem-run')
    await row('two').click()
    await expect.poll(() => get('problem').count()).toBe(0)
    await row('one').click()
    await get('run-reveal').click()
    await expect.poll(() => get('problem').count()).toBe(1)
    await get('rail-settings').click()
    await expect.poll(() => get('problem').count()).toBe(0)
    await get('rail-runs').click()
    await expect.poll(() => get('problem').count()).toBe(0)
    expect(studio.complaints).toEqual([])
  })
})
