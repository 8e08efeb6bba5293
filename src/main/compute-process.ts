import { inTurn } from '../base/advice'
import { failureOf, StudioError, type Failure, type Reply } from '../base/failure'
import type { ComputeParams, ComputePlaces, ComputeResult, InternalChannel } from '../shared/compute-protocol'
import type { ComputeState } from '../shared/compute-state'
import type { ComputeChannel, StudioEvent } from '../shared/contract'
import { isUnderWay, NO_STATES, runIdIn, withState, type RunState, type RunStates } from '../shared/run'
import { say } from '../words/say'
import { forkCompute, type ComputeChild } from './compute-child'
import { makeEnginePage } from './engine-page'
import { EngineWindow } from './engine-window'
import { runProbe } from './probe-child'
import { Supervisor, type Loss } from './supervisor'

/**
 * The utility process that reads data, trains and draws, and the hidden window that computes for it. If it is lost, everyone
 * who waits gets an answer in words, the run is kept at its last checkpoint, and the window hears what comes next.
 */
export class ComputeProcess {
  private readonly engineWindow = new EngineWindow(makeEnginePage)
  private readonly supervisor: Supervisor<ComputeChild>
  private runs: RunStates = NO_STATES

  constructor(
    private places: ComputePlaces,
    private readonly emit: (event: StudioEvent) => void,
  ) {
    this.supervisor = new Supervisor<ComputeChild>({
      start: (hear, gone) => {
        const child = forkCompute(hear, gone)
        child.post({ kind: 'places', places: this.places })
        return child
      },
      hear: (message, child) => {
        switch (message.kind) {
          case 'event':
            return this.tell(message.event)
          case 'engine-port':
            return void this.connectEngine(child)
          case 'engine-silent':
            return this.engineWindow.endSilent()
          case 'probe': {
            const { id, request } = message
            return void runProbe(request).then((end) => child.post({ kind: 'probed', id, end }))
          }
        }
      },
      lost: (loss) => this.lost(loss),
    })
  }

  /** The state of the run under way, or of the one that was last, as last heard. */
  get run(): RunState {
    return this.runs.current
  }

  /** Whether it is there; null while the application closes. */
  get state(): ComputeState | null {
    return this.supervisor.computeState
  }

  /** Makes a request. @throws StudioError with the words of the compute process, or 'process-lost' */
  async request<C extends ComputeChannel | InternalChannel>(
    channel: C,
    params: ComputeParams<C>,
  ): Promise<ComputeResult<C>> {
    const reply = await this.pass(channel, params)
    if (reply.ok) return reply.value as ComputeResult<C>
    throw StudioError.of(reply.failure)
  }

  /** Passes a validated request on and its reply back; where the process is gone or hangs, the reply is a failure. */
  pass(channel: ComputeChannel | InternalChannel, params: unknown): Promise<Reply<unknown>> {
    return this.supervisor.pass(channel, params)
  }

  /** Starts the process again that was lost too often. */
  startAgain(): void {
    this.supervisor.startAgain()
  }

  /** Uses another folder of runs, now and after a restart. */
  async useRunsFolder(path: string): Promise<void> {
    await this.request('internal.useRunsFolder', { path })
    this.places = { ...this.places, runsFolder: path }
  }

  /**
   * Saves the run under way and ends the process.
   * @param giveUp ends it without waiting for that any longer
   */
  async end(giveUp: AbortSignal): Promise<void> {
    await this.supervisor.end(giveUp)
    this.engineWindow.close()
  }

  private tell(event: StudioEvent): void {
    if (event.type === 'run' && event.event.type === 'state') this.runs = withState(this.runs, event.event.state)
    this.emit(event)
  }

  /** Hands the compute process a port to the hidden window, past main. */
  private async connectEngine(child: ComputeChild): Promise<void> {
    try {
      const port = await this.engineWindow.connect()
      child.post({ kind: 'engine-port', failure: null }, [port])
    } catch (error) {
      child.post({ kind: 'engine-port', failure: failureOf(error) })
    }
  }

  private lost(loss: Loss): Failure {
    // What it computed was for the process that is gone.
    this.engineWindow.close()
    const runId = isUnderWay(this.run) ? runIdIn(this.run) : null
    const failure = lossInWords(loss, runId !== null)
    this.tell({ type: 'run', event: { type: 'state', state: { kind: 'idle' } } })
    this.emit({ type: loss.isStartedAgain ? 'compute-restarted' : 'compute-stopped', failure, runId })
    return failure
  }
}

function lossInWords({ how, lately, isStartedAgain }: Loss, hadRun: boolean): Failure {
  const kept = hadRun ? say('compute.lost.run-kept') : say('compute.lost.nothing')
  if (!isStartedAgain)
    return {
      code: 'process-lost',
      message: say('compute.lost.often', { times: lately }),
      hint: inTurn(kept, say('compute.lost.start-again')),
    }
  return {
    code: 'process-lost',
    message: how === 'died' ? say('compute.lost.died') : say('compute.lost.silent'),
    hint: kept,
  }
}
