import type { Failure } from '../base/failure'
import type { RunEvent, RunProgress, RunResult, RunState } from '../shared/run'
import type { RunConfig } from '../shared/run-config'
import { say, type Sentence } from '../words/say'
import type { RunRequest } from './control'
import type { Counters } from '../runs/counters'
import { Throughput } from './throughput'

/** While training, losses and states are told at most so often, so that a window on a busy computer keeps up with a small model. */
const EVENT_MS = 100

/** What a reporter asks the trainer for, at the moment it speaks. */
export interface Reported {
  counters(): Counters
  request(): RunRequest
  /** Why it waits although nobody has paused it. */
  heldBy(): Failure | null
  name(): string
}

/** Tells the world how a run is doing. */
export class Reporter {
  readonly throughput = new Throughput()
  private phase: RunProgress['phase'] = 'training'
  private phaseShare = 0
  private lastLoss: number | null = null
  /** What is being done before the run is ready; null once it is. */
  private step: Sentence | null = say('run.preparing-model')
  /** How the run ended; null while it goes on. */
  private end: RunState | null = null
  private toldAt = -Infinity
  /** Losses to be told before the next event, and the update that the first is of. */
  private untold: { readonly firstUpdate: number; readonly losses: number[] } | null = null

  constructor(
    readonly runId: string,
    private readonly config: RunConfig,
    private readonly minibatches: number,
    private readonly reported: Reported,
    private readonly emit: (event: RunEvent) => void,
  ) {}

  event(event: RunEvent): void {
    this.tellLosses()
    this.emit(event)
  }

  /** The run is not ready yet: what is being done for it. */
  preparing(step: Sentence): void {
    this.step = step
    this.state()
  }

  /** It is ready. */
  prepared(): void {
    this.step = null
    this.state()
  }

  warning(failure: Failure): void {
    this.emit({ type: 'warning', runId: this.runId, failure })
  }

  losses(firstUpdate: number, losses: Float64Array): void {
    if (losses.length === 0) return
    this.lastLoss = losses[losses.length - 1]
    this.untold ??= { firstUpdate, losses: [] }
    for (const loss of losses) this.untold.losses.push(loss)
    this.stateIfDue()
  }

  /** Another phase began. */
  enter(phase: RunProgress['phase']): void {
    this.phase = phase
    this.phaseShare = 0
    this.state()
  }

  /** So much of a validation or a test is done, 0..1. */
  evaluated(share: number): void {
    this.phaseShare = share
    this.stateIfDue()
  }

  /** Tells the state now, or again where it has ended: it may have another name. */
  state(): void {
    this.tellLosses()
    this.toldAt = performance.now()
    this.emit({ type: 'state', state: this.current() })
  }

  /** Tells how the run ended. @returns the state told */
  finished(result: RunResult): RunState {
    return this.last({ kind: 'finished', ...this.identity, progress: this.progress(), result })
  }

  suspended(): RunState {
    return this.last({
      kind: 'paused',
      ...this.identity,
      progress: this.progress(),
      reason: this.reported.heldBy(),
      isStopping: this.isStopping,
    })
  }

  failed(failure: Failure): RunState {
    return this.last({ kind: 'failed', ...this.identity, failure })
  }

  diverged(failure: Failure): RunState {
    return this.last({ kind: 'diverged', ...this.identity, progress: this.progress(), failure })
  }

  private last(state: RunState): RunState {
    this.end = state
    this.state()
    return state
  }

  private stateIfDue(): void {
    if (performance.now() - this.toldAt >= EVENT_MS) this.state()
  }

  private tellLosses(): void {
    if (!this.untold) return
    const { firstUpdate, losses } = this.untold
    this.untold = null
    this.emit({ type: 'losses', runId: this.runId, firstUpdate, losses: Float64Array.from(losses) })
  }

  private current(): RunState {
    if (this.end !== null) return { ...this.end, ...this.identity }
    const common = { ...this.identity, progress: this.progress() }
    const request = this.reported.request()
    const reason = this.reported.heldBy()
    const { isStopping } = this
    if (reason !== null) return { kind: 'paused', ...common, reason, isStopping }
    if (this.step !== null) return { kind: 'preparing', ...this.identity, step: this.step }
    if (request === 'pause') return { kind: 'paused', ...common, reason, isStopping }
    return { kind: isStopping || request === 'suspend' ? 'stopping' : 'training', ...common }
  }

  private get isStopping(): boolean {
    return this.reported.request() === 'stop' || this.reported.counters().ended === 'stopped'
  }

  private progress(): RunProgress {
    const counters = this.reported.counters()
    const { epochsDone, minibatch, update, best } = counters
    const { epochs, batchSize } = this.config
    return {
      epoch: Math.min(epochsDone + 1, Math.max(epochs, epochsDone)),
      epochs,
      minibatch,
      minibatches: this.minibatches,
      update,
      examplesPerSecond: this.throughput.examplesPerSecond(batchSize),
      secondsLeft: this.throughput.secondsLeft(counters, this.minibatches, epochs),
      phase: this.phase,
      phaseShare: this.phaseShare,
      lastLoss: this.lastLoss,
      best,
    }
  }

  private get identity(): { readonly runId: string; readonly name: string } {
    return { runId: this.runId, name: this.reported.name() }
  }
}
