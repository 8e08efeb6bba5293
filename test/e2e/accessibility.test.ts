import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type axe from 'axe-core'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inProject } from '../../scripts/setup/project.mjs'
import { VIEWS } from '../../src/shared/views'
import { LANGUAGE_IDS } from '../../src/words/languages'
import { launchStudio, type LaunchedStudio } from './launch'
import { trainPeople, trainSmall } from './small-run'

/** What is checked: WCAG 2.0 to 2.2, A and AA, and what axe-core calls best practices. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

describe('every view can be used by everyone, as far as a program can tell', () => {
  let folder: string
  let studio: LaunchedStudio

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'made-everyone-'))
    studio = await launchStudio()
    await studio.page.evaluate(await readFile(inProject('node_modules', 'axe-core', 'axe.min.js'), 'utf8'))
    await trainSmall(studio.page)
    await trainPeople(studio, join(folder, 'people.csv'))
  })

  afterAll(async () => {
    await studio.close()
    await rm(folder, { recursive: true, force: true })
  })

  /** What is in the way of somebody, one line each. */
  async function violations(): Promise<string[]> {
    const { violations } = await studio.page.evaluate(
      (values) => (Reflect.get(globalThis, 'axe') as typeof axe).run(document, { runOnly: { type: 'tag', values } }),
      RULES,
    )
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`),
    )
  }

  /** Asks the model of that run something, and opens all that there is to open. */
  async function askSomething(run: string): Promise<void> {
    const { page } = studio
    const get = (id: string): Locator => page.getByTestId(id)
    await get('rail-ask').click()
    await get('ask-run').selectOption({ label: run })
    if (run === 'Small') {
      await get('load-number').waitFor()
      await get('load-number').fill('3')
      await get('load').click()
      await get('mask-region').selectOption('bottom')
    } else {
      await get('ask-typed').fill('income=high')
      await get('ask-type').click()
    }
    await get('evidence-figure').waitFor()
    if ((await get('rate-rows').count()) > 0) await get('rate-rows').click()
    await get('rated-row').first().waitFor()
    if (run === 'Small') await get('find-near').click()
    else await get('filled-with').selectOption('12')
  }

  for (const language of LANGUAGE_IDS)
    for (const theme of ['light', 'dark'] as const)
      test(`in the language ${language}, ${theme}`, async () => {
        const { page } = studio
        await page.emulateMedia({ colorScheme: theme })
        await page.getByTestId('rail-settings').click()
        await page.getByTestId(`language-${language}`).click()
        const found: string[] = []
        for (const { id } of VIEWS) {
          await page.getByTestId(`rail-${id}`).click()
          await page.locator('h1').waitFor()
          // What comes in by a transition has its colours at its end.
          await page.evaluate(() =>
            Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => null))),
          )
          found.push(...(await violations()).map((one) => `${id}, ${one}`))
        }
        expect(found).toEqual([])
      })

  for (const language of LANGUAGE_IDS)
    for (const run of ['Small', 'People'])
      test(`with evidence in Ask, ${run}, in the language ${language}, also in the colours of the system`, async () => {
        const { page } = studio
        await page.emulateMedia({ colorScheme: 'light' })
        await page.getByTestId('rail-settings').click()
        await page.getByTestId(`language-${language}`).click()
        await askSomething(run)
        await page.locator('.quiet, .caption').first().waitFor()
        expect(await violations()).toEqual([])
        await page.emulateMedia({ forcedColors: 'active' })
        expect(await violations()).toEqual([])
        await studio.screenshot(`ask-forced-${run}-${language}`)
        await page.emulateMedia({ forcedColors: 'none' })
      })

  for (const language of LANGUAGE_IDS)
    test(`with runs side by side, in the language ${language}, light and dark and in the colours of the system`, async () => {
      const { page } = studio
      const get = (id: string): Locator => page.getByTestId(id)
      await page.emulateMedia({ colorScheme: 'light' })
      await get('rail-settings').click()
      await get(`language-${language}`).click()
      await get('rail-runs').click()
      for (const box of await get('run-row').getByTestId('pick-run').all()) await box.check()
      await get('compare-go').click()
      await get('compared-setting').first().waitFor()
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        expect(await violations()).toEqual([])
      }
      await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' })
      expect(await violations()).toEqual([])
      await page.emulateMedia({ forcedColors: 'none' })
      await get('compare-back').click()
    })

  for (const language of LANGUAGE_IDS)
    test(`with runs that wait, in the language ${language}, light and dark and in the colours of the system`, async () => {
      const { page } = studio
      const get = (id: string): Locator => page.getByTestId(id)
      await get('rail-settings').click()
      await get(`language-${language}`).click()
      while ((await get('queue-row').count()) < 3) {
        await get('rail-model').click()
        await get('field-epochs').fill('100000')
        await get('field-lookAhead').fill('100000')
        await get('primary-action').click()
        await get('rail-runs').click()
        await get('run-row').first().waitFor()
      }
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        expect(await violations()).toEqual([])
      }
      await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' })
      expect(await violations()).toEqual([])
      await page.emulateMedia({ forcedColors: 'none' })
    })
})
