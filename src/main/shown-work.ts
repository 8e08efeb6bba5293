import { runIdIn, NO_STATES, withState, type RunState, type RunStates } from '../shared/run'
import type { StudioEvent } from '../shared/contract'
import { EMPTY_QUEUE, type QueueState } from '../shared/run-queue'
import type { GroupEnd, GroupState } from '../shared/run-group'
import { say, type Sentence } from '../words/say'

/** How far the work is, as a task bar shows it. */
export interface ShownShare {
  /** Of all runs of the queue, 0..1; null while it is not known. */
  readonly share: number | null
  readonly mode: 'normal' | 'paused'
}

/** What a person is told who does not look. */
export interface Notice {
  readonly title: Sentence
  readonly text: Sentence | null
}

/** What the system can do to show work, or for it. */
export interface ShownWorkParts {
  /** Shows how far the work is; null takes that away. */
  readonly show: (share: ShownShare | null) => void
  readonly notify: (notice: Notice) => void
  /** Keeps the computer from going to sleep, or lets it. */
  readonly keepAwake: (on: boolean) => void
  /** Whether the person looks at the window. */
  readonly isLookedAt: () => boolean
  /** Whether the computer is to be kept awake while it works, as the person has said. */
  readonly staysAwake: () => boolean
}

/** Shows the system what the compute process does: how far it is, that it is done, and that it must not be put to sleep. */
export class ShownWork {
  private runs: RunStates = NO_STATES
  private queue: QueueState = EMPTY_QUEUE
  private shown: ShownShare | null = null
  private isAwake = false

  constructor(private readonly parts: ShownWorkParts) {}

  /** Hears what the compute process tells. */
  hear(event: StudioEvent): void {
    if (event.type === 'queue') this.queue = event.state
    else if (event.type === 'group') this.tellEnd(event.ended)
    else if (event.type !== 'run' || event.event.type !== 'state') return
    else {
      const before = this.runs.current
      this.runs = withState(this.runs, event.event.state)
      if (this.runs.current !== before) this.tell(before, this.runs.current)
    }
    this.follow()
  }

  /** Does as the settings say, after they have changed. */
  follow(): void {
    const { current } = this.runs
    const isAwake = this.parts.staysAwake() && isAtWork(current)
    if (isAwake !== this.isAwake) this.parts.keepAwake(isAwake)
    this.isAwake = isAwake
    const shown = this.shareOf(current)
    if (shown?.share !== this.shown?.share || shown?.mode !== this.shown?.mode) this.parts.show(shown)
    this.shown = shown
  }

  private shareOf(state: RunState): ShownShare | null {
    const { runs, done } = this.queue
    switch (state.kind) {
      case 'idle':
      case 'finished':
      case 'diverged':
      case 'failed':
        return null
      case 'preparing':
        return { share: done === 0 ? null : done / (done + runs.length), mode: 'normal' }
      case 'training':
      case 'stopping':
      case 'paused': {
        const { update, epochs, minibatches } = state.progress
        const group = this.groupOf(state)
        const own = group?.share ?? update / Math.max(1, epochs * minibatches)
        const isOfQueue = runs.includes(group?.id ?? state.runId)
        const share = isOfQueue ? (done + own) / (done + runs.length) : own
        return { share: Math.min(1, share), mode: state.kind === 'paused' ? 'paused' : 'normal' }
      }
    }
  }

  private tell(before: RunState, state: RunState): void {
    if (before.kind === state.kind && runIdIn(before) === runIdIn(state)) return
    // Of a group its end is told.
    const notice = this.groupOf(state) === null || state.kind === 'paused' ? this.noticeOf(state) : null
    if (notice && (this.isLastOfSeveral(state) || !this.parts.isLookedAt())) this.parts.notify(notice)
  }

  private tellEnd({ name, runs }: GroupEnd): void {
    this.parts.notify({ title: say('frame.notice.group-done', { name, runs }), text: null })
  }

  /** The group of the queue that trains a run; null where none does. */
  private groupOf(state: RunState): GroupState | null {
    return this.queue.groups.find(({ runId }) => runId !== null && runId === runIdIn(state)) ?? null
  }

  private noticeOf(state: RunState): Notice | null {
    switch (state.kind) {
      case 'idle':
      case 'preparing':
      case 'training':
      case 'stopping':
        return null
      case 'paused':
        return state.reason && { title: say('frame.notice.held', { name: state.name }), text: state.reason.message }
      case 'finished': {
        const { test } = state.result
        if (this.isLastOfSeveral(state))
          return { title: say('frame.notice.all-done', { runs: this.queue.done + 1 }), text: null }
        return {
          title: say('frame.notice.finished', { name: state.name }),
          text: test && say('frame.notice.test', { nats: test.nll }),
        }
      }
      case 'diverged':
      case 'failed':
        return { title: say('frame.notice.failed', { name: state.name }), text: state.failure.message }
    }
  }

  /** Whether with this run, which is over, all are that were put into the queue, and there were several. */
  private isLastOfSeveral(state: RunState): boolean {
    const { runs, done } = this.queue
    if (state.kind !== 'finished' && state.kind !== 'diverged' && state.kind !== 'failed') return false
    return done > 0 && runs.length === 1 && runs[0] === state.runId
  }
}

/** Whether something is computed that would be interrupted by sleep. */
function isAtWork({ kind }: RunState): boolean {
  return kind === 'preparing' || kind === 'training' || kind === 'stopping'
}
