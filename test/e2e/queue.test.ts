import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { computePids } from './application'
import { answerQuestion, closeWindow } from './drive'
import { launchStudio, type LaunchedStudio } from './launch'

let home: string
let studio: LaunchedStudio
const get = (id: string): Locator => studio.page.getByTestId(id)

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'made-queue-'))
  studio = await launchStudio({ home })
})

afterAll(async () => {
  await studio.close()
  await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})

/** The names of the runs in the queue, in their order. */
async function queued(): Promise<string[]> {
  return get('queue-row').locator('.name').allInnerTexts()
}

async function train(name: string, epochs: number, button: string): Promise<void> {
  await get('rail-model').click()
  await get('field-epochs').fill(String(epochs))
  await get('field-lookAhead').fill(String(epochs))
  await get('field-name').fill(name)
  await expect.poll(() => get('primary-action').innerText()).toBe(button)
  await get('primary-action').click()
}

function row(name: string): Locator {
  return get('queue-row').filter({ hasText: name })
}

test('runs wait for the one that trains, in the order that a person gives them', { timeout: 120_000 }, async () => {
  await get('split-train').filter({ hasText: '50,000' }).waitFor()
  await get('other-data').click()
  await get('open-bars-and-stripes').click()
  await get('nll-entropy').filter({ hasText: /\d/ }).waitFor()
  await get('rail-model').click()
  await get('preset-quick').click()
  await get('field-hidden-0').fill('20')
  if (!(await get('field-epochs').isVisible())) await get('advanced').click()
  await train('Endless', 100_000, 'Train')
  await get('pause').waitFor()
  await train('Two', 2, 'Train next')
  await expect.poll(() => get('toast').allInnerTexts()).toContainEqual(expect.stringContaining('“Two” trains next.'))
  await train('Three', 2, 'Add to the queue')
  await train('Four', 2, 'Add to the queue')
  await expect.poll(() => get('status-state').innerText()).toMatch(/Endless.* · 3 wait/)

  await get('rail-runs').click()
  await expect.poll(queued).toEqual(['Endless', 'Two', 'Three', 'Four'])
  await studio.screenshot('queue')
  // By keys, by a button, and by dragging.
  await row('Three').getByTestId('queue-up').focus()
  await studio.page.keyboard.press('Alt+ArrowUp')
  await expect.poll(queued).toEqual(['Endless', 'Three', 'Two', 'Four'])
  await expect.poll(() => get('queue-said').innerText()).toBe('“Three” is now number 1 of 3 that wait.')
  await row('Three').getByTestId('queue-down').click()
  await expect.poll(queued).toEqual(['Endless', 'Two', 'Three', 'Four'])
  await row('Four').dragTo(row('Two'))
  await expect.poll(queued).toEqual(['Endless', 'Four', 'Two', 'Three'])
  // What is taken out can be put back.
  await row('Two').getByTestId('queue-remove').click()
  await expect.poll(queued).toEqual(['Endless', 'Four', 'Three'])
  await get('toast-action').last().click()
  await expect.poll(queued).toEqual(['Endless', 'Four', 'Two', 'Three'])
  // So can one that is to go on for other epochs.
  await row('Three').getByTestId('queue-remove').click()
  await expect.poll(queued).toEqual(['Endless', 'Four', 'Two'])
  await get('run-row').filter({ hasText: 'Three' }).click()
  await get('train-longer').click()
  expect(await get('train-longer-go').innerText()).toBe('Add to the queue')
  await get('train-longer-go').click()
  await expect.poll(queued).toEqual(['Endless', 'Four', 'Two', 'Three'])
})

test('paused, it is so after the application was closed, in the same order', { timeout: 120_000 }, async () => {
  await get('queue-pause').click()
  await expect.poll(() => get('status-state').innerText()).toContain('Paused')
  await answerQuestion(studio.app, 0)
  expect(studio.complaints).toEqual([])
  await closeWindow(studio.app)
  studio = await launchStudio({ home })
  await get('rail-runs').click()
  await expect.poll(queued).toEqual(['Endless', 'Four', 'Two', 'Three'])
  expect(await get('resume-offer').count()).toBe(0)
  await get('queue-go-on').click()
  await expect.poll(() => get('status-state').innerText()).toMatch(/^Training “Endless”/)
})

test(
  'killed with all its processes, it goes on by itself, and all of it comes to its end',
  { timeout: 120_000 },
  async () => {
    const pids = [...(await computePids(studio.app)), studio.app.process().pid ?? 0]
    const ended = new Promise((resolve) => studio.app.process().once('exit', resolve))
    for (const pid of pids) process.kill(pid, 'SIGKILL')
    await ended
    studio = await launchStudio({ home })
    await expect.poll(() => get('status-state').innerText()).toMatch(/^Training “Endless”.* · 3 wait/)
    await get('rail-train').click()
    await get('stop').click()
    await expect.poll(() => get('status-state').innerText(), { timeout: 60_000 }).toBe('Finished “Three”')
    await get('rail-runs').click()
    await expect.poll(() => get('queue').count()).toBe(0)
    await expect.poll(() => get('run-row').count()).toBe(4)
    for (const text of await get('run-row').allInnerTexts()) expect(text).toContain('Finished')
    expect(studio.complaints).toEqual([])
  },
)

test(
  'several are tried as one item: refused in words, halved in the time that is given, and compared',
  { timeout: 120_000 },
  async () => {
    await get('rail-model').click()
    await get('find-foreseen')
      .filter({ hasText: /runs within about 5 min/ })
      .waitFor()
    await get('several').click()
    await get('axis-hidden').fill('8; 12; 0')
    await get('several-foreseen')
      .filter({ hasText: /“0 · 0\.0003” cannot be/ })
      .waitFor()
    expect(await get('several-go').isDisabled()).toBe(true)
    await get('axis-hidden').fill('8; 12')
    await get('way-halving').click()
    await get('several-minutes').fill('0.05')
    await get('several-foreseen')
      .filter({ hasText: /^6 runs within/ })
      .waitFor()
    await get('several-go').click()
    await get('rail-runs').click()
    await get('queue-group').waitFor()
    await expect.poll(() => get('queue').count(), { timeout: 60_000 }).toBe(0)
    // The best of them is looked at, and stands for all.
    await expect.poll(() => get('group-panel').innerText()).toMatch(/One of “Several”[^]*The best so far/)
    await expect.poll(() => get('run-row').count()).toBe(5)
    await get('fold-group').click()
    await expect.poll(() => get('run-row').count()).toBe(10)
    await get('group-compare').click()
    await expect.poll(() => get('compare-page').locator('h2').innerText()).toBe('6 runs side by side')
    expect(studio.complaints).toEqual([])
  },
)
