import { BitMatrix } from '../../data/bit-matrix'
import type { DeviceInfo, Drawn, DrawRequest, Engine, Session, SessionModel, SessionState } from '../contract'
import { requireColumns, requireState } from '../session-checks'
import { requireTensorSizes } from '../webgpu/weight-store'
import type { Connectivity } from '../../made/connectivity'
import { slotNames, type Optimizer } from '../../made/optimizer'
import { parameterTensors, tensorOf, type ModelSpec, type Tensors } from '../../made/spec'
import type { Connection } from './connection'
import { ConnectivityNames } from './connectivity-names'
import { ROWS_KEY, tensorKey, type Bits, type Draw, type DrawnBits, type FoundGpu } from './protocol'

/** Numbers in a piece: 8 MB. */
const PIECE = 2 ** 21

/** The webgpu engine of the hidden window, held from the compute process. */
export class RemoteEngine implements Engine {
  readonly id = 'webgpu'
  readonly device: DeviceInfo
  readonly isSoftware: boolean
  private readonly mostBytes: number

  private constructor(
    private readonly connection: Connection,
    { device, isSoftware, mostBytes }: FoundGpu,
  ) {
    this.device = device
    this.isSoftware = isSoftware
    this.mostBytes = mostBytes
  }

  /** @throws StudioError 'engine-unavailable' if the window finds no GPU, 'process-lost' */
  static async find(connection: Connection): Promise<RemoteEngine> {
    return new RemoteEngine(connection, await connection.call('find', undefined))
  }

  /** @throws StudioError 'too-large', before anything is sent, if the model does not fit the GPU. */
  async open({ spec, parameters, l2 = 0 }: SessionModel, optimizer: Optimizer): Promise<Session> {
    requireTensorSizes(this.mostBytes, spec)
    await putTensors(this.connection, spec, null, parameters)
    const session = await this.connection.call('open', { spec, l2, optimizer })
    return new RemoteSession(this.connection, session, spec, optimizer)
  }
}

class RemoteSession implements Session {
  private readonly names: ConnectivityNames
  private isClosed = false

  constructor(
    private readonly connection: Connection,
    private readonly session: number,
    private readonly spec: ModelSpec,
    private readonly optimizer: Optimizer,
  ) {
    this.names = new ConnectivityNames(spec)
  }

  async setData(rows: BitMatrix): Promise<void> {
    requireColumns(this.spec, rows)
    await putArray(this.connection, ROWS_KEY, rows.words)
    await this.connection.call('setData', { session: this.session, rows: rows.rows, columns: rows.columns })
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
    requireColumns(this.spec, rows)
    return this.connection.call('logLikelihood', {
      session: this.session,
      rows: bitsOf(rows),
      under: this.names.name(connectivities),
    })
  }

  async conditionals(rows: BitMatrix, connectivity: Connectivity): Promise<Float32Array> {
    requireColumns(this.spec, rows)
    return this.connection.call('conditionals', {
      session: this.session,
      rows: bitsOf(rows),
      under: this.names.name([connectivity]),
    })
  }

  async sample(request: DrawRequest): Promise<Drawn> {
    return this.drawn(await this.connection.call('sample', this.draw(request)), request)
  }

  async complete(rows: BitMatrix, known: BitMatrix, request: DrawRequest): Promise<Drawn> {
    requireColumns(this.spec, rows)
    requireColumns(this.spec, known)
    const given = { rows: bitsOf(rows), known: bitsOf(known) }
    return this.drawn(await this.connection.call('complete', { ...this.draw(request), ...given }), request)
  }

  async readState(): Promise<SessionState> {
    const update = await this.connection.call('holdState', { session: this.session })
    const parameters = await this.takeTensors(null)
    const slots = new Map<string, Tensors>()
    for (const slot of slotNames(this.optimizer)) slots.set(slot, await this.takeTensors(slot))
    await this.connection.call('releaseState', { session: this.session })
    return { update, parameters, slots }
  }

  async writeState(state: SessionState): Promise<void> {
    requireState(this.spec, slotNames(this.optimizer), state)
    await putTensors(this.connection, this.spec, null, state.parameters)
    for (const slot of slotNames(this.optimizer)) {
      const tensors = state.slots.get(slot)
      if (tensors) await putTensors(this.connection, this.spec, slot, tensors)
    }
    await this.connection.call('writeState', { session: this.session, update: state.update })
  }

  /** Closing what is gone with its window is no failure. */
  async close(): Promise<void> {
    if (this.isClosed || !this.connection.isUsable) return
    this.isClosed = true
    await this.connection.call('close', { session: this.session }).catch(() => undefined)
  }

  private draw({ count, first, seed, connectivity }: DrawRequest): Draw & { session: number } {
    return { session: this.session, count, first, seed, under: this.names.name([connectivity]) }
  }

  private drawn({ words, probabilities }: DrawnBits, { count }: DrawRequest): Drawn {
    return { rows: new BitMatrix(count, this.spec.inputs, words), probabilities }
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

async function putTensors(
  connection: Connection,
  spec: ModelSpec,
  slot: string | null,
  tensors: Tensors,
): Promise<void> {
  for (const { name } of parameterTensors(spec))
    await putArray(connection, tensorKey(slot, name), tensorOf(tensors, name))
}

/** Sends an array in pieces; an empty one too, so that it is there. */
async function putArray(connection: Connection, key: string, values: Float32Array | Uint32Array): Promise<void> {
  let offset = 0
  do {
    // A copy: of a part of an array the whole would be sent.
    await connection.call('put', { key, length: values.length, offset, values: values.slice(offset, offset + PIECE) })
    offset += PIECE
  } while (offset < values.length)
}

function bitsOf({ rows, columns, words }: BitMatrix): Bits {
  return { rows, columns, words: words.byteLength === words.buffer.byteLength ? words : words.slice() }
}
