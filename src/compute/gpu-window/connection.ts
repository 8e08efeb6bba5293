import { StudioError } from '../../made/failure'
import type { Reply } from '../../shared/contract'
import type { EngineCall, EngineCalls, PortEnd, ReplyMessage } from './protocol'

/** The compute process's end of the port to the hidden window. */
export class Connection {
  private readonly waiting = new Map<number, (reply: Reply<unknown>) => void>()
  private last: Promise<unknown> = Promise.resolve()
  private nextId = 1
  private isOpen = true

  constructor(private readonly port: PortEnd) {
    port.listen(
      (message) => {
        const { id, reply } = message as ReplyMessage
        this.waiting.get(id)?.(reply)
        this.waiting.delete(id)
      },
      () => this.close(),
    )
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
    this.last = answered.catch(() => undefined)
    return answered
  }

  /** Gives the window up: whoever waits gets an answer in words. */
  close(): void {
    if (!this.isOpen) return
    this.isOpen = false
    this.port.close()
    for (const answer of this.waiting.values()) answer(LOST)
    this.waiting.clear()
  }

  private pass(call: EngineCall, params: unknown): Promise<Reply<unknown>> {
    if (!this.isOpen) return Promise.resolve(LOST)
    const id = this.nextId++
    return new Promise((resolve) => {
      this.waiting.set(id, resolve)
      this.port.post({ id, call, params })
    })
  }
}

const LOST: Reply<never> = {
  ok: false,
  failure: {
    code: 'process-lost',
    message: 'The part of MADE Studio that computes on the GPU stopped unexpectedly.',
    hint: 'What was saved is kept; continue on the GPU, or with the cpu engine.',
  },
}
