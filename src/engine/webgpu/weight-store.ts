import { largest } from '../../base/extremes'
import type { Connectivity } from '../../made/connectivity'
import { parameterTensors, tensorOf, type ModelSpec, type Tensors } from '../../made/spec'
import { variablesOf } from '../../made/variables'
import { arrange } from '../arrangement'
import { requireBufferSize, type GpuBuffer } from './gpu-buffer'
import { moving } from './cut'
import { ordersOf } from './connectivity-record'
import type { GpuDevice } from './gpu-device'
import { layersOf, levelsOf, type Layer, type Levels } from './levels'
import type { Readback } from './readback'
import type { Recorder } from './recorder'
import { BUFFER_USAGE } from './usage'
import { rearrange } from './wgsl/layout-kernels'

/** Tensors travel to and from the GPU in pieces of so many bytes. */
const PIECE_BYTES = 16 * 2 ** 20
const FLOAT = Float32Array.BYTES_PER_ELEMENT

/** One tensor with the optimizer's slots for it. What there is no slot for has a small buffer of its own. */
export interface TrainedBuffers {
  readonly values: GpuBuffer
  readonly slots: readonly [GpuBuffer, GpuBuffer]
}

/** The tensors of a layer: matrices `[units, below]` in the order of the store, padded; vectors in the order of the model. */
export interface LayerBuffers {
  readonly layer: Layer
  readonly units: number
  readonly below: number
  readonly weight: TrainedBuffers
  /** Absent for direct connections. */
  readonly bias: TrainedBuffers | null
  readonly conditioning: TrainedBuffers | null
}

/** A tensor on the GPU, with where its numbers go. */
interface Place {
  readonly name: string
  readonly trained: TrainedBuffers
  readonly rows: number
  readonly columns: number
  readonly pitch: number
  /** The levels whose orders rows and columns are in; null: their own. */
  readonly levels: readonly [number, number] | null
}

/** Which part of a matrix is copied, and which way. */
interface Way {
  readonly isWriting: boolean
  readonly firstRow?: number
  readonly rows?: number
  /** Where the part begins in the plain matrix, in numbers. */
  readonly plainFirst?: number
  readonly isNewOrder?: boolean
}

/**
 * Parameters and optimizer slots on the GPU. Matrices lie in an order of units that is settled for one connectivity:
 * under it what the masks keep is contiguous. Read and written in the order of the model.
 */
export class WeightStore {
  readonly layers: readonly LayerBuffers[]
  private readonly levels: Levels
  private readonly places: readonly Place[]
  private readonly buffers: GpuBuffer[] = []
  private readonly identity: GpuBuffer
  private readonly maps: GpuBuffer
  private readonly staging: GpuBuffer
  /** Per level, the place of each unit in the store; null in the order of the model. */
  private order: readonly Int32Array[] | null = null
  private settledFor: Connectivity | null = null

  constructor(
    private readonly gpu: GpuDevice,
    private readonly recorder: Recorder,
    private readonly readback: Readback,
    private readonly spec: ModelSpec,
    private readonly slotCount: number,
  ) {
    this.levels = levelsOf(spec)
    this.layers = layersOf(spec).map((layer) => this.makeLayer(layer))
    this.places = this.layers.flatMap((layer) => placesOf(layer, this.levels))
    const widest = largest(this.levels.widths)
    this.identity = this.make('identity-map', FLOAT * widest)
    gpu.device.queue.writeBuffer(this.identity.buffer, 0, ascending(widest))
    this.maps = this.make('orders', FLOAT * this.mapAt(this.levels.widths.length, true))
    this.staging = this.make('tensors-on-their-way', Math.max(PIECE_BYTES, FLOAT * widest))
    this.writeMaps(null, null)
  }

  /** The connectivity that the store lies in the order of. */
  get settled(): Connectivity | null {
    return this.settledFor
  }

  /** Per level, unit → place; null in the order of the model. */
  get storeOrder(): readonly Int32Array[] | null {
    return this.order
  }

  /** Puts all matrices, slots included, into the order of a connectivity. */
  settle(connectivity: Connectivity): void {
    const order = ordersOf(arrange(connectivity, variablesOf(this.spec))).map(inverse)
    this.writeMaps(this.order, order)
    const most = largest(this.places.map(({ rows, columns }) => rows * columns))
    const whole = this.gpu.createBuffer('matrix-in-model-order', FLOAT * most, BUFFER_USAGE.storage)
    for (const place of this.places.filter(({ levels }) => levels !== null))
      for (const tensor of [place.trained.values, ...place.trained.slots.slice(0, this.slotCount)]) {
        this.copy(place, tensor, whole, { isWriting: false })
        this.copy(place, tensor, whole, { isWriting: true, isNewOrder: true })
      }
    this.recorder.submit()
    this.order = order
    this.settledFor = connectivity
    this.writeMaps(order, null)
    whole.buffer.destroy()
    this.recorder.forgetBuffers()
  }

  /** Replaces the parameters (slot −1) or one slot of all of them. */
  async write(tensors: ReadonlyMap<string, Float32Array>, slot: number): Promise<void> {
    let waiting = 0
    for (const place of this.places) {
      const tensor = tensorOf(tensors, place.name)
      for (const { first, rows } of pieces(place)) {
        const part = tensor.subarray(first * place.columns, (first + rows) * place.columns)
        this.gpu.device.queue.writeBuffer(this.staging.buffer, 0, part)
        this.copy(place, bufferOf(place.trained, slot), this.staging, { isWriting: true, firstRow: first, rows })
        await this.recorder.finish()
        waiting += part.byteLength
        // What is handed over lies in memory twice until the GPU has taken it.
        if (waiting > 4 * PIECE_BYTES) {
          await this.gpu.idle()
          waiting = 0
        }
      }
    }
  }

  /** A copy of the parameters (slot −1) or of one slot of all of them. */
  async read(slot: number): Promise<Tensors> {
    const tensors: Tensors = new Map(
      parameterTensors(this.spec).map(({ name, length }) => [name, new Float32Array(length)]),
    )
    let batch: { readonly into: Float32Array; readonly at: number }[] = []
    let filled = 0
    const flush = async (): Promise<void> => {
      if (filled === 0) return
      const bytes = FLOAT * filled
      const all = new Float32Array(await this.readback.read(this.recorder, [{ buffer: this.staging, bytes }]))
      for (const { into, at } of batch) into.set(all.subarray(at, at + into.length))
      batch = []
      filled = 0
    }
    for (const place of this.places) {
      const tensor = tensorOf(tensors, place.name)
      for (const { first, rows } of pieces(place)) {
        const length = rows * place.columns
        if (FLOAT * (filled + length) > this.staging.bytes) await flush()
        this.copy(place, bufferOf(place.trained, slot), this.staging, {
          isWriting: false,
          firstRow: first,
          rows,
          plainFirst: filled,
        })
        batch.push({ into: tensor.subarray(first * place.columns, first * place.columns + length), at: filled })
        filled += length
      }
    }
    await flush()
    return tensors
  }

  close(): void {
    for (const { buffer } of this.buffers) buffer.destroy()
  }

  /** Adds a copy between rows of a tensor, numbered as in the model, and a plain matrix. */
  private copy(place: Place, tensor: GpuBuffer, plain: GpuBuffer, way: Way): void {
    const { levels, columns, pitch } = place
    const { isWriting, firstRow = 0, rows = place.rows, plainFirst = 0, isNewOrder = false } = way
    const [fromPitch, toPitch] = isWriting ? [columns, pitch] : [pitch, columns]
    const mapAt = (side: 0 | 1): number => (levels ? this.mapAt(levels[side], isNewOrder) : 0)
    this.recorder.addStrips(
      REARRANGE,
      { maps: levels ? this.maps : this.identity, from_: isWriting ? plain : tensor, to: isWriting ? tensor : plain },
      {
        columns,
        firstRow,
        rowMap: mapAt(0),
        columnMap: mapAt(1),
        fromPitch,
        toPitch,
        first: plainFirst,
        scatter: isWriting ? 1 : 0,
      },
      { count: rows, work: moving(3 * columns), x: Math.ceil(columns / 64) },
    )
  }

  /** Where the map of a level begins: unit → place in the store, as it is or as it is about to be. */
  private mapAt(level: number, isNewOrder: boolean): number {
    const lengthTo = (end: number): number => this.levels.widths.slice(0, end).reduce((sum, width) => sum + width, 0)
    return lengthTo(level) + (isNewOrder ? lengthTo(this.levels.widths.length) : 0)
  }

  private writeMaps(order: readonly Int32Array[] | null, newOrder: readonly Int32Array[] | null): void {
    const maps = [order, newOrder].flatMap((orders) =>
      this.levels.widths.map((width, v) => orders?.[v] ?? ascending(width)),
    )
    let at = 0
    for (const map of maps) {
      this.gpu.device.queue.writeBuffer(this.maps.buffer, FLOAT * at, map)
      at += map.length
    }
  }

  private makeLayer(layer: Layer): LayerBuffers {
    const units = this.levels.padded[layer.level]
    const below = this.levels.padded[layer.below]
    const isDirect = layer.kind === 'direct'
    return {
      layer,
      units,
      below,
      weight: this.makeTrained(`${layer.prefix}.weights`, units * below),
      bias: isDirect ? null : this.makeTrained(`${layer.prefix}.biases`, units),
      conditioning:
        this.spec.conditioningWeights && !isDirect
          ? this.makeTrained(`${layer.prefix}.conditioning`, units * below)
          : null,
    }
  }

  private makeTrained(label: string, length: number): TrainedBuffers {
    const slot = (number: number): GpuBuffer =>
      this.make(`${label}.slot-${number}`, number < this.slotCount ? FLOAT * length : FLOAT)
    return { values: this.make(label, FLOAT * length), slots: [slot(0), slot(1)] }
  }

  private make(label: string, bytes: number): GpuBuffer {
    const buffer = this.gpu.createBuffer(label, bytes, BUFFER_USAGE.storage)
    this.buffers.push(buffer)
    return buffer
  }
}

const REARRANGE = rearrange()

/** @throws StudioError 'too-large' if a tensor of the model does not fit one buffer, of at most so many bytes. */
export function requireTensorSizes(mostBytes: number, spec: ModelSpec): void {
  const { padded } = levelsOf(spec)
  for (const { prefix, level, below } of layersOf(spec))
    requireBufferSize(mostBytes, { kind: 'layer', layer: prefix }, FLOAT * padded[level] * padded[below])
}

function placesOf({ layer, weight, bias, conditioning, below }: LayerBuffers, { widths }: Levels): Place[] {
  const [rows, columns] = [widths[layer.level], widths[layer.below]]
  const levels = [layer.level, layer.below] as const
  const places: Place[] = [{ name: `${layer.prefix}.weight`, trained: weight, rows, columns, pitch: below, levels }]
  if (bias)
    places.push({ name: `${layer.prefix}.bias`, trained: bias, rows: 1, columns: rows, pitch: rows, levels: null })
  if (conditioning)
    places.push({ name: `${layer.prefix}.conditioning`, trained: conditioning, rows, columns, pitch: below, levels })
  return places
}

/** A tensor in pieces of whole rows. */
function pieces({ rows, columns }: Place): { readonly first: number; readonly rows: number }[] {
  const most = Math.max(1, Math.floor(PIECE_BYTES / FLOAT / columns))
  return Array.from({ length: Math.ceil(rows / most) }, (_, i) => ({
    first: i * most,
    rows: Math.min(most, rows - i * most),
  }))
}

function bufferOf({ values, slots }: TrainedBuffers, slot: number): GpuBuffer {
  return slot < 0 ? values : slots[slot]
}

function inverse(order: Int32Array): Int32Array {
  const places = new Int32Array(order.length)
  order.forEach((unit, place) => {
    places[unit] = place
  })
  return places
}

function ascending(length: number): Int32Array {
  return Int32Array.from({ length }, (_, i) => i)
}
