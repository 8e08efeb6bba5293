import { setImmediate as nextTurn } from 'node:timers/promises'

/** What a person asked of a run under way. Suspending saves and ends the process's work so that it can go on later. */
export type RunRequest = 'run' | 'pause' | 'stop' | 'suspend'

/** Thrown out of the loop where a stop or a suspension takes effect, or where a stop that could not be saved is taken back. */
export class Interruption extends Error {
  constructor(readonly request: 'run' | 'stop' | 'suspend') {
    super(request)
  }
}

/** What `work` comes to, or null where a stop cut it short; a suspension goes through. */
export async function unlessStopped<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (interruption) {
    if (interruption instanceof Interruption && interruption.request === 'stop') return null
    throw interruption
  }
}

/** What happens around a pause. */
export interface PauseHooks {
  /** Called each time a pause takes effect; saves what must be kept. */
  paused(): Promise<void>
  /** Called when the run goes on, if only to be stopped. */
  resumed(): Promise<void>
}

/** Carries requests into the loop, which looks at them between lists of minibatches and between slices of rows. */
export class Control {
  private request: RunRequest = 'run'
  private waiters: (() => void)[] = []
  /** What was asked for last; null where whoever is held is only to try again. */
  private newest: RunRequest | null = null
  private pausedMs = 0
  /** When the clock was stopped; null while it runs. */
  private stoppedAt: number | null = null

  constructor(private readonly hooks: PauseHooks) {}

  get current(): RunRequest {
    return this.request
  }

  /** Milliseconds on a clock that stands still while paused. */
  now(): number {
    return (this.stoppedAt ?? performance.now()) - this.pausedMs
  }

  /** The newest request counts, but nothing undoes a suspension. Whoever waits for one goes on, each of them. */
  ask(request: RunRequest): void {
    if (this.request === 'suspend') return
    this.request = request
    this.wake(request)
  }

  /** Lets whoever is held by the disk try again. A pause that was asked for meanwhile is over; a suspension stays. */
  tryAgain(): void {
    if (this.request === 'pause') this.request = 'run'
    this.wake(null)
  }

  /**
   * A point at which the loop can be interrupted. Lets messages in first; waits while paused.
   * @throws Interruption when a stop or a suspension was asked for. A stop is thereby taken; a suspension stays.
   */
  async point(): Promise<void> {
    await nextTurn()
    if (this.request === 'pause') await this.whileClockStands(() => this.pause())
    const { request } = this
    if (request === 'stop') this.request = 'run'
    if (request === 'stop' || request === 'suspend') throw new Interruption(request)
  }

  /**
   * Waits until a person, having mended what keeps the run from being saved, asks for anything but a pause.
   * @returns what was asked for; null where it is only to be tried again
   * @throws Interruption when a suspension is asked for
   */
  async hold(): Promise<RunRequest | null> {
    let asked: RunRequest | null = null
    await this.whileClockStands(async () => {
      while (this.request !== 'suspend') {
        await this.asked()
        // Another may have come since this one woke up.
        asked = this.newest
        if (asked !== 'pause') break
      }
    })
    if (this.request === 'suspend') throw new Interruption('suspend')
    return asked
  }

  private async pause(): Promise<void> {
    await this.hooks.paused()
    while (this.request === 'pause') await this.asked()
    if (this.request !== 'suspend') await this.hooks.resumed()
  }

  private wake(asked: RunRequest | null): void {
    const { waiters } = this
    this.newest = asked
    this.waiters = []
    for (const wake of waiters) wake()
  }

  /** Resolves at the next request. */
  private asked(): Promise<void> {
    return new Promise((resolve) => this.waiters.push(resolve))
  }

  private async whileClockStands(wait: () => Promise<void>): Promise<void> {
    // A wait within another one is a part of it.
    if (this.stoppedAt !== null) return wait()
    this.stoppedAt = performance.now()
    try {
      await wait()
    } finally {
      this.pausedMs += performance.now() - this.stoppedAt
      this.stoppedAt = null
    }
  }
}
