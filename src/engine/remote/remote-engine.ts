import { BitMatrix } from '../../data/bit-matrix'
import type {
  DeviceInfo,
  Drawn,
  DrawRequest,
  EngineId,
  Given,
  SessionModel,
  SessionState,
  TrainingSettings,
} from '../contract'
import { QueuedEngine, type SessionWork } from '../queued-engine'
import { slotsOf } from '../session-checks'
import type { Connectivity } from '../../made/connectivity'
import { parameterTensors, type ModelSpec, type Tensors } from '../../made/spec'
import type { VariableKind } from '../../made/variables'
import type { Sentence } from '../../words/say'
import type { Connection } from './connection'
import { ConnectivityNames } from './connectivity-names'
import { Parcel, PIECE } from './parcel'
import { ROWS_KEY, tensorKey, type Bits, type Draw, type FoundEngine } from './protocol'

/** The engine of another process, held through a port. */
export class RemoteEngine extends QueuedEngine {
  readonly id: EngineId
  readonly device: DeviceInfo
  readonly heads: readonly VariableKind[]
  /** What is worth knowing about it; null if nothing is. */
  readonly note: Sentence | null

  private constructor(
    private readonly connection: Connection,
    { id, device, heads, note }: FoundEngine,
  ) {
    super()
    this.id = id
    this.device = device
    this.heads = heads
    this.note = note
  }

  /** @throws StudioError 'engine-unavailable' if the other side has no engine, 'process-lost' */
  static async find(connection: Connection): Promise<RemoteEngine> {
    return new RemoteEngine(connection, await connection.call('find', undefined))
  }

  protected async begin({ spec, parameters }: SessionModel, training: TrainingSettings | null): Promise<SessionWork> {
    const { connection } = this
    await connection.call('check', { spec })
    const parcel = new Parcel(connection)
    await parcel.putTensors(spec, null, parameters)
    const session = await connection.call('open', { spec, training, parcel: parcel.number })
    return new RemoteSession(connection, session, spec, slotsOf(training))
  }
}

class RemoteSession implements SessionWork {
  private readonly names: ConnectivityNames

  constructor(
    private readonly connection: Connection,
    private readonly session: number,
    private readonly spec: ModelSpec,
    private readonly slots: readonly string[],
  ) {
    this.names = new ConnectivityNames(spec)
  }

  async setData({ words, rows, columns }: BitMatrix): Promise<void> {
    const parcel = new Parcel(this.connection)
    await parcel.put(ROWS_KEY, words)
    await this.connection.call('setData', { session: this.session, parcel: parcel.number, rows, columns })
  }

  async train(minibatches: readonly Uint32Array[], connectivities: readonly Connectivity[]): Promise<Float64Array> {
    const sizes = Uint32Array.from(minibatches, ({ length }) => length)
    const rows = new Uint32Array(sizes.reduce((sum, size) => sum + size, 0))
    let at = 0
    for (const minibatch of minibatches) {
      rows.set(minibatch, at)
      at += minibatch.length
    }
    return this.connection.call('train', { session: this.session, rows, sizes, under: this.names.name(connectivities) })
  }

  async logLikelihood(rows: BitMatrix, connectivities: readonly Connectivity[]): Promise<Float64Array[]> {
    return this.connection.call('logLikelihood', {
      session: this.session,
      rows: bitsOf(rows),
      under: this.names.name(connectivities),
    })
  }

  async conditionals(rows: BitMatrix, connectivity: Connectivity): Promise<Float32Array> {
    return this.connection.call('conditionals', {
      session: this.session,
      rows: bitsOf(rows),
      under: this.names.name([connectivity]),
    })
  }

  async draw(request: DrawRequest, given: Given | null): Promise<Drawn> {
    const asked = this.asked(request)
    const { words, probabilities } = given
      ? await this.connection.call('complete', { ...asked, rows: bitsOf(given.rows), known: bitsOf(given.known) })
      : await this.connection.call('sample', asked)
    return { rows: new BitMatrix(request.count, this.spec.inputs, words), probabilities }
  }

  async readState(): Promise<SessionState> {
    const update = await this.connection.call('holdState', { session: this.session })
    const parameters = await this.takeTensors(null)
    const slots = new Map<string, Tensors>()
    for (const slot of this.slots) slots.set(slot, await this.takeTensors(slot))
    await this.connection.call('releaseState', { session: this.session })
    return { update, parameters, slots }
  }

  async writeState({ update, parameters, slots }: SessionState): Promise<void> {
    const parcel = new Parcel(this.connection)
    await parcel.putTensors(this.spec, null, parameters)
    for (const slot of this.slots) {
      const tensors = slots.get(slot)
      if (tensors) await parcel.putTensors(this.spec, slot, tensors)
    }
    await this.connection.call('writeState', { session: this.session, parcel: parcel.number, update })
  }

  /** Closing what is gone with the other side is no failure. */
  async close(): Promise<void> {
    await this.connection.call('close', { session: this.session }).catch(() => undefined)
  }

  private asked({ count, first, seed, connectivity }: DrawRequest): Draw & { session: number } {
    return { session: this.session, count, first, seed, under: this.names.name([connectivity]) }
  }

  private async takeTensors(slot: string | null): Promise<Tensors> {
    const tensors: Tensors = new Map()
    for (const { name, length } of parameterTensors(this.spec)) {
      const values = new Float32Array(length)
      for (let offset = 0; offset < length; offset += PIECE) {
        const piece = { key: tensorKey(slot, name), offset, length: Math.min(PIECE, length - offset) }
        values.set(await this.connection.call('take', { session: this.session, ...piece }), offset)
      }
      tensors.set(name, values)
    }
    return tensors
  }
}

function bitsOf({ rows, columns, words }: BitMatrix): Bits {
  return { rows, columns, words: words.byteLength === words.buffer.byteLength ? words : words.slice() }
}
