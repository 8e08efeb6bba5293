import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerSaveDialog, closeWindow, dropOn } from './drive'
import { launchStudio, type LaunchedStudio } from './launch'
import { trainSmall } from './small-run'

/** Who earns much is older, and who works for the state never does. */
const LINES = Array.from({ length: 1500 }, (_, i) => {
  const age = 18 + ((i * 7) % 60)
  const work = ['Private', 'State', 'Own'][(i * 5) % 3]
  return [String(age), work, ['Female', 'Male'][(i >> 2) % 2], age > 45 && work !== 'State' ? 'high' : 'low'].join(',')
})

/** What is asked of a trained model by touching it, and what it answers. */
describe('Ask', () => {
  let folder: string
  let home: string
  let studio: LaunchedStudio
  const get = (id: string): Locator => studio.page.getByTestId(id)
  const bar = (text: RegExp): Locator => get('belief-grid').locator('.bar').filter({ hasText: text })
  const chanceOf = async (text: RegExp): Promise<number> => {
    const told = await bar(text).locator('.chance').innerText()
    return Number(/[\d.]+/.exec(told)?.[0] ?? NaN)
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'made-ask-'))
    home = await mkdtemp(join(tmpdir(), 'made-studio-ask-'))
    await writeFile(join(folder, 'people.csv'), ['age,work,sex,income', ...LINES].join('\n'))
    studio = await launchStudio({ home })
    await studio.page.emulateMedia({ reducedMotion: 'reduce' })
  })

  afterAll(async () => {
    await studio.close()
    for (const path of [folder, home]) await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  })

  test('asks a model that came along where there is none of one’s own', async () => {
    await get('split-train').filter({ hasText: '50,000' }).waitFor()
    await get('rail-ask').click()
    await studio.page.getByText('what “Handwritten digits” makes of what you know').waitFor()
    await expect.poll(() => get('endings').locator('.ending').count()).toBe(16)
    await get('rail-data').click()
  })

  test('a picture is painted on, and sixteen endings follow', async () => {
    await trainSmall(studio.page)
    await studio.page.keyboard.press('Control+6')
    const endings = get('endings').locator('.ending')
    await expect.poll(() => endings.count()).toBe(16)
    expect(await get('evidence-line').innerText()).toContain('Paint what you know')
    const canvas = get('paint-canvas').locator('canvas')
    const { width, height } = (await canvas.boundingBox()) ?? { width: 0, height: 0 }
    await canvas.hover({ position: { x: width / 8, y: height / 8 } })
    await studio.page.mouse.down()
    await canvas.hover({ position: { x: (7 * width) / 8, y: height / 8 } })
    await studio.page.mouse.up()
    await expect.poll(() => get('evidence-figure').innerText()).toMatch(/\d/)
    expect(await get('evidence-how').innerText()).toMatch(/exact|estimated/)
    // A row of ink is a stripe: all endings have it.
    const tops = await endings.locator('canvas').evaluateAll((canvases) =>
      canvases.map((one) => {
        const context = one instanceof HTMLCanvasElement ? one.getContext('2d') : null
        return context
          ? Array.from(context.getImageData(0, 0, context.canvas.width, 1).data)
              .slice(0, 4)
              .join()
          : ''
      }),
    )
    expect(new Set(tops).size).toBe(1)
    await expect.poll(() => get('surprise-nats').innerText()).toMatch(/\d nats/)
    await get('find-standing').click()
    await expect.poll(() => get('standing').innerText()).toMatch(/test rows/)
    await get('find-near').click()
    await expect.poll(() => get('near-rows').locator('li').count()).toBeGreaterThan(0)
    await studio.screenshot('ask-picture')
    await get('ask-undo').click()
    await expect.poll(() => get('evidence-figure').count()).toBe(0)
    await get('ask-redo').click()
    await expect.poll(() => get('evidence-figure').count()).toBe(1)
  })

  test('is painted on by the keyboard, too', async () => {
    await get('ask-clear').click()
    await get('brush-size-1').click()
    await get('paint-canvas').focus()
    await studio.page.keyboard.press('ArrowRight')
    await studio.page.keyboard.press(' ')
    await expect.poll(() => get('paint-canvas').innerText()).toMatch(/ink/)
    await expect.poll(() => get('evidence-figure').innerText()).toMatch(/\d/)
    await studio.page.keyboard.press('Control+z')
    await expect.poll(() => get('evidence-figure').count()).toBe(0)
  })

  test('of a table a bar is clicked, the others move, and how sure that is is said', async () => {
    await get('rail-data').click()
    await dropOn(studio, join(folder, 'people.csv'))
    await expect.poll(() => get('split-train').innerText()).toContain('1,200')
    await get('rail-model').click()
    await get('preset-quick').click()
    await get('field-hidden-0').fill('40')
    await get('field-name').fill('People')
    if (!(await get('field-epochs').isVisible())) await get('advanced').click()
    await get('field-epochs').fill('12')
    await get('primary-action').click()
    await get('status-state').filter({ hasText: 'Finished “People”' }).waitFor()
    await get('rail-ask').click()
    await expect.poll(() => bar(/^high/).count()).toBe(1)
    const before = await chanceOf(/^high/)
    expect(before).toBeGreaterThan(15)
    await bar(/^State/).click()
    await expect.poll(() => chanceOf(/^high/)).toBeLessThan(before / 2)
    expect(await bar(/^State/).getAttribute('aria-pressed')).toBe('true')
    await expect.poll(() => get('evidence-figure').innerText()).toMatch(/\d+.*%/)
    expect(await get('evidence-how').innerText()).toMatch(/exact|estimated/)
    await expect.poll(() => get('evidence-count').innerText()).toMatch(/in the training rows \d+ of 1,200/)
    await expect.poll(() => get('filled-ways').locator('li').count()).toBeGreaterThan(0)
    const out = join(folder, 'answer.csv')
    await answerSaveDialog(studio.app, out)
    await get('primary-action').click()
    await expect.poll(() => studio.page.getByText('The answer is written').count()).toBe(1)
    const lines = (await readFile(out, 'utf8')).trim().split('\n')
    expect(lines[0]).toBe('column,value,probability,standard_error,without_evidence')
    expect(lines.filter((line) => line.startsWith('income,'))).toHaveLength(2)
    await get('rate-rows').click()
    await expect.poll(() => get('rated-row').count()).toBe(12)
    await studio.screenshot('ask-table')
    await bar(/^State/).click()
    await expect.poll(() => get('evidence-figure').count()).toBe(0)
  })

  test('the bars are moved over by arrow keys, and evidence is typed', async () => {
    await bar(/^Female/).focus()
    await studio.page.keyboard.press('ArrowDown')
    await studio.page.keyboard.press(' ')
    await expect.poll(() => bar(/^Male/).getAttribute('aria-pressed')).toBe('true')
    await get('ask-typed').fill('work=Own, colour=red')
    await get('ask-type').click()
    await expect.poll(() => studio.page.getByRole('alert').innerText()).toMatch(/colour/)
    await get('ask-typed').fill('work=Own')
    await get('ask-type').click()
    await expect.poll(() => bar(/^Own/).getAttribute('aria-pressed')).toBe('true')
    expect(await bar(/^Male/).getAttribute('aria-pressed')).toBe('true')
  })

  test('what is known is there when the view is left, and at the next start', async () => {
    await get('rail-runs').click()
    await get('rail-ask').click()
    await expect.poll(() => bar(/^Own/).getAttribute('aria-pressed')).toBe('true')
    // What is being done is kept a moment after it changes.
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(studio.complaints).toEqual([])
    await closeWindow(studio.app)
    studio = await launchStudio({ home })
    await expect.poll(() => bar(/^Own/).getAttribute('aria-pressed')).toBe('true')
    await expect.poll(() => get('evidence-figure').innerText()).toMatch(/%/)
    expect(studio.complaints).toEqual([])
  })
})
