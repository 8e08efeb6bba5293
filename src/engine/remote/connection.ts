import { StudioError, type Failure, type Reply } from '../../base/failure'
import { Heartbeat, type Patience } from '../../base/heartbeat'
import { PING, PONG, type EngineCall, type EngineCalls, type FromWindow, type PortEnd } from './protocol'

/** How a window that hangs is noticed. */
export interface Watch extends Patience {
  /** What to do then, after everyone who waits has been told. */
  readonly silent: () => void
}

/** The page answers within milliseconds whatever the GPU has to do: only a page that hangs is silent for 40 seconds. */
export const PATIENCE: Patience = { everyMs: 5000, mostUnanswered: 8 }

/** The compute process's end of the port to the hidden window. */
export class Connection {
  private readonly waiting = new Map<number, (reply: Reply<unknown>) => void>()
  private last: Promise<unknown> = Promise.resolve()
  private nextId = 1
  private isOpen = true
  private readonly heartbeat: Heartbeat

  constructor(
    private readonly port: PortEnd,
    watch: Watch,
  ) {
    port.listen(
      (message) => this.hear(message as FromWindow),
      () => this.end(STOPPED),
    )
    this.heartbeat = new Heartbeat(watch, {
      ask: () => port.post(PING),
      isAwaited: () => this.waiting.size > 0,
      silent: () => {
        this.end(SILENT)
        watch.silent()
      },
    })
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
    this.heartbeat.isAlive()
    if (message === PONG) return
    this.waiting.get(message.id)?.(message.reply)
    this.waiting.delete(message.id)
  }

  /** Gives the window up: whoever waits, now or later, gets an answer in words. */
  private end(failure: Failure): void {
    if (!this.isOpen) return
    this.isOpen = false
    this.heartbeat.stop()
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
