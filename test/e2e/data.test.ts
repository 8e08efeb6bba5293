import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerOpenDialog, holdCompute, inkOfCanvas } from './drive'
import { launchStudio, type LaunchedStudio } from './launch'

/** People by age, work and education, and what they earn: words, numbers and gaps. */
function peopleCsv(rows: number): string {
  const pick = (list: readonly string[], i: number): string => list[i % list.length]
  const lines = Array.from({ length: rows }, (_, i) =>
    [
      17 + ((i * 7) % 60),
      pick(['Private', 'State-gov', '?', 'Self-emp'], i),
      pick(['HS-grad', 'Bachelors', 'Masters'], i),
      pick(['<=50K', '>50K'], i >> 2),
    ].join(','),
  )
  return `age,work,education,income\n${lines.join('\n')}\n`
}

describe('data of one’s own', () => {
  let folder: string
  let studio: LaunchedStudio
  const get = (id: string): ReturnType<LaunchedStudio['page']['getByTestId']> => studio.page.getByTestId(id)
  const inputs = (): Promise<string> =>
    studio.page
      .getByText(/\d inputs$/)
      .first()
      .innerText()
  const open = async (path: string): Promise<void> => {
    await answerOpenDialog(studio.app, path)
    await get('open-file').click()
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'made-own-data-'))
    studio = await launchStudio()
  })

  afterAll(async () => {
    await studio.close()
    await rm(folder, { recursive: true, force: true })
  })

  test('a table is opened, and each change of how it becomes bits shows at once', async () => {
    await expect.poll(() => get('split-train').innerText()).toContain('50,000')
    const path = join(folder, 'people.csv')
    await writeFile(path, peopleCsv(1000))
    await open(path)
    await expect.poll(() => get('split-train').innerText()).toContain('800')
    // Eight bins of ages, three kinds of work and the lack of one, three educations, two incomes.
    expect(await inputs()).toBe('4 columns, 17 inputs')
    await get('column-1').selectOption('out')
    await expect.poll(inputs).toBe('3 columns, 13 inputs')
    await get('number-bits').selectOption('3')
    await expect.poll(inputs).toBe('3 columns, 9 inputs')
    await get('column-0').selectOption('numbers 5')
    await expect.poll(inputs).toBe('3 columns, 11 inputs')
    await get('column-0').selectOption('numbers')
    await expect.poll(inputs).toBe('3 columns, 9 inputs')
    // As bits age is one: above the median or not.
    await get('as-bits').click()
    await expect.poll(inputs).toBe('6 inputs')
    await get('number-bits').selectOption('3')
    await expect.poll(inputs).toBe('8 inputs')
    await get('amount-test').fill('30')
    await get('amount-test').press('Enter')
    await expect.poll(() => get('split-test').innerText()).toContain('300')
    await studio.screenshot('data-table')
  })

  test('a column kept as the label is in no bit, and chooses the rows that are shown', async () => {
    await get('column-3').selectOption('label')
    await expect.poll(inputs).toBe('6 inputs')
    const filter = get('label-filter')
    await expect.poll(() => filter.innerText()).toMatch(/Every income[\s\S]*<=50K \(\d+\)[\s\S]*>50K \(\d+\)/)
    await filter.selectOption({ index: 1 })
    const incomes = studio.page.locator('[data-testid="table-row"] [data-column="3"]')
    await expect.poll(async () => [...new Set(await incomes.allInnerTexts())]).toEqual(['<=50K'])
    await get('view-binary').click()
    await expect.poll(() => inkOfCanvas(studio.page, 'data-grid')).toBeGreaterThan(0.02)
    await get('view-table').click()
  })

  test('what does not fit is explained, and what was open stays', async () => {
    await get('amount-valid').fill('80')
    await get('amount-valid').press('Enter')
    await expect.poll(() => get('refused-change').innerText()).toMatch(/No row would be left for the training part/)
    // Beside its field, with what was typed; not in a message that goes away.
    expect(await get('amount-valid').inputValue()).toBe('80')
    await expect.poll(() => get('problem').count()).toBe(0)
    expect(await get('split-test').innerText()).toContain('300')
    await studio.screenshot('data-change-refused')
    await get('undo-refused').click()
    await expect.poll(() => get('refused-change').count()).toBe(0)
    expect(await get('amount-valid').inputValue()).toBe('10')
    const bad = join(folder, 'bad.bin')
    await writeFile(
      bad,
      Uint8Array.from({ length: 4000 }, (_, i) => (i * 131) % 251),
    )
    await open(bad)
    await expect.poll(() => get('problem').count()).toBe(1)
    expect(await get('split-test').innerText()).toContain('300')
    expect(await inputs()).toBe('6 inputs')
    await studio.screenshot('data-refused')
    await get('problem-close').click()
    await expect.poll(() => get('problem').count()).toBe(0)
  })

  test('a reading that takes long can be given up, and what was open stays', async () => {
    const path = join(folder, 'large.csv')
    const line = `${Array.from({ length: 500 }, (_, i) => (i * i) % 2).join(',')}\n`
    await writeFile(path, line.repeat(150_000))
    const compute = await holdCompute(studio.app)
    await open(path)
    await get('cancel-opening').click()
    compute.release()
    await expect.poll(() => get('opening').count()).toBe(0)
    expect(await get('split-test').innerText()).toContain('300')
    await expect.poll(() => get('problem').count()).toBe(0)
  })

  test('a set with known entropy, a mixture beside it, and a run that comes near', async () => {
    await get('other-data').click()
    await studio.screenshot('data-offers')
    await get('open-bars-and-stripes').click()
    await expect.poll(() => get('nll-entropy').innerText()).toContain('3.38')
    expect(await get('nll-independent').innerText()).toContain('11.09')
    await get('mixture-components').fill('30')
    await get('fit-mixture').click()
    await expect.poll(() => get('nll-mixture').innerText()).toMatch(/^\d\.\d\d nats/)
    await get('mixture-components').fill('1000')
    await get('fit-mixture').click()
    await get('cancel-fit').click()
    await expect.poll(() => get('fit-mixture').count()).toBe(1)
    await studio.screenshot('data-synthetic')
    await get('rail-model').click()
    await get('preset-quick').click()
    await get('advanced').click()
    await get('field-epochs').fill('3')
    await get('primary-action').click()
    await expect.poll(() => get('status-state').innerText(), { timeout: 240_000 }).toContain('Finished')
    expect(await get('figure-bits').innerText()).toMatch(/best possible\s[+−]\s0\.\d{3}\snats/)
    await studio.screenshot('train-synthetic')
  })

  test('ended without complaints', () => {
    expect(studio.complaints).toEqual([])
  })
})
