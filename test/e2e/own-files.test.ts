import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inProject } from '../../scripts/setup/project.mjs'
import { answerSaveDialog, dropOn, holdCompute } from './drive'
import { launchStudio, type LaunchedStudio } from './launch'

/** The second column copies the first; every seventh row lacks one of them. */
function copyCsv(rows: number): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const word = 'abc'[(i * i + (i >> 2)) % 3]
    return `${i % 14 === 0 ? '?' : word},${i % 14 === 7 ? '' : `like ${word}`},${i % 60}`
  })
  return `first,copy,age\n${lines.join('\n')}\n`
}

describe('files and folders dropped on the window', () => {
  let folder: string
  let studio: LaunchedStudio
  const get = (id: string): ReturnType<LaunchedStudio['page']['getByTestId']> => studio.page.getByTestId(id)
  const inputs = (): Promise<string> =>
    studio.page
      .getByText(/\d inputs$/)
      .first()
      .innerText()

  /** Trains what the Model view shows, to its end. */
  const train = async (name: string): Promise<void> => {
    await get('field-name').fill(name)
    await get('primary-action').click()
    await expect
      .poll(() => get('status-state').innerText(), { timeout: 240_000 })
      .toMatch(new RegExp(`Finished.*${name}`))
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'made-dropped-'))
    studio = await launchStudio()
  })

  afterAll(async () => {
    await studio.close()
    await rm(folder, { recursive: true, force: true })
  })

  test('a folder of pictures of unequal size is opened from any view, and fitted into the size that is asked for', async () => {
    await expect.poll(() => get('split-train').innerText()).toContain('50,000')
    const pictures = join(folder, 'pictures')
    await mkdir(pictures)
    for (const copy of ['a', 'b', 'c', 'd'])
      await cp(inProject('test', 'fixtures', 'readers', 'sizes'), join(pictures, copy), { recursive: true })
    await get('rail-learn').click()
    await dropOn(studio, pictures)
    await expect.poll(() => get('picture-size-width').inputValue()).toBe('28')
    expect(await inputs()).toContain('784 inputs')
    await get('picture-size-width').fill('20')
    await get('picture-size-width').press('Enter')
    await expect.poll(inputs).toContain('20 × 28 = 560 inputs')
    await get('picture-size-height').fill('16')
    await get('picture-size-height').press('Enter')
    await expect.poll(inputs).toContain('20 × 16 = 320 inputs')
    await studio.screenshot('data-picture-size')
    await get('picture-size-width').fill('60000')
    await get('picture-size-width').press('Enter')
    await expect.poll(() => get('refused-change').innerText()).toMatch(/60000×16 pixels cannot be modelled/)
    await studio.screenshot('data-picture-size-refused')
    await get('undo-refused').click()
    expect(await get('picture-size-width').inputValue()).toBe('20')
    expect(await inputs()).toContain('320 inputs')
  })

  test('a table is opened, and a model trained on its complete rows fills in the others', async () => {
    const path = join(folder, 'copy.csv')
    await writeFile(path, copyCsv(700))
    await dropOn(studio, path)
    await expect.poll(() => get('missing-values').count()).toBe(1)
    await get('missing-values').selectOption('model')
    await expect
      .poll(() => get('data-notes').innerText())
      .toMatch(/100 of 700 rows lack a value; a model trained on the others can fill it in/)
    await get('missing-values').scrollIntoViewIfNeeded()
    await studio.screenshot('data-missing-model')
    await get('rail-model').click()
    await get('preset-quick').click()
    await get('advanced').click()
    await get('field-epochs').fill('15')
    await get('field-batchSize').fill('20')
    await train('Copies')
    await get('rail-runs').click()
    await get('run-fill').click()
    await studio.screenshot('runs-fill')
    const out = join(folder, 'filled.csv')
    await answerSaveDialog(studio.app, out)
    await get('fill-go').click()
    await expect.poll(() => get('toast').first().innerText()).toMatch(/100 missing values in 100 rows filled in/)
    await expect.poll(() => get('filled-in').innerText()).toMatch(/gave the most probable value/)
    await expect.poll(() => get('filled-in').innerText()).toMatch(/copy\s+\d+[\s\S]*like \w+\s+\d+ ×\s+(over )?\d+%/)
    await get('filled-in').scrollIntoViewIfNeeded()
    await studio.screenshot('runs-filled')
    const [header, ...rows] = (await readFile(out, 'utf8')).trimEnd().split('\n')
    expect([header, rows.length]).toEqual(['first,copy,age', 700])
    const filled = rows.filter((_, i) => i % 7 === 0).map((row) => row.split(','))
    expect(filled.filter(([first, copy]) => copy === `like ${first}`).length).toBeGreaterThan(90)
  })

  test('gaps get a draw, or several tables are drawn', async () => {
    const tables = join(folder, 'tables')
    await mkdir(tables)
    await get('run-fill').click()
    await get('fill-way').selectOption('draw')
    await answerSaveDialog(studio.app, join(tables, 'one.csv'))
    await get('fill-go').click()
    await expect.poll(() => get('filled-in').innerText()).not.toMatch(/gave the most probable value/)
    await get('run-fill').click()
    await get('fill-way').selectOption('several')
    await get('fill-times').fill('1')
    expect(await get('fill-go').isDisabled()).toBe(true)
    await get('fill-times').fill('3')
    await studio.screenshot('runs-fill-several')
    await answerSaveDialog(studio.app, join(tables, 'drawn.csv'))
    await get('fill-go').click()
    await expect.poll(() => get('filled-tables').count()).toBe(1)
    expect((await readdir(tables)).sort()).toEqual(['drawn.1.csv', 'drawn.2.csv', 'drawn.3.csv', 'one.csv'])
    const drawn = await Promise.all([1, 2, 3].map((i) => readFile(join(tables, `drawn.${i}.csv`), 'utf8')))
    expect(new Set(drawn).size).toBeGreaterThan(1)
    // Nobody was asked whether numbered tables may be replaced.
    await get('run-fill').click()
    await get('fill-way').selectOption('several')
    await get('fill-go').click()
    await expect.poll(() => get('problem').innerText()).toMatch(/drawn\.1\.csv/)
  })

  test('a filling in that takes long shows how far it is, and given up writes nothing', async () => {
    const path = join(folder, 'long.csv')
    await writeFile(path, copyCsv(70_000))
    await dropOn(studio, path)
    await expect.poll(() => get('split-train').innerText()).toContain('56,000')
    await get('missing-values').selectOption('model')
    await expect.poll(() => get('data-notes').innerText()).toMatch(/10,?000 of 70,?000 rows lack a value/)
    await get('rail-model').click()
    await get('field-epochs').fill('1')
    await get('field-batchSize').fill('500')
    await train('Many copies')
    await get('rail-runs').click()
    await get('run-fill').click()
    const out = join(folder, 'never.csv')
    await answerSaveDialog(studio.app, out)
    await get('fill-go').click()
    await expect.poll(() => get('filling').innerText()).toMatch(/fills in values[\s\S]*left/)
    const compute = await holdCompute(studio.app)
    await studio.screenshot('runs-filling')
    await get('cancel-filling').click()
    compute.release()
    await expect.poll(() => get('filling').count()).toBe(0)
    expect(await get('run-fill').isEnabled()).toBe(true)
    await expect(readFile(out)).rejects.toThrow()
  })

  test('ended without complaints', () => {
    expect(studio.complaints).toEqual([])
  })

  test('what was understood of a table is a paragraph, each part of which is changed where it stands', async () => {
    await get('rail-data').click()
    const table = join(folder, 'people.csv')
    const lines = Array.from(
      { length: 60 },
      (_, i) => `p${i},${i % 9 === 4 ? -999 : 20 + (i % 40)},${'abc'[i % 3]},é${i % 2}`,
    )
    await writeFile(table, Buffer.from(`id,age,class,word\n${lines.join('\n')}\n`, 'latin1'))
    await dropOn(studio, table)
    const understood = (): Promise<string> => get('understood').innerText()
    await expect.poll(understood).toContain('A table of 60 rows and 4 columns, separated by commas')
    expect(await understood()).toContain('Western European (Windows-1252) text')
    expect(await understood()).toContain('“id” is left out because every row has another word.')
    expect(await understood()).toContain('“class” is the label')
    await get('understood-label').click()
    await get('no-label').click()
    await expect.poll(understood).toContain('No column is the label')
    await get('understood-missing').click()
    await get('reading-marks').fill('-999')
    await get('reading-marks').press('Enter')
    await expect.poll(understood).toContain('7 cells are missing, written “-999”')
    await studio.screenshot('data-understood')
    await get('understood-encoding').click()
    await expect.poll(() => get('choice-encoding').innerText()).toContain('p0,20,a,é0')
    await studio.screenshot('data-encoding')
    await studio.page.emulateMedia({ colorScheme: 'dark' })
    await studio.screenshot('data-encoding-dark')
    await get('encoding-windows-1252').click()
    await get('understood-columns').first().click()
    await studio.screenshot('data-columns-dark')
    await studio.page.keyboard.press('Escape')
    await studio.page.emulateMedia({ colorScheme: 'light' })
  })
})
