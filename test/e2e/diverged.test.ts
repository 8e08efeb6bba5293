import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bySplit } from '../../src/data/split'
import { writeNpz } from '../cli/npz-file'
import { chainRows } from '../training/chain'
import { answerOpenDialog } from './drive'
import { launchStudio, type LaunchedStudio } from './launch'

/** A run whose steps are too long: it says so, keeps what it had, and starts anew at one click. */
describe('a run that diverges', () => {
  let home: string
  let studio: LaunchedStudio
  const get = (id: string): ReturnType<LaunchedStudio['page']['getByTestId']> => studio.page.getByTestId(id)
  const state = (): Promise<string> => get('status-state').innerText()

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'made-studio-diverge-'))
    await writeNpz(
      join(home, 'chain.npz'),
      bySplit((split) => chainRows(split === 'train' ? 2000 : 400, 36, split.length)),
    )
    studio = await launchStudio({ home })
    await answerOpenDialog(studio.app, join(home, 'chain.npz'))
  })

  afterAll(async () => {
    await studio.close()
    await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  })

  async function screenshots(name: string): Promise<void> {
    for (const theme of ['light', 'dark'] as const) {
      await studio.page.emulateMedia({ colorScheme: theme })
      await studio.screenshot(`${name}-${theme}`)
    }
    await studio.page.emulateMedia({ colorScheme: null })
  }

  test('says what happened and what is kept, and offers smaller steps', async () => {
    await expect.poll(() => get('split-train').innerText()).toContain('50,000')
    await get('open-file').click()
    await expect.poll(() => get('split-train').innerText()).toContain('2,000')
    await get('rail-model').click()
    await get('preset-quick').click()
    await get('field-name').fill('Too fast')
    await get('advanced').click()
    await get('field-optimizer').selectOption('sgd')
    // Each update multiplies the weights by 1 − 0.25·10, so that within a few epochs they are too large to be numbers.
    await get('field-learningRate').fill('0.25')
    await get('field-l2').fill('10')
    await get('field-batchSize').fill('1000')
    await get('field-epochs').fill('30')
    await get('primary-action').click()
    await expect.poll(state).toBe('“Too fast” diverged')
    expect(await get('state-title').innerText()).toMatch(/^The (loss|validation loss) .* at epoch \d+\.$/)
    expect(await get('state-notice').innerText()).toMatch(
      /The step size is probably too large; the best model so far, from epoch \d+, is kept\./,
    )
    await expect.poll(() => get('remedy').innerText()).toBe('Start anew with step size 0.025')
    await screenshots('diverged')
  })

  test('is listed as what it is, and its best model draws', async () => {
    await get('rail-runs').click()
    await expect.poll(() => get('run-row').innerText()).toContain('Diverged')
    expect(await studio.page.getByRole('button', { name: 'Continue…' }).isDisabled()).toBe(true)
    await screenshots('diverged-runs')
    await get('run-samples').click()
    await expect.poll(() => get('primary-action').isEnabled()).toBe(true)
    await screenshots('diverged-samples')
    const [run] = await readdir(join(home, 'MADE Studio', 'runs'))
    const record = await readFile(join(home, 'MADE Studio', 'runs', run, 'run.json'), 'utf8')
    expect(JSON.parse(record)).toMatchObject({ status: 'diverged', failure: { code: 'diverged' } })
  })

  test('starts anew with smaller steps at one click, and then comes to an end', async () => {
    await get('rail-train').click()
    await get('remedy').click()
    await expect.poll(state).toContain('Too fast 2')
    await expect.poll(state).toBe('Finished “Too fast 2”')
    expect(await get('figure-test').innerText()).toMatch(/\d+\.\d\d/)
    await get('rail-runs').click()
    await expect.poll(() => get('run-row').allInnerTexts()).toHaveLength(2)
    expect(studio.complaints).toEqual([])
  })
})
