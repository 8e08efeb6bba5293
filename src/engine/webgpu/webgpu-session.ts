import type { BitMatrix } from '../../data/bit-matrix'
import type { Connectivity } from '../../made/connectivity'
import type { Tensors } from '../../made/spec'
import type { Drawn, DrawRequest, Given, SessionModel, SessionState, TrainingSettings } from '../contract'
import type { SessionWork } from '../queued-engine'
import { requireTraining, slotsOf } from '../session-checks'
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
export class WebGpuSession implements SessionWork {
  private readonly slots: readonly string[]
  private readonly progress: Progress = { updates: 0, version: 0 }
  private readonly store: WeightStore
  private readonly views: Views
  /** Null for a session that only scores and draws. */
  private readonly training: Training | null
  private readonly scoring: Scoring
  private readonly drawing: Drawing
  private readonly own: GpuBuffer[] = []
  private readonly parts: readonly { close(): void }[]

  private constructor(
    private readonly gpu: GpuDevice,
    { spec }: SessionModel,
    training: TrainingSettings | null,
  ) {
    this.slots = slotsOf(training)
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
      conditioning ? this.make('constants-of-units', units) : bias,
    )
    const networkParts = {
      recorder,
      spec,
      layout,
      layers,
      connectivities: shelf.buffer,
      constants,
      sumMethod: gpu.sumMethod,
    }
    const network = new Network(networkParts)
    this.store = store
    this.views = new Views(gpu, store, shelf, network)
    if (training === null) this.training = null
    else {
      const sums = biased.map(({ units }) => this.make('sums-of-deltas', units))
      this.training = new Training(
        gpu,
        recorder,
        readback,
        shared,
        layout,
        shelf,
        this.views,
        network,
        new Updates(networkParts, training, sums),
        layers.reduce((sum, { units, below }) => sum + (units * below) / 2, 0),
        this.progress,
      )
    }
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
    this.parts = [this.drawing, this.views, shared, shelf, store, readback, recorder]
  }

  /** @throws StudioError 'too-large' if the model does not fit the GPU: where its limits tell, before anything is allocated. */
  static async open(gpu: GpuDevice, model: SessionModel, training: TrainingSettings | null): Promise<WebGpuSession> {
    gpu.check()
    requireTensorSizes(gpu.mostBytes, model.spec)
    const session = new WebGpuSession(gpu, model, training)
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
    const { training } = this
    requireTraining(training)
    this.gpu.check()
    training.setData(rows)
    await this.gpu.settled()
  }

  async train(minibatches: readonly Uint32Array[], connectivities: readonly Connectivity[]): Promise<Float64Array> {
    const { training } = this
    requireTraining(training)
    this.gpu.check()
    return training.train(minibatches, connectivities)
  }

  async logLikelihood(rows: BitMatrix, connectivities: readonly Connectivity[]): Promise<Float64Array[]> {
    this.gpu.check()
    return this.scoring.logLikelihood(rows, connectivities, this.progress.version)
  }

  async conditionals(rows: BitMatrix, connectivity: Connectivity): Promise<Float32Array> {
    this.gpu.check()
    return this.scoring.conditionals(rows, connectivity, this.progress.version)
  }

  async readState(): Promise<SessionState> {
    this.gpu.check()
    const parameters = await this.store.read(-1)
    const slots = new Map<string, Tensors>()
    for (const [number, name] of this.slots.entries()) slots.set(name, await this.store.read(number))
    return { update: this.progress.updates, parameters, slots }
  }

  async writeState(state: SessionState): Promise<void> {
    this.gpu.check()
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
    for (const part of this.parts) part.close()
    for (const { buffer } of this.own) buffer.destroy()
  }

  async draw(request: DrawRequest, given: Given | null): Promise<Drawn> {
    this.gpu.check()
    const { version } = this.progress
    return this.drawing.draw(request, given, this.views.see(request.connectivity, version), version)
  }

  private make(label: string, length: number): GpuBuffer {
    const buffer = this.gpu.createBuffer(label, FLOAT * length, BUFFER_USAGE.storage)
    this.own.push(buffer)
    return buffer
  }
}
