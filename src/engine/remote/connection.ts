import { StudioError, type Failure, type Reply } from '../../base/failure'
import { PING, PONG, type EngineCall, type EngineCalls, type FromWindow, type PortEnd } from './protocol'

/**
 * How a window is noticed that hangs without dying. Asking is counted and not time: a computer that slept, or was too
 * busy to ask, is no silence.
 */
export interface Watch {
  /** While an answer is awaited, the window is asked so often whether it is there. */
  readonly everyMs: number
  /** It is given up when it has left so many of those unanswered in a row. */
  readonly mostUnanswered: number
  /** What to do then, after everyone who waits has been told. */
  readonly silent: () => void
}

/** The page answers within milliseconds whatever the GPU has to do: only a page that hangs is silent for 40 seconds. */
export const PATIENCE = { everyMs: 5000, mostUnanswered: 8 } as const

/** The compute process's end of the port to the hidden window. */
export class Connection {
  private readonly waiting = new Map<number, (reply: Reply<unknown>) => void>()
  private last: Promise<unknown> = Promise.resolve()
  private nextId = 1
  private isOpen = true
  private unanswered = 0
  private readonly beat: ReturnType<typeof setInterval>

  constructor(
    private readonly port: PortEnd,
    private readonly watch: Watch,
  ) {
    port.listen(
      (message) => this.hear(message as FromWindow),
      () => this.end(STOPPED),
    )
    this.beat = setInterval(() => this.ask(), watch.everyMs).unref()
  }

  /** Whether the window is still there. */
  get isUsable(): boolean {
    return this.isOpen
  }

  /** Makes a call when those before are answered. @throws StudioError with the words of the window, or 'process-lost' */
  call<C extends EngineCall>(call: C, params: EngineCalls[C]['params']): Promise<EngineCalls[C]['result']> {
    const answered = this.last.then(async () => {
      const reply = await this.pass(call, params)
      if (reply.ok) return reply.value as EngineCalls[C]['result']
      const { code, message, hint } = reply.failure
      throw new StudioError(code, message, hint)
    })
    // Whoever asked hears of a failure; the next call is made all the same.
    this.last = answered.catch(() => undefined)
    return answered
  }

  private hear(message: FromWindow): void {
    this.unanswered = 0
    if (message === PONG) return
    this.waiting.get(message.id)?.(message.reply)
    this.waiting.delete(message.id)
  }

  private ask(): void {
    if (this.waiting.size === 0) {
      this.unanswered = 0
      return
    }
    if (this.unanswered < this.watch.mostUnanswered) {
      this.unanswered++
      this.port.post(PING)
      return
    }
    this.end(SILENT)
    this.watch.silent()
  }

  /** Gives the window up: whoever waits, now or later, gets an answer in words. */
  private end(failure: Failure): void {
    if (!this.isOpen) return
    this.isOpen = false
    clearInterval(this.beat)
    this.port.close()
    for (const answer of this.waiting.values()) answer({ ok: false, failure })
    this.waiting.clear()
  }

  private pass(call: EngineCall, params: unknown): Promise<Reply<unknown>> {
    if (!this.isOpen) return Promise.resolve({ ok: false, failure: STOPPED })
    const id = this.nextId++
    return new Promise((resolve) => {
      this.waiting.set(id, resolve)
      this.port.post({ id, call, params })
    })
  }
}

const HINT = 'What was saved is kept; continue on the GPU, or with the cpu engine.'
const STOPPED: Failure = {
  code: 'process-lost',
  message: 'The part of MADE Studio that computes on the GPU stopped unexpectedly.',
  hint: HINT,
}
const SILENT: Failure = {
  code: 'process-lost',
  message: 'The part of MADE Studio that computes on the GPU did not answer any more and was ended.',
  hint: HINT,
}
