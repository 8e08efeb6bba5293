import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useDataStore } from '../../src/renderer/stores/data'
import { useModelStore } from '../../src/renderer/stores/model'
import { useQueueStore } from '../../src/renderer/stores/queue'
import { useRunStore } from '../../src/renderer/stores/run'
import { useWindowStore } from '../../src/renderer/stores/window'
import type { RunState } from '../../src/shared/run'
import { DEFAULT_RUN_CONFIG } from '../../src/shared/run-config'
import { moved, type QueueState } from '../../src/shared/run-queue'
import { say } from '../../src/words/say'
import { dataSummaryOf } from './data-summary'

/** Requests so far, with what they were given. */
let asked: [channel: string, params: unknown][]
/** What the compute process would answer. */
let answers: Record<string, unknown>

const preparing = (runId: string): RunState => ({
  kind: 'preparing',
  runId,
  name: runId,
  step: say('compute.run.preparing'),
})
const queueOf = (...runs: readonly string[]): QueueState => ({ isPaused: false, runs, groups: [], done: 0 })

beforeEach(() => {
  asked = []
  const history = { losses: [], epochs: [], sampleEpochs: [], minibatchesPerEpoch: 1 }
  answers = { 'queue.state': queueOf(), 'run.history': history }
  const request = (channel: string, params?: unknown): Promise<unknown> => {
    if (channel.startsWith('queue.')) asked.push([channel, params])
    const answer = answers[channel]
    const failure = { code: 'internal', message: say('compute.run.none'), hint: say('compute.run.none.hint') }
    if (channel.startsWith('queue.') && answer === undefined) return Promise.resolve({ ok: false, failure })
    return Promise.resolve({ ok: true, value: answer ?? [] })
  }
  vi.stubGlobal('window', { studio: { request } })
  setActivePinia(createPinia())
})

afterEach(() => vi.unstubAllGlobals())

describe('the queue in the window', () => {
  it('shows the run under way before those that wait, whether it was put into the queue or not', () => {
    const [queue, live] = [useQueueStore(), useRunStore()]
    expect([queue.shown, queue.isInTurn]).toEqual([[], false])
    live.hear({ type: 'state', state: preparing('now') })
    expect([queue.shown, queue.isInTurn]).toEqual([[], true])
    queue.hear(queueOf('a', 'b'))
    expect([queue.waiting, queue.shown]).toEqual([
      ['a', 'b'],
      ['now', 'a', 'b'],
    ])
    queue.hear(queueOf('now', 'a'))
    expect([queue.waiting, queue.shown]).toEqual([['a'], ['now', 'a']])
  })

  it('lets a new run begin at once where all that wait are paused and none is under way', () => {
    const queue = useQueueStore()
    queue.hear(queueOf('a'))
    expect(queue.isInTurn).toBe(true)
    queue.hear({ ...queueOf('a'), isPaused: true })
    expect(queue.isInTurn).toBe(false)
  })

  it('shows another order at once, and the real one where it was refused', async () => {
    const queue = useQueueStore()
    queue.hear(queueOf('a', 'b', 'c'))
    answers['queue.state'] = queueOf('a', 'b', 'c')
    const moving = queue.move('c', 0)
    expect(queue.waiting).toEqual(['c', 'a', 'b'])
    await moving
    expect(queue.waiting).toEqual(['a', 'b', 'c'])
    expect(useWindowStore().problems.get('runs.queue')?.failure.code).toBe('internal')
  })

  it('puts what was taken out back where it was', async () => {
    const queue = useQueueStore()
    queue.hear(queueOf('a', 'b', 'c'))
    answers['queue.remove'] = queueOf('a', 'c')
    answers['queue.restore'] = queueOf('a', 'b', 'c')
    await queue.remove('b', 'Bee')
    useWindowStore().toasts.at(-1)?.action?.run()
    await vi.waitFor(() => expect(queue.waiting).toEqual(['a', 'b', 'c']))
    expect(asked.at(-1)).toEqual(['queue.restore', { runId: 'b', place: 1 }])
  })

  it('follows the next run once one is over that was looked at before it went on', () => {
    const live = useRunStore()
    live.pickedId = 'a'
    live.hear({ type: 'state', state: preparing('a') })
    live.hear({ type: 'state', state: preparing('b') })
    expect(live.shownId).toBe('b')
    live.pickedId = 'a'
    live.hear({ type: 'state', state: preparing('c') })
    expect(live.shownId).toBe('a')
  })

  it('says what the others wait for where something holds the run under way, and not where a person has paused it', () => {
    const [queue, live] = [useQueueStore(), useRunStore()]
    queue.hear(queueOf('now', 'a'))
    const progress = { epoch: 1, epochs: 2, minibatch: 0, minibatches: 1, update: 0 } as never
    const paused = { kind: 'paused', runId: 'now', name: 'Now', progress, isStopping: false } as const
    live.hear({ type: 'state', state: { ...paused, reason: null } })
    expect(queue.held).toBeNull()
    const reason = { code: 'disk-full', message: say('compute.run.none'), hint: say('compute.run.none.hint') } as const
    live.hear({ type: 'state', state: { ...paused, reason } })
    expect(queue.held).toMatchObject({ runId: 'now', name: 'Now' })
  })

  it('says where a run is that was added', async () => {
    const queue = useQueueStore()
    answers['queue.add'] = { runId: 'b' }
    answers['queue.state'] = queueOf('a', 'b')
    expect(await queue.add('Bee', DEFAULT_RUN_CONFIG)).toBe(true)
    expect(useWindowStore().toasts.map(({ message }) => message.english)).toEqual(['“Bee” waits as number 2.'])
  })

  it('keeps a name that is typed for the next run while one is being added', async () => {
    useDataStore().summary = dataSummaryOf()
    const [queue, model] = [useQueueStore(), useModelStore()]
    queue.hear(queueOf('a'))
    answers['queue.add'] = { runId: 'b' }
    model.isNameOwn = true
    model.draft.name = 'Three'
    const added = model.train()
    model.draft.name = 'Four'
    await added
    expect([model.isNameOwn, model.draft.name]).toEqual([true, 'Four'])
    // One that is as it was when it was added makes room for the usual one.
    await model.train()
    expect(model.isNameOwn).toBe(false)
  })
})

describe('an entry that is moved', () => {
  it.each([
    ['a', 0, 'abc'],
    ['a', 1, 'bac'],
    ['a', 9, 'bca'],
    ['c', 0, 'cab'],
    ['c', -1, 'cab'],
    ['x', 0, 'abc'],
  ])('%s to %i', (entry, place, expected) => {
    expect(moved(['a', 'b', 'c'], entry, place).join('')).toBe(expected)
  })
})
