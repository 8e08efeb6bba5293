import type { BitMatrix } from '../../data/bit-matrix'
import type { DeviceInfo, EngineId, TrainingSettings } from '../contract'
import type { Connectivity } from '../../made/connectivity'
import type { DrawName } from '../../made/schedule'
import type { ModelSpec } from '../../made/spec'
import type { VariableKind } from '../../made/variables'
import type { Sentence } from '../../words/say'
import type { Reply } from '../../base/failure'

/**
 * What one process asks of another in which an engine computes. Arrays are copied on the way, so calls are coarse: data
 * once, lists of minibatches, state in pieces of a few megabytes. Calls are answered one after another, in their order.
 */
export interface EngineCalls {
  /** Looks for the engine. */
  find: { params: undefined; result: FoundEngine }
  /** Refuses a model that the engine has no room for, before its parameters are sent. */
  check: { params: { spec: ModelSpec }; result: void }
  /** Adds a piece to an array of a parcel, which a later call takes. */
  put: { params: Piece; result: void }
  /** Opens a session on the parameters of a parcel. @returns its number */
  open: { params: { spec: ModelSpec; training: TrainingSettings | null; parcel: number }; result: number }
  /** Hands over the rows of a parcel. */
  setData: { params: OfSession & { parcel: number; rows: number; columns: number }; result: void }
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
  /** Replaces the state by that of a parcel. */
  writeState: { params: OfSession & { parcel: number; update: number }; result: void }
  close: { params: OfSession; result: void }
}

export type EngineCall = keyof EngineCalls

/** An engine as the other side knows it. */
export interface FoundEngine {
  readonly id: EngineId
  readonly device: DeviceInfo
  readonly heads: readonly VariableKind[]
  /** What is worth knowing about it; null if nothing is. */
  readonly note: Sentence | null
}

export interface OfSession {
  readonly session: number
}

/**
 * `values` at `offset` of the array of that key, which has `length` numbers in all. A parcel holds the arrays of one call;
 * its number is the sender's choice, so that what several sessions send at once stays apart.
 */
export interface Piece {
  readonly parcel: number
  readonly key: string
  readonly length: number
  readonly offset: number
  readonly values: Float32Array | Uint32Array
}

/**
 * Connectivities by number, in the order of the call. Those that the other side has not seen come along, once: as the
 * name of a draw, which is made again there, or in full. Those that may be forgotten are named first.
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

/** The key of training rows in a parcel. */
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

/** While an answer is awaited the other side is asked whether it is still there; it answers at once, between other work. */
export const PING = 'ping'
export const PONG = 'pong'

export type ToServer = CallMessage | typeof PING
export type FromServer = ReplyMessage | typeof PONG

/** One end of a message port, whichever of Electron, a page or Node.js it is from. */
export interface PortEnd {
  post(message: ToServer | FromServer): void
  /** Starts to listen. */
  listen(hear: (message: unknown) => void, closed: () => void): void
  close(): void
}
