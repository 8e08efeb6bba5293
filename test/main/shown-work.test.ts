import { beforeEach, describe, expect, it } from 'vitest'
import { ShownWork, type ShownShare } from '../../src/main/shown-work'
import type { RunProgress, RunState } from '../../src/shared/run'
import { say } from '../../src/words/say'

const PROGRESS: RunProgress = {
  epoch: 1,
  epochs: 10,
  minibatch: 0,
  minibatches: 10,
  update: 50,
  examplesPerSecond: null,
  secondsLeft: null,
  phase: 'training',
  phaseShare: 0,
  lastLoss: null,
  best: null,
}
const training = (runId: string, update = 50): RunState => ({
  kind: 'training',
  runId,
  name: runId,
  progress: { ...PROGRESS, update },
})
const finished = (runId: string): RunState => ({
  kind: 'finished',
  runId,
  name: runId,
  progress: PROGRESS,
  result: { best: { epoch: 1, validNll: 9 }, epochs: 1, reason: 'epochs', test: null },
})
const held = (runId: string): RunState => ({
  kind: 'paused',
  runId,
  name: runId,
  progress: PROGRESS,
  reason: { code: 'disk-full', message: say('compute.run.none'), hint: say('compute.run.none.hint') },
  isStopping: false,
})

let shares: (ShownShare | null)[]
let notices: string[]
let awake: boolean[]
let isLookedAt: boolean
let staysAwake: boolean
let work: ShownWork

beforeEach(() => {
  shares = []
  notices = []
  awake = []
  isLookedAt = true
  staysAwake = true
  work = new ShownWork({
    show: (share) => shares.push(share),
    notify: ({ title }) => notices.push(title.english),
    keepAwake: (on) => awake.push(on),
    isLookedAt: () => isLookedAt,
    staysAwake: () => staysAwake,
  })
})

function run(...states: readonly RunState[]): void {
  for (const state of states) work.hear({ type: 'run', event: { type: 'state', state } })
}

function queue(done: number, ...runs: readonly string[]): void {
  work.hear({ type: 'queue', state: { isPaused: false, runs, groups: [], done } })
}

describe('work that the system shows', () => {
  it('is how far a run is, and nothing once it is over', () => {
    run(training('a', 25), training('a', 50), finished('a'))
    expect(shares).toEqual([{ share: 0.25, mode: 'normal' }, { share: 0.5, mode: 'normal' }, null])
  })

  it('is how far the whole queue is, and never goes back when the next begins', () => {
    queue(0, 'a', 'b')
    run(training('a', 50), finished('a'))
    queue(1, 'b')
    run(training('b', 0), training('b', 100))
    const shown = shares.flatMap((share) => (typeof share?.share === 'number' ? [share.share] : []))
    expect(shown).toEqual([0.25, 0.5, 1])
  })

  it('says that it stands still', () => {
    run(training('a'), held('a'))
    expect(shares.at(-1)).toEqual({ share: 0.5, mode: 'paused' })
  })
})

describe('a person', () => {
  it('who looks is told nothing of a run that ends; who does not is', () => {
    run(training('a'), finished('a'))
    expect(notices).toEqual([])
    isLookedAt = false
    run(training('b'), finished('b'), training('c'), held('c'), held('c'))
    expect(notices).toEqual(['“b” is finished', '“c” is held and needs you'])
  })

  it('is told in any case that the last of several in the queue is over', () => {
    queue(0, 'a', 'b')
    run(training('a'), finished('a'))
    queue(1, 'b')
    run(training('b'), finished('b'))
    queue(2)
    expect(notices).toEqual(['All 2 runs of the queue are done'])
  })
})

describe('the computer', () => {
  it('is kept awake while something is computed, and let go of while it stands still', () => {
    run(training('a'), training('a'), held('a'), training('a'), finished('a'))
    expect(awake).toEqual([true, false, true, false])
  })

  it('is not where the person has not said so, and is at once when he says so', () => {
    staysAwake = false
    run(training('a'))
    expect(awake).toEqual([])
    staysAwake = true
    work.follow()
    expect(awake).toEqual([true])
  })

  it('may sleep again when the process is lost', () => {
    run(training('a'), { kind: 'idle' })
    expect(awake).toEqual([true, false])
    expect(shares.at(-1)).toBeNull()
  })
})
