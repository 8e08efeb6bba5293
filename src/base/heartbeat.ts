/**
 * How long the other end of a port may be silent. What is counted is asking and not time: a computer that slept, or was too
 * busy to ask, is no silence.
 */
export interface Patience {
  /** It is asked so often whether it is there. */
  readonly everyMs: number
  /** It is given up when it has left so many of those unanswered in a row. */
  readonly mostUnanswered: number
}

/** What a heartbeat watches. */
export interface Watched {
  /** Asks the other end for a sign of life. */
  ask(): void
  /** Whether anybody waits for it: where nobody does, it is not asked. */
  isAwaited(): boolean
  /** Called once, when it is given up. */
  silent(): void
}

/** Notices a process that hangs without dying. */
export class Heartbeat {
  private unanswered = 0
  private readonly timer: ReturnType<typeof setInterval>

  constructor(
    private readonly patience: Patience,
    private readonly watched: Watched,
  ) {
    this.timer = setInterval(() => this.beat(), patience.everyMs)
    // In Node.js a heartbeat alone keeps no process alive; a page has no such thing.
    ;(this.timer as { readonly unref?: () => void }).unref?.()
  }

  /** It has shown that it is alive: whatever is heard of it says so. */
  isAlive(): void {
    this.unanswered = 0
  }

  stop(): void {
    clearInterval(this.timer)
  }

  private beat(): void {
    if (!this.watched.isAwaited()) {
      this.unanswered = 0
      return
    }
    if (this.unanswered < this.patience.mostUnanswered) {
      this.unanswered++
      this.watched.ask()
      return
    }
    this.stop()
    this.watched.silent()
  }
}
