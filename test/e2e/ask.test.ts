import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerSaveDialog, closeWindow, inkOfCanvas } from './drive'
import { launchStudio, type LaunchedStudio } from './launch'
import { trainPeople, trainSmall } from './small-run'

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

  /** What is written where an answer is exported. */
  const exported = async (kind: 'csv' | 'png' | 'svg'): Promise<string> => {
    const out = join(folder, `answer-${String(Math.random()).slice(2)}.${kind}`)
    await answerSaveDialog(studio.app, out)
    await get('primary-action').click()
    await get(`answer-${kind}`).click()
    await get('answer-go').click()
    await expect.poll(() => readFile(out, 'latin1').catch(() => '')).toMatch(/\S/)
    await expect.poll(() => get('answer-go').count()).toBe(0)
    return readFile(out, kind === 'png' ? 'latin1' : 'utf8')
  }
  /** What the picture has under the brush that the keyboard moves: in its middle, until it is moved. */
  const underBrush = async (): Promise<string> => {
    await get('paint-canvas').focus()
    // The first arrow shows where it is.
    if ((await get('paint-canvas').innerText()) === '') await studio.page.keyboard.press('ArrowRight')
    return get('paint-canvas').innerText()
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'made-ask-'))
    home = await mkdtemp(join(tmpdir(), 'made-studio-ask-'))
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
    const tops = (): Promise<string[]> =>
      endings.locator('canvas').evaluateAll((canvases) =>
        canvases.map((one) => {
          const context = one instanceof HTMLCanvasElement ? one.getContext('2d') : null
          return context
            ? Array.from(context.getImageData(0, 0, context.canvas.width, 1).data)
                .slice(0, 4)
                .join()
            : ''
        }),
      )
    // They are drawn once more for what was painted last.
    await expect.poll(async () => new Set(await tops()).size).toBe(1)
    await expect.poll(() => get('surprise-nats').innerText()).toMatch(/\d\snats/)
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

  test('a row or a sample is taken up by its number, and a part of it hidden', async () => {
    const loaded = async (kind: string, number: string): Promise<number> => {
      if (await get('ask-clear').isEnabled()) await get('ask-clear').click()
      await get('load-kind').selectOption(kind)
      await get('load-number').fill(number)
      await get('load').click()
      await expect.poll(() => get('evidence-figure').count()).toBe(1)
      return inkOfCanvas(studio.page, 'paint-canvas')
    }
    for (const kind of ['row', 'sample']) {
      const inks = new Map<string, number>()
      for (const number of ['1', '2', '3', '4', '5']) inks.set(number, await loaded(kind, number))
      expect(new Set(inks.values()).size).toBeGreaterThan(1)
      expect(await loaded(kind, '3')).toBe(inks.get('3'))
      await get('load-number').fill('')
      await get('load-any').click()
      await expect.poll(() => get('load-number').inputValue()).toMatch(/^\d+$/)
    }
    await get('load-kind').selectOption('row')
    // What is typed while another row is on its way stays.
    await get('ask-clear').click()
    await expect.poll(() => get('evidence-figure').count()).toBe(0)
    await studio.page.evaluate(() => {
      const button = document.querySelector<HTMLButtonElement>('[data-testid="load-any"]')
      const input = document.querySelector<HTMLInputElement>('[data-testid="load-number"]')
      if (!button || !input) throw new Error('there is nothing to take a row by')
      button.click()
      input.value = '987654321'
      input.dispatchEvent(new Event('input'))
    })
    await expect.poll(() => get('evidence-figure').count()).toBe(1)
    expect(await get('load-number').inputValue()).toBe('987654321')
    await get('load').click()
    await expect.poll(() => get('problem').innerText()).toMatch(/no test row 987,654,321/)
    await loaded('row', '3')
    const whole = await underBrush()
    expect(whole).toMatch(/ink|paper/)
    await get('mask-region').selectOption('bottom')
    await expect.poll(() => get('mask-share').inputValue()).toBe('50')
    await expect.poll(underBrush).toMatch(/unknown/)
    await get('mask-share').focus()
    await studio.page.keyboard.press('Home')
    await expect.poll(underBrush).toBe(whole)
    // Drawn up by its handle it hides more, and drawn down what was there comes back.
    const handle = (await get('cover-handle').boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    const at = { x: handle.x + handle.width / 2, y: handle.y + handle.height / 2 }
    const { height } = (await get('paint-canvas').locator('canvas').boundingBox()) ?? { height: 0 }
    await studio.page.mouse.move(at.x, at.y)
    await studio.page.mouse.down()
    await studio.page.mouse.move(at.x, at.y - 0.4 * height)
    await studio.page.mouse.move(at.x, at.y - 0.75 * height)
    await expect.poll(async () => Number(await get('mask-share').inputValue())).toBeGreaterThan(70)
    await studio.page.mouse.up()
    await expect.poll(underBrush).toMatch(/unknown/)
    await studio.screenshot('ask-picture-hidden')
    // The next picture is hidden as far, and one step takes a whole drag back.
    const painted = (): Promise<string> =>
      get('paint-canvas')
        .locator('canvas')
        .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())
    const before = await painted()
    await get('load-any').click()
    await expect.poll(painted).not.toBe(before)
    await expect.poll(underBrush).toMatch(/unknown/)
    await get('ask-undo').click()
    await get('ask-undo').click()
    await expect.poll(underBrush).toBe(whole)
    await get('ask-redo').click()
    await expect.poll(() => get('mask-share').inputValue()).toMatch(/^7/)
  })

  test('what is hidden is drawn aside even when the view was left meanwhile', async () => {
    await get('rail-runs').click()
    await get('rail-ask').click()
    await get('mask-share').focus()
    await studio.page.keyboard.press('Home')
    await expect.poll(underBrush).toMatch(/ink|paper/)
  })

  test('a question that is half asked is gone on with at the next start: its brush, its cover and its steps', async () => {
    await get('load-kind').selectOption('row')
    await get('load-number').fill('3')
    await get('load').click()
    await expect.poll(() => get('mask-share').inputValue()).toBe('0')
    const whole = await underBrush()
    await get('mask-region').selectOption('right')
    await expect.poll(() => get('mask-share').inputValue()).toBe('50')
    await expect.poll(underBrush).toMatch(/unknown/)
    await get('brush-unknown').click()
    await get('brush-size-3').click()
    // What is being done is kept a moment after it changes.
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(studio.complaints).toEqual([])
    await closeWindow(studio.app)
    studio = await launchStudio({ home })
    await studio.page.emulateMedia({ reducedMotion: 'reduce' })
    await expect.poll(() => get('endings').locator('.ending').count()).toBe(16)
    await expect.poll(underBrush).toMatch(/unknown/)
    expect(await get('mask-region').inputValue()).toBe('right')
    expect(await get('mask-share').inputValue()).toBe('50')
    expect(await get('load-number').inputValue()).toBe('3')
    for (const chosen of ['brush-unknown', 'brush-size-3'])
      expect(await get(chosen).locator('input').isChecked()).toBe(true)
    await get('ask-undo').click()
    await expect.poll(underBrush).toBe(whole)
    await get('ask-redo').click()
    await get('mask-share').focus()
    await studio.page.keyboard.press('Home')
    await expect.poll(underBrush).toBe(whole)
    await get('brush-ink').click()
  })

  test('the picture is copied, and the answer written as a picture, a drawing or numbers', async () => {
    await get('copy-picture').click()
    await expect.poll(() => studio.app.evaluate(({ clipboard }) => clipboard.has('image/png'))).toBe(true)
    expect(await exported('png')).toMatch(/^\x89PNG/)
    expect(await exported('svg')).toMatch(/^<svg [\s\S]*<rect [\s\S]*<\/svg>\s*$/)
    expect((await exported('csv')).split('\n')[1]).toMatch(/^Input 1,0,/)
    expect(studio.complaints).toEqual([])
  })

  test('of a table a bar is clicked, the others move, and how sure that is is said', async () => {
    await trainPeople(studio, join(folder, 'people.csv'))
    await get('rail-ask').click()
    await expect.poll(() => bar(/^high/).count()).toBe(1)
    const before = await chanceOf(/^high/)
    expect(before).toBeGreaterThan(15)
    await bar(/^State/).click()
    await expect.poll(() => chanceOf(/^high/)).toBeLessThan(before / 2)
    expect(await bar(/^State/).getAttribute('aria-pressed')).toBe('true')
    await expect.poll(() => get('evidence-figure').innerText()).toMatch(/\d+.*%/)
    expect(await get('evidence-how').innerText()).toMatch(/exact|estimated/)
    await expect.poll(() => get('evidence-count').innerText()).toMatch(/\d+ of 1,200 training rows have it/)
    await expect.poll(() => get('filled-ways').locator('li').count()).toBeGreaterThan(0)
    const lines = (await exported('csv')).trim().split('\n')
    expect(lines[0]).toBe('column,value,probability,standard_error,without_evidence')
    expect(lines.filter((line) => line.startsWith('income,'))).toHaveLength(2)
    const drawing = await exported('svg')
    expect(drawing).toMatch(/^<svg [\s\S]*>income<[\s\S]*<\/svg>\s*$/)
    await get('rate-rows').click()
    await expect.poll(() => get('rated-row').count()).toBe(12)
    await studio.screenshot('ask-table')
    await bar(/^State/).click()
    await expect.poll(() => get('evidence-figure').count()).toBe(0)
  })

  test('what is estimated says how sure it is, to whoever sees it and whoever listens', async () => {
    await bar(/^high/).click()
    await expect.poll(() => get('evidence-figure').innerText()).toMatch(/\d/)
    await expect
      .poll(() => get('belief-grid').locator('.bar').filter({ hasText: 'give or take' }).count())
      .toBeGreaterThan(4)
    await expect
      .poll(() =>
        get('belief-grid')
          .locator('.bar')
          .evaluateAll((bars) =>
            bars.every((one) => one.textContent.includes('give or take') === (one.querySelector('.whisker') !== null)),
          ),
      )
      .toBe(true)
  })

  test('what is not known is filled in with the most probable, a draw or several', async () => {
    await expect.poll(() => get('filled-ways').locator('li').count()).toBe(1)
    expect(await get('filled-ways').innerText()).toMatch(/chance [<>]?\d/)
    await get('filled-with').selectOption('12')
    await expect.poll(() => get('filled-ways').locator('li').count()).toBeGreaterThan(1)
    await get('filled-with').selectOption('1')
    await expect.poll(() => get('filled-ways').locator('li').count()).toBe(1)
    await get('take-way').click()
    await expect.poll(() => get('filled-ways').count()).toBe(0)
    await get('ask-undo').click()
    await bar(/^high/).click()
    await expect.poll(() => get('evidence-figure').count()).toBe(0)
  })

  test('the bars are moved over by arrow keys, and evidence is typed', async () => {
    await bar(/^Female/).focus()
    const before = await bar(/^Female/).boundingBox()
    await studio.page.keyboard.press('ArrowRight')
    const beside = await studio.page.locator('.bar:focus').boundingBox()
    // The nearest bar of the next column.
    expect((beside?.x ?? 0) - (before?.x ?? 0)).toBeGreaterThan(200)
    expect(Math.abs((beside?.y ?? 0) - (before?.y ?? 0))).toBeLessThan(60)
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

  test('what hardly goes together is said to, with a way on; of several values it is one or another', async () => {
    await get('ask-clear').click()
    await get('ask-typed').fill('income=high, work=Own')
    await get('ask-type').click()
    await expect.poll(() => get('evidence-figure').innerText()).toMatch(/%/)
    expect(await get('contradiction').count()).toBe(0)
    await bar(/^Private/).click({ modifiers: ['Shift'] })
    await expect.poll(() => get('evidence-line').innerText()).toContain('work: Private or Own')
    // A mushroom as there is none, to a model that came along.
    await get('ask-run').selectOption({ label: 'Mushrooms' })
    await get('ask-typed').fill('odor=almond')
    await get('ask-type').click()
    await expect.poll(() => get('evidence-figure').innerText()).toMatch(/%/)
    expect(await get('contradiction').count()).toBe(0)
    await get('ask-typed').fill('edibility=poisonous, gill color=buff, ring type=large, spore print color=chocolate')
    await get('ask-type').click()
    await expect.poll(() => get('contradiction').innerText()).toMatch(/hardly goes together.*Take back/)
    await get('ask-undo').click()
    await expect.poll(() => get('contradiction').count()).toBe(0)
    await get('ask-run').selectOption({ label: 'People' })
    await expect.poll(() => bar(/^low/).count()).toBe(1)
  })

  test('another model is asked, and the first one again, without a word of either about the other', async () => {
    // While it is still being answered.
    await bar(/^low/).click()
    await get('ask-run').selectOption({ label: 'Small' })
    await get('paint-canvas').waitFor()
    await expect.poll(() => get('endings').locator('.ending').count()).toBe(16)
    await get('ask-run').selectOption({ label: 'People' })
    await expect.poll(() => bar(/^high/).locator('.chance').innerText()).toMatch(/\d/)
    expect(studio.complaints).toEqual([])
    await get('ask-typed').fill('work=Own, sex=Male')
    await get('ask-type').click()
    await expect.poll(() => bar(/^Own/).getAttribute('aria-pressed')).toBe('true')
  })

  test('what is known is there when the view is left, and at the next start', async () => {
    await get('ask-typed').fill('age>4')
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
    expect(await get('ask-typed').inputValue()).toBe('age>4')
    await get('ask-undo').click()
    await expect.poll(() => bar(/^Own/).getAttribute('aria-pressed')).toBe('false')
    expect(studio.complaints).toEqual([])
  })
})
