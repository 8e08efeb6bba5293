import { utilityProcess, type UtilityProcess } from 'electron'
import computeEntry from '../compute/process?modulePath'
import { failureOf, StudioError, type Failure, type Reply } from '../base/failure'
import type {
  ComputeParams,
  ComputePlaces,
  ComputeResult,
  FromCompute,
  InternalChannel,
  ToCompute,
} from '../shared/compute-protocol'
import type { ComputeChannel, StudioEvent } from '../shared/contract'
import { isUnderWay, type RunState } from '../shared/run'
import { makeEnginePage } from './engine-page'
import { EngineWindow } from './engine-window'

interface Waiting {
  readonly resolve: (reply: Reply<unknown>) => void
}

/** A process that dies so often within a minute is not started again by itself. */
const MOST_RESTARTS = 3
const RESTART_WINDOW_MS = 60_000

/**
 * The utility process that reads data, trains and draws. If it dies, everyone who waits gets an answer in words, the
 * run is kept at its last checkpoint, and the process is started again.
 */
export class ComputeProcess {
  private child: UtilityProcess
  private readonly engineWindow = new EngineWindow(makeEnginePage)
  private readonly waiting = new Map<number, Waiting>()
  private nextId = 1
  private runState: RunState = { kind: 'idle' }
  private ending = false
  private restarts: number[] = []

  constructor(
    private places: ComputePlaces,
    private readonly emit: (event: StudioEvent) => void,
  ) {
    this.child = this.start()
  }

  /** The state of the run as last heard. */
  get run(): RunState {
    return this.runState
  }

  get pid(): number | undefined {
    return this.child.pid
  }

  /** Makes a request. @throws StudioError with the words of the compute process, or 'process-lost' */
  async request<C extends ComputeChannel | InternalChannel>(
    channel: C,
    params: ComputeParams<C>,
  ): Promise<ComputeResult<C>> {
    const reply = await this.pass(channel, params)
    if (reply.ok) return reply.value as ComputeResult<C>
    const { code, message, hint } = reply.failure
    throw new StudioError(code, message, hint)
  }

  /** Passes a validated request on and its reply back. */
  pass(channel: ComputeChannel | InternalChannel, params: unknown): Promise<Reply<unknown>> {
    const id = this.nextId++
    return new Promise((resolve) => {
      this.waiting.set(id, { resolve })
      this.post({ kind: 'request', id, channel, params })
    })
  }

  /** Uses another folder of runs, now and after a restart. */
  async useRunsFolder(path: string): Promise<void> {
    this.places = { ...this.places, runsFolder: path }
    await this.request('internal.useRunsFolder', { path })
  }

  /** Saves the run under way and ends the process. */
  async end(): Promise<void> {
    this.ending = true
    await this.request('internal.suspend', undefined).catch(() => {
      // A process that is already gone has nothing left to save.
    })
    this.child.kill()
    this.engineWindow.close()
  }

  private start(): UtilityProcess {
    const child = utilityProcess.fork(computeEntry, [], { serviceName: 'MADE Studio compute', stdio: 'inherit' })
    child.on('message', (message: FromCompute) => this.hear(message))
    child.on('exit', (code) => this.lost(code))
    child.postMessage({ kind: 'places', places: this.places } satisfies ToCompute)
    return child
  }

  private post(message: ToCompute): void {
    this.child.postMessage(message)
  }

  private hear(message: FromCompute): void {
    switch (message.kind) {
      case 'reply':
        this.waiting.get(message.id)?.resolve(message.reply)
        this.waiting.delete(message.id)
        break
      case 'event':
        if (message.event.type === 'run' && message.event.event.type === 'state')
          this.runState = message.event.event.state
        this.emit(message.event)
        break
      case 'engine-port':
        void this.connectEngine(this.child)
        break
      case 'engine-silent':
        this.engineWindow.endSilent()
        break
    }
  }

  /** Hands the compute process a port to the hidden window, past main. */
  private async connectEngine(child: UtilityProcess): Promise<void> {
    try {
      const port = await this.engineWindow.connect()
      child.postMessage({ kind: 'engine-port', failure: null } satisfies ToCompute, [port])
    } catch (error) {
      child.postMessage({ kind: 'engine-port', failure: failureOf(error) } satisfies ToCompute)
    }
  }

  private lost(code: number): void {
    // What it computed was for the process that is gone.
    this.engineWindow.close()
    const runId = 'runId' in this.runState && isUnderWay(this.runState) ? this.runState.runId : null
    const failure = lostFailure(code, runId !== null)
    for (const { resolve } of this.waiting.values()) resolve({ ok: false, failure })
    this.waiting.clear()
    if (this.ending) return
    this.runState = { kind: 'idle' }
    const now = Date.now()
    this.restarts = [...this.restarts.filter((time) => now - time < RESTART_WINDOW_MS), now]
    if (this.restarts.length <= MOST_RESTARTS) this.child = this.start()
    this.emit({ type: 'compute-restarted', failure, runId })
  }
}

function lostFailure(code: number, hadRun: boolean): Failure {
  return {
    code: 'process-lost',
    message: `The part of MADE Studio that computes stopped unexpectedly (exit code ${code}) and was started again.`,
    hint: hadRun
      ? 'The run is kept at its last checkpoint; continue it from the Runs view.'
      : 'Nothing was lost. Please try again.',
  }
}
