import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { bySplit } from '../../src/data/split'
import { writeNpz } from '../cli/npz-file'
import { chainRows } from '../training/chain'
import { computePids, isAlive, request } from './application'
import { answerOpenDialog, answerQuestion, closeWindow, holdCompute } from './drive'
import { launchStudio, type LaunchedStudio } from './launch'

/** Processes of the application that die, again and again, or hang. */
describe('a process that is lost', () => {
  let home: string
  let studio: LaunchedStudio
  const get = (id: string): ReturnType<LaunchedStudio['page']['getByTestId']> => studio.page.getByTestId(id)

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'made-studio-lost-'))
    studio = await launchStudio({ home })
    await expect.poll(() => get('split-train').innerText()).toContain('50,000')
  })

  afterEach(async () => {
    await studio.close()
    await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  })

  /** Kills the compute process as soon as there is another than the one before. */
  async function killCompute(before: number | null): Promise<number> {
    const newPid = async (): Promise<number | null> =>
      (await computePids(studio.app)).find((pid) => pid !== before) ?? null
    await expect.poll(newPid).not.toBeNull()
    const pid = (await newPid()) ?? Number.NaN
    process.kill(pid, 'SIGKILL')
    return pid
  }

  async function killFourTimes(): Promise<void> {
    let pid: number | null = null
    for (let time = 0; time < 4; time++) pid = await killCompute(pid)
  }

  test('four times within a minute is not started again by itself, but by the person, with all that was open', async () => {
    const data = join(home, 'chain.npz')
    await writeNpz(
      data,
      bySplit((split) => chainRows(split === 'train' ? 2_000 : 400, 40, split.length)),
    )
    await answerOpenDialog(studio.app, data)
    await get('open-file').click()
    await expect.poll(() => get('split-train').innerText()).toContain('2,000')

    await killFourTimes()
    await expect
      .poll(() => get('compute-stopped').innerText())
      .toMatch(/stopped unexpectedly 4 times within a minute and was not started again/)
    expect(await request(studio.page, 'run.state', { runId: null })).toMatchObject({
      ok: false,
      failure: { code: 'process-lost' },
    })
    await studio.screenshot('compute-stopped')
    await studio.page.emulateMedia({ colorScheme: 'dark' })
    await studio.screenshot('compute-stopped-dark')

    await get('compute-start').click()
    await expect.poll(() => get('compute-stopped').count()).toBe(0)
    await expect
      .poll(() => request(studio.page, 'data.current'))
      .toMatchObject({ ok: true, value: { source: { kind: 'file', path: data } } })
    expect(await get('split-train').innerText()).toContain('2,000')
    await closeWindow(studio.app)
  })

  test('for good does not keep the window from closing', async () => {
    await killFourTimes()
    await expect.poll(() => computePids(studio.app)).toEqual([])
    await closeWindow(studio.app)
  })

  async function train(): Promise<void> {
    await get('rail-model').click()
    await get('preset-quick').click()
    await get('advanced').click()
    await get('field-epochs').fill('100000')
    await get('field-lookAhead').fill('100000')
    await get('primary-action').click()
    await expect.poll(() => get('status-state').innerText()).toContain('Training')
    await expect.poll(() => get('figure-best').innerText()).toMatch(/\d+\.\d\d/)
  }

  test('that hangs while a run is saved is given up when the person says so, and is not left behind', async () => {
    await train()
    const [pid] = await computePids(studio.app)
    await holdCompute(studio.app)
    await answerQuestion(studio.app, 0)
    await closeWindow(studio.app)
    await expect.poll(() => isAlive(pid)).toBe(false)
  })

  test('that is told to end by the system saves its run, and asks nobody', async () => {
    await train()
    // Whoever is asked says no.
    await answerQuestion(studio.app, 1)
    const { pid = Number.NaN } = studio.app.process()
    const exited = new Promise((resolve) => studio.app.process().once('exit', resolve))
    process.kill(pid, 'SIGTERM')
    await exited
    const runs = join(home, 'MADE Studio', 'runs')
    const [run] = await readdir(runs)
    const files = await readdir(join(runs, run))
    expect(files).toContain('checkpoint.safetensors')
    // The run was let go of, which a process that is merely killed does not do.
    const [lock] = files.filter((name) => name.startsWith('.lock'))
    expect(await readFile(join(runs, run, lock), 'utf8')).toMatch(/^released/)

    studio = await launchStudio({ home })
    await expect.poll(() => get('resume-offer').count()).toBe(1)
  })

  test('behind the window leaves a window that is shown again', async () => {
    await answerQuestion(studio.app, 0)
    const pid = await studio.app.evaluate(
      ({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()
          .find((window) => window.isVisible())
          ?.webContents.getOSProcessId() ?? 0,
    )
    expect(pid).toBeGreaterThan(0)
    process.kill(pid, 'SIGKILL')
    // The page that was driven so far is gone for good; the new one is asked through its window.
    const shown = (): Promise<unknown> =>
      studio.app.evaluate(({ BrowserWindow }, gone) => {
        const contents = BrowserWindow.getAllWindows().find((window) => window.isVisible())?.webContents
        if (!contents || contents.isCrashed() || contents.getOSProcessId() === gone) return null
        const asked = contents.executeJavaScript(
          `document.querySelector('[data-testid="rail-data"]')?.textContent ?? null`,
        ) as Promise<unknown>
        // What is asked of a page that another one takes the place of is never answered.
        const late = new Promise((resolve) => setTimeout(() => resolve(null), 2000))
        return Promise.race([asked, late])
      }, pid)
    await expect.poll(shown).toContain('Data')
    await closeWindow(studio.app)
  })
})
