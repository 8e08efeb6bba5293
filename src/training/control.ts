import { setImmediate as nextTurn } from 'node:timers/promises'

/** What a person asked of a run under way. Suspending saves and ends the process's work so that it can go on later. */
export type RunRequest = 'run' | 'pause' | 'stop' | 'suspend'

/** Thrown out of the loop where a stop or a suspension takes effect. */
export class Interruption extends Error {
  constructor(readonly request: 'stop' | 'suspend') {
    super(`interrupted to ${request}`)
  }
}

/** What happens around a pause. */
export interface PauseHooks {
  /** Called each time a pause takes effect; saves what must be kept. */
  paused(): Promise<void>
  /** Called when the run goes on. */
  resumed(): Promise<void>
}

/** Carries requests into the loop, which looks at them between lists of minibatches and between slices of rows. */
export class Control {
  private request: RunRequest = 'run'
  private wake: () => void = () => undefined
  private pausedMs = 0

  constructor(private readonly hooks: PauseHooks) {}

  get current(): RunRequest {
    return this.request
  }

  /** Milliseconds on a clock that stands still while paused. */
  now(): number {
    return performance.now() - this.pausedMs
  }

  /** The newest request counts, but nothing undoes a suspension. */
  ask(request: RunRequest): void {
    if (this.request === 'suspend') return
    this.request = request
    this.wake()
  }

  /**
   * A point at which the loop can be interrupted. Lets messages in first; waits while paused.
   * @throws Interruption when a stop or a suspension was asked for. A stop is thereby taken; a suspension stays.
   */
  async point(): Promise<void> {
    await nextTurn()
    if (this.request === 'pause') await this.pause()
    const { request } = this
    if (request === 'stop') this.request = 'run'
    if (request === 'stop' || request === 'suspend') throw new Interruption(request)
  }

  private async pause(): Promise<void> {
    const began = performance.now()
    await this.hooks.paused()
    while (this.request === 'pause') await new Promise<void>((resolve) => (this.wake = resolve))
    if (this.request === 'run') await this.hooks.resumed()
    this.pausedMs += performance.now() - began
  }
}
