import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bySplit } from '../../src/data/split'
import { writeNpz } from '../cli/npz-file'
import { chainRows } from '../training/chain'
import { computePids, request } from './application'
import { answerOpenDialog, answerQuestion, closeWindow } from './drive'
import { launchStudio, type LaunchedStudio } from './launch'

/** What is kept when files are bad, windows are closed and processes die. */
describe('nothing is lost', () => {
  let home: string
  let data: string
  let studio: LaunchedStudio
  const get = (id: string): ReturnType<LaunchedStudio['page']['getByTestId']> => studio.page.getByTestId(id)
  const state = (): Promise<string> => get('status-state').innerText()

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'made-studio-keep-'))
    data = join(home, 'chain.npz')
    await writeNpz(
      data,
      bySplit((split) => chainRows(split === 'train' ? 20_000 : 400, 40, split.length)),
    )
    studio = await launchStudio({ home })
  })

  afterAll(async () => {
    await studio.close()
    await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  })

  test('a file that cannot be read is explained, and what was open stays open', async () => {
    await expect.poll(() => get('split-train').innerText()).toContain('50,000')
    const bad = join(home, 'bad.npz')
    await writeFile(bad, 'PK\u0003\u0004 no data at all')
    await answerOpenDialog(studio.app, bad)
    await get('open-file').click()
    await expect.poll(() => get('problem').innerText()).toMatch(/bad\.npz is damaged/)
    await studio.screenshot('bad-file')
    expect(await get('split-train').innerText()).toContain('50,000')
    await answerOpenDialog(studio.app, data)
    await get('open-file').click()
    await expect.poll(() => get('split-train').innerText()).toContain('20,000')
    await studio.screenshot('data-rows')
  })

  test('closing while training asks, saves, and offers to go on at the next start', async () => {
    await get('rail-model').click()
    await get('preset-quick').click()
    await get('field-name').fill('To be continued')
    await get('advanced').click()
    await get('field-epochs').fill('100000')
    await get('field-lookAhead').fill('100000')
    await get('primary-action').click()
    await expect.poll(state).toContain('Training')
    await expect.poll(() => get('figure-best').innerText()).toMatch(/\d+\.\d\d/)

    const close = (): Promise<void> =>
      studio.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()
          .find((window) => window.isVisible())
          ?.close(),
      )
    const question = await answerQuestion(studio.app, 1)
    await close()
    await expect.poll(question.asked).toBe(true)
    await expect.poll(state).toContain('Training')

    await answerQuestion(studio.app, 0)
    const exited = new Promise((resolve) => studio.app.process().once('exit', resolve))
    await close().catch(() => undefined)
    await exited

    studio = await launchStudio({ home })
    await expect.poll(() => get('resume-offer').innerText()).toContain('To be continued')
    await studio.screenshot('resume-offer')
    await get('resume-continue').click()
    await expect.poll(state).toContain('Training')
  })

  test('a compute process that dies is reported, and the run goes on from its checkpoint', async () => {
    const [pid] = await computePids(studio.app)
    process.kill(pid, 'SIGKILL')
    await expect.poll(() => studio.page.getByText(/stopped unexpectedly/).count()).toBeGreaterThan(0)
    await studio.screenshot('compute-lost')
    await get('rail-runs').click()
    await expect.poll(() => get('run-row').innerText()).toMatch(/[Ii]nterrupted/)
    await get('run-row').click()
    await studio.screenshot('interrupted')
    await studio.page.getByRole('button', { name: 'Continue…' }).click()
    await get('train-longer-go').click()
    await expect.poll(state).toContain('Training')
    await get('rail-train').click()
    await get('stop').click()
    await expect.poll(state).toContain('Finished')
  })

  test('a damaged settings file is set aside, not lost', async () => {
    await studio.close()
    await writeFile(join(home, 'settings.json'), '{ "settings": ')
    studio = await launchStudio({ home })
    await expect.poll(() => get('split-train').count()).toBe(1)
    const names = await studio.app.evaluate(({ app }) => app.getPath('userData'))
    expect(names).toBe(home)
    const aside = (await readdir(home)).find((name) => name.startsWith('settings.damaged'))
    expect(await readFile(join(home, aside ?? ''), 'utf8')).toBe('{ "settings": ')
    await expect
      .poll(() => get('problem').innerText())
      .toMatch(/The settings could not be read[\s\S]*settings\.damaged/)
    await studio.screenshot('settings-damaged')
  })

  test('settings of a newer MADE Studio are left as they are', async () => {
    await studio.close()
    const newer = JSON.stringify({ version: 99, settings: { theme: { day: 'light', night: 'dark' } } })
    await writeFile(join(home, 'settings.json'), newer)
    studio = await launchStudio({ home })
    await expect
      .poll(() => get('problem').innerText())
      .toMatch(/A newer MADE Studio has written the settings[\s\S]*left as it is/)
    await studio.screenshot('settings-newer')
    // They hold until the end, and are not kept.
    expect(await request(studio.page, 'settings.set', { theme: 'dark' })).toMatchObject({ value: { theme: 'dark' } })
    expect(await request(studio.page, 'settings.get')).toMatchObject({ value: { theme: 'dark' } })
    await studio.screenshot('settings-newer-dark')
    await closeWindow(studio.app)
    expect(await readFile(join(home, 'settings.json'), 'utf8')).toBe(newer)
  })

  test('a setting that makes no sense leaves the others as they are', async () => {
    await studio.close()
    await writeFile(
      join(home, 'settings.json'),
      JSON.stringify({ settings: { theme: 'dark', engine: 'abacus', runsFolder: join(home, 'elsewhere') } }),
    )
    studio = await launchStudio({ home })
    const settings = await request(studio.page, 'settings.get')
    expect(settings).toEqual({
      ok: true,
      value: {
        language: 'system',
        theme: 'dark',
        engine: 'auto',
        staysAwake: false,
        runsFolder: join(home, 'elsewhere'),
      },
    })
  })
})
