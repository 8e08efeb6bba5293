import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { bySplit } from '../../src/data/split'
import { writeNpz } from '../cli/npz-file'
import { chainRows } from '../training/chain'
import { answerOpenDialog, answerQuestion } from './drive'
import { launchStudio, type LaunchedStudio } from './launch'
import { allowSaves, refuseSaves } from './refusing-disk'

/** A run that is held, and ways out. */
describe('a run that cannot be saved', () => {
  let home: string
  let elsewhere: string
  let studio: LaunchedStudio
  const get = (id: string): ReturnType<LaunchedStudio['page']['getByTestId']> => studio.page.getByTestId(id)
  const state = (): Promise<string> => get('status-state').innerText()

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'made-studio-wedged-'))
    elsewhere = await mkdtemp(join(tmpdir(), 'made-studio-elsewhere-'))
    const data = join(home, 'chain.npz')
    await writeNpz(
      data,
      bySplit((split) => chainRows(split === 'train' ? 2000 : 200, 20, split.length)),
    )
    studio = await launchStudio({ home })
    await expect.poll(() => get('split-train').innerText()).toContain('50,000')
    await answerOpenDialog(studio.app, data)
    await get('open-file').click()
    await expect.poll(() => get('split-train').innerText()).toContain('2,000')
  })

  afterEach(async () => {
    await studio.close()
    for (const folder of [home, elsewhere])
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  })

  async function begin(name: string): Promise<string> {
    await get('rail-model').click()
    await get('preset-quick').click()
    await get('field-name').fill(name)
    if (!(await get('field-epochs').isVisible())) await get('advanced').click()
    await get('field-epochs').fill('100000')
    await get('field-lookAhead').fill('100000')
    await get('primary-action').click()
    await expect.poll(state).toContain(`Training “${name}”`)
    await expect.poll(() => get('figure-best').innerText()).toMatch(/\d+\.\d\d/)
    const runs = join(home, 'MADE Studio', 'runs')
    const [folder] = await readdir(runs)
    return join(runs, folder)
  }

  async function chooseFolder(path: string): Promise<void> {
    await get('rail-settings').click()
    await answerOpenDialog(studio.app, path)
    await answerQuestion(studio.app, 2)
    await get('choose-folder').click()
    await expect.poll(() => get('runs-folder').innerText()).toBe(path)
  }

  test('keeps its folder when another is chosen while it is paused, and goes on in it', async () => {
    await begin('Rests')
    await get('pause').click()
    await expect.poll(state).toContain('Paused')
    await chooseFolder(elsewhere)
    await get('rail-train').click()
    await get('resume').click()
    await expect.poll(state).toContain('Training “Rests”')
    await get('stop').click()
    await expect.poll(state).toBe('Finished “Rests”')
    expect(await readdir(elsewhere)).toEqual([])
  })

  test('says that a stop waits for room, tries again, or goes on training where that is asked for', async () => {
    const folder = await begin('Full')
    await refuseSaves(folder)
    await get('stop').click()
    await expect.poll(() => get('state-notice').innerText()).toMatch(/It stops as soon as it can be saved/)
    await studio.screenshot('stop-waits')
    await get('go-on').click()
    await expect.poll(() => get('state-notice').innerText()).not.toMatch(/It stops as soon/)
    await allowSaves(folder)
    await get('resume').click()
    await expect.poll(state).toContain('Training “Full”')

    await refuseSaves(folder)
    await get('stop').click()
    await expect.poll(() => get('state-notice').innerText()).toMatch(/It stops as soon as it can be saved/)
    await chooseFolder(elsewhere)
    await get('rail-train').click()
    await allowSaves(folder)
    await get('try-again').click()
    await expect.poll(state).toBe('Finished “Full”')
    expect(studio.complaints).toEqual([])
  })

  test('can be left at its last checkpoint, so that another can begin', async () => {
    const folder = await begin('Left')
    await refuseSaves(folder)
    await get('pause').click()
    await expect.poll(() => get('leave').count()).toBe(1)
    await get('leave').click()
    await expect.poll(state).toBe('No run under way')
    await get('rail-model').click()
    await get('field-name').fill('Another')
    await get('primary-action').click()
    await expect.poll(state).toContain('Training “Another”')
    await get('stop').click()
    await expect.poll(state).toBe('Finished “Another”')
    await allowSaves(folder)
    await get('rail-runs').click()
    await studio.page.getByTestId('run-row').filter({ hasText: 'Left' }).click()
    await get('train-longer').click()
    await get('train-longer-go').click()
    await expect.poll(state).toContain('Training “Left”')
  })
})
