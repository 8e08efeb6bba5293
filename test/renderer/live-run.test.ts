import { createPinia, setActivePinia } from 'pinia'
import { nextTick } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { withProgress } from '../../src/renderer/logic/run-words'
import { useRunStore } from '../../src/renderer/stores/run'
import { useRunsStore } from '../../src/renderer/stores/runs'
import { useSamplesStore } from '../../src/renderer/stores/samples'
import type { RunProgress, RunState, RunSummary } from '../../src/shared/run'
import { summaryOf } from './run-summary'

const PROGRESS: RunProgress = {
  epoch: 1,
  epochs: 50,
  minibatch: 20,
  minibatches: 100,
  update: 20,
  examplesPerSecond: null,
  secondsLeft: null,
  phase: 'training',
  phaseShare: 0,
  lastLoss: null,
  best: null,
}

const training = (runId: string, progress: Partial<RunProgress> = {}): RunState => ({
  kind: 'training',
  runId,
  name: runId,
  progress: { ...PROGRESS, ...progress },
})

/** What the compute process would answer. */
let listed: RunSummary[]
/** Requests so far, by channel. */
let asked: string[]
/** What pages of samples were asked for and not answered yet. */
let pages: ((value: number) => void)[]

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  listed = []
  asked = []
  pages = []
  const request = (channel: string, params?: { runId: string }): Promise<unknown> => {
    asked.push(channel)
    switch (channel) {
      case 'runs.list':
        return Promise.resolve({ ok: true, value: listed })
      case 'runs.summary':
        return Promise.resolve({ ok: true, value: listed.find(({ id }) => id === params?.runId) })
      case 'samples.draw':
        return new Promise((resolve) =>
          pages.push((value) => {
            const values = Uint8Array.of(value)
            resolve({
              ok: true,
              value: {
                first: 0,
                columns: 1,
                bits: values,
                probabilities: values,
                logLikelihoods: Float64Array.of(0),
                order: Int32Array.of(0),
              },
            })
          }),
        )
      case 'run.history':
        return Promise.resolve({
          ok: true,
          value: { losses: [], epochs: [], sampleEpochs: [], minibatchesPerEpoch: 100 },
        })
      default:
        return Promise.resolve({ ok: true, value: [] })
    }
  }
  vi.stubGlobal('window', { studio: { request } })
  setActivePinia(createPinia())
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** Lets answers arrive, and so many milliseconds pass. */
async function settle(ms = 0): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms)
  for (let i = 0; i < 20; i++) await Promise.resolve()
  await nextTick()
}

describe('samples of the run that trains', () => {
  it('are waited for while it has no model, and come by themselves with its first', async () => {
    const [live, samples] = [useRunStore(), useSamplesStore()]
    listed = [
      summaryOf('old'),
      summaryOf('new', { createdAt: 2, status: 'training', hasBest: false, hasLatest: false, best: null, epoch: 0 }),
    ]
    live.hear({ type: 'state', state: training('new') })
    await settle()
    expect([samples.run?.id, samples.source, samples.isUnderWay]).toEqual(['new', null, true])
    expect(samples.offered.map(({ id }) => id)).toEqual(['new', 'old'])

    listed = [
      summaryOf('old'),
      summaryOf('new', { createdAt: 2, status: 'training', hasBest: false, epoch: 0, best: null }),
    ]
    live.hear({ type: 'saved', runId: 'new' })
    await settle(1)
    expect(samples.source).toMatchObject({ runId: 'new', model: 'latest' })
    listed = [summaryOf('old'), summaryOf('new', { createdAt: 2, status: 'training', epoch: 1 })]
    live.hear({ type: 'saved', runId: 'new' })
    await settle(1000)
    expect(samples.source).toMatchObject({ runId: 'new', model: 'best' })
  })

  it('leave another run alone that a person has chosen, until the next one begins', async () => {
    const [live, samples] = [useRunStore(), useSamplesStore()]
    listed = [summaryOf('old'), summaryOf('new', { createdAt: 2, status: 'training' })]
    live.hear({ type: 'state', state: training('new') })
    await settle()
    samples.browse('old')
    live.hear({ type: 'saved', runId: 'new' })
    await settle(1000)
    expect([samples.run?.id, samples.isUnderWay]).toEqual(['old', false])
    listed = [...listed, summaryOf('newest', { createdAt: 3, status: 'training' })]
    live.hear({ type: 'state', state: training('newest') })
    await settle()
    expect(samples.run?.id).toBe('newest')
  })

  it('are those of the newest run when it ends, unless another is pinned', async () => {
    const [live, runs, samples] = [useRunStore(), useRunsStore(), useSamplesStore()]
    listed = [summaryOf('old'), summaryOf('new', { createdAt: 2, status: 'training' })]
    live.hear({ type: 'state', state: training('new') })
    await settle()
    const finished = (runId: string): RunState => ({
      kind: 'finished',
      runId,
      name: runId,
      progress: PROGRESS,
      result: { best: { epoch: 1, validNll: 1 }, epochs: 1, reason: 'epochs', test: null },
    })
    samples.browse('old')
    runs.pickedId = 'old'
    live.hear({ type: 'state', state: finished('new') })
    await settle()
    expect([samples.run?.id, runs.picked?.id]).toEqual(['new', 'new'])

    runs.togglePin('old')
    listed = [...listed, summaryOf('newest', { createdAt: 3, status: 'training' })]
    live.hear({ type: 'state', state: training('newest') })
    await settle()
    live.hear({ type: 'state', state: finished('newest') })
    await settle()
    expect([samples.run?.id, runs.picked?.id]).toEqual(['old', 'old'])
    runs.togglePin('old')
    expect([samples.run?.id, runs.picked?.id]).toEqual(['newest', 'newest'])
  })

  it('are shown as they were until those of the newer model have come', async () => {
    const [live, samples] = [useRunStore(), useSamplesStore()]
    listed = [summaryOf('new', { status: 'training' })]
    live.hear({ type: 'state', state: training('new') })
    await settle()
    const shown = (): unknown => samples.sampleAt(0)?.values[0]
    shown()
    pages.shift()?.(1)
    await settle()
    expect(shown()).toBe(1)

    // A run that is saved without a better model changes nothing.
    live.hear({ type: 'saved', runId: 'new' })
    await settle(1000)
    expect([shown(), pages.length]).toEqual([1, 0])
    listed = [summaryOf('new', { status: 'training', epoch: 4, best: { epoch: 4, validNll: 80 } })]
    live.hear({ type: 'saved', runId: 'new' })
    await settle(1000)
    expect([shown(), pages.length]).toEqual([1, 1])
    pages.shift()?.(2)
    await settle()
    expect([shown(), pages.length]).toEqual([2, 0])

    samples.seed = 2
    await settle()
    expect(shown()).toBeUndefined()
    pages.shift()?.(3)
    await settle()
    samples.model = 'latest'
    await settle()
    shown()
    pages.shift()?.(4)
    await settle()
    expect(shown()).toBe(4)
    listed = [summaryOf('new', { status: 'training', epoch: 4, best: { epoch: 4, validNll: 80 }, changedAt: 2 })]
    live.hear({ type: 'saved', runId: 'new' })
    await settle(1000)
    expect([shown(), pages.length]).toEqual([4, 1])
  })
})

describe('the list of runs', () => {
  it('shows the run that trains as far as it is, whichever curves are looked at', async () => {
    const [live, runs] = [useRunStore(), useRunsStore()]
    listed = [summaryOf('new', { status: 'training', epoch: 3 }), summaryOf('old', { epoch: 50 })]
    live.hear({ type: 'state', state: training('new', { update: 730, best: { epoch: 7, validNll: 70 } }) })
    live.look('old')
    await settle()
    const shown = new Map(runs.sorted.map((run) => [run.id, run]))
    expect(shown.get('new')).toMatchObject({ epoch: 7, best: { epoch: 7, validNll: 70 } })
    expect(shown.get('old')).toMatchObject({ epoch: 50 })
    // What is drawn from is what is on the disk.
    expect(runs.find('new')).toMatchObject({ epoch: 3, best: { epoch: 2 } })
  })

  it('is read anew at most once a second, however often a run is saved', async () => {
    const [live] = [useRunStore(), useRunsStore()]
    listed = [summaryOf('new', { status: 'training' })]
    live.hear({ type: 'state', state: training('new') })
    await settle()
    for (let time = 0; time < 100; time++) {
      live.hear({ type: 'saved', runId: 'new' })
      await settle(50)
    }
    expect(asked.filter((channel) => channel === 'runs.summary').length).toBeLessThanOrEqual(6)
    expect(asked.filter((channel) => channel === 'runs.summary').length).toBeGreaterThanOrEqual(5)
    expect(asked.filter((channel) => channel === 'runs.list')).toHaveLength(1)
  })

  it('never goes back behind what is kept', () => {
    expect(withProgress(summaryOf('run', { epoch: 3 }), { ...PROGRESS, update: 0 })).toMatchObject({
      epoch: 3,
      best: { epoch: 2 },
    })
  })
})
