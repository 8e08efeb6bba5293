import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { stateOf } from '../../src/shared/run'
import type { RunConfig } from '../../src/shared/run-config'
import { EMPTY_QUEUE } from '../../src/shared/run-queue'
import { expectFailure } from '../base/expect-failure'
import { CONFIG, ENDLESS, opened, Service } from './queue-service'

describe('the queue of runs', () => {
  it('trains one after another, in their order, and is empty at the end', async () => {
    const service = await opened()
    const ids = await service.add('a', 'b', 'c')
    await service.untilEmpty()
    expect(service.ended).toEqual(ids)
    expect(await service.statuses()).toEqual({ a: 'finished', b: 'finished', c: 'finished' })
    expect(service.queue).toEqual({ ...EMPTY_QUEUE, done: 3 })
    expect(service.failures).toEqual([])
  })

  it('what is added while a run is under way waits for it, and that one stands first', async () => {
    const service = await opened()
    const { runId } = await service.handlers['run.start']({ name: 'under way', config: ENDLESS })
    await service.until(runId, 'training')
    const [next] = await service.add('next')
    expect(service.queue.runs).toEqual([runId, next])
    expect(await service.statuses()).toEqual({ 'under way': 'training', next: 'waiting' })
    await service.handlers['run.stop']({ runId })
    await service.untilEmpty()
    expect(service.ended).toEqual([runId, next])
  })

  it('is put in another order, and what is taken out of it stays among the runs', async () => {
    const service = await opened()
    const { handlers } = service
    const first = await service.endless('first')
    const [a, b, c] = await service.add('a', 'b', 'c')
    await service.until(first, 'training')
    expect((await handlers['queue.move']({ runId: c, place: 0 })).runs).toEqual([first, c, a, b])
    expect((await handlers['queue.move']({ runId: c, place: 99 })).runs).toEqual([first, a, b, c])
    expect((await handlers['queue.move']({ runId: first, place: 2 })).runs).toEqual([first, a, b, c])
    expect((await handlers['queue.remove']({ runId: a })).runs).toEqual([first, b, c])
    expect(await service.statuses()).toMatchObject({ a: 'paused', b: 'waiting' })
    expect((await handlers['queue.restore']({ runId: a, place: 1 })).runs).toEqual([first, b, a, c])
    await handlers['runs.delete']({ runId: b })
    expect(service.queue.runs).toEqual([first, a, c])
    await expectFailure(async () => handlers['queue.remove']({ runId: first }), 'busy', /under way/)
    await handlers['run.stop']({ runId: first })
    await service.untilEmpty()
    expect(service.ended).toEqual([first, a, c])
  })

  it('pauses all and goes on, also where the run under way was paused by itself', async () => {
    const service = await opened()
    const { handlers } = service
    const first = await service.endless('first')
    const [next] = await service.add('next')
    await service.until(first, 'training')
    expect(await handlers['queue.pause'](undefined)).toMatchObject({ isPaused: true })
    await service.until(first, 'paused')
    // It ends, and still nothing begins.
    await handlers['run.stop']({ runId: first })
    await expect.poll(() => handlers['queue.state'](undefined)).toMatchObject({ runs: [next] })
    expect(await service.statuses()).toEqual({ first: 'finished', next: 'waiting' })
    const second = await service.endless('second')
    await handlers['queue.goOn'](undefined)
    await service.until(second, 'training')
    await handlers['run.pause']({ runId: second })
    expect((await handlers['queue.state'](undefined)).isPaused).toBe(true)
    await handlers['queue.goOn'](undefined)
    await service.until(second, 'training')
    await handlers['run.stop']({ runId: second })
    await service.untilEmpty()
    expect(service.ended).toEqual([first, next, second])
  })

  it('pauses what is still being got together once it is under way', async () => {
    const service = await opened()
    const { runId } = await service.handlers['queue.add']({ name: 'one', config: ENDLESS })
    await service.handlers['queue.pause'](undefined)
    await service.until(runId, 'paused')
    expect(service.queue).toMatchObject({ isPaused: true, runs: [runId] })
  })

  it('goes on with the only one that waits where a person does, and stays paused where others wait', async () => {
    const service = await opened()
    const { handlers } = service
    const first = await service.endless('first')
    const next = await service.endless('next')
    const [last] = await service.add('last')
    await service.until(first, 'training')
    await handlers['queue.pause'](undefined)
    await service.until(first, 'paused')
    await handlers['run.stop']({ runId: first })
    await expect.poll(() => handlers['queue.state'](undefined)).toMatchObject({ isPaused: true, runs: [next, last] })
    await handlers['run.continue']({ runId: next })
    await service.until(next, 'training')
    expect(await handlers['queue.state'](undefined)).toMatchObject({ isPaused: true, runs: [next, last] })
    await handlers['run.stop']({ runId: next })
    await expect.poll(() => handlers['queue.state'](undefined)).toMatchObject({ isPaused: true, runs: [last] })
    await handlers['run.continue']({ runId: last })
    await service.untilEmpty()
    expect(service.queue.isPaused).toBe(false)
    expect(service.ended).toEqual([first, next, last])
  })

  it('a run that is put aside gives way to the next, and can go on later', async () => {
    const service = await opened()
    const first = await service.endless('first')
    const [next] = await service.add('next')
    await service.until(first, 'training')
    await service.handlers['queue.pause'](undefined)
    await service.until(first, 'paused')
    await service.handlers['run.leave']({ runId: first })
    expect(await service.handlers['queue.state'](undefined)).toMatchObject({ isPaused: true, runs: [next] })
    expect(stateOf(service.states, first)).toEqual({ kind: 'idle' })
    await service.handlers['queue.goOn'](undefined)
    await service.untilEmpty()
    expect(await service.statuses()).toEqual({ first: 'interrupted', next: 'finished' })
  })

  it('a run that cannot begin is passed over in words', async () => {
    const service = await opened()
    const path = join(service.home, 'table.csv')
    await writeFile(path, Array.from({ length: 400 }, (_, i) => `${i % 2},${(i >> 1) % 2},${(i >> 2) % 2}`).join('\n'))
    const first = await service.endless('first')
    const config: RunConfig = { ...CONFIG, data: { kind: 'file', path, preparation: null } }
    await service.handlers['queue.add']({ name: 'without data', config })
    const [last] = await service.add('last')
    await rm(path)
    await service.until(first, 'training')
    await service.handlers['run.stop']({ runId: first })
    await service.untilEmpty()
    expect(service.ended).toEqual([first, last])
    expect(service.failures.map(({ message }) => message.english)).toEqual([
      expect.stringMatching(/^“without data” could not begin and left the queue: The data of this run/),
    ])
    expect(await service.statuses()).toMatchObject({ 'without data': 'paused' })
  })
})

describe('the queue after the application ended', () => {
  it('goes on with the run that was under way, once it is asked to, and offers nothing beside', async () => {
    const before = await opened()
    const first = await before.endless('first')
    const [next] = await before.add('next')
    await before.until(first, 'training')
    await before.handlers['internal.suspend'](undefined)
    const after = new Service(before.home)
    expect(await after.statuses()).toEqual({ first: 'waiting', next: 'waiting' })
    expect(await after.handlers['runs.resumable'](undefined)).toBeNull()
    expect(after.states.current.kind).toBe('idle')
    expect(await after.handlers['queue.begin'](undefined)).toMatchObject({ runs: [first, next], isPaused: false })
    await after.until(first, 'training')
    await after.handlers['run.stop']({ runId: first })
    await after.untilEmpty()
    expect(after.ended).toEqual([first, next])
  })

  it('stays paused', async () => {
    const before = await opened()
    const { runId: first } = await before.handlers['run.start']({ name: 'first', config: ENDLESS })
    await before.until(first, 'training')
    await before.handlers['run.pause']({ runId: first })
    await before.until(first, 'paused')
    const [next] = await before.add('next')
    await before.handlers['internal.suspend'](undefined)
    const after = new Service(before.home)
    expect(await after.handlers['queue.begin'](undefined)).toMatchObject({ isPaused: true, runs: [first, next] })
    expect(await after.statuses()).toEqual({ first: 'waiting', next: 'waiting' })
    await after.handlers['queue.goOn'](undefined)
    await after.until(first, 'training')
  })

  it('finds its runs in the folder that they are in, whatever folder is used', async () => {
    const before = await opened()
    const first = await before.endless('first')
    const [next] = await before.add('next')
    await before.until(first, 'training')
    await before.handlers['internal.suspend'](undefined)
    const after = new Service(before.home)
    await after.handlers['internal.useRunsFolder']({ path: join(before.home, 'other') })
    await after.handlers['queue.begin'](undefined)
    await after.until(first, 'training')
    await after.handlers['run.stop']({ runId: first })
    await after.untilEmpty()
    expect(after.ended).toEqual([first, next])
  })

  it.each(['move', 'copy', 'leave'] as const)('or that is chosen meanwhile, and whose runs are to %s', async (fate) => {
    const service = await opened()
    const first = await service.endless('first')
    const [next] = await service.add('next')
    await service.until(first, 'training')
    await service.handlers['internal.checkRunsFolder']({ path: join(service.home, 'other') })
    await service.handlers['internal.useRunsFolder']({ path: join(service.home, 'other') })
    expect(await service.statuses()).toEqual({ first: 'training', next: 'waiting' })
    const from = join(service.home, 'runs')
    if (fate !== 'leave') await service.handlers['internal.transferRuns']({ from, kind: fate })
    expect(await service.statuses()).toEqual({ first: 'training', next: 'waiting' })
    await service.handlers['run.stop']({ runId: first })
    await service.untilEmpty()
    expect(service.ended).toEqual([first, next])
    const list = await service.handlers['runs.list'](undefined)
    expect(list.find(({ id }) => id === next)?.elsewhere ?? null).toBe(fate === 'leave' ? from : null)
  })

  it('a file that is none stands for an empty queue, and one of a newer version is left alone', async () => {
    const { home } = await opened()
    await writeFile(join(home, 'queue.json'), '{"version": 1, "runs": 7')
    expect(await new Service(home).handlers['queue.begin'](undefined)).toMatchObject({ runs: [] })
    await writeFile(join(home, 'queue.json'), '{"version": 3}')
    const service = new Service(home)
    await expectFailure(async () => service.add('one'), 'newer-version', /queue of runs/)
    expect(await readFile(join(home, 'queue.json'), 'utf8')).toBe('{"version": 3}')
  })
})
