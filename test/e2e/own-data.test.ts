import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerOpenDialog } from './drive'
import { launchStudio, type LaunchedStudio } from './launch'

/** A run has data of its own: they are offered where it is gone on with, or its settings are used. */
describe('the data of a run', () => {
  let home: string
  let studio: LaunchedStudio
  const get = (id: string): ReturnType<LaunchedStudio['page']['getByTestId']> => studio.page.getByTestId(id)
  const state = (): Promise<string> => get('status-state').innerText()
  const rows = (): Promise<string> => get('split-train').innerText()

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'made-studio-own-data-'))
    const lines = Array.from({ length: 900 }, (_, i) => `${i % 2},${(i >> 1) % 2},${(i >> 2) % 2}`)
    await writeFile(join(home, 'table.csv'), `a,b,c\n${lines.join('\n')}\n`)
    studio = await launchStudio({ home })
  })

  afterAll(async () => {
    await studio.close()
    await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  })

  async function useSettings(): Promise<void> {
    await get('rail-runs').click()
    await get('run-use').click()
  }

  test('are offered where its settings are used and others are open', async () => {
    await expect.poll(rows).toContain('50,000')
    await answerOpenDialog(studio.app, join(home, 'table.csv'))
    await get('open-file').click()
    await expect.poll(rows).toContain('720')
    await get('rail-model').click()
    await get('field-name').fill('Small')
    await get('primary-action').click()
    await expect.poll(state).toBe('Finished “Small”')

    await useSettings()
    await expect.poll(() => get('other-data-note').count()).toBe(0)
    await get('rail-data').click()
    await get('other-data').click()
    await get('open-mnist').click()
    await expect.poll(rows).toContain('50,000')
    await useSettings()
    await expect
      .poll(() => get('other-data-note').innerText())
      .toMatch(/“Small”.*table\.csv[\s\S]*3 inputs[\s\S]*MNIST/)
    await studio.screenshot('other-data-note')
    await get('open-own-data').click()
    await expect.poll(() => get('other-data-note').count()).toBe(0)
    await get('rail-data').click()
    await expect.poll(rows).toContain('720')
  })

  test('that have moved are found with the person’s help, for its settings and to go on with it', async () => {
    await rename(join(home, 'table.csv'), join(home, 'moved.csv'))
    await get('other-data').click()
    await get('open-mnist').click()
    await expect.poll(rows).toContain('50,000')
    await useSettings()
    await get('open-own-data').click()
    await expect.poll(() => get('problem').innerText()).toMatch(/table\.csv/)
    await answerOpenDialog(studio.app, join(home, 'moved.csv'))
    await get('problem-action').click()
    await expect.poll(() => get('other-data-note').count()).toBe(0)

    await get('rail-runs').click()
    await get('train-longer').click()
    await get('field-more-epochs').fill('17')
    await get('train-longer-go').click()
    await expect.poll(() => get('problem').innerText()).toMatch(/are not at .*table\.csv any more/)
    await studio.screenshot('moved-data-continue')
    await get('problem-action').click()
    await expect.poll(() => get('epoch-of').or(get('figure-epochs')).innerText()).toMatch(/17/)
    await expect.poll(state).toBe('Finished “Small”')
    // From then on it knows where they are.
    await get('rail-runs').click()
    await get('train-longer').click()
    await get('field-more-epochs').fill('18')
    await get('train-longer-go').click()
    await expect.poll(() => get('figure-epochs').innerText()).toMatch(/18 epochs/)
    expect(studio.complaints).toEqual([])
  })
})
