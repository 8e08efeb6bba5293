import { utils, write } from '@e965/xlsx'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dropOn } from './drive'
import { launchStudio, type LaunchedStudio } from './launch'

/** A column of names, one of numbers, one of classes. */
const people = (rows: number): string[][] =>
  Array.from({ length: rows }, (_, i) => [`p${i}`, String(20 + (i % 40)), 'abc'[i % 3]])
const csv = (rows: readonly (readonly string[])[]): string => rows.map((row) => `${row.join(',')}\n`).join('')

describe('the paragraph that says what was understood of a file', () => {
  let folder: string
  let studio: LaunchedStudio
  const get = (id: string): ReturnType<LaunchedStudio['page']['getByTestId']> => studio.page.getByTestId(id)
  const understood = (): Promise<string> => get('understood').innerText()
  const focused = (): Promise<string | null> =>
    studio.page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? null)

  const drop = async (name: string, content: string | Uint8Array): Promise<void> => {
    const path = join(folder, name)
    await writeFile(path, content)
    await dropOn(studio, path)
    await expect.poll(() => get('understood').count()).toBe(1)
  }
  const inBothThemes = async (name: string): Promise<void> => {
    await studio.screenshot(name)
    await studio.page.emulateMedia({ colorScheme: 'dark' })
    await studio.screenshot(`${name}-dark`)
    await studio.page.emulateMedia({ colorScheme: 'light' })
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'made-understood-'))
    studio = await launchStudio()
  })

  afterAll(async () => {
    await studio.close()
    await rm(folder, { recursive: true, force: true })
  })

  test('gives back a column that was left out, until it is found out again', async () => {
    await expect.poll(() => get('split-train').innerText()).toContain('50,000')
    await drop('people.csv', csv([['name', 'age', 'kind'], ...people(60)]))
    const leftOut = '“name” is left out because every row has another word'
    await expect.poll(understood).toContain(leftOut)
    expect(await get('data-notes').innerText()).toContain(
      'To use it, click on what the paragraph at the top says of it, and choose “Use it”.',
    )
    expect(await get('data-notes').innerText()).not.toContain('--')
    await studio.page.getByText(leftOut, { exact: true }).click()
    await inBothThemes('understood-left-out')
    await get('use-name').click()
    await expect.poll(understood).not.toContain('left out')
    await get('understood-columns').first().click()
    await get('find-out').click()
    await expect.poll(understood).toContain(leftOut)
  })

  test('reads dates with the month first where a person says so', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => [
      `${1 + (i % 12)}/${1 + ((5 * i) % 12)}/2021`,
      `$${1000 + i}`,
      'ab'[i % 2],
    ])
    await drop('visits.csv', csv([['visit', 'paid', 'ward'], ...rows]))
    await expect.poll(() => get('data-notes').innerText()).toContain('were read with the day first')
    await studio.page.getByText('1 column is a category', { exact: false }).first().click()
    await inBothThemes('understood-dates')
    await get('dates-month').click()
    await expect.poll(() => get('data-notes').innerText()).not.toContain('with the day first')
    await get('understood-columns').first().click()
    await get('dates-found').click()
    await expect.poll(() => get('data-notes').innerText()).toContain('were read with the day first')
  })

  test('is worked with keys alone', async () => {
    await drop(
      'kinds.csv',
      csv([['age', 'size', 'class'], ...people(60).map(([, age, kind], i) => [age, String(i % 7), kind])]),
    )
    await expect.poll(understood).toContain('“class” is the label')
    await get('understood-label').focus()
    await studio.page.keyboard.press('Enter')
    await expect.poll(() => get('choice-label').count()).toBe(1)
    await studio.page.keyboard.press('Escape')
    await expect.poll(() => get('choice-label').count()).toBe(0)
    await expect.poll(focused).toBe('understood-label')
    await studio.page.keyboard.press('Space')
    await expect.poll(focused).toBe('no-label')
    await studio.page.keyboard.press('Enter')
    await expect.poll(understood).toContain('No column is the label')
  })

  test('reads another sheet of those there are; of an empty one it says so where it was asked for, and keeps the table', async () => {
    const sheetOf = (rows: number): ReturnType<typeof utils.aoa_to_sheet> =>
      utils.aoa_to_sheet([['age', 'kind'], ...people(rows).map(([, age, kind]) => [Number(age), kind])])
    const workbook = {
      SheetNames: ['Small', 'Large', 'Empty'],
      Sheets: { Small: sheetOf(30), Large: sheetOf(90), Empty: utils.aoa_to_sheet([]) },
    }
    await drop('book.xlsx', new Uint8Array(write(workbook, { type: 'array', bookType: 'xlsx' })))
    await expect.poll(understood).toContain('30 rows and 2 columns, sheet “Small”')
    await get('understood-sheet').click()
    await get('reading-sheet').selectOption('Empty')
    await expect.poll(() => get('refused-change').innerText()).toContain('The sheet Empty of book.xlsx holds no values')
    expect(await understood()).toContain('30 rows and 2 columns, sheet “Small”')
    await inBothThemes('understood-refused')
    await get('undo-refused').click()
    await expect.poll(() => get('refused-change').count()).toBe(0)
    await get('understood-sheet').click()
    await studio.screenshot('understood-sheets')
    await get('reading-sheet').selectOption('Large')
    await expect.poll(understood).toContain('90 rows and 2 columns, sheet “Large”')
    await get('understood-sheet').click()
    await get('find-out').click()
    await expect.poll(understood).toContain('30 rows and 2 columns, sheet “Small”')
  })

  test('lets rows and columns change places', async () => {
    const tall = Array.from({ length: 6 }, (_, row) => [
      `thing ${row}`,
      ...Array.from({ length: 40 }, (__, i) => String((i * (row + 3)) % 11)),
    ])
    await drop('sideways.csv', csv(tall))
    await expect.poll(understood).toMatch(/6 rows and 41 columns|5 rows and 41 columns/)
    await get('understood-direction').first().click()
    await inBothThemes('understood-direction')
    await get('direction-turned').click()
    await expect.poll(understood).toContain('40 rows and 6 columns')
    expect(await understood()).toContain('turned on its side')
    await get('understood-direction').last().click()
    await get('direction-upright').click()
    await expect.poll(understood).toMatch(/and 41 columns/)
  })

  test('is there for a file of which too little is left, and leads on', async () => {
    await drop('notes.csv', csv([['name', 'kind'], ...people(40).map(([name], row) => [name, 'ab'[row % 2]])]))
    await expect.poll(understood).toContain('A table of 40 rows and 2 columns')
    await expect
      .poll(() => get('too-few').innerText())
      .toMatch(/“name” is left out because every row has another word\. You can use “name” all the same/)
    expect(await get('too-few').innerText()).not.toContain('--')
    expect(await get('primary-action').isDisabled()).toBe(true)
    await inBothThemes('understood-too-few')
    await get('rail-model').click()
    expect(await get('primary-action').isDisabled()).toBe(true)
    await get('rail-data').click()
    await studio.page.getByText('“name” is left out because every row has another word', { exact: true }).click()
    await get('use-name').click()
    await expect.poll(() => get('too-few').count()).toBe(0)
    expect(await get('primary-action').isDisabled()).toBe(false)
    await drop('single.csv', csv(people(40).map(([, age]) => [age])))
    await expect.poll(() => get('too-few').innerText()).toContain('single.csv has only one column')
  })

  test('ended without complaints', () => {
    expect(studio.complaints).toEqual([])
  })
})
