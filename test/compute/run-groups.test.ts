import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Engines } from '../../src/compute/engines'
import { EnginePorts } from '../../src/compute/gpu-window/engine-ports'
import { OpenData } from '../../src/compute/open-data'
import { QueueAdmission } from '../../src/compute/queue-admission'
import { RunGroups } from '../../src/compute/run-groups'
import { RunPlaces } from '../../src/compute/run-places'
import { TrainingService } from '../../src/compute/training-service'
import { requireRoom } from '../../src/runs/disk-room'
import { QueueFile } from '../../src/runs/queue-file'
import type { Params } from '../../src/shared/contract'
import type { RunSummary } from '../../src/shared/run'
import { expectFailure } from '../base/expect-failure'
import { CONFIG, ENDLESS, opened, Service } from './queue-service'

type Asked = Params<'group.foresee'>

const GRID: Asked = {
  base: CONFIG,
  vary: { hidden: [[4], [6]], 'optimizer.learningRate': [0.01, 0.02, 0.05] },
  search: { kind: 'grid' },
  way: { kind: 'whole' },
}
/** Runs that only their time ends. */
const HALVED: Asked = { ...GRID, base: ENDLESS, way: { kind: 'halving', minutes: 0.05 } }

async function runsOf(service: Service, groupId: string): Promise<RunSummary[]> {
  const list = await service.handlers['runs.list'](undefined)
  return list.filter(({ group }) => group?.id === groupId).sort((a, b) => (a.id < b.id ? -1 : 1))
}

async function add(service: Service, name: string, asked: Asked): Promise<string> {
  return (await service.handlers['group.add']({ ...asked, name })).groupId
}

describe('a group of runs in the queue', () => {
  it('is one item; all of its runs are trained to their end, each once, and what comes after it waits', async () => {
    const service = await opened()
    const groupId = await add(service, 'grid', GRID)
    const [last] = await service.add('last')
    expect(service.queue).toMatchObject({
      runs: [groupId, last],
      groups: [{ id: groupId, name: 'grid', runs: 6, of: 6 }],
    })
    await service.untilEmpty()
    const runs = await runsOf(service, groupId)
    expect(runs.map(({ status, epoch }) => [status, epoch])).toEqual(Array(6).fill(['finished', 2]))
    expect(runs.map(({ config }) => [config.hidden, 'learningRate' in config.optimizer && config.optimizer.learningRate])).toEqual([[[4], 0.01], [[4], 0.02], [[4], 0.05], [[6], 0.01], [[6], 0.02], [[6], 0.05]]) // prettier-ignore
    expect(runs.map(({ name }) => name)).toEqual(['grid 1', 'grid 2', 'grid 3', 'grid 4', 'grid 5', 'grid 6'])
    expect(service.ended).toEqual([...runs.map(({ id }) => id), last])
    expect(service.groupsEnded).toEqual([{ id: groupId, name: 'grid', runs: 6 }])
    expect(service.failures).toEqual([])
    const result = await service.handlers['group.result']({ groupId })
    const byLoss = runs.toSorted((a, b) => (a.best?.validNll ?? NaN) - (b.best?.validNll ?? NaN))
    expect(result.runs).toEqual(byLoss.map(({ id }) => id))
    expect(result).toMatchObject({ isOver: true, best: { runId: byLoss[0].id, validNll: byLoss[0].best?.validNll } })
    expect(result.mattered?.english).toMatch(/mattered/)
  })

  it('halved, keeps to the best of each rung, tests the last alone, and ends', { timeout: 60_000 }, async () => {
    const service = await opened()
    const groupId = await add(service, 'halved', HALVED)
    await expect.poll(() => service.queue.groups.at(0)?.rung ?? Infinity, { interval: 5 }).toBeGreaterThan(1)
    // What is out waits for nothing.
    const waiting = (await runsOf(service, groupId)).filter(
      ({ status }) => status === 'waiting' || status === 'training',
    )
    expect(waiting.length).toBeLessThanOrEqual(2)
    await service.untilEmpty()
    const runs = await runsOf(service, groupId)
    const finished = runs.filter(({ status }) => status === 'finished')
    expect(finished).toHaveLength(2)
    for (const { test } of finished) expect(test).not.toBeNull()
    expect(runs.filter(({ status }) => status === 'paused')).toHaveLength(4)
    for (const { epoch, config } of runs) expect(epoch).toBeLessThan(config.epochs)
    const { best } = await service.handlers['group.result']({ groupId })
    // No other has found a better model in its time.
    expect(finished.map(({ id }) => id)).toContain(best?.runId)
    expect(await service.handlers['runs.resumable'](undefined)).toBeNull()
    expect(service.states.current.kind).toBe('finished')
  })

  it('is moved, taken out while it trains, put back, and goes on where it was', { timeout: 60_000 }, async () => {
    const service = await opened()
    const { handlers } = service
    const first = await service.endless('first')
    await service.until(first, 'training')
    const groupId = await add(service, 'endless', { ...GRID, base: ENDLESS })
    const [next] = await service.add('next')
    expect((await handlers['queue.move']({ runId: groupId, place: 1 })).runs).toEqual([first, next, groupId])
    await handlers['run.stop']({ runId: first })
    await expect.poll(() => service.queue.groups[0]?.runId ?? null, { interval: 5 }).not.toBeNull()
    const [{ id: runId }] = await runsOf(service, groupId)
    await service.until(runId, 'training')
    expect((await handlers['queue.remove']({ runId: groupId })).runs).toEqual([])
    await service.until(runId, 'idle')
    expect((await runsOf(service, groupId)).map(({ id }) => id)).toEqual([runId])
    await handlers['queue.restore']({ runId: groupId, place: 0 })
    await service.until(runId, 'training')
    expect(service.queue.runs).toEqual([groupId])
    await handlers['queue.pause'](undefined)
    await service.until(runId, 'paused')
    await handlers['queue.goOn'](undefined)
    await service.until(runId, 'training')
  })

  it(
    'goes on after the application ended, offers nothing beside, and stays paused if it was',
    { timeout: 60_000 },
    async () => {
      const before = await opened()
      const groupId = await add(before, 'grid', { ...GRID, base: ENDLESS })
      await expect.poll(() => before.queue.groups[0]?.runId ?? null, { interval: 5 }).not.toBeNull()
      const [{ id: runId }] = await runsOf(before, groupId)
      await before.until(runId, 'training')
      await before.handlers['queue.pause'](undefined)
      await before.until(runId, 'paused')
      await before.handlers['internal.suspend'](undefined)
      const after = new Service(before.home)
      expect(await after.handlers['runs.resumable'](undefined)).toBeNull()
      expect(await after.statuses()).toEqual({ 'grid 1': 'waiting' })
      expect(await after.handlers['queue.begin'](undefined)).toMatchObject({
        isPaused: true,
        runs: [groupId],
        groups: [{ name: 'grid', over: 0, of: 6 }],
      })
      await after.handlers['queue.goOn'](undefined)
      await after.until(runId, 'training')
      for (let number = 0; number < 6; number++) {
        await expect.poll(() => after.queue.groups[0]?.runId ?? '', { interval: 5 }).toContain(`p0000${number}`)
        // One that is over may be wanted still.
        if (number === 1) await expectFailure(async () => after.handlers['runs.delete']({ runId }), 'busy', /“grid”/)
        const now = `${groupId}-p0000${number}`
        await after.until(now, 'training')
        await after.handlers['run.stop']({ runId: now })
      }
      await after.untilEmpty()
      expect(after.ended).toHaveLength(6)
    },
  )
})

describe('what cannot be tried is refused in words before anything starts', () => {
  it.each<[string, Partial<Asked>, 'too-large' | 'invalid-settings', RegExp]>([
    ['a million runs', { vary: { seed: Array.from({ length: 1000 }, (_, i) => i), batchSize: Array.from({ length: 1000 }, (_, i) => i + 1) } }, 'too-large', /1,000,000 runs; the most are 10,000/], // prettier-ignore
    ['one impossible setting', { vary: { ...GRID.vary, hidden: [[4], [0]] } }, 'invalid-settings', /“0 · 0\.01” cannot be: .*hidden/], // prettier-ignore
    ['nothing that differs', { vary: { hidden: [[4]] } }, 'invalid-settings', /Nothing differs/],
    ['a setting that there is none of', { vary: { 'optimizer.zeal': [1, 2] } }, 'invalid-settings', /there is no setting "optimizer\.zeal"/], // prettier-ignore
  ])('%s', async (_what, change, code, words) => {
    const service = await opened()
    for (const channel of ['group.foresee', 'group.add'] as const)
      await expectFailure(async () => service.handlers[channel]({ ...GRID, ...change, name: 'no' }), code, words)
    expect(await service.handlers['runs.list'](undefined)).toEqual([])
    expect(service.queue.runs).toEqual([])
  })

  it('a disk too small for all of it, and a time too short to begin with', async () => {
    const { home } = await opened()
    const places = new RunPlaces({ runsFolder: join(home, 'runs'), modelsFolder: '/nowhere' })
    const data = new OpenData({ mnistFolder: '/nowhere', tablesFolder: '/nowhere' }, () => undefined)
    const ports = new EnginePorts(() => undefined, () => undefined) // prettier-ignore
    const training = new TrainingService(places, data, new Engines(ports, join(home, 'speeds.json')), () => undefined)
    const groups = new RunGroups(places, training, data)
    const small = (free: number): QueueAdmission =>
      new QueueAdmission(new QueueFile(join(home, 'queue.json')), places, training, groups, (folder, runs) =>
        requireRoom(folder, runs, () => Promise.resolve(free)),
      )
    const { bytes } = await small(Infinity).foresee(GRID)
    await expect(small(bytes).foresee(GRID)).resolves.toMatchObject({ runs: 6 })
    await expectFailure(async () => small(bytes - 1).foresee(GRID), 'disk-full', /6 runs .* need/)
    await expectFailure(async () => small(bytes - 1).group({ ...GRID, name: 'no' }), 'disk-full', /6 runs/)
    const slow = { ...HALVED, vary: { ...GRID.vary, hidden: [[1000], [1500]] }, base: { ...ENDLESS, batchSize: 1, data: { ...ENDLESS.data, rows: { train: 50_000, valid: 500, test: 5 } } } } as Asked // prettier-ignore
    await expectFailure(
      async () => small(Infinity).foresee(slow),
      'invalid-settings',
      /One epoch of each of the 6 runs takes/,
    )
    expect(existsSync(join(home, 'runs'))).toBe(false)
  })

  it('foresees how many, how long, and how much room', async () => {
    const service = await opened()
    const grid = await service.handlers['group.foresee'](GRID)
    const half = await service.handlers['group.foresee']({ ...GRID, vary: { hidden: [[4], [6]] } })
    expect([grid.runs, half.runs]).toEqual([6, 2])
    expect(grid.bytes).toBe(3 * half.bytes)
    expect(grid.seconds).toBeGreaterThan(0)
    expect(await service.handlers['group.foresee'](HALVED)).toMatchObject({ runs: 6, seconds: 3 })
  })
})
