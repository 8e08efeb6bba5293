import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerSaveDialog, dropOn } from './drive'
import { launchStudio, type LaunchedStudio } from './launch'
import { trainSmall } from './small-run'

let studio: LaunchedStudio
const get = (id: string): Locator => studio.page.getByTestId(id)

beforeAll(async () => {
  studio = await launchStudio()
})

afterAll(() => studio.close())

async function train(name: string, epochs: number): Promise<void> {
  await get('rail-model').click()
  await get('field-epochs').fill(String(epochs))
  await get('field-name').fill(name)
  await get('primary-action').click()
  await get('status-state')
    .filter({ hasText: `Finished “${name}”` })
    .waitFor()
}

function listed(name: string): Locator {
  return get('run-row').filter({ has: studio.page.getByText(name, { exact: true }) })
}

function compared(name: string): Locator {
  return get('compared-run').filter({ has: studio.page.getByText(name, { exact: true }) })
}

test('runs are picked by a box, by Space and by Shift', { timeout: 120_000 }, async () => {
  await trainSmall(studio.page)
  await train('Twin', 2)
  await train('Longer', 12)
  await get('rail-runs').click()
  expect(await get('compare-go').isDisabled()).toBe(true)
  await listed('Small').getByTestId('pick-run').check()
  await listed('Twin').focus()
  await studio.page.keyboard.press(' ')
  await expect.poll(() => get('compare-go').innerText()).toBe('Compare (2)')
  await studio.page.keyboard.press(' ')
  await expect.poll(() => get('compare-go').innerText()).toBe('Compare (1)')
  await listed('Twin').click({ modifiers: ['ControlOrMeta'] })
  await listed('Longer').click({ modifiers: ['Shift'] })
  await expect.poll(() => get('compare-go').innerText()).toBe('Compare (3)')
  await studio.screenshot('runs-picked')
})

test('the table of runs is sorted, searched, and shows what a person wants of them', async () => {
  const names = async (): Promise<readonly string[]> =>
    (await studio.page.locator('[data-testid="run-row"] .name').allInnerTexts()).map((name) => name.trim())
  expect(await names()).toEqual(['Longer', 'Twin', 'Small'])
  const byName = get('column-name')
  await byName.getByRole('button').click()
  await expect.poll(names).toEqual(['Longer', 'Small', 'Twin'])
  expect(await byName.getAttribute('aria-sort')).toBe('ascending')
  await byName.getByRole('button').press('Enter')
  await expect.poll(names).toEqual(['Twin', 'Small', 'Longer'])
  // Sorted by a loss, what it is compared with stands where it belongs.
  await get('column-test').getByRole('button').click()
  await studio.page.locator('[data-reference="entropy"]').first().waitFor()
  const kinds = await studio.page
    .locator('[data-reference="entropy"], [data-testid="run-row"]')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-reference') ?? 'run'))
  expect(kinds).toEqual(['entropy', 'run', 'run', 'run'])
  await get('columns').click()
  await get('references').uncheck()
  await expect.poll(() => get('reference-row').count()).toBe(0)
  await get('references').check()
  await get('show-seed').check()
  await studio.page.keyboard.press('Escape')
  await get('column-seed').waitFor()
  await get('find-runs').fill('bars LON')
  await expect.poll(names).toEqual(['Longer'])
  expect(await get('found-runs').innerText()).toBe('1 of 6 runs')
  // What is not in sight stays picked.
  expect(await get('compare-go').innerText()).toBe('Compare (3)')
  await get('find-runs').fill('no such')
  await get('none-found').waitFor()
  await studio.screenshot('runs-none-found')
  await get('find-all').click()
  await expect.poll(names).toHaveLength(3)
  // Stars and notes are found, too.
  await listed('Small').getByTestId('star-run').click()
  await listed('Twin').click()
  await get('run-note').fill('as good as its twin')
  await get('only-starred').click()
  await expect.poll(names).toEqual(['Small'])
  await get('find-all').click()
  await get('find-runs').fill('good twin')
  await expect.poll(names).toEqual(['Twin'])
  await studio.screenshot('runs-noted')
  await get('find-all').click()
  await listed('Twin').focus()
  await studio.page.keyboard.press('ArrowDown')
  await expect.poll(() => studio.page.locator('[data-run-id]:focus .name').innerText()).toBe('Small')
})

test('side by side, one says what was set differently', async () => {
  await get('compare-go').click()
  await expect.poll(() => get('compared-run').count()).toBe(3)
  expect(await get('compared-reference').allInnerTexts()).toEqual([
    expect.stringMatching(/^Each pixel guessed alone/),
    expect.stringMatching(/^Entropy of the data/),
  ])
  expect(await studio.page.locator('h2:focus').innerText()).toBe('3 runs side by side')
  await expect.poll(() => get('compared-setting').allInnerTexts()).toEqual([expect.stringMatching(/^Most epochs/)])
  await get('compare-only').uncheck()
  expect(await get('compared-setting').count()).toBeGreaterThan(10)
  await get('compare-only').check()
  // Twins draw the same from the same dice, the longer one something else.
  const drawn = (name: string): Promise<string> =>
    get('compared-samples')
      .filter({ has: studio.page.getByText(name, { exact: true }) })
      .locator('canvas')
      .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL())
  await expect.poll(async () => (await drawn('Twin')) === (await drawn('Small'))).toBe(true)
  await expect.poll(async () => (await drawn('Longer')) === (await drawn('Small'))).toBe(false)
  // A name shows and hides the curve.
  await compared('Twin').getByTestId('compared-name').click()
  expect(await compared('Twin').getByTestId('compared-name').getAttribute('aria-pressed')).toBe('false')
  await compared('Twin').getByTestId('compared-name').click()
})

test('row by row the longer run is the best, and the twins are worse alike', async () => {
  await get('compare-score').click()
  const difference = (name: string): Promise<string> => compared(name).getByTestId('compared-difference').innerText()
  await expect.poll(() => difference('Longer'), { timeout: 30_000 }).toBe('best of these')
  expect(await difference('Small')).toMatch(/^\+\d.* ± \d.* worse$/)
  expect(await difference('Twin')).toBe(await difference('Small'))
  for (const colorScheme of ['light', 'dark'] as const) {
    await studio.page.emulateMedia({ colorScheme })
    await studio.screenshot(`compare-${colorScheme}`)
  }
  // What is seen here is told in a report, too: as a page, printed, and with its tables as files.
  const saved = async (ending: string): Promise<Buffer> => {
    const path = join(studio.home, `report.${ending}`)
    await answerSaveDialog(studio.app, path)
    await get('compare-report').click()
    await get('toast').filter({ hasText: path }).waitFor()
    return readFile(path)
  }
  expect((await saved('html')).toString()).toMatch(/<svg [^]*best of these/)
  expect((await saved('pdf')).subarray(0, 5).toString()).toBe('%PDF-')
  expect((await saved('zip')).subarray(0, 2).toString()).toBe('PK')
  // A parcel of a run, dropped on the window, is among the runs again.
  await get('compare-back').click()
  await listed('Longer').click()
  const parcel = join(studio.home, 'longer.zip')
  await answerSaveDialog(studio.app, parcel)
  await get('run-parcel').click()
  await get('toast').filter({ hasText: 'The parcel is saved.' }).waitFor()
  // Trained again, it has the same parameters.
  await get('run-verify').click()
  await get('verified').filter({ hasText: 'The same, to the last bit' }).waitFor()
  await dropOn(studio, parcel)
  await expect.poll(() => get('rail-samples').getAttribute('aria-current')).toBe('page')
  await get('rail-runs').click()
  await listed('Longer 2').waitFor()
  // Without the longer one, nothing tells the twins apart.
  await listed('Longer').getByTestId('pick-run').uncheck()
  await get('compare-go').click()
  expect(await get('compare-same').count()).toBe(1)
  await get('compare-score').click()
  await expect
    .poll(async () => [await difference('Small'), await difference('Twin')].toSorted((a, b) => a.localeCompare(b)))
    .toEqual(['0.00 ± 0.00 tied', 'best of these'])
  await studio.page.keyboard.press('Escape')
  await get('run-row').first().waitFor()
})

test('seeds are taken together, and results are drawn over what was set', async () => {
  await get('rail-model').click()
  await get('field-seed').fill('2')
  await train('Other seed', 2)
  await get('rail-runs').click()
  for (const [name, isPicked] of [
    ['Small', true],
    ['Twin', false],
    ['Longer', true],
    ['Other seed', true],
  ] as const)
    await listed(name).getByTestId('pick-run').setChecked(isPicked)
  await get('compare-go').click()
  await expect.poll(() => get('compared-run').count()).toBe(3)
  const seeds = get('compared-seeds')
  await expect.poll(() => seeds.innerText()).toMatch(/ · 2 seeds.* ± /s)
  expect(await get('compared-name').allInnerTexts()).toEqual(['Longer'])
  for (const colorScheme of ['light', 'dark'] as const) {
    await studio.page.emulateMedia({ colorScheme })
    await studio.screenshot(`compare-seeds-${colorScheme}`)
  }
  await get('compare-seeds').uncheck()
  await expect.poll(() => get('compared-name').count()).toBe(3)
  expect(await seeds.count()).toBe(0)
  await get('scatter-setting').selectOption('Most epochs')
  await studio.page.getByText('The numbers').click()
  const numbers = await get('scatter-table').locator('tbody tr').allInnerTexts()
  expect(numbers.map((text) => text.split(/\s+/).at(-2)).toSorted((a = '', b = '') => a.localeCompare(b))).toEqual([
    '12',
    '2',
    '2',
  ])
  await get('compare-back').click()
  expect(studio.complaints).toEqual([])
})
