import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchStudio, type LaunchedStudio } from './launch'

describe('the projector', () => {
  let studio: LaunchedStudio
  const get = (id: string): Locator => studio.page.getByTestId(id)
  const zoom = (): Promise<number> =>
    studio.app.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows().find((one) => one.isVisible())
      return window?.webContents.getZoomFactor() ?? 0
    })
  /** What of the window can be seen, by the middle of the rail and of the figure. */
  const shown = (): Promise<{ rail: boolean; figures: number; covers: number }> =>
    studio.page.evaluate(() => {
      const seen = [...document.querySelectorAll('[data-figure]')].filter(
        (one) => getComputedStyle(one).visibility === 'visible',
      )
      const box = seen[0]?.getBoundingClientRect()
      const rail = document.querySelector('[data-testid="rail-home"]')
      return {
        rail: rail !== null && getComputedStyle(rail).visibility === 'visible',
        figures: seen.length,
        covers: box ? (box.width * box.height) / (innerWidth * innerHeight) : 0,
      }
    })

  beforeAll(async () => {
    studio = await launchStudio({ staysHome: true })
  })
  afterAll(() => studio.close())

  test('shows one figure after another, large and alone, and goes back to where everything was', async () => {
    await get('rail-data').click()
    await get('data-grid').waitFor()
    await get('rail-home').click()
    await get('home-told').waitFor()
    const before = await zoom()
    await studio.page.keyboard.press('F5')
    await get('projector').waitFor()
    await expect.poll(zoom).toBeCloseTo(1.5 * before, 1)
    const views: string[] = []
    do {
      views.push(await get('projector').innerText())
      await expect.poll(shown).toMatchObject({ rail: false, figures: 1 })
      expect((await shown()).covers).toBeGreaterThan(0.8)
      await studio.screenshot(`projector-${views.length}`)
      await studio.page.keyboard.press('PageDown')
      const last = views.at(-1)
      await expect.poll(() => get('projector').innerText()).not.toBe(last)
    } while (views.length < 8 && (await get('projector').innerText()) !== views[0])
    expect(views[0]).toBe('Home')
    expect(views).toEqual(expect.arrayContaining(['Data', 'Samples', 'Ask', 'Learn']))
    await get('projector-previous').click()
    await expect.poll(() => get('projector').innerText()).toBe(views.at(-1))
    await studio.page.keyboard.press('Escape')
    await expect.poll(() => get('projector').count()).toBe(0)
    await expect.poll(zoom).toBeCloseTo(before, 2)
    expect(await shown()).toMatchObject({ rail: true })
    // Who goes to a view that has no figure sees it as it is.
    await studio.page.keyboard.press('F5')
    await get('projector').waitFor()
    await studio.page.keyboard.press('Control+7')
    await expect.poll(() => get('projector').count()).toBe(0)
    await expect.poll(shown).toMatchObject({ rail: true, figures: 0 })
    expect(studio.complaints).toEqual([])
  })
})
