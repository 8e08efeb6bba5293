import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerOpenDialog, answerSaveDialog, inkOfCanvas } from './drive'
import { launchStudio, type LaunchedStudio } from './launch'

/** The share of a canvas that is blue. */
function blueOf(canvas: Locator): Promise<number> {
  return canvas.evaluate((element: HTMLCanvasElement) => {
    const { width, height } = element
    const pixels = element.getContext('2d')?.getImageData(0, 0, width, height).data ?? []
    let blue = 0
    for (let i = 0; i < pixels.length; i += 4) if (pixels[i + 2] > pixels[i] + 60) blue++
    return blue / (width * height)
  })
}

/** Somebody who was told nothing opens the application for the first time. How long each step takes is told, and not judged. */
describe('the first minute', () => {
  let studio: LaunchedStudio
  let folder: string
  let began = 0
  const get = (id: string): Locator => studio.page.getByTestId(id)
  const tell = (what: string): void =>
    console.log(`first minute: ${what} after ${((performance.now() - began) / 1000).toFixed(1)} s`)

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'made-minute-'))
    began = performance.now()
    studio = await launchStudio({ staysHome: true })
  })

  afterAll(async () => {
    await studio.close()
    await rm(folder, { recursive: true, force: true })
  })

  test('begins with digits that are being drawn, and three ways in', async () => {
    await expect.poll(() => get('home-told').innerText()).toMatch(/drawing the digit \d: pixel [\d,]+ of 784/)
    tell('the first digit was being drawn')
    const { startTime, timeOrigin } = await studio.page.evaluate(() => ({
      startTime: performance.getEntriesByName('digits')[0]?.startTime ?? NaN,
      timeOrigin: performance.timeOrigin,
    }))
    expect(startTime).toBeGreaterThan(0)
    const created = await studio.app.evaluate(() => performance.timeOrigin)
    console.log(
      `first minute: first pixels ${Math.round(timeOrigin + startTime - created)} ms after Electron's process began`,
    )
    expect(await get('shown-view').innerText()).toBe('Home')
    expect(await studio.page.locator('h1').innerText()).toBe('Digits that nobody wrote')
    for (const door of ['door-play', 'door-watch', 'door-bring']) expect(await get(door).isVisible()).toBe(true)
    await studio.screenshot('home')
  })

  test('what moves can be held, and goes on from there', async () => {
    await get('home-pause').click()
    const held = await get('home-told').innerText()
    await studio.page.waitForTimeout(500)
    expect(await get('home-told').innerText()).toBe(held)
    await get('home-pause').click()
    await expect.poll(() => get('home-told').innerText()).not.toBe(held)
  })

  test('leads to sevens', async () => {
    await get('rail-samples').click()
    await get('class-chooser').waitFor()
    await studio.page.keyboard.press('7')
    await expect.poll(() => get('class-7').locator('input').isChecked()).toBe(true)
    await expect.poll(() => inkOfCanvas(studio.page, 'samples-grid')).toBeGreaterThan(0.02)
    await studio.page.getByText('what “Handwritten digits” dreams up').waitFor()
    tell('sevens were drawn')
  })

  test('and they get safer and wilder under the hand, with the same dice', async () => {
    const drawn = (): Promise<string> =>
      get('samples-grid')
        .locator('canvas')
        .first()
        .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())
    // When they have been drawn before one's eyes.
    const still = async (): Promise<boolean> => (await drawn()) === (await studio.page.waitForTimeout(300).then(drawn))
    await expect.poll(still).toBe(true)
    const own = await drawn()
    await get('samples-temperature').fill('0.4')
    await expect.poll(drawn).not.toBe(own)
    const safe = await drawn()
    await get('samples-temperature').fill('1.5')
    await expect.poll(drawn).not.toBe(safe)
    await studio.screenshot('wild-samples')
    await get('samples-temperature-own').click()
    await expect.poll(drawn).toBe(own)
    expect(await get('samples-temperature-own').count()).toBe(0)
  })

  test('one is born beside the others, and kept as an animation or a video', async () => {
    const beside = get('birth-beside')
    expect(await beside.innerText()).toMatch(/Sample 0\n/)
    await get('samples-grid').hover({ position: { x: 120, y: 30 } })
    await expect.poll(() => beside.innerText()).toMatch(/Sample 1\n/)
    // What is expected of the pixels to come is blue.
    await expect.poll(() => blueOf(get('birth-beside-canvas')), { interval: 50 }).toBeGreaterThan(0.01)
    await beside.getByText('Fast').click()
    for (const [kind, begins] of [
      ['gif', 'GIF89a'],
      ['webm', '\x1A\x45\xDF\xA3'],
    ] as const) {
      const path = join(folder, `born.${kind}`)
      await answerSaveDialog(studio.app, path)
      await get('beside-keep').click()
      await get(`keep-${kind}`).click()
      await expect.poll(() => readFile(path, 'latin1').catch(() => '')).toMatch(new RegExp(`^${begins}`))
      expect((await stat(path)).size).toBeGreaterThan(10_000)
      await expect.poll(() => get(`keep-${kind}`).count()).toBe(0)
    }
  })

  test('leads to half a digit, painted and finished', async () => {
    await get('rail-home').click()
    await get('door-play').click()
    const endings = get('endings').locator('.ending')
    await expect.poll(() => endings.count()).toBe(16)
    const canvas = get('paint-canvas').locator('canvas')
    const { width, height } = (await canvas.boundingBox()) ?? { width: 0, height: 0 }
    await canvas.hover({ position: { x: width * 0.35, y: height * 0.25 } })
    await studio.page.mouse.down()
    await canvas.hover({ position: { x: width * 0.65, y: height * 0.25 } })
    await studio.page.mouse.up()
    await expect.poll(() => get('evidence-figure').innerText()).toMatch(/\d/)
    tell('half a digit was finished sixteen times')
  })

  test('leads to a training with one press', async () => {
    await get('rail-home').click()
    await get('door-watch').click()
    await expect.poll(() => get('shown-view').innerText()).toContain('Train')
    await expect.poll(() => get('status-state').innerText()).toMatch(/Quick look/)
    tell('a training was under way')
    await get('rail-home').click()
    await expect.poll(() => get('door-watch').innerText()).toContain('See it learn')
    await get('door-watch').click()
    await get('stop').click()
    await expect.poll(() => get('status-state').innerText()).toMatch(/Finished|Stopped/)
  })

  test('leads to data of one’s own, and the models that came along stay as they are', async () => {
    await get('rail-home').click()
    await writeFile(
      join(folder, 'people.csv'),
      ['age,work', ...Array.from({ length: 60 }, (_, i) => `${20 + i},${i % 2 ? 'State' : 'Own'}`)].join('\n'),
    )
    await answerOpenDialog(studio.app, join(folder, 'people.csv'))
    await get('door-bring').click()
    await expect.poll(() => get('shown-view').innerText()).toBe('Data')
    await expect.poll(() => get('split-train').innerText()).toContain('48')
    await get('rail-runs').click()
    await expect.poll(() => get('built-in-row').count()).toBe(3)
    await get('built-in-row').first().click()
    expect(await get('run-built-in').innerText()).toContain('came with MADE Studio')
    expect(await get('run-delete').count()).toBe(0)
    expect(studio.complaints).toEqual([])
  })
})
