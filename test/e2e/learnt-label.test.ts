import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { idx } from '../data/idx-files'
import { dropOn } from './drive'
import { launchStudio, type LaunchedStudio } from './launch'

const SIDE = 6
const ROWS = 900

/** Pictures of a bar that lies, a bar that stands, or both, with a few pixels wrong, and which of them each is. */
async function writeBars(folder: string): Promise<void> {
  const pixels = new Uint8Array(ROWS * SIDE * SIDE)
  const kinds = Uint8Array.from({ length: ROWS }, (_, row) => ((row * 7919) >> 2) % 3)
  for (let row = 0; row < ROWS; row++)
    for (let y = 0; y < SIDE; y++)
      for (let x = 0; x < SIDE; x++) {
        const isInk = (kinds[row] !== 1 && y === row % SIDE) || (kinds[row] !== 0 && x === (row >> 3) % SIDE)
        const isWrong = (row * 31 + y * 17 + x * 7) % 29 === 0
        pixels[(row * SIDE + y) * SIDE + x] = isInk !== isWrong ? 255 : 0
      }
  await writePictures(folder, ROWS, pixels, (row) => kinds[row])
}

async function writePictures(
  folder: string,
  rows: number,
  pixels: Uint8Array,
  kindOf: (row: number) => number,
): Promise<void> {
  const name = basename(folder)
  await mkdir(folder)
  await writeFile(join(folder, `${name}-images-idx3-ubyte`), idx([rows, SIDE, SIDE], pixels))
  const kinds = Uint8Array.from({ length: rows }, (_, row) => kindOf(row))
  await writeFile(join(folder, `${name}-labels-idx1-ubyte`), idx([rows], kinds))
}

describe('a label that is learnt', () => {
  let folder: string
  let studio: LaunchedStudio
  const get = (id: string): ReturnType<LaunchedStudio['page']['getByTestId']> => studio.page.getByTestId(id)

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'made-labels-'))
    await writeBars(join(folder, 'bars'))
    await writePictures(
      join(folder, 'people'),
      60,
      new Uint8Array(60 * SIDE * SIDE).map((_, i) => 255 * ((i * i) % 2)),
      (row) => row % 45,
    )
    studio = await launchStudio()
    // What is drawn is there at once.
    await studio.page.emulateMedia({ reducedMotion: 'reduce' })
  })

  afterAll(async () => {
    await studio.close()
    await rm(folder, { recursive: true, force: true })
  })

  /** What is told of the sample under the cursor of the grid, moved on by a key. */
  async function captionAfter(key: string): Promise<string> {
    await get('samples-grid').press(key)
    return studio.page.locator('.caption-tip').innerText()
  }

  test('one that is no class is refused beside its switch', async () => {
    await expect.poll(() => get('split-train').innerText()).toContain('50,000')
    await dropOn(studio, join(folder, 'people'))
    // The digits have labels, too.
    await expect.poll(() => get('split-train').innerText()).toContain('48')
    await get('learn-label').click()
    await expect.poll(() => get('refused-change').innerText()).toMatch(/looks like a number or a name/)
    await studio.screenshot('label-refused')
    await get('undo-refused').click()
    await expect.poll(() => get('learn-label').isChecked()).toBe(false)
  })

  test('is switched on beside the data, and told in Model', async () => {
    await dropOn(studio, join(folder, 'bars'))
    await expect.poll(() => studio.page.getByText('bars-images-idx3-ubyte').count()).toBeGreaterThan(0)
    await expect.poll(() => studio.page.getByText('36 inputs').count()).toBeGreaterThan(0)
    expect(await get('learn-label').isChecked()).toBe(false)
    await get('learn-label').click()
    await expect.poll(() => studio.page.getByText('39 inputs').count()).toBeGreaterThan(0)
    await studio.screenshot('label-data')
    await get('rail-model').click()
    expect(await get('label-leads').innerText()).toMatch(/comes first in every ordering/)
    await studio.screenshot('label-model')
  })

  test('is validated after each epoch and tested, with a table of what is taken for what', async () => {
    await get('preset-quick').click()
    await get('field-name').fill('Bars')
    await get('field-hidden-0').fill('40')
    if (!(await get('field-epochs').isVisible())) await get('advanced').click()
    await get('field-epochs').fill('2')
    await get('primary-action').click()
    await expect.poll(() => get('status-state').innerText()).toContain('Finished')
    await expect.poll(() => get('figure-errors').innerText()).toMatch(/\d%[\s\S]*of \d+ rows/)
    expect(await get('figure-test-errors').innerText()).toMatch(/\d%/)
    expect(await get('figure-test-unlabelled').innerText()).toMatch(/\d nats/)
    expect(await get('label-errors').innerText()).toMatch(/Label told wrongly/)
    expect(await get('state-notice').innerText()).toMatch(/told wrongly in [\d.]+% of them/)
    await studio.screenshot('label-train')
    await get('side-mistakes').click()
    const table = get('confusion')
    expect(await table.locator('tbody tr').count()).toBe(3)
    expect(await table.locator('tbody td').count()).toBe(9)
    const counts = await table.locator('tbody td .hidden-visually').allInnerTexts()
    const tested = /of (\d+) rows/.exec(await get('figure-test-errors').innerText())?.[1]
    expect(counts.reduce((sum, count) => sum + Number(count), 0)).toBe(Number(tested))
    await studio.screenshot('label-mistakes')
  })

  test('is asked for in Samples: one class alone, or a row for each', async () => {
    await get('rail-samples').click()
    await expect.poll(() => get('samples-birth').isEnabled()).toBe(true)
    for (const kind of ['2', '0']) {
      await get(`class-${kind}`).click()
      await expect.poll(() => get('samples-birth').isEnabled()).toBe(true)
      await get('samples-grid').focus()
      await expect.poll(() => captionAfter('Home')).toMatch(new RegExp(`^\\S+ ${kind} · Sample 0`))
      for (let i = 1; i < 12; i++)
        expect(await captionAfter('ArrowRight')).toMatch(new RegExp(`^\\S+ ${kind} · Sample ${i} `))
    }
    await get('class-each').click()
    await expect.poll(() => get('samples-birth').isEnabled()).toBe(true)
    await get('samples-grid').focus()
    await expect.poll(() => captionAfter('Home')).toMatch(/^\S+ 0 · Sample 0/)
    await expect.poll(() => captionAfter('ArrowDown')).toMatch(/^\S+ 1 · Sample 0/)
    await expect.poll(() => captionAfter('End')).toMatch(/^\S+ 2 · Sample \d+/)
    await studio.screenshot('label-samples')
    await get('samples-grid').press('Enter')
    await expect.poll(() => get('sample-class').innerText()).toMatch(/ 2$/)
    expect(await get('sample-thought').innerText()).toMatch(/^The model itself takes it for \d/)
    await studio.screenshot('label-sample')
    await get('sample-dialog-close').click()
  })

  test('is told of a run in Runs, and by nobody is anything complained of', async () => {
    await get('rail-runs').click()
    await get('confusion').scrollIntoViewIfNeeded()
    expect(await get('confusion').locator('tbody td').count()).toBe(9)
    await studio.screenshot('label-runs')
    expect(studio.complaints).toEqual([])
  })
})
