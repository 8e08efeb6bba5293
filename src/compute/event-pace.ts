import { runIdIn, type RunEvent, type RunState } from '../shared/run'

/** While nothing but figures changes, a window is told at most so often. */
const PACE_MS = 100

/**
 * Passes the events of a run on at a pace that a window keeps up with: a small model has hundreds of epochs in a second, each
 * with several states and saves. A change of kind is told at once, and of those that are held back the newest comes after.
 */
export class EventPace {
  private told: RunState | null = null
  private toldAt = -Infinity
  private waiting: { state: RunEvent | null; saved: RunEvent | null } = { state: null, saved: null }
  private timer: ReturnType<typeof setTimeout> | null = null

  constructor(
    private readonly emit: (event: RunEvent) => void,
    private readonly now = () => performance.now(),
  ) {}

  /** Passes an event on, now or soon. */
  hear(event: RunEvent): void {
    switch (event.type) {
      case 'state':
        this.waiting.state = event
        return this.isSameKind(event.state) ? this.flushSoon() : this.flush()
      case 'saved':
        this.waiting.saved = event
        return this.flushSoon()
      case 'losses':
      case 'epoch':
      case 'samples':
      case 'warning':
        return this.emit(event)
    }
  }

  private isSameKind(state: RunState): boolean {
    const { told } = this
    if (told === null || told.kind !== state.kind || runIdIn(told) !== runIdIn(state)) return false
    if (state.kind === 'paused' && told.kind === 'paused')
      return state.reason === told.reason && state.isStopping === told.isStopping
    return state.kind === 'training' || state.kind === 'stopping'
  }

  private flushSoon(): void {
    const left = this.toldAt + PACE_MS - this.now()
    if (left <= 0) this.flush()
    else this.timer ??= setTimeout(() => this.flush(), left)
  }

  private flush(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
    this.toldAt = this.now()
    const { state, saved } = this.waiting
    this.waiting = { state: null, saved: null }
    // What was saved can be read when the state is told.
    if (saved) this.emit(saved)
    if (state?.type !== 'state') return
    this.told = state.state
    this.emit(state)
  }
}
