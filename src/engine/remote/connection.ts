import { StudioError, type Failure, type Reply } from '../../base/failure'
import { Heartbeat, type Patience } from '../../base/heartbeat'
import { isFields } from '../../base/migration'
import { isReply } from '../../base/reply'
import { PING, PONG, type EngineCall, type EngineCalls, type PortEnd } from './protocol'

/** How it is noticed that the other side hangs without dying. */
export interface Watch extends Patience {
  /** What to do then, after everyone who waits has been told. */
  readonly silent: () => void
}

/** It answers within milliseconds whatever its engine has to do: only one that hangs is silent for 40 seconds. */
export const PATIENCE: Patience = { everyMs: 5000, mostUnanswered: 8 }

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
  private readonly heartbeat: Heartbeat

  constructor(
    private readonly port: PortEnd,
    watch: Watch,
    private readonly words: LossWords,
  ) {
    port.listen(
      (message) => this.hear(message),
      () => this.end(words.stopped),
    )
    this.heartbeat = new Heartbeat(watch, {
      ask: () => port.post(PING),
      isAwaited: () => this.waiting.size > 0,
      silent: () => {
        this.end(words.silent)
        watch.silent()
      },
    })
  }

  /** Whether the other side is still there. */
  get isUsable(): boolean {
    return this.isOpen
  }

  /** Makes a call, which is answered after those before it. @throws StudioError as the other side has, or 'process-lost' */
  async call<C extends EngineCall>(call: C, params: EngineCalls[C]['params']): Promise<EngineCalls[C]['result']> {
    const reply = await this.pass(call, params)
    if (reply.ok) return reply.value as EngineCalls[C]['result']
    throw StudioError.of(reply.failure)
  }

  /** A number that no other parcel of this connection has. */
  nextParcel(): number {
    return ++this.parcels
  }

  /** What is no reply to a call that waits is passed over, but that it is a sign of life. */
  private hear(message: unknown): void {
    this.heartbeat.isAlive()
    if (message === PONG || !isFields(message)) return
    const { id, reply } = message
    if (typeof id !== 'number') return
    // Who answers with what is no reply has stopped making sense.
    this.waiting.get(id)?.(isReply(reply) ? reply : { ok: false, failure: this.words.stopped })
    this.waiting.delete(id)
  }

  /** Gives the other side up: whoever waits, now or later, gets an answer in words. */
  private end(failure: Failure): void {
    if (!this.isOpen) return
    this.isOpen = false
    this.heartbeat.stop()
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
