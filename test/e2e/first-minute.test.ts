import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerOpenDialog, inkOfCanvas } from './drive'
import { launchStudio, type LaunchedStudio } from './launch'

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
