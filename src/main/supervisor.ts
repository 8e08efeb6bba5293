import { failureOf, type Failure, type Reply } from '../base/failure'
import { Heartbeat, type Patience } from '../base/heartbeat'
import { isReply } from '../base/reply'
import { fromComputeIn } from '../shared/compute-messages'
import type { FromCompute, InternalChannel, ToCompute } from '../shared/compute-protocol'
import type { ComputeState } from '../shared/compute-state'
import type { ComputeChannel } from '../shared/contract'
import { say } from '../words/say'

/** A process that is lost so often within a minute is started again; the next loss within it stops it for good. */
const MOST_RESTARTS = 3
const RESTART_WINDOW_MS = 60_000

/**
 * It answers within milliseconds, as its long work is done in steps. Where a native library keeps it from answering it uses
 * the processor, which is a sign of life for ten minutes; a process that is stuck does neither, and is given up after 40 s.
 */
const PATIENCE: Patience = { everyMs: 5000, mostUnanswered: 8 }
const PATIENCE_AT_WORK: Patience = { everyMs: 60_000, mostUnanswered: 10 }
/** Seconds of the processor between two looks that are work and not the bookkeeping of an idle process. */
const LEAST_WORK_S = 0.05

/** The compute process, whatever it is made of. */
export interface Child {
  /** @throws if the message cannot be cloned */
  post(message: ToCompute): void
  /** Seconds of the processor that it has used so far; 0 where that is not known. */
  processorSeconds(): number
  /** Ends it at once, also if it hangs. */
  end(): void
}

/** How a process was lost, and what comes next. */
export interface Loss {
  readonly how: 'died' | 'silent'
  /** Losses within a minute, this one included. */
  readonly lately: number
  /** Whether it is started again by itself. */
  readonly isStartedAgain: boolean
}

/** What is not a matter of supervision, but of the process that is supervised. */
export interface Supervised<C extends Child> {
  /**
   * Starts the process.
   * @param hear is called with each of its messages, whatever they are
   * @param gone is called when it has ended
   */
  start(hear: (message: unknown) => void, gone: () => void): C
  /** A message of the process that answers no request. */
  hear(message: Exclude<FromCompute, { kind: 'reply' | 'alive' }>, child: C): void
  /** The process was lost. @returns what everyone who waits for it is told */
  lost(loss: Loss): Failure
}

type State<C> =
  | { readonly kind: 'starting' | 'running'; readonly child: C; readonly watch: readonly Heartbeat[] }
  | { readonly kind: 'stopped'; readonly failure: Failure }
  /** With the application; `child` is null once it has ended. */
  | { readonly kind: 'ending'; readonly child: C | null; readonly watch: readonly Heartbeat[] }

const ENDED: Failure = {
  code: 'process-lost',
  message: say('compute.closing'),
  hint: say('compute.closing.hint'),
}

const UNREADABLE: Failure = {
  code: 'process-lost',
  message: say('compute.reply.unreadable'),
  hint: say('compute.request.restart'),
}

/**
 * Keeps a process running: starts it again when it is lost, up to a point, and answers every request made of it, be it with a
 * failure. Nobody waits for a process that is gone or hangs. It knows nothing of Electron.
 */
export class Supervisor<C extends Child> {
  private state: State<C>
  private readonly waiting = new Map<number, (reply: Reply<unknown>) => void>()
  private nextId = 1
  private losses: number[] = []

  constructor(private readonly supervised: Supervised<C>) {
    this.state = this.launch()
  }

  /** What the window is told of it; null once it ends with the application. */
  get computeState(): ComputeState | null {
    const { state } = this
    switch (state.kind) {
      case 'starting':
      case 'running':
        return { kind: state.kind }
      case 'stopped':
        return state
      case 'ending':
        return null
    }
  }

  /** Passes a request on. @returns its reply, or why there is none */
  pass(channel: ComputeChannel | InternalChannel, params: unknown): Promise<Reply<unknown>> {
    const { state } = this
    const child = childOf(state)
    if (!child) return Promise.resolve({ ok: false, failure: state.kind === 'stopped' ? state.failure : ENDED })
    const id = this.nextId++
    return new Promise((resolve) => {
      this.waiting.set(id, resolve)
      try {
        child.post({ kind: 'request', id, channel, params })
      } catch (error) {
        this.answer(id, { ok: false, failure: failureOf(error) })
      }
    })
  }

  /** Starts a process that was stopped for good; the losses before count no more. */
  startAgain(): void {
    if (this.state.kind !== 'stopped') return
    this.losses = []
    this.state = this.launch()
  }

  /**
   * Lets the process save the run under way, and ends it.
   * @param giveUp ends it without waiting any longer
   * @returns when it has ended: it was saved, is gone, hangs, or was given up.
   */
  async end(giveUp: AbortSignal): Promise<void> {
    const { state } = this
    const child = childOf(state)
    this.state = { kind: 'ending', child, watch: watchOf(state) }
    if (child) await Promise.race([this.pass('internal.suspend', undefined), aborted(giveUp)])
    watchOf(this.state).forEach((heartbeat) => heartbeat.stop())
    childOf(this.state)?.end()
    this.state = { kind: 'ending', child: null, watch: [] }
    this.answerAll(ENDED)
  }

  private launch(): State<C> {
    const child = this.supervised.start(
      (message) => this.hear(child, message),
      () => this.lose(child, 'died'),
    )
    return { kind: 'starting', child, watch: this.watch(child) }
  }

  /** Two ways of hanging: doing nothing at all, and working at something that does not end. */
  private watch(child: C): Heartbeat[] {
    let seconds = child.processorSeconds()
    const ask = (): void => child.post({ kind: 'ping' })
    const watched = { isAwaited: () => true, silent: () => this.lose(child, 'silent') }
    const idle = new Heartbeat(PATIENCE, {
      ...watched,
      ask: () => {
        ask()
        const now = child.processorSeconds()
        if (now - seconds >= LEAST_WORK_S) idle.isAlive()
        seconds = now
      },
    })
    return [idle, new Heartbeat(PATIENCE_AT_WORK, { ...watched, ask })]
  }

  private hear(child: C, heard: unknown): void {
    // A process that was given up may still have a word to say.
    if (childOf(this.state) !== child) return
    const message = fromComputeIn(heard)
    if (message === null) return
    watchOf(this.state).forEach((heartbeat) => heartbeat.isAlive())
    if (this.state.kind === 'starting') this.state = { ...this.state, kind: 'running' }
    switch (message.kind) {
      case 'alive':
        break
      case 'reply':
        this.answer(message.id, isReply(message.reply) ? message.reply : { ok: false, failure: UNREADABLE })
        break
      case 'event':
      case 'engine-port':
      case 'engine-silent':
      case 'probe':
        this.supervised.hear(message, child)
        break
    }
  }

  private lose(child: C, how: Loss['how']): void {
    if (childOf(this.state) !== child) return
    watchOf(this.state).forEach((heartbeat) => heartbeat.stop())
    child.end()
    if (this.state.kind === 'ending') {
      this.state = { kind: 'ending', child: null, watch: [] }
      this.answerAll(ENDED)
      return
    }
    const now = Date.now()
    this.losses = [...this.losses.filter((time) => now - time < RESTART_WINDOW_MS), now]
    const isStartedAgain = this.losses.length <= MOST_RESTARTS
    const failure = this.supervised.lost({ how, lately: this.losses.length, isStartedAgain })
    this.state = isStartedAgain ? this.launch() : { kind: 'stopped', failure }
    this.answerAll(failure)
  }

  private answer(id: number, reply: Reply<unknown>): void {
    this.waiting.get(id)?.(reply)
    this.waiting.delete(id)
  }

  private answerAll(failure: Failure): void {
    for (const id of [...this.waiting.keys()]) this.answer(id, { ok: false, failure })
  }
}

function childOf<C>(state: State<C>): C | null {
  return state.kind === 'stopped' ? null : state.child
}

function watchOf(state: State<unknown>): readonly Heartbeat[] {
  return state.kind === 'stopped' ? [] : state.watch
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
