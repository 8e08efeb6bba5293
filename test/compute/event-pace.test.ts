import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { EventPace } from '../../src/compute/event-pace'
import type { RunEvent, RunProgress, RunState } from '../../src/shared/run'

const PROGRESS: RunProgress = {
  epoch: 1,
  epochs: 50,
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
const training = (update: number): RunEvent => ({
  type: 'state',
  state: { kind: 'training', runId: 'one', name: 'One', progress: { ...PROGRESS, update } },
})
const paused = (isStopping: boolean): RunEvent => ({
  type: 'state',
  state: { kind: 'paused', runId: 'one', name: 'One', progress: PROGRESS, reason: null, isStopping },
})
const SAVED: RunEvent = { type: 'saved', runId: 'one' }

let told: RunEvent[]
let pace: EventPace

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  told = []
  pace = new EventPace((event) => told.push(event))
})

afterEach(() => {
  vi.useRealTimers()
})

const states = (): RunState[] => told.flatMap((event) => (event.type === 'state' ? [event.state] : []))

describe('the pace of events', () => {
  it('is such that a window keeps up, and the newest state is told', () => {
    for (let update = 0; update < 1000; update++) {
      pace.hear(training(update))
      pace.hear(SAVED)
      vi.advanceTimersByTime(1)
    }
    expect(told.length).toBeLessThanOrEqual(2 * 11)
    vi.advanceTimersByTime(100)
    expect(states().at(-1)).toMatchObject({ progress: { update: 999 } })
    const before = told.length
    vi.advanceTimersByTime(1000)
    expect(told).toHaveLength(before)
  })

  it('holds no change of kind back, and lets nothing older come after it', () => {
    pace.hear(training(1))
    pace.hear(training(2))
    pace.hear(SAVED)
    pace.hear(paused(false))
    pace.hear(paused(true))
    vi.advanceTimersByTime(1000)
    expect(told.map((event) => (event.type === 'state' ? event.state.kind : event.type))).toEqual([
      'training',
      'saved',
      'paused',
      'paused',
    ])
    expect(states().at(-1)).toMatchObject({ isStopping: true })
  })
})
