import { mkdirSync, writeFileSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { decode } from 'fast-png'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readNpyBits } from '../../src/data/npy'
import { answerSaveDialog, inkOfCanvas } from './drive'
import { launchStudio, type LaunchedStudio } from './launch'

/** The main job, from the first look at the data to exported digits, by hand and eye of a person. */
describe('from MNIST to digits it dreamed up', () => {
  let studio: LaunchedStudio
  let page: Page
  let folder: string
  const get = (id: string): ReturnType<Page['getByTestId']> => page.getByTestId(id)
  const focused = (): Promise<unknown> => page.evaluate(`document.activeElement?.getAttribute('data-testid')`)

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'made-export-'))
    studio = await launchStudio()
    page = studio.page
  })

  afterAll(async () => {
    await studio.close()
    await rm(folder, { recursive: true, force: true })
  })

  test('the built-in MNIST is there, real digits, counted', async () => {
    await expect.poll(() => get('split-train').innerText()).toContain('50,000')
    expect(await get('split-valid').innerText()).toContain('10,000')
    await expect.poll(() => inkOfCanvas(page, 'data-grid')).toBeGreaterThan(0.02)
    expect(await inkOfCanvas(page, 'data-grid')).toBeLessThan(0.4)
  })

  test('grey becomes black and white by threshold or by chance', async () => {
    const share = (): Promise<string> =>
      page
        .getByText(/^\d+\.\d%$/)
        .first()
        .innerText()
    const before = await share()
    await get('threshold').fill('1')
    await get('threshold').press('Enter')
    await expect.poll(share).not.toBe(before)
    await get('binarize-random').click()
    await expect.poll(() => get('binarize-seed').count()).toBe(1)
    await get('binarize-threshold').click()
    await get('threshold').fill('128')
    await get('threshold').press('Enter')
    await expect.poll(share).toBe(before)
  })

  test('a model is set up: layers, orderings, a look at its size', async () => {
    await get('rail-model').click()
    await get('preset-quick').click()
    await get('add-hidden').click()
    await expect.poll(() => get('field-hidden-2').count()).toBe(1)
    await get('remove-hidden-2').click()
    await get('remove-hidden-1').click()
    await expect.poll(() => get('field-hidden-1').count()).toBe(0)
    await get('field-hidden-0').fill('1000000')
    await get('field-hidden-0').press('Tab')
    await expect.poll(() => get('primary-action').isDisabled()).toBe(true)
    expect(await get('primary-waits').innerText()).toBe('“Layer 1” needs correcting first.')
    await get('show-wrong').click()
    await expect.poll(focused).toBe('field-hidden-0')
    await get('field-hidden-0').fill('10')
    await get('field-hidden-0').press('Tab')
    await expect.poll(() => get('primary-action').isEnabled()).toBe(true)
    // With the ten columns of the label: 794·10 + 10 + 10·794 + 794, and 794² direct ones.
    expect(await get('parameter-count').innerText()).toBe((794 * 20 + 804 + 794 * 794).toLocaleString('en'))
    await get('advanced').click()
    await get('field-direct').click()
    await expect.poll(() => get('parameter-count').innerText()).toBe((794 * 20 + 804).toLocaleString('en'))
    await get('field-epochs').fill('many')
    await get('advanced').click()
    await expect.poll(() => get('field-epochs').isVisible()).toBe(false)
    await get('show-wrong').click()
    await expect.poll(focused).toBe('field-epochs')
    await get('field-epochs').fill('2000')
    await get('field-lookAhead').fill('2000')
    await get('field-batchSize').fill('20')
    await get('field-name').fill('First light')
    const masks = (): Promise<(string | null)[]> =>
      page.locator('.stairs path').evaluateAll((paths) => paths.map((path) => path.getAttribute('d')))
    const sorted = await masks()
    await get('masks-unsorted').click()
    await expect.poll(masks).not.toEqual(sorted)
    await studio.screenshot('masks-unsorted')
    await get('masks-sorted').click()
    await expect.poll(masks).toEqual(sorted)
    await studio.screenshot('model')
  })

  test('training shows its curves and sheets, pauses and goes on, and the window answers meanwhile', async () => {
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => get('status-state').innerText()).toContain('Training')
    await expect.poll(() => get('figure-last').innerText()).toMatch(/\d+\.\d\d/)
    const delays = await inputDelays(page)
    const report = { worstMs: Math.max(...delays), medianMs: delays.sort((a, b) => a - b)[delays.length >> 1] }
    console.log(
      `input answered while training: median ${report.medianMs.toFixed(1)} ms, worst ${report.worstMs.toFixed(1)} ms`,
    )
    mkdirSync('test-results', { recursive: true })
    writeFileSync('test-results/input-delay.json', JSON.stringify(report))

    await get('pause').click()
    await expect.poll(() => get('status-state').innerText()).toMatch(/Paused/)
    await studio.screenshot('paused')
    // The list of minibatches that was under way is done; then nothing moves.
    const [run] = await readdir(join(studio.home, 'MADE Studio', 'runs'))
    const record = async (): Promise<string> =>
      readFile(join(studio.home, 'MADE Studio', 'runs', run, 'run.json'), 'utf8')
    await expect.poll(record).toContain('"status": "paused"')
    const lasts = async (): Promise<string[]> => [
      await record(),
      await get('status-loss').innerText(),
      await get('status-epoch').innerText(),
    ]
    await page.evaluate(() =>
      (Reflect.get(globalThis, 'studio') as { request(channel: string, params: unknown): Promise<unknown> }).request(
        'run.state',
        { runId: null },
      ),
    )
    const still = await lasts()
    await page.waitForTimeout(600)
    expect(await lasts()).toEqual(still)
    await page.keyboard.press('Space')
    await expect.poll(() => get('status-state').innerText()).toContain('Training')
    await expect.poll(() => inkOfCanvas(page, 'epoch-samples')).toBeGreaterThan(0.02)
    await studio.screenshot('training')
    await get('stop').click()
    await expect.poll(() => get('status-state').innerText(), { timeout: 240_000 }).toContain('Finished')
    expect(await get('figure-test').innerText()).toMatch(/\d+\.\d\d/)
    await studio.screenshot('finished')
    // A digit of the sheet, large, at the newest epoch and at an earlier one.
    await get('epoch-samples').click({ position: { x: 20, y: 20 } })
    await expect.poll(() => get('epoch-sample').innerText()).toContain('Sample 1\n')
    await get('epoch-sample-next').click()
    await expect.poll(() => get('epoch-sample').innerText()).toContain('Sample 2\n')
    await studio.screenshot('epoch-sample')
    await page.keyboard.press('Escape')
    await expect.poll(() => get('epoch-sample').count()).toBe(0)
  })

  test('digits are browsed, enlarged, replayed, exported', async () => {
    await get('rail-samples').click()
    await expect.poll(() => inkOfCanvas(page, 'samples-grid')).toBeGreaterThan(0.02)
    await studio.screenshot('samples')
    const box = await get('samples-grid').boundingBox()
    await page.mouse.click((box?.x ?? 0) + 40, (box?.y ?? 0) + 40)
    await expect.poll(() => get('sample-log-likelihood').innerText()).toMatch(/-?\d+\.\d/)
    await get('birth-scrub').fill('300')
    await expect.poll(() => get('sample-dialog').innerText()).toContain('300 of 785 drawn')
    await get('birth-play').click()
    await expect.poll(() => get('sample-dialog').innerText()).toContain('785 of 785 drawn')
    await get('birth-scrub').fill('300')
    await studio.screenshot('sample-birth')
    await page.keyboard.press('Escape')
    await expect.poll(() => get('sample-dialog').count()).toBe(0)
    // Seen being drawn once more, and whole in the end.
    const whole = await inkOfCanvas(page, 'samples-grid')
    await get('samples-birth').click()
    await expect.poll(() => inkOfCanvas(page, 'samples-grid'), { interval: 10 }).toBeLessThan(0.8 * whole)
    // The frame around the one under the pointer is ink, too.
    await expect.poll(() => inkOfCanvas(page, 'samples-grid')).toBeGreaterThan(0.97 * whole)
    for (const format of ['npy', 'png'] as const) {
      const path = join(folder, `digits.${format}`)
      await answerSaveDialog(studio.app, path)
      await get('primary-action').click()
      await get(`export-${format}`).click()
      await get('export-count').fill('25')
      await get('export-go').click()
      await expect
        .poll(() =>
          stat(path).then(
            (stats) => stats.size,
            () => 0,
          ),
        )
        .toBeGreaterThan(100)
    }
    const rows = readNpyBits(await readFile(join(folder, 'digits.npy')), 'export')
    expect(rows).toMatchObject({ rows: 25, columns: 794 })
    expect(decode(await readFile(join(folder, 'digits.png'))).width).toBeGreaterThan(5 * 28)
  })

  test('the run is listed, renamed, deleted to the bin and restored', async () => {
    await get('rail-runs').click()
    await expect.poll(() => get('run-row').count()).toBe(1)
    expect(await get('run-row').innerText()).toContain('First light')
    await expect.poll(() => inkOfCanvas(page, 'run-picture')).toBeGreaterThan(0.02)
    await studio.screenshot('runs')
    await get('run-row').click()
    await get('run-name').fill('Second sight')
    await get('run-name').press('Enter')
    await expect.poll(() => get('run-row').innerText()).toContain('Second sight')
    await get('run-delete').first().click()
    await expect.poll(() => get('run-row').count()).toBe(0)
    await get('toast-action').first().click()
    await expect.poll(() => get('run-row').count()).toBe(1)
  })

  test('light and dark follow the system', async () => {
    const paper = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const light = await paper()
    await page.emulateMedia({ colorScheme: 'dark' })
    await expect.poll(paper).not.toBe(light)
    await studio.screenshot('dark')
    await page.emulateMedia({ colorScheme: 'light' })
    await expect.poll(paper).toBe(light)
  })

  test('nothing was complained of on the way', () => {
    expect(studio.complaints).toEqual([])
  })
})

/** Milliseconds from an input event to the frame that answers it, sampled while training runs flat out. */
function inputDelays(page: Page): Promise<number[]> {
  return page.evaluate(async () => {
    const delays: number[] = []
    for (let i = 0; i < 60; i++) {
      const began = performance.now()
      window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Shift' }))
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
      delays.push(performance.now() - began)
      await new Promise((resolve) => setTimeout(resolve, 40))
    }
    return delays
  })
}
