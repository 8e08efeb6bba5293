import type { BitMatrix } from '../data/bit-matrix'
import { StudioError } from '../base/failure'
import { SerialQueue } from '../base/serial-queue'
import type { Connectivity } from '../made/connectivity'
import type { EngineId } from '../made/engines'
import { variablesOf, type VariableKind } from '../made/variables'
import { say } from '../words/say'
import type {
  DeviceInfo,
  Drawn,
  DrawRequest,
  Engine,
  Given,
  ParticleRequest,
  Particles,
  Session,
  SessionModel,
  SessionState,
  TrainingSettings,
} from './contract'
import { particlesByPasses } from './particles'
import {
  requireEvidence,
  requireGiven,
  requireHeads,
  requireRows,
  requireState,
  requireTraining,
  slotsOf,
} from './session-checks'

/**
 * What an engine does for a session, as the contract says. Calls come one at a time, with rows and states that fit the
 * model; none comes after `close`, and no `setData` or `train` without training.
 */
export interface SessionWork extends Pick<
  Session,
  'setData' | 'train' | 'logLikelihood' | 'conditionals' | 'readState' | 'writeState' | 'close'
> {
  /** Draws rows in ancestral order, around the given bits if there are any. */
  draw(request: DrawRequest, given: Given | null): Promise<Drawn>
  /** Particles in one pass over the weights; where it is absent they take a pass for every resampling (`particlesByPasses`). */
  particles?(request: ParticleRequest): Promise<Particles>
}

/** What every engine is: it begins the work of a session, and whoever opens the session gets it behind a queue. */
export abstract class QueuedEngine implements Engine {
  abstract readonly id: EngineId
  abstract readonly device: DeviceInfo
  abstract readonly heads: readonly VariableKind[]

  async open(model: SessionModel, training: TrainingSettings | null): Promise<Session> {
    requireHeads(this, model.spec)
    return new QueuedSession(model.spec, training, await this.begin(model, training))
  }

  protected abstract begin(model: SessionModel, training: TrainingSettings | null): Promise<SessionWork>
}

/** The session of any engine: checks what it is asked, and asks the engine one thing at a time. */
export class QueuedSession implements Session {
  private readonly queue = new SerialQueue()
  private closing: Promise<void> | null = null

  /** @param work the engine's part, which is this session's alone */
  constructor(
    private readonly spec: SessionModel['spec'],
    private readonly training: TrainingSettings | null,
    readonly work: SessionWork,
  ) {}

  async setData(rows: BitMatrix): Promise<void> {
    requireTraining(this.training)
    requireRows(this.spec, rows)
    return this.inTurn(() => this.work.setData(rows))
  }

  async train(minibatches: readonly Uint32Array[], connectivities: readonly Connectivity[]): Promise<Float64Array> {
    requireTraining(this.training)
    if (minibatches.length !== connectivities.length) throw new Error('every minibatch needs a connectivity')
    return this.inTurn(() => this.work.train(minibatches, connectivities))
  }

  async logLikelihood(rows: BitMatrix, connectivities: readonly Connectivity[]): Promise<Float64Array[]> {
    requireRows(this.spec, rows)
    return this.inTurn(() => this.work.logLikelihood(rows, connectivities))
  }

  async conditionals(rows: BitMatrix, connectivity: Connectivity): Promise<Float32Array> {
    requireRows(this.spec, rows)
    return this.inTurn(() => this.work.conditionals(rows, connectivity))
  }

  async sample(request: DrawRequest, signal?: AbortSignal): Promise<Drawn> {
    return this.inTurn(() => this.work.draw(request, null), signal)
  }

  async complete(rows: BitMatrix, known: BitMatrix, request: DrawRequest, signal?: AbortSignal): Promise<Drawn> {
    requireGiven(this.spec, { rows, known })
    return this.inTurn(() => this.work.draw(request, { rows, known }), signal)
  }

  async particles(request: ParticleRequest, signal?: AbortSignal): Promise<Particles> {
    requireEvidence(this.spec, request)
    return this.inTurn(
      () => this.work.particles?.(request) ?? particlesByPasses(this.work, variablesOf(this.spec), request),
      signal,
    )
  }

  async readState(): Promise<SessionState> {
    return this.inTurn(() => this.work.readState())
  }

  async writeState(state: SessionState): Promise<void> {
    requireState(this.spec, slotsOf(this.training), state)
    return this.inTurn(() => this.work.writeState(state))
  }

  close(): Promise<void> {
    this.closing ??= this.queue.run(() => this.work.close())
    return this.closing
  }

  private inTurn<T>(call: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (this.closing)
      throw new StudioError('invalid-request', say('engine.session.closed'), say('engine.session.closed.hint'))
    return this.queue.run(call, signal)
  }
}
