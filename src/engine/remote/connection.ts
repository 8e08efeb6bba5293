import { StudioError, type Failure, type Reply } from '../../base/failure'
import { PING, PONG, type EngineCall, type EngineCalls, type FromServer, type PortEnd } from './protocol'

/**
 * How it is noticed that the other side hangs without dying. Asking is counted and not time: a computer that slept, or
 * was too busy to ask, is no silence.
 */
export interface Watch {
  /** While an answer is awaited, the other side is asked so often whether it is there. */
  readonly everyMs: number
  /** It is given up when it has left so many of those unanswered in a row. */
  readonly mostUnanswered: number
  /** What to do then, after everyone who waits has been told. */
  readonly silent: () => void
}

/** It answers within milliseconds whatever its engine has to do: only one that hangs is silent for 40 seconds. */
export const PATIENCE = { everyMs: 5000, mostUnanswered: 8 } as const

/** What whoever waits is told when the other side is gone. */
export interface LossWords {
  readonly stopped: Failure
  readonly silent: Failure
}

/** The asking end of a port to a process in which an engine computes. */
export class Connection {
  private readonly waiting = new Map<number, (reply: Reply<unknown>) => void>()
  private nextId = 1
  private parcels = 0
  private isOpen = true
  private unanswered = 0
  private readonly beat: ReturnType<typeof setInterval>

  constructor(
    private readonly port: PortEnd,
    private readonly watch: Watch,
    private readonly words: LossWords,
  ) {
    port.listen(
      (message) => this.hear(message as FromServer),
      () => this.end(words.stopped),
    )
    this.beat = setInterval(() => this.ask(), watch.everyMs).unref()
  }

  /** Whether the other side is still there. */
  get isUsable(): boolean {
    return this.isOpen
  }

  /** Makes a call, which is answered after those before it. @throws StudioError as the other side has, or 'process-lost' */
  async call<C extends EngineCall>(call: C, params: EngineCalls[C]['params']): Promise<EngineCalls[C]['result']> {
    const reply = await this.pass(call, params)
    if (reply.ok) return reply.value as EngineCalls[C]['result']
    const { code, message, hint } = reply.failure
    throw new StudioError(code, message, hint)
  }

  /** A number that no other parcel of this connection has. */
  nextParcel(): number {
    return ++this.parcels
  }

  private hear(message: FromServer): void {
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
    this.end(this.words.silent)
    this.watch.silent()
  }

  /** Gives the other side up: whoever waits, now or later, gets an answer in words. */
  private end(failure: Failure): void {
    if (!this.isOpen) return
    this.isOpen = false
    clearInterval(this.beat)
    this.port.close()
    for (const answer of this.waiting.values()) answer({ ok: false, failure })
    this.waiting.clear()
  }

  private pass(call: EngineCall, params: unknown): Promise<Reply<unknown>> {
    if (!this.isOpen) return Promise.resolve({ ok: false, failure: this.words.stopped })
    const id = this.nextId++
    return new Promise((resolve) => {
      this.waiting.set(id, resolve)
      this.port.post({ id, call, params })
    })
  }
}
