import type { BitMatrix } from '../data/bit-matrix'
import type { Connectivity } from '../made/connectivity'
import type { Optimizer } from '../made/optimizer'
import type { ModelSpec, Tensors } from '../made/spec'

export const ENGINE_IDS = ['cpu', 'webgpu', 'tensorflow'] as const
export type EngineId = (typeof ENGINE_IDS)[number]

/** The hardware and the build that an engine computes on, in words for a person. */
export interface DeviceInfo {
  readonly kind: 'cpu' | 'gpu'
  /** For example "AMD EPYC, TypeScript, 1 thread". */
  readonly name: string
  /** The build of the program, where the processor decides which one works: results of two differ in the last bits. */
  readonly build?: string
}

/** A way to compute MADE. Opening it yields a session that owns one model's state. */
export interface Engine {
  readonly id: EngineId
  readonly device: DeviceInfo
  open(model: SessionModel, optimizer: Optimizer): Promise<Session>
}

/** What a session begins with. The engine copies the parameters. */
export interface SessionModel {
  readonly spec: ModelSpec
  readonly parameters: Tensors
  /** L2 penalty on weights (not biases): adds l2·w to their gradient. */
  readonly l2?: number
}

/** All that changes while training: enough to go on exactly where it was read. */
export interface SessionState {
  /** Updates made so far, t of the optimizers. */
  readonly update: number
  readonly parameters: Tensors
  /** Per slot name of the optimizer, one tensor per parameter. */
  readonly slots: ReadonlyMap<string, Tensors>
}

/** The draw of rows from the model; row i of the result is sample number first + i of the seed. */
export interface DrawRequest {
  readonly count: number
  readonly first: number
  readonly seed: number
  readonly connectivity: Connectivity
}

/** Rows whose bits are partly given: where `known` has a one, the bit of `rows` is taken. */
export interface Given {
  readonly rows: BitMatrix
  readonly known: BitMatrix
}

/** Drawn rows and, for each bit, the probability of a one that it was drawn with. */
export interface Drawn {
  readonly rows: BitMatrix
  /** `[count, D]`, row-major. */
  readonly probabilities: Float32Array
}

/**
 * One model at work on one device. It owns parameters, optimizer slots and the training rows;
 * calls are made one at a time.
 */
export interface Session {
  /** Hands over the training rows; minibatches name them by number. */
  setData(rows: BitMatrix): Promise<void>

  /**
   * Makes one update per minibatch, in order: minibatch i (row numbers of the training rows) under connectivities[i].
   * @returns the mean NLL of each minibatch before its update, in nats.
   */
  train(minibatches: readonly Uint32Array[], connectivities: readonly Connectivity[]): Promise<Float64Array>

  /**
   * log p(x) in nats of each row under each connectivity.
   * @returns one `[rows]` array per connectivity; their combination is `ensembleLogLikelihood`.
   */
  logLikelihood(rows: BitMatrix, connectivities: readonly Connectivity[]): Promise<Float64Array[]>

  /** The logits z of every output for each row: `[rows, D]`, row-major. */
  conditionals(rows: BitMatrix, connectivity: Connectivity): Promise<Float32Array>

  /** Draws rows in ancestral order, one pass over the weights. */
  sample(request: DrawRequest): Promise<Drawn>

  /**
   * Draws the bits that are not known: where `known` has a one, the bit of `rows` is given. `rows` and `known` have
   * `request.count` rows. In ancestral order, a given bit conditions only what comes after it.
   */
  complete(rows: BitMatrix, known: BitMatrix, request: DrawRequest): Promise<Drawn>

  /** A copy of the state. */
  readState(): Promise<SessionState>

  /** Replaces the state. @throws StudioError 'damaged-file' if it does not fit the model or the optimizer. */
  writeState(state: SessionState): Promise<void>

  /** Gives back memory; no call may follow. */
  close(): Promise<void>
}
