import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { inProject } from '../../scripts/setup/project.mjs'
import { answerOpenDialog, answerQuestion } from './drive'
import { launchStudio, type LaunchedStudio } from './launch'

const RUN = inProject('test', 'fixtures', 'home', '0.1.0', 'MADE Studio', 'runs', '2026-11-26-finished-3d4e5f')
/** What the buttons of the question do. */
const [MOVE, COPY, LEAVE, CANCEL] = [0, 1, 2, 3] as const

/** Another folder of runs, and what becomes of the runs in the one before. */
describe('another folder of runs', () => {
  let home: string
  let runs: string
  let elsewhere: string
  let studio: LaunchedStudio
  const get = (id: string): ReturnType<LaunchedStudio['page']['getByTestId']> => studio.page.getByTestId(id)
  const inBoth = async (): Promise<string[][]> => [await readdir(runs), await readdir(elsewhere)]

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'made-studio-folders-'))
    runs = join(home, 'MADE Studio', 'runs')
    elsewhere = join(home, 'elsewhere')
    await mkdir(elsewhere)
    await mkdir(runs, { recursive: true })
    for (const name of ['one', 'two']) await cp(RUN, join(runs, name), { recursive: true })
    studio = await launchStudio({ home })
    await get('rail-runs').click()
    await expect.poll(() => get('run-row').count()).toBe(2)
  })

  afterEach(async () => {
    await studio.close()
    await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  })

  async function choose(path: string, answer: number): Promise<void> {
    await get('rail-settings').click()
    await answerOpenDialog(studio.app, path)
    const question = await answerQuestion(studio.app, answer)
    await get('choose-folder').click()
    await expect.poll(question.asked).toBe(true)
  }

  async function expectListed(count: number): Promise<void> {
    await get('rail-runs').click()
    await expect.poll(() => get('run-row').count()).toBe(count)
  }

  test('that cannot hold runs is refused at once, beside the button, until that is mended', async () => {
    const file = join(home, 'a file')
    await writeFile(file, '')
    await get('rail-settings').click()
    await answerOpenDialog(studio.app, file)
    await get('choose-folder').click()
    await expect.poll(() => get('problem').innerText()).toMatch(/Runs cannot be kept in .*a file/)
    expect(await get('problem').innerText()).not.toMatch(/E[A-Z]{4,}/)
    expect(await get('problem').getAttribute('data-place')).toBe('settings.folder')
    expect(await get('runs-folder').innerText()).toBe(runs)
    await studio.screenshot('folder-refused')
    await choose(elsewhere, LEAVE)
    await expect.poll(() => get('runs-folder').innerText()).toBe(elsewhere)
    await expect.poll(() => get('problem').count()).toBe(0)
  })

  test('takes the runs along where that is wished', async () => {
    await choose(elsewhere, MOVE)
    await expect.poll(() => get('toast').innerText()).toContain('2 runs moved')
    expect(await inBoth()).toEqual([[], ['one', 'two']])
    await expectListed(2)
    await expect.poll(() => get('other-folders').count()).toBe(0)
  })

  test('gets copies where that is wished', async () => {
    await choose(elsewhere, COPY)
    await expect.poll(() => get('toast').innerText()).toContain('2 runs copied')
    expect(await inBoth()).toEqual([
      ['one', 'two'],
      ['one', 'two'],
    ])
    await expectListed(2)
  })

  test('begins empty where the runs are left, and says where they are', async () => {
    await choose(elsewhere, LEAVE)
    await expectListed(0)
    await expect.poll(() => get('other-folders').innerText()).toContain(`2 other runs are in ${runs}`)
    await studio.screenshot('folder-left')
    await get('use-former').click()
    await expectListed(2)
    await get('rail-settings').click()
    await expect.poll(() => get('runs-folder').innerText()).toBe(runs)
  })

  test('is not used where the question is not answered', async () => {
    await choose(elsewhere, CANCEL)
    expect(await get('runs-folder').innerText()).toBe(runs)
    await expectListed(2)
    expect(await inBoth()).toEqual([['one', 'two'], []])
  })

  test('that holds a run of the same name leaves that where it was, and says so', async () => {
    await cp(RUN, join(elsewhere, 'one'), { recursive: true })
    await choose(elsewhere, MOVE)
    await expect
      .poll(() => get('problem').innerText())
      .toMatch(/1 run stays where it is\. There is a run in .* already/)
    expect(await inBoth()).toEqual([['one'], ['one', 'two']])
    await get('rail-runs').click()
    await expect.poll(() => get('other-folders').innerText()).toContain('1 other run is in')
  })
})
