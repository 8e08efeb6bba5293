import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { VIEWS } from '../../src/shared/views'
import { LANGUAGE_IDS } from '../../src/words/languages'
import { launchStudio, type LaunchedStudio } from './launch'
import { outOfReach } from './reach'
import { trainSmall } from './small-run'

const SIZES = [
  { what: 'at twice its size', width: 1280, height: 800, zoom: 2 },
  { what: 'in the smallest window', width: 1024, height: 700, zoom: 1 },
] as const

describe.each(SIZES)('$what all text can be read and everything be reached', (size) => {
  let studio: LaunchedStudio
  const get = (id: string): ReturnType<LaunchedStudio['page']['getByTestId']> => studio.page.getByTestId(id)

  beforeAll(async () => {
    studio = await launchStudio()
    await trainSmall(studio.page)
    await get('rail-model').click()
    if (!(await get('field-epochs').isVisible())) await get('advanced').click()
    await studio.app.evaluate(({ BrowserWindow }, { width, height, zoom }) => {
      const window = BrowserWindow.getAllWindows().find((one) => one.isVisible())
      window?.setContentSize(width, height)
      window?.webContents.setZoomFactor(zoom)
    }, size)
    await studio.page.waitForFunction((most) => innerWidth <= most, size.width / size.zoom)
  })

  afterAll(async () => {
    await studio.close()
  })

  async function speak(language: string): Promise<void> {
    await go('settings')
    await get(`language-${language}`).click()
    await expect.poll(() => studio.page.evaluate(() => document.documentElement.lang)).toBe(language)
  }

  async function go(view: string): Promise<void> {
    await get(`rail-${view}`).click()
    await studio.page.locator(`[aria-current="page"][data-testid="rail-${view}"]`).waitFor()
  }

  for (const language of LANGUAGE_IDS) {
    test.each(VIEWS.map(({ id }) => id))(`in the view %s, in the language ${language}`, async (view) => {
      await speak(language)
      await go(view)
      if (view === 'samples') await studio.page.getByTestId('samples-grid').waitFor()
      expect(await outOfReach(studio.page)).toEqual([])
    })

    test(`in what opens over a view, in the language ${language}`, async () => {
      await speak(language)
      const open: readonly { readonly view: string; readonly by: () => Promise<void>; readonly what: string }[] = [
        { view: 'data', by: () => get('other-data').click(), what: '.popover' },
        { view: 'samples', by: () => get('primary-action').click(), what: '.popover' },
        { view: 'samples', by: () => get('samples-grid').press('Enter'), what: 'dialog' },
        { view: 'train', by: () => get('epoch-samples').press('Enter'), what: 'dialog' },
        { view: 'settings', by: () => get('show-licences').click(), what: 'dialog' },
      ]
      const found: string[] = []
      for (const { view, by, what } of open) {
        await go(view)
        await by()
        await studio.page.locator(what).waitFor()
        found.push(...(await outOfReach(studio.page, what)).map((one) => `${view}, ${what}: ${one}`))
        await studio.page.keyboard.press('Escape')
        await studio.page.locator(what).waitFor({ state: 'detached' })
      }
      expect(found).toEqual([])
    })
  }
})

test('at four times its size views are read from top to bottom, without scrolling sideways', async () => {
  const studio = await launchStudio()
  try {
    await trainSmall(studio.page)
    await studio.page.getByTestId('rail-runs').click()
    await studio.page.getByTestId('run-row').first().waitFor()
    await studio.app.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows().find((one) => one.isVisible())
      window?.setContentSize(1280, 1024)
      window?.webContents.setZoomFactor(4)
    })
    await studio.page.waitForFunction(() => innerWidth <= 320)
    const sideways = await studio.page.evaluate(() =>
      [...document.querySelectorAll('.view, .view *')]
        .filter((one) => ['auto', 'scroll'].includes(getComputedStyle(one).overflowX))
        .filter((one) => one.scrollWidth > one.clientWidth + 1)
        .map((one) => `${one.tagName} ${one.className}`),
    )
    expect(sideways).toEqual([])
    expect((await studio.page.locator('[data-testid="run-row"] .name').first().boundingBox())?.width).toBeGreaterThan(
      100,
    )
    for (const { id } of VIEWS) {
      await studio.page.getByTestId(`rail-${id}`).click()
      await studio.page.locator(`[aria-current="page"][data-testid="rail-${id}"]`).waitFor()
      const beyond = await studio.page
        .locator('main, .view-slot')
        .evaluateAll((all) => all.map((one) => one.scrollWidth - one.clientWidth))
      expect(Math.max(...beyond), id).toBeLessThanOrEqual(1)
    }
  } finally {
    await studio.close()
  }
})
