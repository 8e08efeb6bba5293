import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerOpenDialog, answerQuestion, holdCompute, inkOfCanvas } from './drive'
import { launchStudio, type LaunchedStudio } from './launch'

/** What the other views show of a run while it trains. */
describe('a run that trains', () => {
  let studio: LaunchedStudio
  let page: Page
  let runs: string
  let elsewhere: string
  const get = (id: string): ReturnType<Page['getByTestId']> => page.getByTestId(id)
  const state = (): Promise<string> => get('status-state').innerText()

  beforeAll(async () => {
    elsewhere = await mkdtemp(join(tmpdir(), 'made-elsewhere-'))
    studio = await launchStudio()
    page = studio.page
    runs = join(studio.home, 'MADE Studio', 'runs')
  })

  afterAll(async () => {
    await studio.close()
    await rm(elsewhere, { recursive: true, force: true })
  })

  async function begin(name: string, batchSize: number): Promise<void> {
    await get('rail-model').click()
    await get('preset-quick').click()
    await get('field-hidden-0').fill('20')
    await get('field-name').fill(name)
    if (!(await get('field-epochs').isVisible())) await get('advanced').click()
    await get('field-epochs').fill('2000')
    await get('field-lookAhead').fill('2000')
    await get('field-batchSize').fill(String(batchSize))
    await get('primary-action').click()
    await expect.poll(state).toContain('Training')
  }

  async function stop(): Promise<void> {
    await get('rail-train').click()
    await get('stop').click()
    await expect.poll(state, { timeout: 240_000 }).toContain('Finished')
  }

  /** In both themes, for the eye. */
  async function screenshots(name: string): Promise<void> {
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme })
      await studio.screenshot(`${name}-${theme}`)
    }
    await page.emulateMedia({ colorScheme: 'light' })
  }

  test('in its first epoch is what Samples waits for', async () => {
    await expect.poll(() => get('split-train').innerText()).toContain('50,000')
    await begin('Slow starter', 1)
    await get('rail-samples').click()
    await expect.poll(() => get('samples-waiting').or(get('samples-grid')).count()).toBe(1)
    const held = await holdCompute(studio.app)
    const [folder] = await readdir(runs)
    const isSaved = (await readdir(join(runs, folder))).some((name) => name.endsWith('.safetensors'))
    if (isSaved) console.log('the run was saved before it could be held: what is waited for was not looked at')
    else {
      expect(await get('samples-waiting').innerText()).toContain('“Slow starter” is in its first epoch')
      await screenshots('samples-waiting')
    }
    held.release()
    // A checkpoint in the middle of the epoch is enough.
    await expect.poll(() => inkOfCanvas(page, 'samples-grid')).toBeGreaterThan(0.02)
    await screenshots('samples-first-epoch')
    await stop()
  })

  test('is shown in Samples at its newest, without a jump', async () => {
    await begin('Fast learner', 200)
    await get('rail-samples').click()
    await expect.poll(() => page.getByText('what “Fast learner” dreams up').count()).toBe(1)
    await expect.poll(() => get('model-latest').count()).toBe(1)
    await get('model-latest').click()
    await expect.poll(() => inkOfCanvas(page, 'samples-grid')).toBeGreaterThan(0.02)
    const grid = page.getByTestId('samples-grid')
    await grid.hover()
    await page.mouse.wheel(0, 300)
    const place = (): Promise<number> =>
      grid.evaluate((element) =>
        Math.max(element.scrollTop, ...[...element.querySelectorAll('*')].map((inner) => inner.scrollTop)),
      )
    await expect.poll(place).toBeGreaterThan(0)
    const before = await place()
    const seen = new Set<string>()
    while (seen.size < 3) {
      seen.add(await get('model-latest').innerText())
      expect(await inkOfCanvas(page, 'samples-grid')).toBeGreaterThan(0.02)
    }
    expect(await place()).toBe(before)
    await screenshots('samples-live')
  })

  test('is listed in Runs at its newest, and stays when another folder of runs is chosen', async () => {
    await get('rail-runs').click()
    const row = page.getByTestId('run-row').filter({ hasText: 'Fast learner' })
    await row.click()
    const epochs = async (): Promise<number> =>
      Number(/([\d,]+) of 2,000 epochs/.exec(await row.innerText())?.[1]?.replace(',', '') ?? 0)
    const first = await epochs()
    await expect.poll(epochs).toBeGreaterThan(first)
    await screenshots('runs-live')

    await get('rail-settings').click()
    await answerOpenDialog(studio.app, elsewhere)
    // The runs are left where they are.
    await answerQuestion(studio.app, 2)
    await get('choose-folder').click()
    await get('rail-runs').click()
    await expect.poll(() => get('run-row').count()).toBe(1)
    expect(await get('run-row').innerText()).toContain('Fast learner')
    expect(await get('run-elsewhere').innerText()).toContain(runs)
    await screenshots('runs-elsewhere')
    await get('run-name').fill('Kept its place')
    await get('run-name').press('Enter')
    await expect.poll(() => get('run-row').innerText()).toContain('Kept its place')
    await get('run-open').click()
    await expect.poll(() => inkOfCanvas(page, 'epoch-samples')).toBeGreaterThan(0.02)
    await stop()
    expect(await get('problem').allInnerTexts()).toEqual([])
  })

  test('or that was trained by hand in a folder of any name can be opened, deleted and taken back', async () => {
    const name = '한국어 100% “run”'
    await cp(join(runs, (await readdir(runs)).filter((folder) => folder.includes('slow'))[0]), join(elsewhere, name), {
      recursive: true,
    })
    await get('rail-runs').click()
    const row = page.locator(`[data-run-id='${name}']`)
    await row.click()
    await get('run-open').click()
    await expect.poll(() => inkOfCanvas(page, 'loss-chart')).toBeGreaterThan(0)
    await get('rail-runs').click()
    await get('run-samples').click()
    await expect.poll(() => inkOfCanvas(page, 'samples-grid')).toBeGreaterThan(0.02)
    await get('rail-runs').click()
    await row.click()
    await get('run-delete').click()
    await expect.poll(() => row.count()).toBe(0)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => row.count()).toBe(1)
    expect(await readdir(elsewhere)).toContain(name)
    expect(studio.complaints).toEqual([])
  })
})
