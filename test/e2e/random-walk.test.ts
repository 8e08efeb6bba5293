import { appendFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inProject } from '../../scripts/setup/project.mjs'
import { bySplit } from '../../src/data/split'
import type { RunState, RunSummary } from '../../src/shared/run'
import { writeNpz } from '../cli/npz-file'
import { longOr } from '../long'
import { chainRows } from '../training/chain'
import { computePids, request } from './application'
import { answerOpenDialog, answerQuestion, closeWindow } from './drive'
import { launchStudio, type LaunchedStudio } from './launch'
import { allowSaves, refuseSaves } from './refusing-disk'
import { ACTIONS, WalkModel, weightOf, type Action, type At } from './walk-model'

/** Other numbers and seeds by MADE_WALK_ACTIONS and MADE_WALK_SEED. */
const COUNT = Number(process.env['MADE_WALK_ACTIONS'] ?? longOr(300, 16))
const SEED = Number(process.env['MADE_WALK_SEED'] ?? 1)
const FATES = ['move', 'copy', 'leave'] as const

let home: string
let studio: LaunchedStudio
let model: WalkModel
let names = 0
const complaints: string[] = []
const random = generator(SEED)
const get = (id: string): ReturnType<LaunchedStudio['page']['getByTestId']> => studio.page.getByTestId(id)

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'made-studio-walk-'))
  await mkdir(join(home, 'other'))
  await writeNpz(
    join(home, 'chain.npz'),
    bySplit((split) => chainRows(split === 'train' ? 8000 : 100, 12, split.length)),
  )
  studio = await launchStudio({ home })
  model = new WalkModel(join(home, 'MADE Studio', 'runs'))
})

afterAll(async () => {
  await studio.close()
  await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})

test(
  `whatever happens in any order, a person can go on (${COUNT} actions from seed ${SEED})`,
  { timeout: 3_600_000 },
  async () => {
    await setUp()
    const done: string[] = []
    try {
      for (let i = 0; i < COUNT; i++) {
        const possible = ACTIONS.filter((action) => model.allows(action)).flatMap((action) =>
          Array<Action>(weightOf(action)).fill(action),
        )
        const action = possible[Math.floor(random() * possible.length)]
        done.push(action)
        say(`${model.at}: ${action}`)
        await act(action)
        say('done')
        await expectAsModelled()
        say('as modelled')
        await expectWayOn()
      }
    } catch (error) {
      console.log(`after ${done.join(', ')}:`)
      await studio.screenshot('walk-failed')
      throw error
    }
    expect([...complaints, ...studio.complaints]).toEqual([])
  },
)

/** What happens now, for whoever waits for a long walk. */
function say(words: string): void {
  appendFileSync(inProject('test-results', 'walk.log'), `${new Date().toISOString()} ${words}\n`)
}

/** A small data set and a small model that trains until it is stopped. */
async function setUp(): Promise<void> {
  await expect.poll(() => get('split-train').innerText()).toContain('50,000')
  await answerOpenDialog(studio.app, join(home, 'chain.npz'))
  await get('open-file').click()
  await expect.poll(() => get('split-train').innerText()).toContain('8,000')
  await get('rail-model').click()
  await get('remove-hidden-1').click()
  await get('field-hidden-0').fill('8')
  await get('advanced').click()
  for (const field of ['epochs', 'lookAhead']) await get(`field-${field}`).fill('100000')
  await get('field-batchSize').fill('20')
}

async function act(action: Action): Promise<void> {
  switch (action) {
    case 'start': {
      const before = await listed()
      await get('rail-model').click()
      const name = nextName()
      await get('field-name').fill(name)
      await get('primary-action').click()
      await expect.poll(async () => (await runState()).kind).toBe('training')
      const state = await runState()
      const id = 'runId' in state ? (state.runId ?? '') : ''
      expect(before.map((run) => run.id)).not.toContain(id)
      model.in(model.folder).set(id, name)
      return model.begins(id)
    }
    case 'continue': {
      const id = pick(model.resting)
      await choose(id)
      await get('train-longer').click()
      await get('field-more-epochs').fill('100000')
      await get('train-longer-go').click()
      return model.begins(id)
    }
    case 'pause':
      await get('rail-train').click()
      await get('pause').click()
      return model.pauses()
    case 'resume':
      await get('rail-train').click()
      await get(model.at === 'stop-held' ? 'go-on' : 'resume').click()
      return model.resumes()
    case 'stop':
      await get('rail-train').click()
      await get(model.at === 'stop-held' ? 'try-again' : 'stop').click()
      return model.stops()
    case 'leave':
      await get('rail-train').click()
      await get('leave').click()
      return ended()
    case 'train next': {
      const before = new Set((await listed()).map((run) => run.id))
      await get('rail-model').click()
      const name = nextName()
      await get('field-name').fill(name)
      await get('primary-action').click()
      const added = async (): Promise<string[]> =>
        (await listed()).filter(({ id }) => !before.has(id)).map((run) => run.id)
      await expect.poll(added).toHaveLength(1)
      const [id] = await added()
      model.in(model.folder).set(id, name)
      return model.waits(id)
    }
    case 'reorder': {
      const place = 1 + Math.floor(random() * (model.waiting.length - 1))
      const id = model.waiting[place]
      await get('rail-runs').click()
      await get('place-runs').click()
      await queued(id).getByTestId('queue-up').click()
      model.waiting.splice(place, 1)
      model.waiting.splice(place - 1, 0, id)
      return
    }
    case 'take out': {
      const id = pick(model.waiting)
      await get('rail-runs').click()
      await get('place-runs').click()
      await queued(id).getByTestId('queue-remove').click()
      return model.takesOut(id)
    }
    case 'pause all':
      await get('rail-runs').click()
      await get('place-runs').click()
      await get('queue-pause').click()
      model.isQueuePaused = true
      return model.pauses()
    case 'go on with all':
      await get('rail-runs').click()
      await get('place-runs').click()
      await get('queue-go-on').click()
      return model.goesOnWithAll()
    case 'fill the disk':
      await refuseSaves(currentFolder())
      return model.fills()
    case 'make room':
      await allowSaves(currentFolder())
      model.isFull = false
      return
    case 'change the folder': {
      const to = join(home, model.folder.endsWith('other') ? join('MADE Studio', 'runs') : 'other')
      const fate = pick(FATES)
      await get('rail-settings').click()
      await answerOpenDialog(studio.app, to)
      await answerQuestion(studio.app, FATES.indexOf(fate))
      await get('choose-folder').click()
      await expect.poll(() => get('runs-folder').innerText()).toBe(to)
      await expect.poll(() => get('moving-runs').count()).toBe(0)
      return model.uses(to, fate)
    }
    case 'kill the compute process': {
      await mendQueued()
      const [before] = await computePids(studio.app)
      process.kill(before, 'SIGKILL')
      const isThere = async (): Promise<boolean> => {
        if ((await get('compute-start').count()) > 0) await get('compute-start').click()
        const reply = (await request(studio.page, 'run.state', { runId: null })) as { ok: boolean }
        return reply.ok && !(await computePids(studio.app)).includes(before)
      }
      await expect.poll(isThere).toBe(true)
      return restarted()
    }
    case 'close and reopen':
      await mendQueued()
      await answerQuestion(studio.app, 0)
      complaints.push(...studio.complaints)
      await closeWindow(studio.app)
      studio = await launchStudio({ home })
      await expect.poll(() => request(studio.page, 'data.current')).toMatchObject({ value: { name: 'chain.npz' } })
      return restarted()
    case 'rename': {
      const id = pick(model.resting)
      const name = nextName()
      await choose(id)
      await get('run-name').fill(name)
      await get('run-name').press('Enter')
      model.in(model.folder).set(id, name)
      return
    }
    case 'delete': {
      const id = pick(model.resting)
      const before = new Set((await binned()).map((run) => run.id))
      await choose(id)
      await get('run-delete').click()
      await expect.poll(() => row(id).count()).toBe(0)
      const runs = model.in(model.folder)
      // Where one of its id is in the bin already, it has another id there.
      const added = (await binned()).filter((run) => !before.has(run.id))
      expect(added.map(({ name }) => name)).toEqual([runs.get(id)])
      for (const { id: binId, name } of added) model.bin.push({ id: binId, name, folder: model.folder })
      runs.delete(id)
      return model.takesOut(id)
    }
    case 'undelete': {
      const deleted = pick(model.bin.filter(({ folder }) => folder === model.folder))
      const before = new Set((await listed()).map((run) => run.id))
      const isNew = ({ id }: RunSummary): boolean => !before.has(id)
      await get('rail-runs').click()
      await get('place-bin').click()
      await row(deleted.id).click()
      await get('run-restore').click()
      await expect.poll(async () => (await listed()).filter(isNew).map(({ name }) => name)).toEqual([deleted.name])
      model.bin.splice(model.bin.indexOf(deleted), 1)
      // Where a copy of it has come meanwhile, it has another id.
      for (const { id } of (await listed()).filter(isNew)) model.in(model.folder).set(id, deleted.name)
      return
    }
  }
}

/** What is told of the run, and what is listed, is what must be true. */
async function expectAsModelled(): Promise<void> {
  await expect.poll(async () => placeOf(await runState()), { interval: 20 }).toBe(model.at)
  const expected = model.listed.map(([id, name]) => `${id} ${name}`).sort()
  const found = async (): Promise<string[]> =>
    (await listed())
      .filter(({ elsewhere }) => elsewhere === null)
      .map(({ id, name }) => `${id} ${name}`)
      .sort()
  await expect.poll(found).toEqual(expected)
  const queue = async (): Promise<unknown> => ((await request(studio.page, 'queue.state')) as { value: unknown }).value
  await expect.poll(queue).toMatchObject(model.queue)
  for (const { status, failure } of await listed()) expect([status, failure]).not.toEqual(['damaged', failure])
}

/** A person sees what can be done next. */
async function expectWayOn(): Promise<void> {
  await get('rail-train').click()
  switch (model.at) {
    case 'none':
      await get('rail-model').click()
      return expect.poll(() => get('primary-action').getAttribute('aria-disabled')).toBe('false')
    case 'training':
      return expect.poll(() => get('pause').and(studio.page.locator(':enabled')).count()).toBe(1)
    case 'paused':
      return expect.poll(() => get('resume').and(studio.page.locator(':enabled')).count()).toBe(1)
    case 'held':
      return expect.poll(() => get('leave').and(studio.page.locator(':enabled')).count()).toBe(1)
    case 'stop-held':
      return expect.poll(() => get('try-again').and(studio.page.locator(':enabled')).count()).toBe(1)
  }
}

/** Nothing is under way any more, and the disk is as it should be. */
async function ended(): Promise<void> {
  if (model.current !== null && model.isFull) await allowSaves(currentFolder())
  model.ends()
}

/** All processes are new. */
async function restarted(): Promise<void> {
  if (model.current !== null && model.isFull) await allowSaves(currentFolder())
  model.restarts()
}

/** What goes on by itself has a disk that it can go on on. */
async function mendQueued(): Promise<void> {
  if (!model.isFull || !model.isQueued) return
  await allowSaves(currentFolder())
  model.isFull = false
}

/** A row of the queue. */
function queued(id: string): ReturnType<LaunchedStudio['page']['getByTestId']> {
  return studio.page.locator(`[data-queued="${id}"]`)
}

function placeOf(state: RunState): At | 'failed' | 'elsewhere' {
  switch (state.kind) {
    case 'idle':
    case 'finished':
      return 'none'
    case 'training':
      return 'training'
    case 'paused':
      if (state.reason === null) return 'paused'
      return state.isStopping ? 'stop-held' : 'held'
    case 'failed':
    case 'diverged':
      return 'failed'
    case 'preparing':
    case 'stopping':
      return 'elsewhere'
  }
}

async function runState(): Promise<RunState> {
  return ((await request(studio.page, 'run.state', { runId: null })) as { value: RunState }).value
}

/** A person's own runs; those that came along are always there. */
async function listed(): Promise<readonly RunSummary[]> {
  const { value } = (await request(studio.page, 'runs.list')) as { value: readonly RunSummary[] }
  return value.filter(({ isBuiltIn }) => !isBuiltIn)
}

async function binned(): Promise<readonly RunSummary[]> {
  return ((await request(studio.page, 'runs.bin')) as { value: readonly RunSummary[] }).value
}

function currentFolder(): string {
  return join(model.currentFolder, model.current ?? '')
}

function row(id: string): ReturnType<LaunchedStudio['page']['locator']> {
  return studio.page.locator(`[data-run-id='${id}']`)
}

async function choose(id: string): Promise<void> {
  await get('rail-runs').click()
  await get('place-runs').click()
  await row(id).click()
}

function nextName(): string {
  return `Run number ${++names}`
}

function pick<T>(from: readonly T[]): T {
  return from[Math.floor(random() * from.length)]
}

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
