import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Closing, PATIENT_MS, SESSION_MS } from '../../src/main/closing'
import type { RunState } from '../../src/shared/run'
import { say } from '../../src/words/say'

const IDLE: RunState = { kind: 'idle' }
const TRAINING: RunState = { kind: 'preparing', runId: 'a', name: 'A', step: say('run.preparing-model') }

/** A question that was asked. */
interface Question {
  readonly about: 'close' | 'give-up'
  readonly signal: AbortSignal
  readonly answer: (yes: boolean) => void
  readonly fail: () => void
}

interface Play {
  readonly closing: Closing
  readonly questions: Question[]
  /** The end of the process, once it was asked for. */
  readonly ends: { readonly giveUp: AbortSignal; readonly done: () => void; readonly fail: () => void }[]
  closed: number
}

function play(run: RunState): Play {
  const [questions, ends]: [Question[], Play['ends']] = [[], []]
  const ask =
    (about: Question['about']) =>
    (_run: RunState, signal: AbortSignal): Promise<boolean> =>
      new Promise((answer, reject) => {
        questions.push({ about, signal, answer, fail: () => reject(new Error('no window to ask in')) })
        // As Electron does: an aborted question is answered as if it had been cancelled.
        signal.addEventListener('abort', () => answer(false))
      })
  const played: Play = {
    questions,
    ends,
    closed: 0,
    closing: new Closing({
      run: () => run,
      askToClose: ask('close'),
      askToGiveUp: ask('give-up'),
      end: (giveUp) =>
        new Promise<void>((resolve, reject) => {
          ends.push({ giveUp, done: resolve, fail: () => reject(new Error('broken')) })
          giveUp.addEventListener('abort', () => resolve())
        }),
      close: () => played.closed++,
    }),
  }
  return played
}

const passed = (milliseconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds)

describe('closing the window', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('needs no question where no run is under way', async () => {
    const { closing, questions, ends } = play(IDLE)
    const played = play(IDLE)
    played.closing.wanted()
    played.ends[0].done()
    await passed(0)
    expect([played.closed, played.closing.isClosed, played.questions.length]).toEqual([1, true, 0])
    // Nor does anybody wait for a process that does not answer.
    closing.wanted()
    await passed(PATIENT_MS - 1)
    expect([ends[0].giveUp.aborted, closing.isClosed]).toEqual([false, false])
    await passed(1)
    expect([closing.isClosed, questions.length]).toEqual([true, 0])
  })

  it('asks once while a run is under way, and leaves it open if the person says so', async () => {
    const { closing, questions, ends } = play(TRAINING)
    closing.wanted()
    closing.wanted()
    expect(questions.map(({ about }) => about)).toEqual(['close'])
    questions[0].answer(false)
    await passed(3_600_000)
    expect([ends.length, closing.isClosed]).toEqual([0, false])
    closing.wanted()
    expect(questions).toHaveLength(2)
  })

  it('saves, and closes when that is done', async () => {
    const played = play(TRAINING)
    played.closing.wanted()
    played.questions[0].answer(true)
    await passed(0)
    expect(played.closed).toBe(0)
    played.ends[0].done()
    await passed(0)
    expect([played.closed, vi.getTimerCount()]).toEqual([1, 0])
  })

  it('closes although saving failed', async () => {
    const played = play(TRAINING)
    played.closing.wanted()
    played.questions[0].answer(true)
    await passed(0)
    played.ends[0].fail()
    await passed(0)
    expect([played.closed, played.closing.isClosed]).toEqual([1, true])
  })

  it('saves and closes where the question cannot be asked', async () => {
    const played = play(TRAINING)
    played.closing.wanted()
    played.questions[0].fail()
    await passed(0)
    played.ends[0].done()
    await passed(0)
    expect(played.closed).toBe(1)
  })

  it('asks again and again whether to wait on while saving takes long, and stops saving only when told to', async () => {
    const played = play(TRAINING)
    played.closing.wanted()
    played.questions[0].answer(true)
    await passed(PATIENT_MS)
    expect(played.questions.map(({ about }) => about)).toEqual(['close', 'give-up'])
    // A person who is away is waited for.
    await passed(3_600_000)
    expect([played.questions.length, played.closed]).toEqual([2, 0])
    played.questions[1].answer(false)
    await passed(PATIENT_MS)
    expect([played.questions.length, played.ends[0].giveUp.aborted]).toEqual([3, false])
    played.questions[2].answer(true)
    await passed(0)
    expect([played.ends[0].giveUp.aborted, played.closed]).toEqual([true, 1])
  })

  it('takes the question back when saving is done meanwhile', async () => {
    const played = play(TRAINING)
    played.closing.wanted()
    played.questions[0].answer(true)
    await passed(PATIENT_MS)
    played.ends[0].done()
    await passed(0)
    expect([played.questions[1].signal.aborted, played.closed]).toEqual([true, 1])
    await passed(3_600_000)
    expect([played.questions.length, played.closed, vi.getTimerCount()]).toEqual([2, 1, 0])
  })
})

describe('the end of the session', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('saves without a question, and waits so long and no longer', async () => {
    const played = play(TRAINING)
    played.closing.sessionEnds()
    played.closing.sessionEnds()
    await passed(SESSION_MS - 1)
    expect([played.questions.length, played.ends.length, played.closed]).toEqual([0, 1, 0])
    await passed(1)
    expect(played.closed).toBe(1)
    played.closing.sessionEnds()
    expect(played.ends).toHaveLength(1)
  })

  it('takes back the question whether to close', async () => {
    const played = play(TRAINING)
    played.closing.wanted()
    played.closing.sessionEnds()
    await passed(0)
    expect([played.questions[0].signal.aborted, played.ends.length]).toEqual([true, 1])
    played.ends[0].done()
    await passed(0)
    expect(played.closed).toBe(1)
  })

  it('takes back the question whether to wait on', async () => {
    const played = play(TRAINING)
    played.closing.wanted()
    played.questions[0].answer(true)
    await passed(PATIENT_MS)
    played.closing.sessionEnds()
    expect(played.questions[1].signal.aborted).toBe(true)
    await passed(SESSION_MS)
    expect([played.ends.length, played.closed]).toEqual([1, 1])
  })
})
