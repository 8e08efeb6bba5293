import type { BitMatrix } from '../../data/bit-matrix'
import type { DeviceInfo } from '../contract'
import type { Connectivity } from '../../made/connectivity'
import type { Optimizer } from '../../made/optimizer'
import type { DrawName } from '../../made/schedule'
import type { ModelSpec } from '../../made/spec'
import type { Reply } from '../../base/failure'

/**
 * What the compute process asks of the hidden window that computes on the GPU. Arrays are copied on the way, so calls
 * are coarse: data once, lists of minibatches, state in pieces of a few megabytes. One call is under way at a time.
 */
export interface EngineCalls {
  /** Looks for a GPU. */
  find: { params: undefined; result: FoundGpu }
  /** Adds a piece to an array that a later call takes. */
  put: { params: Piece; result: void }
  /** Opens a session on the parameters that were put. @returns its number */
  open: { params: { spec: ModelSpec; l2: number; optimizer: Optimizer }; result: number }
  /** Hands over the rows that were put. */
  setData: { params: OfSession & { rows: number; columns: number }; result: void }
  /** Minibatch i is the next `sizes[i]` of `rows`. */
  train: { params: OfSession & { rows: Uint32Array; sizes: Uint32Array; under: Named }; result: Float64Array }
  logLikelihood: { params: OfSession & { rows: Bits; under: Named }; result: Float64Array[] }
  conditionals: { params: OfSession & { rows: Bits; under: Named }; result: Float32Array }
  sample: { params: OfSession & Draw; result: DrawnBits }
  complete: { params: OfSession & Draw & { rows: Bits; known: Bits }; result: DrawnBits }
  /** Copies the state aside. @returns the updates made so far */
  holdState: { params: OfSession; result: number }
  /** A piece of the state that is held. */
  take: { params: OfSession & { key: string; offset: number; length: number }; result: Float32Array }
  releaseState: { params: OfSession; result: void }
  /** Replaces the state by what was put. */
  writeState: { params: OfSession & { update: number }; result: void }
  close: { params: OfSession; result: void }
}

export type EngineCall = keyof EngineCalls

export interface FoundGpu {
  readonly device: DeviceInfo
  /** Whether the processor plays the GPU. */
  readonly isSoftware: boolean
  /** The most bytes that one tensor of a model may have. */
  readonly mostBytes: number
}

export interface OfSession {
  readonly session: number
}

/** `values` at `offset` of the array of that key, which has `length` numbers in all. */
export interface Piece {
  readonly key: string
  readonly length: number
  readonly offset: number
  readonly values: Float32Array | Uint32Array
}

/**
 * Connectivities by number, in the order of the call. Those that the window has not seen come along, once: as the name of
 * a draw, which the window makes again, or in full. Those that it may forget are named first.
 */
export interface Named {
  readonly forgotten: readonly number[]
  readonly fresh: readonly (readonly [number: number, connectivity: Connectivity | DrawName])[]
  readonly numbers: Uint32Array
}

export type Bits = Pick<BitMatrix, 'rows' | 'columns' | 'words'>

export interface Draw {
  readonly count: number
  readonly first: number
  readonly seed: number
  readonly under: Named
}

export interface DrawnBits {
  readonly words: Uint32Array
  readonly probabilities: Float32Array
}

/** The keys of arrays that are put and taken. */
export const ROWS_KEY = 'rows'

/** The key of a tensor of the parameters (slot null) or of a slot of the optimizer. */
export function tensorKey(slot: string | null, tensor: string): string {
  return slot === null ? `parameters/${tensor}` : `slots/${slot}/${tensor}`
}

export interface CallMessage {
  readonly id: number
  readonly call: EngineCall
  readonly params: unknown
}

export interface ReplyMessage {
  readonly id: number
  readonly reply: Reply<unknown>
}

/** While an answer is awaited the window is asked whether it is still there; its page answers at once, between other work. */
export const PING = 'ping'
export const PONG = 'pong'

export type ToWindow = CallMessage | typeof PING
export type FromWindow = ReplyMessage | typeof PONG

/** One end of a message port, whichever of Electron, a page or Node.js it is from. */
export interface PortEnd {
  post(message: ToWindow | FromWindow): void
  /** Starts to listen. */
  listen(hear: (message: unknown) => void, closed: () => void): void
  close(): void
}
