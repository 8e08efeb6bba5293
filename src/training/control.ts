import { setImmediate as nextTurn } from 'node:timers/promises'

/** What a person asked of a run under way. Suspending saves and ends the process's work so that it can go on later. */
export type Wish = 'run' | 'pause' | 'stop' | 'suspend'

/** Thrown out of the loop where a stop or a suspension takes effect. */
export class Interruption extends Error {
  constructor(readonly wish: 'stop' | 'suspend') {
    super(`interrupted to ${wish}`)
  }
}

/** What happens around a pause. */
export interface PauseHooks {
  /** Called each time a pause takes effect; saves what must be kept. */
  paused(): Promise<void>
  /** Called when the run goes on. */
  resumed(): Promise<void>
}

/** Carries wishes into the loop, which looks at them between lists of minibatches and between slices of rows. */
export class Control {
  private wish: Wish = 'run'
  private wake: () => void = () => undefined
  private pausedMs = 0

  constructor(private readonly hooks: PauseHooks) {}

  get current(): Wish {
    return this.wish
  }

  /** Milliseconds on a clock that stands still while paused. */
  now(): number {
    return performance.now() - this.pausedMs
  }

  /** The newest wish counts, but nothing undoes a suspension. */
  ask(wish: Wish): void {
    if (this.wish === 'suspend') return
    this.wish = wish
    this.wake()
  }

  /**
   * A point at which the loop can be interrupted. Lets messages in first; waits while paused.
   * @throws Interruption when a stop or a suspension was asked for. A stop is thereby taken; a suspension stays.
   */
  async point(): Promise<void> {
    await nextTurn()
    if (this.wish === 'pause') await this.pause()
    const { wish } = this
    if (wish === 'stop') this.wish = 'run'
    if (wish === 'stop' || wish === 'suspend') throw new Interruption(wish)
  }

  private async pause(): Promise<void> {
    const began = performance.now()
    await this.hooks.paused()
    while (this.wish === 'pause') await new Promise<void>((resolve) => (this.wake = resolve))
    if (this.wish === 'run') await this.hooks.resumed()
    this.pausedMs += performance.now() - began
  }
}
