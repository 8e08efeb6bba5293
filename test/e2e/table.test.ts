import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerOpenDialog, answerSaveDialog, inkOfCanvas } from './drive'
import { launchStudio, type LaunchedStudio } from './launch'

const NAMES = ['age', 'work', 'since', 'hours', 'share', 'income']
/** People by age, work, the day since when, hours and a share, and what they earn; some of it is not known. */
const LINES = Array.from({ length: 1200 }, (_, i) => {
  const age = 17 + ((i * 7) % 60)
  return [
    String(age),
    ['Private', 'State-gov', '', 'Self-emp', 'Private'][i % 5],
    `20${String(10 + (i % 12)).padStart(2, '0')}-${String(1 + ((i * 5) % 12)).padStart(2, '0')}-${String(1 + ((i * 11) % 28)).padStart(2, '0')}`,
    i % 6 === 0 ? '' : String(20 + ((i * 3) % 41)),
    ((i % 97) / 4).toFixed(2).replace(/\.?0+$/, ''),
    age > 45 ? '>50K' : '<=50K',
  ]
})

/** A table is seen as one: the person's own columns and values, in the file and in what a model draws of it. */
describe('a table', () => {
  let folder: string
  let studio: LaunchedStudio
  const get = (id: string): Locator => studio.page.getByTestId(id)
  const rowsOf = (id: string): Locator => get(id).getByTestId('table-row')
  const headsOf = async (id: string): Promise<string[]> =>
    (await get(id).getByTestId('table-head').allInnerTexts()).map((text) => text.split('\n')[0])

  /** What the rows that show hold, by the number at their left. */
  async function shownIn(id: string): Promise<ReadonlyMap<number, string[]>> {
    const rows = await rowsOf(id).evaluateAll((elements) =>
      elements.map((row) => Array.from(row.children, (cell) => cell.textContent ?? '')),
    )
    return new Map(
      rows.map(([number, ...cells]) => [Number(number.replaceAll(',', '')), cells.map((cell) => cell.trim())]),
    )
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'made-table-'))
    await writeFile(join(folder, 'people.csv'), [NAMES, ...LINES].map((line) => `${line.join(',')}\n`).join(''))
    studio = await launchStudio()
  })

  afterAll(async () => {
    await studio.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  })

  test('shows what stands in its file, under the names of its columns', async () => {
    await answerOpenDialog(studio.app, join(folder, 'people.csv'))
    await get('open-file').click()
    await expect.poll(() => headsOf('data-table')).toEqual(NAMES)
    await expect.poll(async () => (await shownIn('data-table')).size).toBeGreaterThan(8)
    await expect.poll(async () => [...(await shownIn('data-table')).values()].flat().includes('')).toBe(false)
    for (const [number, cells] of await shownIn('data-table'))
      expect(cells).toEqual(LINES[number - 1].map((field) => (field === '' ? '—' : field)))
    // The histogram of the hours says what is missing.
    await expect.poll(() => get('data-table').getByTestId('table-head').nth(3).locator('svg').count()).toBe(2)
    await studio.screenshot('data-rows-table')
  })

  test('is moved in by the keyboard, down to its last row, and what is there is told', async () => {
    await get('data-table').focus()
    await studio.page.keyboard.press('ArrowDown')
    await expect.poll(() => get('table-told').innerText()).toMatch(/^age: \d+$/)
    await studio.page.keyboard.press('Control+End')
    await expect.poll(() => get('table-told').innerText()).toMatch(/^income: /)
    await studio.page.keyboard.press('Home')
    await studio.page.keyboard.press('ArrowRight')
    await expect.poll(() => get('table-told').innerText()).toMatch(/^work: (Private|State-gov|Self-emp|no value)$/)
    const active = await get('data-table').getAttribute('aria-activedescendant')
    expect(await studio.page.locator(`[id="${active}"]`).getAttribute('role')).toBe('gridcell')
    const numbers = [...(await shownIn('data-table')).keys()]
    expect(Math.max(...numbers)).toBeGreaterThan(1190)
    await studio.page.keyboard.press('Control+Home')
  })

  test('has columns that are variables, in bins, or bits', async () => {
    await expect.poll(() => studio.page.getByText(/^6 columns, \d+ inputs$/).count()).toBe(1)
    expect(await get('number-bits').inputValue()).toBe('7')
    const partsOfAge = (): Promise<string[]> => get('column-parts').first().locator('span').allInnerTexts()
    expect(await partsOfAge()).toHaveLength(8)
    expect((await partsOfAge())[0]).toMatch(/^17–\d+$/)
    await get('number-bits').selectOption('3')
    await expect.poll(async () => (await partsOfAge()).length).toBe(4)
    await get('column-0').selectOption('numbers 1')
    await expect.poll(async () => (await partsOfAge()).length).toBe(2)
    await get('as-bits').click()
    await expect.poll(() => studio.page.getByText(/^\d+ inputs$/).count()).toBe(1)
    expect(await get('number-bits').inputValue()).toBe('1')
    await expect.poll(partsOfAge).toEqual([expect.stringMatching(/^> \d+$/)])
    await get('as-variables').click()
    await expect.poll(() => studio.page.getByText(/^6 columns, \d+ inputs$/).count()).toBe(1)
    expect(await get('number-bits').inputValue()).toBe('7')
    expect(await get('column-0').inputValue()).toBe('numbers')
  })

  test('is seen as bits at a click', async () => {
    await get('view-binary').click()
    await expect.poll(() => inkOfCanvas(studio.page, 'data-grid')).toBeGreaterThan(0.02)
    await get('view-table').click()
    await expect.poll(() => headsOf('data-table')).toEqual(NAMES)
  })

  test('is what its model draws: rows whose values occur in the file', async () => {
    await get('rail-model').click()
    await get('advanced').click()
    await get('field-epochs').fill('3')
    await get('field-name').fill('People')
    await get('primary-action').click()
    await expect.poll(() => get('status-state').innerText()).toBe('Finished “People”')
    await expect.poll(() => headsOf('epoch-table')).toContain('age')
    // It scrolls within its card, and lies over nothing.
    const [table, status] = await Promise.all([get('epoch-table').boundingBox(), get('status-line').boundingBox()])
    expect((table?.y ?? 0) + (table?.height ?? Infinity)).toBeLessThan(status?.y ?? 0)
    await studio.screenshot('train-table')
    await get('rail-samples').click()
    await expect.poll(() => headsOf('samples-table')).toEqual(NAMES)
    await expect.poll(async () => [...(await shownIn('samples-table')).values()].flat().includes('')).toBe(false)
    const known = NAMES.map((_, column) => new Set(LINES.map((line) => (line[column] === '' ? '—' : line[column]))))
    for (const [age, work, since, hours, share, income] of (await shownIn('samples-table')).values()) {
      expect([known[1].has(work), known[5].has(income)]).toEqual([true, true])
      expect([known[0].has(age), known[3].has(hours)]).toEqual([true, true])
      expect(since).toMatch(/^20(1\d|2[01])-\d\d-\d\d$/)
      expect(share).toMatch(/^\d+(\.\d{1,2})?$/)
    }
    await get('samples-table').locator('[data-row="0"][data-column="0"]').hover()
    await expect.poll(() => get('table-told').innerText()).toMatch(/^age: \d+ · chance .*% · log p of the row/)
    await studio.screenshot('samples-table')
  })

  test('has samples whose birth names its columns', async () => {
    await get('samples-table').locator('[data-row="2"][data-column="1"]').click()
    await expect.poll(() => get('row-told').innerText()).toContain('income')
    await get('birth-scrub').fill('1')
    await expect
      .poll(() => get('sample-dialog').innerText())
      .toMatch(/Just now (age|work|since|hours|share|income): .*%/)
    await studio.screenshot('sample-of-table')
    await get('sample-dialog-close').click()
  })

  test('is exported with the same head, and the values that the window shows', async () => {
    const shown = await shownIn('samples-table')
    const path = join(folder, 'drawn.csv')
    await answerSaveDialog(studio.app, path)
    await get('primary-action').click()
    await get('export-count').fill('50')
    await get('export-go').click()
    await expect.poll(() => get('toast').first().innerText()).toContain('50 samples')
    const [head, ...lines] = (await readFile(path, 'utf8')).trim().split('\n')
    expect([head, lines.length]).toEqual([NAMES.join(','), 50])
    for (const [number, cells] of shown)
      if (number < 50) expect(lines[number].split(',').map((field) => (field === '' ? '—' : field))).toEqual(cells)
    await get('view-bits').click()
    await expect.poll(() => inkOfCanvas(studio.page, 'samples-grid')).toBeGreaterThan(0.01)
    expect(studio.complaints).toEqual([])
  })
})
