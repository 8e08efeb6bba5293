import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { findElectron } from '../../../scripts/setup/electron.mjs'
import type { Reply } from '../../../src/base/failure'
import type { RandomStream } from '../../../src/made/random'
import type { ComputeParams, ComputeResult } from '../../../src/shared/compute-protocol'
import type { ComputeChannel } from '../../../src/shared/contract'
import type { RunState } from '../../../src/shared/run'
import { computePids, isAlive, request } from '../../e2e/application'
import { launchStudio, type LaunchedStudio } from '../../e2e/launch'
import { faultsOfLoss, type AtRest } from '../at-rest'
import { Lost, type Served } from '../compute-client'
import { meddle } from '../meddling'
import { trainReference, type Reference } from '../reference'
import { faultsAtEnd } from '../same'
import { smallWork } from '../small-work'
import { isOver, isStuck, OTHERS, reasonOf, Studio } from '../studio'
import type { Trial } from '../trial'
import { orHang } from '../waiting'

const EPOCHS = 40
const MOST_DELAY_MS = 700
/** After more deaths within a minute the compute process is not started again by itself. */
const MOST_DEATHS = 3
const THEMES = ['system', 'light', 'dark'] as const

/** Why no window can be opened here, or null. */
export async function lackingWindows(): Promise<string | null> {
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'])
    return 'There is no display.'
  return findElectron() === null ? 'There is no Electron.' : null
}

/** SIGKILL to the compute process and to the whole application, in the real Electron. */
export async function killWindows(trial: Trial): Promise<void> {
  const reference = await trainReference(trial.place, smallWork(EPOCHS))
  await trial.cases(async (number) => {
    const home = join(trial.place, `home-${number}`)
    await mkdir(home)
    const studio = await Studio.open(join(home, 'MADE Studio'), reference)
    const random = trial.random(number)
    let before: AtRest | null = null
    while (true) {
      const life = await live(home, studio, trial, random)
      const { atRest, faults } = await studio.faultsAtRest()
      const all = [...life.faults, ...faults, ...faultsOfLoss(before, atRest), ...(await faultsOfSettings(home, life))]
      await trial.found(number, all, home)
      if (all.length > 0) return
      before = atRest
      if (life.isFinished) return await compare(trial, number, studio, reference)
    }
  })
}

/** One life of the application. */
interface Life {
  readonly faults: readonly string[]
  readonly isFinished: boolean
  /** The theme that was granted last, and one that was asked for after it. */
  readonly themes: readonly string[]
}

async function live(home: string, studio: Studio, trial: Trial, random: RandomStream): Promise<Life> {
  const opened = await launchStudio({ home })
  const themes: string[] = []
  const unfinished = { isFinished: false, themes }
  let isGone = false
  try {
    for (let deaths = 0; ; deaths++) {
      const client = new WindowClient(opened.page)
      const begun = await studio.startOrContinue(client, () => trial.resumed())
      if (begun.kind === 'refused') return { faults: [begun.why], ...unfinished }
      if (begun.kind === 'over') return { faults: [], isFinished: true, themes }
      const meddling = meddle(client, { ledger: studio.ledger, main: studio.main, others: OTHERS }, random)
      const over = client.watch()
      if (trial.isDone) await over
      else await Promise.race([sleep(random.uniform() * MOST_DELAY_MS), over])
      if (!trial.isDone && !isOver(client.state)) {
        const all = deaths === MOST_DEATHS || random.uniform() < 0.3
        if (all) {
          themes.push(...(await changeTheme(opened.page, random)))
          await endWhole(opened)
          isGone = true
        } else await endCompute(opened)
        trial.disturbed(all ? 'the whole application' : 'the compute process')
        client.lose()
        await over.catch(() => undefined)
        const faults = await meddling
        if (all || faults.length > 0) return { faults, ...unfinished }
        continue
      }
      const end = await over
      if (isStuck(end)) return { faults: [`it is paused although the disk is well: ${reasonOf(end)}`], ...unfinished }
      const faults = await meddling
      if (end.kind !== 'finished') return { faults: [...faults, `the run failed: ${reasonOf(end)}`], ...unfinished }
      // The lock is given back after the end is told.
      await orHang('the lock to be given back', untilReleased(studio))
      return { faults, isFinished: true, themes }
    }
  } finally {
    if (!isGone) await opened.close()
  }
}

/** The bridge of the page, as the window uses it. */
class WindowClient implements Served {
  private last: RunState = { kind: 'idle' }
  private isLost = false

  constructor(private readonly page: Page) {}

  get state(): RunState {
    return this.last
  }

  get isGone(): boolean {
    return this.isLost
  }

  /** What it served is gone; nobody waits for it any more. */
  lose(): void {
    this.isLost = true
  }

  async request<C extends ComputeChannel>(channel: C, params: ComputeParams<C>): Promise<Reply<ComputeResult<C>>> {
    const reply = await orHang(
      channel,
      (request(this.page, channel, params) as Promise<Reply<ComputeResult<C>>>).catch((error: unknown) => {
        throw this.isLost || isOfClosedPage(error) ? new Lost(channel) : error
      }),
    )
    if (!reply.ok && reply.failure.code === 'process-lost') throw new Lost(channel)
    return reply
  }

  /** Looks at the run until it is over or stuck. @throws Lost if its process ends first */
  async watch(): Promise<RunState> {
    for (;;) {
      const reply = await this.request('run.state', { runId: null })
      if (!reply.ok) throw new Lost('run.state')
      this.last = reply.value
      if (isOver(this.last) || isStuck(this.last)) return this.last
      await sleep(10)
    }
  }
}

/** The page is gone with the application. */
function isOfClosedPage(error: unknown): boolean {
  return error instanceof Error && /closed|crashed|destroyed/.test(error.message)
}

/** @returns the themes that may be set, once the application is gone */
async function changeTheme(page: Page, random: RandomStream): Promise<string[]> {
  const [first, second] = [THEMES[random.below(3)], THEMES[random.below(3)]]
  await request(page, 'settings.set', { theme: first })
  request(page, 'settings.set', { theme: second }).catch(() => undefined)
  await sleep(random.uniform() * 10)
  return [first, second]
}

async function endCompute({ app }: LaunchedStudio): Promise<void> {
  const [pid] = await computePids(app)
  if (pid === undefined) throw new Error('there is no compute process')
  process.kill(pid, 'SIGKILL')
}

/** Ends the main process; the others must not outlive it. */
async function endWhole({ app }: LaunchedStudio): Promise<void> {
  const pids = await computePids(app)
  const main = app.process()
  const ended = new Promise((resolve) => main.once('exit', resolve))
  main.kill('SIGKILL')
  await ended
  const gone = async (): Promise<void> => {
    while (pids.some(isAlive)) await sleep(10)
  }
  await orHang('the compute process of an application that is gone to end', gone())
}

async function untilReleased(studio: Studio): Promise<void> {
  while (await studio.mainFolder?.isHeld()) await sleep(10)
}

async function faultsOfSettings(home: string, { themes }: Life): Promise<string[]> {
  if (themes.length === 0) return []
  const { settings } = JSON.parse(await readFile(join(home, 'settings.json'), 'utf8')) as {
    settings: { theme: string }
  }
  return themes.includes(settings.theme) ? [] : [`the theme is ${settings.theme} and not ${themes.join(' or ')}`]
}

async function compare(trial: Trial, number: number, studio: Studio, reference: Reference): Promise<void> {
  const folder = studio.mainFolder
  if (!folder) return trial.found(number, ['there is no run at the end'])
  trial.ended()
  await trial.found(number, await faultsAtEnd(folder, reference), folder.path)
}
