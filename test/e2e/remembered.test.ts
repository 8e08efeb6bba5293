import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { answerOpenDialog, closeWindow, inkOfCanvas } from './drive'
import { launchStudio, type LaunchedStudio } from './launch'

/** What survives the night. */
describe('the next morning', () => {
  let home: string
  let studio: LaunchedStudio
  const get = (id: string): ReturnType<LaunchedStudio['page']['getByTestId']> => studio.page.getByTestId(id)
  const state = (): Promise<string> => get('status-state').innerText()
  const title = (): Promise<string> => studio.page.locator('h1').first().innerText()
  const path = (name: string): string => join(home, name)

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'made-studio-night-'))
    const rows = Array.from(
      { length: 9000 },
      (_, i) => `${i % 2},${(i >> 1) % 2},${(i >> 2) % 2},${i % 3 === 0 ? 1 : 0}`,
    )
    await writeFile(path('table.csv'), `a,b,c,d\n${rows.join('\n')}\n`)
    studio = await launchStudio({ home })
    await expect.poll(() => get('split-train').innerText()).toContain('50,000')
  })

  afterEach(async () => {
    await studio.close()
    await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  })

  async function open(name: string): Promise<void> {
    await answerOpenDialog(studio.app, path(name))
    await get('open-file').click()
  }

  /** What settings.json holds of the session. */
  async function kept(): Promise<Record<string, unknown>> {
    const stored = JSON.parse(await readFile(path('settings.json'), 'utf8')) as { session: Record<string, unknown> }
    return stored.session
  }

  /** Closes the window once what was done last is kept, and opens it again. */
  async function overNight(last: () => Promise<unknown>): Promise<void> {
    await expect.poll(last).toBe(true)
    await closeWindow(studio.app)
    studio = await launchStudio({ home })
  }

  test('begins where one went before there was anything to see', async () => {
    // From Home to Data while the data were being opened, and nothing since.
    await expect.poll(async () => (await kept().catch(() => null))?.['view']).toBe('data')
    await closeWindow(studio.app)
    studio = await launchStudio({ home, staysHome: true })
    await expect.poll(title).toBe('Data')
  })

  test('finds the file as it was prepared, the draft of the model, the view and how far it was scrolled', async () => {
    await open('table.csv')
    await expect.poll(() => get('split-train').innerText()).toContain('7,200')
    await get('amount-valid').fill('20')
    await get('amount-valid').press('Enter')
    await expect.poll(() => get('split-valid').innerText()).toContain('1,800')
    await get('data-grid').hover()
    await studio.page.mouse.wheel(0, 400)
    await get('rail-model').click()
    await get('field-hidden-0').fill('77')
    await get('field-name').fill('Half done')
    const isKept = async (): Promise<boolean> => {
      const { draft, view, scroll } = (await kept()) as {
        draft: { name: string } | null
        view: string
        scroll: Record<string, number>
      }
      return draft?.name === 'Half done' && view === 'model' && scroll['data'] > 0
    }
    await overNight(isKept)

    await expect.poll(title).toBe('Model')
    expect(await get('field-hidden-0').inputValue()).toBe('77')
    expect(await get('field-name').inputValue()).toBe('Half done')
    await get('rail-data').click()
    await expect.poll(() => get('split-valid').innerText()).toContain('1,800')
    expect(await get('amount-valid').inputValue()).toBe('20')
    const place = (): Promise<number> =>
      get('data-grid').evaluate((element) =>
        Math.max(element.scrollTop, ...[...element.querySelectorAll('*')].map((inner) => inner.scrollTop)),
      )
    await expect.poll(place).toBeGreaterThan(0)
    expect(studio.complaints).toEqual([])
  })

  test('says that a file has moved, opens MNIST instead, and offers the files of before', async () => {
    await open('table.csv')
    await expect.poll(() => get('split-train').innerText()).toContain('7,200')
    await expect.poll(async () => JSON.stringify(await kept())).toContain('table.csv')
    await overNight(() => Promise.resolve(true))
    await expect.poll(() => get('split-train').innerText()).toContain('7,200')
    await rename(path('table.csv'), path('moved.csv'))
    await overNight(() => Promise.resolve(true))
    await expect.poll(() => get('problem').innerText()).toMatch(/table\.csv[\s\S]*MNIST is open instead/)
    await studio.screenshot('moved-file')
    await answerOpenDialog(studio.app, path('moved.csv'))
    await get('problem-action').click()
    await expect.poll(() => get('split-train').innerText()).toContain('7,200')
    await expect.poll(() => get('problem').count()).toBe(0)
    await get('other-data').click()
    await get('open-mnist').click()
    await expect.poll(() => get('split-train').innerText()).toContain('50,000')
    await get('other-data').click()
    await studio.screenshot('recent-files')
    await get('open-recent').filter({ hasText: 'moved.csv' }).click()
    await expect.poll(() => get('split-train').innerText()).toContain('7,200')
  })

  test('begins as at the first start where what was kept makes no sense', async () => {
    await get('rail-model').click()
    await expect.poll(async () => (await kept())['view']).toBe('model')
    await closeWindow(studio.app)
    const stored = JSON.parse(await readFile(path('settings.json'), 'utf8')) as Record<string, unknown>
    const session = {
      view: 'attic',
      draft: { hidden: 7 },
      data: [],
      scroll: 'far',
      recent: [{ path: 3 }],
      chosen: null,
    }
    await writeFile(path('settings.json'), JSON.stringify({ ...stored, session }))
    studio = await launchStudio({ home })
    await expect.poll(() => get('split-train').innerText()).toContain('50,000')
    expect(await title()).toBe('Data')
    expect(studio.complaints).toEqual([])
  })

  test('the newest run is shown when it ends, unless another is pinned, also after the night', async () => {
    await open('table.csv')
    await expect.poll(() => get('split-train').innerText()).toContain('7,200')
    let usual: string | undefined
    const train = async (name: string, epochs?: string): Promise<void> => {
      await get('rail-model').click()
      if (!(await get('field-epochs').isVisible())) await get('advanced').click()
      usual ??= await get('field-epochs').inputValue()
      await get('field-epochs').fill(epochs ?? usual)
      await get('field-name').fill(name)
      await get('primary-action').click()
    }
    const row = (name: string) => get('run-row').filter({ hasText: name })
    const samplesOf = async (name: string): Promise<void> => {
      await get('rail-samples').click()
      await expect.poll(() => studio.page.getByText(`what “${name}” dreams up`).count()).toBe(1)
    }
    await train('First', '3')
    await expect.poll(state).toBe('Finished “First”')
    await samplesOf('First')
    await expect.poll(() => inkOfCanvas(studio.page, 'samples-grid')).toBeGreaterThan(0)
    // It takes so long that somebody looks at the first one meanwhile.
    await train('Second')
    await get('rail-runs').click()
    await row('First').click()
    await get('run-samples').click()
    await expect.poll(state).toBe('Finished “Second”')
    await samplesOf('Second')
    await get('rail-runs').click()
    await expect.poll(() => get('run-name').inputValue()).toBe('Second')

    await row('First').click()
    await get('pin-run').click()
    await train('Third', '3')
    await expect.poll(state).toBe('Finished “Third”')
    await samplesOf('First')
    await get('rail-runs').click()
    await expect.poll(() => get('run-name').inputValue()).toBe('First')
    await get('column-name').getByRole('button').click()
    await get('find-runs').fill('table')
    await overNight(async () => {
      const { pinned, view, runTable } = (await kept()) as { pinned: unknown; view: unknown; runTable: object }
      return pinned !== null && view === 'runs' && 'filter' in runTable && runTable.filter === 'table'
    })
    await expect.poll(() => get('run-name').inputValue()).toBe('First')
    // So is how the table was looked at.
    expect(await get('find-runs').inputValue()).toBe('table')
    expect(await get('column-name').getAttribute('aria-sort')).toBe('ascending')
    await expect.poll(() => get('built-in-row').count()).toBe(0)
    await get('find-all').click()
    await get('pin-run').click()
    await get('rail-train').click()
    await samplesOf('Third')
  })
})
