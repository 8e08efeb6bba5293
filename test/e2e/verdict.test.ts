import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchStudio, type LaunchedStudio } from './launch'

/** How good a model is, said honestly, also where it is ruined. */
describe('the verdict on a run', () => {
  let studio: LaunchedStudio
  const get = (id: string): ReturnType<LaunchedStudio['page']['getByTestId']> => studio.page.getByTestId(id)
  const state = (): Promise<string> => get('status-state').innerText()

  beforeAll(async () => {
    studio = await launchStudio()
  })

  afterAll(async () => {
    await studio.close()
  })

  /** In both themes and the two smallest sizes, for the eye. */
  async function screenshots(name: string): Promise<void> {
    for (const [width, height] of [
      [1024, 700],
      [1280, 800],
    ])
      for (const theme of ['light', 'dark'] as const) {
        await studio.app.evaluate(
          ({ BrowserWindow }, size) =>
            BrowserWindow.getAllWindows()
              .find((window) => window.isVisible())
              ?.setContentSize(size[0], size[1]),
          [width, height] as const,
        )
        await studio.page.emulateMedia({ colorScheme: theme })
        await studio.screenshot(`${name}-${width}-${theme}`)
        // Curves that are flattened by a notice above them say nothing.
        const chart = studio.page.getByTestId('loss-chart')
        if (await chart.isVisible()) expect((await chart.boundingBox())?.height).toBeGreaterThan(110)
      }
    await studio.page.emulateMedia({ colorScheme: 'light' })
  }

  async function train(name: string, settings: Readonly<Record<string, string>>, optimizer = 'adam'): Promise<void> {
    await get('rail-model').click()
    await get('preset-quick').click()
    await get('field-name').fill(name)
    await get('field-hidden-0').fill('40')
    if (!(await get('field-optimizer').isVisible())) await get('advanced').click()
    await get('field-optimizer').selectOption(optimizer)
    for (const [field, value] of Object.entries(settings)) await get(`field-${field}`).fill(value)
    await get('primary-action').click()
  }

  test('a run that explodes is paused within its first epoch, and begins anew with sensible steps at one click', async () => {
    await expect.poll(() => get('split-train').innerText()).toContain('50,000')
    await get('other-data').click()
    await get('open-bars-and-stripes').click()
    await expect.poll(() => get('nll-entropy').innerText()).toMatch(/\d/)
    await train('Ruined', { learningRate: '100', batchSize: '10', epochs: '40', lookAhead: '40' }, 'sgd')
    await expect.poll(() => get('state-title').innerText()).toMatch(/The loss has exploded/)
    expect(await state()).toContain('Paused')
    await screenshots('exploded')
    expect(await get('remedy').innerText()).toBe('Start anew with step size 0.1')
    await get('remedy').click()
    await expect.poll(state).toContain('Ruined 2')
    await expect.poll(state).toBe('Finished “Ruined 2”')
    await expect.poll(() => get('verdict').getAttribute('data-tone')).not.toBe('amber')
    expect(await get('verdict-sentence').innerText()).toMatch(/^(Better|All but|As good)/)
    await screenshots('verdict-good')
  })

  test('a ruined model gets no green tick: it is amber, with the likely cause and what helps', async () => {
    // Its steps grow too slowly to be called an explosion.
    await train('Worse than coins', { learningRate: '50', batchSize: '500', epochs: '3', lookAhead: '40' })
    await expect.poll(state).toMatch(/(Paused|Finished) “Worse than coins”/)
    if ((await state()).startsWith('Paused')) {
      await get('resume').click()
      await expect.poll(state).toBe('Finished “Worse than coins”')
    }
    await expect.poll(() => get('verdict').getAttribute('data-tone')).toBe('amber')
    expect(await get('verdict-sentence').innerText()).toMatch(/^Worse than/)
    expect(await get('state-notice').getAttribute('class')).toContain('amber')
    expect(await get('state-notice').innerText()).toMatch(/steps are probably too large/)
    expect(await get('remedy').innerText()).toBe('Start anew with step size 0.001')
    await screenshots('verdict-amber')
    await get('rail-runs').click()
    await expect.poll(() => get('verdict-sentence').innerText()).toMatch(/^Worse than/)
    const row = get('run-row').filter({ hasText: 'Worse than coins' })
    expect(await row.innerText()).toContain('Finished, poor')
    await screenshots('verdict-runs')
    // Long after, too.
    await train('Another', { batchSize: '500', epochs: '1', lookAhead: '40' })
    await expect.poll(state).toBe('Finished “Another”')
    await get('rail-runs').click()
    await row.click()
    await get('run-open').click()
    await studio.page.getByText(/steps are probably too large/).waitFor()
    expect(await get('remedy').innerText()).toBe('Start anew with step size 0.001')
    expect(studio.complaints).toEqual([])
  })
})
