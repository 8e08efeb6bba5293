import { readFile } from 'node:fs/promises'
import type axe from 'axe-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inProject } from '../../scripts/setup/project.mjs'
import { VIEWS } from '../../src/shared/views'
import { LANGUAGE_IDS } from '../../src/words/languages'
import { launchStudio, type LaunchedStudio } from './launch'
import { trainSmall } from './small-run'

/** What is checked: WCAG 2.0 to 2.2, A and AA, and what axe-core calls best practices. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

describe('every view can be used by everyone, as far as a program can tell', () => {
  let studio: LaunchedStudio

  beforeAll(async () => {
    studio = await launchStudio()
    await studio.page.evaluate(await readFile(inProject('node_modules', 'axe-core', 'axe.min.js'), 'utf8'))
    await trainSmall(studio.page)
  })

  afterAll(async () => {
    await studio.close()
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
})
