import type { BitMatrix } from '../../data/bit-matrix'
import type { Connectivity } from '../../made/connectivity'
import { slotNames, type Optimizer } from '../../made/optimizer'
import type { ModelSpec, Tensors } from '../../made/spec'
import type { Drawn, DrawRequest, Given, Session, SessionModel, SessionState } from '../contract'
import { drawingCalls, requireColumns, requireState } from '../session-checks'
import { ConnectivityLayout } from './connectivity-record'
import { ConnectivityShelf } from './connectivity-shelf'
import { Drawing } from './drawing'
import type { GpuBuffer } from './gpu-buffer'
import type { GpuDevice } from './gpu-device'
import { Network } from './network'
import { Readback } from './readback'
import { Recorder } from './recorder'
import { SharedBuffers } from './shared-buffers'
import { Scoring } from './scoring'
import { Training, type Progress } from './training'
import { Updates } from './updates'
import { BUFFER_USAGE } from './usage'
import { Views } from './views'
import { requireTensorSizes, WeightStore } from './weight-store'

const FLOAT = Float32Array.BYTES_PER_ELEMENT

/** A session on one GPU: parameters, optimizer slots and data live there, and only losses, scores and samples come back. */
export class WebGpuSession implements Session {
  readonly sample: Session['sample']
  readonly complete: Session['complete']
  private readonly spec: ModelSpec
  private readonly slots: readonly string[]
  private readonly progress: Progress = { updates: 0, version: 0 }
  private readonly store: WeightStore
  private readonly views: Views
  private readonly training: Training
  private readonly scoring: Scoring
  private readonly drawing: Drawing
  private readonly own: GpuBuffer[] = []
  private readonly parts: readonly { close(): void }[]
  private isClosed = false

  private constructor(
    private readonly gpu: GpuDevice,
    { spec, l2 = 0 }: SessionModel,
    optimizer: Optimizer,
  ) {
    this.spec = spec
    this.slots = slotNames(optimizer)
    const layout = new ConnectivityLayout(spec)
    const recorder = new Recorder(gpu)
    const readback = new Readback(gpu)
    const shared = new SharedBuffers(gpu, recorder, spec)
    const store = new WeightStore(gpu, recorder, readback, spec, this.slots.length)
    const shelf = new ConnectivityShelf(gpu, recorder, layout, () => store.storeOrder)
    const { layers } = store
    const biased = layers.flatMap(({ bias, units, conditioning }) =>
      bias ? [{ bias: bias.values, units, conditioning }] : [],
    )
    const constants = biased.map(({ bias, units, conditioning }) =>
      conditioning ? this.make('constants of units', units) : bias,
    )
    const sums = biased.map(({ units }) => this.make('sums of deltas', units))
    const networkParts = {
      recorder,
      spec,
      layout,
      layers,
      connectivities: shelf.buffer,
      constants,
      sums,
      sumMethod: gpu.sumMethod,
    }
    const network = new Network(networkParts)
    const updates = new Updates(networkParts, optimizer, l2)
    const workOfRow = layers.reduce((sum, { units, below }) => sum + (units * below) / 2, 0)
    this.store = store
    this.views = new Views(gpu, store, shelf, network)
    this.training = new Training(
      gpu,
      recorder,
      readback,
      shared,
      layout,
      shelf,
      this.views,
      network,
      updates,
      workOfRow,
      this.progress,
    )
    this.scoring = new Scoring(
      recorder,
      readback,
      shared,
      spec,
      layout,
      shelf,
      this.views,
      network,
      this.make('nothing', 1),
    )
    const plain = layers.map(({ layer }) => layer)
    this.drawing = new Drawing(gpu, recorder, readback, spec, plain, layout, network.products, shelf.buffer, constants)
    ;({ sample: this.sample, complete: this.complete } = drawingCalls(spec, (request, given) =>
      this.draw(request, given),
    ))
    this.parts = [this.drawing, this.views, shared, shelf, store, readback, recorder]
  }

  /** @throws StudioError 'too-large' if the model does not fit the GPU: where its limits tell, before anything is allocated. */
  static async open(gpu: GpuDevice, model: SessionModel, optimizer: Optimizer): Promise<WebGpuSession> {
    gpu.check()
    requireTensorSizes(gpu.mostBytes, model.spec)
    const session = new WebGpuSession(gpu, model, optimizer)
    try {
      await gpu.settled()
      await session.store.write(model.parameters, -1)
      await gpu.settled()
    } catch (error) {
      await session.close()
      throw error
    }
    return session
  }

  async setData(rows: BitMatrix): Promise<void> {
    this.requireOpen()
    requireColumns(this.spec, rows)
    this.training.setData(rows)
    await this.gpu.settled()
  }

  async train(minibatches: readonly Uint32Array[], connectivities: readonly Connectivity[]): Promise<Float64Array> {
    this.requireOpen()
    return this.training.train(minibatches, connectivities)
  }

  async logLikelihood(rows: BitMatrix, connectivities: readonly Connectivity[]): Promise<Float64Array[]> {
    this.requireOpen()
    requireColumns(this.spec, rows)
    return this.scoring.logLikelihood(rows, connectivities, this.progress.version)
  }

  async conditionals(rows: BitMatrix, connectivity: Connectivity): Promise<Float32Array> {
    this.requireOpen()
    requireColumns(this.spec, rows)
    return this.scoring.conditionals(rows, connectivity, this.progress.version)
  }

  async readState(): Promise<SessionState> {
    this.requireOpen()
    const parameters = await this.store.read(-1)
    const slots = new Map<string, Tensors>()
    for (const [number, name] of this.slots.entries()) slots.set(name, await this.store.read(number))
    return { update: this.progress.updates, parameters, slots }
  }

  async writeState(state: SessionState): Promise<void> {
    this.requireOpen()
    requireState(this.spec, this.slots, state)
    await this.store.write(state.parameters, -1)
    for (const [number, name] of this.slots.entries()) {
      const tensors = state.slots.get(name)
      if (tensors) await this.store.write(tensors, number)
    }
    this.progress.updates = state.update
    this.progress.version++
    await this.gpu.settled()
  }

  async close(): Promise<void> {
    if (this.isClosed) return
    this.isClosed = true
    for (const part of this.parts) part.close()
    for (const { buffer } of this.own) buffer.destroy()
  }

  private async draw(request: DrawRequest, given: Given | null): Promise<Drawn> {
    this.requireOpen()
    const { version } = this.progress
    return this.drawing.draw(request, given, this.views.see(request.connectivity, version), version)
  }

  private make(what: string, length: number): GpuBuffer {
    const buffer = this.gpu.createBuffer(what, FLOAT * length, BUFFER_USAGE.storage)
    this.own.push(buffer)
    return buffer
  }

  private requireOpen(): void {
    if (this.isClosed) throw new Error('the session was closed')
    this.gpu.check()
  }
}
