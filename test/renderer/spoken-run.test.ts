import { createPinia, setActivePinia } from 'pinia'
import { effectScope, nextTick, type ComputedRef, type EffectScope } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useSpokenRun } from '../../src/renderer/frame/useSpokenRun'
import { QUIET_MS } from '../../src/renderer/logic/spoken-run'
import { useRunStore } from '../../src/renderer/stores/run'
import type { RunProgress, RunState } from '../../src/shared/run'

const PROGRESS: RunProgress = {
  epoch: 1,
  epochs: 100,
  minibatch: 0,
  minibatches: 10,
  update: 0,
  examplesPerSecond: null,
  secondsLeft: null,
  phase: 'training',
  phaseShare: 0,
  lastLoss: null,
  best: null,
}

function training(epoch: number, change: Partial<RunProgress> = {}): RunState {
  return { kind: 'training', runId: 'a', name: 'Mine', progress: { ...PROGRESS, epoch, ...change } }
}

let scope: EffectScope
let spoken: ComputedRef<string>

beforeEach(() => {
  vi.useFakeTimers()
  // What the stores ask for beside is not waited for.
  vi.stubGlobal('window', { studio: { request: () => new Promise(() => undefined) } })
  setActivePinia(createPinia())
  scope = effectScope()
  spoken = scope.run(useSpokenRun) ?? expect.fail()
})

afterEach(() => {
  scope.stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** What is said when states come one after another, each so many milliseconds after the one before. */
async function heard(states: readonly (readonly [after: number, state: RunState])[]): Promise<string[]> {
  const all: string[] = []
  for (const [after, state] of states) {
    vi.advanceTimersByTime(after)
    useRunStore().hear({ type: 'state', state })
    await nextTick()
    if (spoken.value !== (all.at(-1) ?? '')) all.push(spoken.value)
  }
  return all
}

describe('what is said aloud of a run', () => {
  it('is nothing while there is none', async () => {
    expect(await heard([[0, { kind: 'idle' }]])).toEqual([])
  })

  it('is every state once, also after a short one', async () => {
    const paused: RunState = {
      kind: 'paused',
      runId: 'a',
      name: 'Mine',
      progress: PROGRESS,
      reason: null,
      isStopping: false,
    }
    const words = await heard([
      [0, training(1)],
      [10, training(1, { phase: 'validating' })],
      [10, paused],
      [10, training(1)],
      [10, { kind: 'stopping', runId: 'a', name: 'Mine', progress: PROGRESS }],
    ])
    expect(words).toEqual([
      'Training “Mine”. Epoch 1 of 100.',
      'Paused “Mine”',
      'Training “Mine”. Epoch 1 of 100.',
      'Stopping “Mine”',
    ])
  })

  it('is an epoch now and then, however fast they come', async () => {
    const fast = Array.from({ length: 1000 }, (_, i) => [QUIET_MS / 400, training(i + 1)] as const)
    const words = await heard(fast)
    expect(words.length).toBeLessThanOrEqual(3)
    expect(words[0]).toBe('Training “Mine”. Epoch 1 of 100.')
  })

  it('is not the same epoch again, however slow it is', async () => {
    const slow = Array.from({ length: 20 }, (_, i) => [QUIET_MS, training(1, { minibatch: i })] as const)
    expect(await heard(slow)).toHaveLength(1)
    const best = { epoch: 1, validNll: 90.5 }
    expect(await heard([[QUIET_MS, training(2, { best })]])).toEqual([
      'Training “Mine”. Epoch 2 of 100, best validation loss 90.50 nats.',
    ])
  })

  it('is the test loss at the end', async () => {
    const result = {
      best: { epoch: 2, validNll: 90 },
      epochs: 3,
      reason: 'epochs',
      test: { nll: 91.25, interval95: 0.1, rows: 10, connectivities: 1 },
    } as const
    const finished: RunState = { kind: 'finished', runId: 'a', name: 'Mine', progress: PROGRESS, result }
    expect(
      await heard([
        [0, training(3)],
        [1, finished],
        [QUIET_MS, finished],
      ]),
    ).toEqual(['Training “Mine”. Epoch 3 of 100.', 'Finished “Mine”. Test loss 91.25 nats.'])
  })
})
