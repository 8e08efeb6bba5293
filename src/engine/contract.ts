import type { BitMatrix } from '../data/bit-matrix'
import type { Connectivity } from '../made/connectivity'
import type { EngineId } from '../made/engines'
import type { Optimizer } from '../made/optimizer'
import type { ModelSpec, Tensors } from '../made/spec'
import type { StepSchedule } from '../made/step-schedule'
import type { VariableKind } from '../made/variables'
import type { Sentence } from '../words/say'

export type { EngineId }

/** The hardware and the build that an engine computes on, in words for a person. */
export interface DeviceInfo {
  readonly kind: 'cpu' | 'gpu'
  /** For example "AMD EPYC, TypeScript, 1 thread". */
  readonly name: Sentence
  /** The build of the program, where the processor decides which one works: results of two differ in the last bits. */
  readonly build?: string
}

/** A way to compute MADE: the same numbers from every engine, up to float32 rounding. An engine extends `QueuedEngine`. */
export interface Engine {
  readonly id: EngineId
  readonly device: DeviceInfo
  /** The kinds of variables that it has heads for (`src/made/heads.ts`). */
  readonly heads: readonly VariableKind[]
  /**
   * Yields a session that owns a copy of the model.
   * @param training how updates are made; null for a session that only scores and draws, which has no optimizer slots
   * @throws StudioError 'too-large' if the model does not fit the device, 'engine-unavailable' if it has variables that the
   * engine has no head for or the device cannot be had any more, 'process-lost' if what computes has died
   */
  open(model: SessionModel, training: TrainingSettings | null): Promise<Session>
}

/** What a session begins with. */
export interface SessionModel {
  readonly spec: ModelSpec
  /** Each of the shape that `parameterTensors` gives, float32. */
  readonly parameters: Tensors
}

/** How a session makes updates. */
export interface TrainingSettings {
  readonly optimizer: Optimizer
  /** By what each step is multiplied; t is `SessionState.update`. */
  readonly schedule: StepSchedule
  /** L2 penalty on weights, not on biases: adds l2·w to their gradient; 0 for none. */
  readonly l2: number
}

/** All that changes while training: enough to go on exactly where it was read, on any engine. */
export interface SessionState {
  /** Updates made so far, t of the optimizer and of the schedule. */
  readonly update: number
  readonly parameters: Tensors
  /** Per slot name of the optimizer, one tensor per parameter; empty without training. */
  readonly slots: ReadonlyMap<string, Tensors>
}

/** The draw of rows from the model; row i of the result is sample number first + i of the seed. */
export interface DrawRequest {
  readonly count: number
  readonly first: number
  readonly seed: number
  readonly connectivity: Connectivity
}

/**
 * Rows whose bits are partly given: where `known` has a one, the bit of `rows` is taken. A categorical variable is known in all
 * of its columns or in none.
 */
export interface Given {
  readonly rows: BitMatrix
  readonly known: BitMatrix
}

/** Particles of a group are so many, or a multiple of it: the kernels take whole vectors of them. */
export const PARTICLES_AT_ONCE = 16

/**
 * Particles of evidence (docs/mathematics.md, Questions). Groups have nothing to do with each other, so that several of the same
 * evidence are independent repeats.
 */
export interface ParticleRequest {
  /** What is known of each group, `[groups, D]`. A categorical variable that is known may have any of its values that are ones in `rows`. */
  readonly given: Given
  /** N: how many particles each group has, a multiple of `PARTICLES_AT_ONCE`. */
  readonly each: number
  /** The number of the first group: particle i of group g takes the uniforms of draw g·N + i. */
  readonly first: number
  readonly seed: number
  readonly connectivity: Connectivity
}

/** Drawn rows and, for each bit, the probability of a one that it was drawn with; of a categorical variable they sum to one. */
export interface Drawn {
  /** `[count, D]` */
  readonly rows: BitMatrix
  /** `[count, D]`, row-major, 0..1. */
  readonly probabilities: Float32Array
}

/** Particles `[groups · N, D]`, those of a group one after another, with what each counts. */
export interface Particles extends Drawn {
  /**
   * `[groups · N]`: the logarithm of each particle's weight; −∞ where the evidence cannot be. Over a group, the mean weight is an
   * unbiased estimate of the probability of its evidence.
   */
  readonly logWeights: Float64Array
  /** `[groups · N]`: which particle of its group, 0..N−1, each has come from. Those of one origin say less than as many others. */
  readonly origins: Int32Array
}

/**
 * One model on one device: its parameters, optimizer slots and training rows.
 *
 * Calls are queued: anyone may call at any time, and each call sees what those before it left, as if they had been made
 * one after another. One that fails changes nothing for the next, unless the device is gone. What is handed over must stay
 * as it is until the call is answered; what comes back is the caller's own.
 *
 * Any call fails with StudioError 'invalid-request' after `close`, 'process-lost' when the device or the process that
 * computes is gone, and 'too-large' when the device has no room for it.
 */
export interface Session {
  /**
   * Hands over the training rows `[rows, D]`, in place of those before; minibatches name them by number.
   * @throws StudioError 'invalid-data' if they have another width than the model, or not exactly one value of a categorical
   * variable (so do all calls below), 'invalid-request' if the session was
   * opened without training
   */
  setData(rows: BitMatrix): Promise<void>

  /**
   * Makes one update per minibatch, in order: minibatch i (row numbers of the training rows) under connectivities[i].
   * Training rows must have been set.
   * @returns the mean NLL of each minibatch before its update, in nats, `[minibatches]`
   * @throws StudioError 'invalid-request' if the session was opened without training
   */
  train(minibatches: readonly Uint32Array[], connectivities: readonly Connectivity[]): Promise<Float64Array>

  /**
   * log p(x) in nats of each row `[rows, D]` under each connectivity.
   * @returns one `[rows]` array per connectivity; their combination is `ensembleLogLikelihood`
   * @throws StudioError 'invalid-data' if the rows have another width than the model
   */
  logLikelihood(rows: BitMatrix, connectivities: readonly Connectivity[]): Promise<Float64Array[]>

  /**
   * The logits z of every output for each row: `[rows, D]`, row-major. p(x_d = 1 | what is before it) is their sigmoid, and
   * within a categorical variable their softmax.
   * @throws StudioError 'invalid-data' if the rows have another width than the model
   */
  conditionals(rows: BitMatrix, connectivity: Connectivity): Promise<Float32Array>

  /**
   * Draws rows in ancestral order, one pass over the weights.
   * @param signal gives the draw up where it aborts while the call waits for its turn
   * @throws StudioError 'cancelled' if it was given up
   */
  sample(request: DrawRequest, signal?: AbortSignal): Promise<Drawn>

  /**
   * Draws the bits that are not known: where `known` has a one, the bit of `rows` is given; both are `[request.count, D]`.
   * In ancestral order, a given bit conditions only what comes after it.
   * @param signal as in `sample`
   * @throws StudioError 'invalid-data' if rows or known have another width than the model, 'cancelled' if it was given up
   */
  complete(rows: BitMatrix, known: BitMatrix, request: DrawRequest, signal?: AbortSignal): Promise<Drawn>

  /**
   * Draws what is not known given what is, whatever comes first: sequential Monte Carlo in the order of the connectivity. What
   * is known multiplies a particle's weight by its probability. Where the effective sample size of a group, (Σw)² / Σw², falls
   * below N / 2, it is resampled (systematically), and its weights become their mean.
   * @param signal as in `sample`
   * @throws StudioError 'invalid-data' as `complete`, 'cancelled' if it was given up
   */
  particles(request: ParticleRequest, signal?: AbortSignal): Promise<Particles>

  /** A copy of the state. */
  readState(): Promise<SessionState>

  /**
   * Replaces the state; the session then goes on as the one that it was read from. Without training the slots are left
   * aside, so that a model in training can be scored elsewhere.
   * @throws StudioError 'damaged-file' if it does not fit the model or the optimizer; the session is as it was
   */
  writeState(state: SessionState): Promise<void>

  /** Gives back memory when the calls before it are answered; later ones are refused. Closing again does nothing. */
  close(): Promise<void>
}
