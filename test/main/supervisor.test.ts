import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Reply } from '../../src/base/failure'
import { Supervisor, type Child, type Loss } from '../../src/main/supervisor'
import type { FromCompute, ToCompute } from '../../src/shared/compute-protocol'
import { verbatim } from '../../src/words/say'

/** A process that does as it is told, and what became of it. */
class PlayedChild implements Child {
  readonly heard: ToCompute[] = []
  isEnded = false
  /** Whether it answers pings. */
  isAnswering = true
  /** Seconds of the processor that it uses between two looks. */
  work = 0
  private seconds = 0

  constructor(
    private readonly say: (message: FromCompute) => void,
    readonly die: () => void,
  ) {}

  post(message: ToCompute): void {
    structuredClone(message)
    this.heard.push(message)
    if (message.kind === 'ping' && this.isAnswering) this.say({ kind: 'alive' })
  }

  processorSeconds(): number {
    return (this.seconds += this.work)
  }

  end(): void {
    this.isEnded = true
  }

  begin(): void {
    this.say({ kind: 'alive' })
  }

  /** Answers the newest request. */
  reply(value: unknown): void {
    const request = this.heard.findLast((message) => message.kind === 'request')
    if (request?.kind !== 'request') throw new Error('nothing was asked')
    this.say({ kind: 'reply', id: request.id, reply: { ok: true, value } })
  }

  emit(message: FromCompute): void {
    this.say(message)
  }
}

interface Play {
  readonly supervisor: Supervisor<PlayedChild>
  readonly children: PlayedChild[]
  readonly losses: Loss[]
  readonly heard: FromCompute[]
  readonly newest: () => PlayedChild
}

function play(): Play {
  const [children, losses, heard]: [PlayedChild[], Loss[], FromCompute[]] = [[], [], []]
  const supervisor = new Supervisor<PlayedChild>({
    start: (hear, gone) => {
      const child = new PlayedChild(hear, gone)
      children.push(child)
      return child
    },
    hear: (message) => heard.push(message),
    lost: (loss) => {
      losses.push(loss)
      return { code: 'process-lost', message: verbatim(`loss ${losses.length}`), hint: verbatim(loss.how) }
    },
  })
  return { supervisor, children, losses, heard, newest: () => children[children.length - 1] }
}

const never = new AbortController().signal

/** Whether a promise is settled by now. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false
  void promise.then(() => (settled = true))
  await vi.advanceTimersByTimeAsync(0)
  return settled
}

function failureWith(message: string): Reply<never> {
  return { ok: false, failure: expect.objectContaining({ code: 'process-lost', message: verbatim(message) }) }
}

describe('the supervision of the compute process', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('passes requests and replies, and what was not asked for', async () => {
    const { supervisor, newest, heard } = play()
    expect(supervisor.computeState).toEqual({ kind: 'starting' })
    newest().begin()
    expect(supervisor.computeState).toEqual({ kind: 'running' })
    const asked = supervisor.pass('run.state', undefined)
    newest().reply({ kind: 'idle' })
    expect(await asked).toEqual({ ok: true, value: { kind: 'idle' } })
    newest().emit({ kind: 'engine-silent' })
    expect(heard).toEqual([{ kind: 'engine-silent' }])
  })

  it('answers everyone who waits when it is lost, and starts it again', async () => {
    const { supervisor, children, losses } = play()
    const asked = [supervisor.pass('run.state', undefined), supervisor.pass('runs.list', undefined)]
    children[0].die()
    expect(await Promise.all(asked)).toEqual([failureWith('loss 1'), failureWith('loss 1')])
    expect(losses).toEqual([{ how: 'died', lately: 1, isStartedAgain: true }])
    const again = supervisor.pass('run.state', undefined)
    children[1].reply('there')
    expect(await again).toEqual({ ok: true, value: 'there' })
    // A late word of the first, or of its end, is not the second's.
    children[0].die()
    children[0].emit({ kind: 'engine-silent' })
    expect([children.length, losses.length]).toEqual([2, 1])
  })

  it('is stopped by the fourth loss within a minute: requests are answered, and a person starts it again', async () => {
    const { supervisor, children, losses, newest } = play()
    for (let loss = 1; loss <= 4; loss++) {
      const asked = supervisor.pass('run.state', undefined)
      newest().die()
      expect(await asked).toEqual(failureWith(`loss ${loss}`))
    }
    expect(losses.map(({ isStartedAgain }) => isStartedAgain)).toEqual([true, true, true, false])
    expect(supervisor.computeState).toMatchObject({ kind: 'stopped', failure: { message: { english: 'loss 4' } } })
    expect(await supervisor.pass('run.state', undefined)).toEqual(failureWith('loss 4'))
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect([children.length, vi.getTimerCount()]).toEqual([4, 0])

    supervisor.startAgain()
    supervisor.startAgain()
    expect(children).toHaveLength(5)
    const asked = supervisor.pass('run.state', undefined)
    newest().reply('there')
    expect(await asked).toEqual({ ok: true, value: 'there' })
    newest().die()
    expect(losses[4]).toEqual({ how: 'died', lately: 1, isStartedAgain: true })
  })

  it('is started again as often as it takes where losses are rare', async () => {
    const { children, newest } = play()
    for (let loss = 0; loss < 20; loss++) {
      newest().die()
      await vi.advanceTimersByTimeAsync(20_001)
    }
    expect(children).toHaveLength(21)
  })

  it('that hangs and does nothing is ended, and counts as lost', async () => {
    const { supervisor, children, losses } = play()
    children[0].begin()
    children[0].isAnswering = false
    const asked = supervisor.pass('run.state', undefined)
    await vi.advanceTimersByTimeAsync(44_999)
    expect(await isSettled(asked)).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(await asked).toEqual(failureWith('loss 1'))
    expect([children[0].isEnded, losses[0].how, children.length]).toEqual([true, 'silent', 2])
  })

  it('that is at work is waited for, but not for ever', async () => {
    const { supervisor, children, losses } = play()
    children[0].isAnswering = false
    children[0].work = 0.1
    const asked = supervisor.pass('run.state', undefined)
    await vi.advanceTimersByTimeAsync(600_000)
    expect([await isSettled(asked), children[0].isEnded]).toEqual([false, false])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await asked).toEqual(failureWith('loss 1'))
    expect(losses[0].how).toBe('silent')
  })

  it('that answers is never given up, however long a request takes', async () => {
    const { supervisor, children } = play()
    const asked = supervisor.pass('data.fitMixture', { components: 50, seed: 1 })
    await vi.advanceTimersByTimeAsync(24 * 3_600_000)
    expect([await isSettled(asked), children[0].isEnded, children.length]).toEqual([false, false, 1])
  })

  it('answers a request that cannot be cloned with a failure', async () => {
    const { supervisor, newest } = play()
    expect(await supervisor.pass('run.state', () => 1)).toMatchObject({ ok: false, failure: { code: 'internal' } })
    const asked = supervisor.pass('run.state', undefined)
    newest().reply('there')
    expect(await asked).toMatchObject({ ok: true })
  })
})

describe('the end of the compute process', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const saved = { kind: 'request', channel: 'internal.suspend' }

  it('comes when the run is saved, and leaves nobody waiting', async () => {
    const { supervisor, newest, losses } = play()
    const asked = supervisor.pass('data.fitMixture', { components: 50, seed: 1 })
    const ended = supervisor.end(never)
    expect(newest().heard.at(-1)).toMatchObject(saved)
    expect([await isSettled(ended), supervisor.computeState]).toEqual([false, null])
    newest().reply(undefined)
    await ended
    expect(newest().isEnded).toBe(true)
    expect(await asked).toMatchObject({ ok: false, failure: { code: 'process-lost' } })
    expect(await supervisor.pass('run.state', undefined)).toMatchObject({ ok: false })
    newest().die()
    expect([losses.length, vi.getTimerCount()]).toEqual([0, 0])
  })

  it('comes where the process dies over it, and is not followed by another process', async () => {
    const { supervisor, children } = play()
    const ended = supervisor.end(never)
    children[0].die()
    await ended
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect(children).toHaveLength(1)
  })

  it('comes where the process was stopped for good', async () => {
    const { supervisor, newest, children } = play()
    for (let loss = 0; loss < 4; loss++) newest().die()
    await supervisor.end(never)
    supervisor.startAgain()
    expect(children).toHaveLength(4)
  })

  it('comes where the process hangs', async () => {
    const { supervisor, children } = play()
    children[0].isAnswering = false
    const ended = supervisor.end(never)
    await vi.advanceTimersByTimeAsync(45_000)
    await ended
    expect([children[0].isEnded, children.length, vi.getTimerCount()]).toEqual([true, 1, 0])
  })

  it('comes at once when saving is given up', async () => {
    const { supervisor, newest } = play()
    const giveUp = new AbortController()
    const ended = supervisor.end(giveUp.signal)
    expect(await isSettled(ended)).toBe(false)
    giveUp.abort()
    await ended
    expect(newest().isEnded).toBe(true)
  })
})
