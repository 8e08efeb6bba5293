import { spawn } from 'node:child_process'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findElectron, sandboxArguments } from '../../scripts/setup/electron.mjs'
import { inProject, projectFolder } from '../../scripts/setup/project.mjs'
import { request } from './application'
import { dropOn } from './drive'
import { launchStudio, type LaunchedStudio } from './launch'

const RUN = inProject('test', 'fixtures', 'home', '0.1.0', 'MADE Studio', 'runs', '2026-11-26-finished-3d4e5f')

describe('what is opened from outside', () => {
  let folder: string
  let studio: LaunchedStudio
  const titleOfView = (): Promise<string> => studio.page.locator('h1').first().innerText()

  /** Starts the application a second time with those words, as the system does for a double click; it ends by itself. */
  async function openAgain(...words: string[]): Promise<void> {
    const electron = findElectron()
    if (electron === null) throw new Error('There is no Electron here; `npm test` fetches one.')
    const { ELECTRON_RUN_AS_NODE: _node, ...env } = process.env
    const args = [...sandboxArguments(electron.path).args, projectFolder, ...words]
    const child = spawn(electron.path, args, {
      cwd: folder,
      env: { ...env, MADE_STUDIO_HOME: studio.home },
      stdio: 'ignore',
    })
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0)
  }

  const openData = async (): Promise<string | undefined> =>
    ((await request(studio.page, 'data.current')) as { value: { name: string } | null }).value?.name

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'made-opened-'))
    const rows = Array.from({ length: 40 }, (_, i) => `${i % 2},${(i >> 1) % 2}`)
    await writeFile(join(folder, 'table.csv'), `a,b\n${rows.join('\n')}\n`)
    await cp(RUN, join(folder, 'a run of theirs'), { recursive: true })
    await cp(inProject('test', 'fixtures', 'oracle', 'tiny-natural.safetensors'), join(folder, 'tiny.safetensors'))
    studio = await launchStudio()
  })

  afterAll(async () => {
    await studio.close()
    await rm(folder, { recursive: true, force: true })
  })

  test('data open in the application that runs already', async () => {
    await openAgain('table.csv')
    await expect.poll(openData).toBe('table.csv')
  })

  test('a model alone is kept as a run, and its samples are shown', async () => {
    await openAgain(join(folder, 'tiny.safetensors'))
    await expect.poll(titleOfView).toContain('Samples')
    await expect.poll(() => studio.page.getByText('tiny').count()).toBeGreaterThan(0)
  })

  test('a run that is dropped is listed where it lies, and its samples are shown', async () => {
    await studio.page.getByTestId('rail-data').click()
    await dropOn(studio, join(folder, 'a run of theirs'))
    await expect.poll(titleOfView).toContain('Samples')
    const { value } = (await request(studio.page, 'runs.list')) as { value: { id: string; elsewhere: string | null }[] }
    expect(value).toContainEqual(expect.objectContaining({ id: 'a run of theirs', elsewhere: folder }))
  })

  test('what the application is started with is opened when its window is there', async () => {
    await studio.close()
    studio = await launchStudio({ words: [join(folder, 'table.csv')] })
    await expect.poll(openData).toBe('table.csv')
  })

  test('the licences can be read', async () => {
    await studio.page.getByTestId('rail-settings').click()
    await studio.page.getByTestId('show-licences').click()
    await expect.poll(() => studio.page.getByTestId('licences-text').innerText()).not.toBe('')
    await studio.screenshot('licences')
    await studio.page.keyboard.press('Escape')
    await expect.poll(() => studio.page.getByTestId('licences').count()).toBe(0)
  })
})
