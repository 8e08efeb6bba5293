import { BitMatrix } from '../../data/bit-matrix'
import { keyOf } from '../../made/random'
import type { ModelSpec } from '../../made/spec'
import { kindsIn } from '../../made/variables'
import type { Drawn, DrawRequest, Given } from '../contract'
import type { ConnectivityLayout } from './connectivity-record'
import { moving, productTile } from './cut'
import type { Block, DrawPlan } from './draw-plan'
import type { GpuBuffer } from './gpu-buffer'
import type { GpuDevice } from './gpu-device'
import type { Layer } from './levels'
import type { Seen } from './network-parts'
import { PackedBlocks, type Packed } from './packed-blocks'
import type { Products } from './products'
import type { Readback } from './readback'
import type { Recorder } from './recorder'
import { BUFFER_USAGE } from './usage'
import { drawBlock, ROWS_OF_GROUP } from './wgsl/draw'
import { packRows } from './wgsl/layout-kernels'
import { GRANULE } from './wgsl/product'

/** Rows that are drawn at once at most, and the most bytes that one buffer for them takes. */
const MOST_ROWS = 1024
const MOST_BYTES = 64 * 2 ** 20
const FLOAT = Float32Array.BYTES_PER_ELEMENT

const PACK_ROWS = packRows()

/** Buffers for rows that are drawn at once, under one plan. */
interface RowBuffers {
  readonly plan: DrawPlan
  /** So many rows at the most. */
  readonly capacity: number
  readonly states: GpuBuffer
  readonly partial: GpuBuffer
  readonly probabilities: GpuBuffer
  readonly given: GpuBuffer
  readonly words: GpuBuffer
  readonly wide: GpuBuffer
}

/** Draws rows in ancestral order, in one pass over the weights, many rows at once. */
export class Drawing {
  private readonly narrow
  private readonly wide
  private readonly blocks: PackedBlocks
  private rows: RowBuffers | null = null

  constructor(
    private readonly gpu: GpuDevice,
    private readonly recorder: Recorder,
    private readonly readback: Readback,
    private readonly spec: ModelSpec,
    private readonly layers: readonly Layer[],
    private readonly layout: ConnectivityLayout,
    private readonly products: Products,
    private readonly connectivities: GpuBuffer,
    constants: readonly GpuBuffer[],
  ) {
    this.blocks = new PackedBlocks(gpu, recorder, layers, layout, connectivities, constants)
    const hasCategories = kindsIn(spec).includes('categorical')
    this.narrow = drawBlock(spec.activation, false, hasCategories)
    this.wide = drawBlock(spec.activation, true, hasCategories)
  }

  /**
   * Draws rows under a connectivity that the kernels see.
   * @param version changes with the parameters
   */
  async draw(request: DrawRequest, given: Given | null, seen: Seen, version: number): Promise<Drawn> {
    const { inputs } = this.spec
    const packed = this.blocks.hold(request.connectivity, seen, version)
    const buffers = this.buffersFor(packed.plan, request.count)
    const rows = new BitMatrix(request.count, inputs)
    const probabilities = new Float32Array(request.count * inputs)
    for (let start = 0; start < request.count; start += buffers.capacity) {
      const count = Math.min(buffers.capacity, request.count - start)
      this.record(packed, buffers, seen, request, start, count, given)
      const wordBytes = FLOAT * count * rows.wordsPerRow
      const bytes = await this.readback.read(this.recorder, [
        { buffer: buffers.words, bytes: wordBytes },
        { buffer: buffers.probabilities, bytes: FLOAT * count * inputs },
      ])
      rows.words.set(new Uint32Array(bytes, 0, count * rows.wordsPerRow), start * rows.wordsPerRow)
      probabilities.set(new Float32Array(bytes, wordBytes), start * inputs)
    }
    return { rows, probabilities }
  }

  close(): void {
    this.blocks.close()
    this.forgetRows()
  }

  private record(
    { plan, planBuffer, weights }: Packed,
    buffers: RowBuffers,
    seen: Seen,
    request: DrawRequest,
    start: number,
    count: number,
    given: Given | null,
  ): void {
    const { inputs } = this.spec
    const wordsPerRow = Math.ceil(inputs / 32)
    const index = request.first + start
    const [keyLow, keyHigh] = keyOf(request.seed)
    if (given) this.gpu.device.queue.writeBuffer(buffers.given.buffer, 0, givenWords(given, start, count))
    const { partial, given: givenBits, states, probabilities, wide, words } = buffers
    plan.blocks.forEach((block, b) => {
      this.recordBefore(block, buffers, seen, count)
      const values = {
        rows: count,
        inputs,
        variables: this.layout.variables.count,
        layers: this.spec.hidden.length,
        isDirect: this.spec.directConnections ? 1 : 0,
        isGiven: given ? 1 : 0,
        wordsPerRow,
        inputPitch: this.layout.levels.padded[0],
        block: b * plan.blockLength,
        order: plan.order,
        firsts: plan.firsts,
        variableTables: plan.variables,
        layerTables: plan.layerTables,
        outputConstants: plan.constants[this.spec.hidden.length],
        sums: block.sums,
        indexLow: index >>> 0,
        indexHigh: Math.floor(index / 0x1_0000_0000) >>> 0,
        keyLow,
        keyHigh,
      }
      this.recorder.addStrips(
        block.isWide ? this.wide : this.narrow,
        { plan: planBuffer, packed: weights, partial, given: givenBits, states, probabilities, wide },
        values,
        { count: Math.ceil(count / ROWS_OF_GROUP), work: workOf(block) },
      )
    })
    this.recorder.addStrips(
      PACK_ROWS,
      { inputs: states, connectivity: this.connectivities, bits: words },
      { pitch: this.layout.levels.padded[0], inputs, wordsPerRow, places: seen.at + this.layout.places },
      { count, work: moving(2 * inputs), x: Math.ceil(wordsPerRow / 64) },
    )
  }

  /** The sums over everything that is final before a block. */
  private recordBefore(block: Block, { plan, states, partial }: RowBuffers, seen: Seen, rows: number): void {
    block.layers.forEach(({ first, count, limit, parts, region, pitch }, i) => {
      if (parts === 0) return
      const from = Math.floor(first / GRANULE) * GRANULE
      const tile = productTile(rows, count, limit)
      this.products.forward(
        seen,
        i,
        { buffer: states, first: rows * plan.states[this.layers[i].below] },
        rows,
        { first: from, end: first + count, limit, parts, tile },
        { buffer: partial, pitch, firstPart: 0, at: rows * region - from },
      )
    })
  }

  /** Buffers for a draw of `count` rows; fewer at once where they would be too large. */
  private buffersFor(plan: DrawPlan, count: number): RowBuffers {
    if (this.rows && this.rows.plan === plan && this.rows.capacity >= Math.min(count, mostRows(plan))) return this.rows
    this.forgetRows()
    const { inputs } = this.spec
    const capacity = Math.min(mostRows(plan), Math.ceil(count / ROWS_OF_GROUP) * ROWS_OF_GROUP)
    const make = (label: string, length: number): GpuBuffer =>
      this.gpu.createBuffer(label, FLOAT * length, BUFFER_USAGE.storage)
    const words = Math.ceil(inputs / 32)
    this.rows = {
      plan,
      capacity,
      states: make('states-of-drawn-rows', capacity * plan.statePitch),
      partial: make('sums-before-a-block', capacity * plan.regionPitch),
      probabilities: make('probabilities', capacity * inputs),
      given: make('given-bits', 2 * capacity * words),
      words: make('drawn-bits', capacity * words),
      wide: make('sums-within-a-block', capacity * plan.widestSums),
    }
    return this.rows
  }

  private forgetRows(): void {
    if (!this.rows) return
    const { states, partial, probabilities, given, words, wide } = this.rows
    for (const made of [states, partial, probabilities, given, words, wide]) made.buffer.destroy()
    this.rows = null
    this.recorder.forgetBuffers()
  }
}

/** Multiply-adds of a group of rows within a block: each weight is read for all of them; so is what came before, for each. */
function workOf({ weights, layers, sums }: Block): number {
  const before = layers.reduce((sum, { count, parts }) => sum + count * parts, 0)
  return weights * ROWS_OF_GROUP + moving(weights + ROWS_OF_GROUP * (before + 2 * sums))
}

/** So many rows that no buffer is larger than needed to keep a GPU busy; at least one group. */
function mostRows({ statePitch, regionPitch, widestSums }: DrawPlan): number {
  const rows =
    Math.floor(MOST_BYTES / FLOAT / Math.max(statePitch, regionPitch, widestSums) / ROWS_OF_GROUP) * ROWS_OF_GROUP
  return Math.max(ROWS_OF_GROUP, Math.min(MOST_ROWS, rows))
}

/** Per row, its given bits and then which of them are known. */
function givenWords({ rows, known }: Given, start: number, count: number): Uint32Array<ArrayBuffer> {
  const { wordsPerRow } = rows
  const words = new Uint32Array(2 * count * wordsPerRow)
  for (let row = 0; row < count; row++) {
    const [from, to] = [(start + row) * wordsPerRow, (start + row + 1) * wordsPerRow]
    words.set(rows.words.subarray(from, to), 2 * row * wordsPerRow)
    words.set(known.words.subarray(from, to), (2 * row + 1) * wordsPerRow)
  }
  return words
}
