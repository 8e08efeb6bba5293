import { largest } from '../../base/extremes'
import { BitMatrix } from '../../data/bit-matrix'
import type { Connectivity } from '../../made/connectivity'
import { keyOf } from '../../made/random'
import type { ModelSpec } from '../../made/spec'
import type { Drawn, DrawRequest, Given } from '../contract'
import type { ConnectivityLayout } from './connectivity-record'
import { moving, productTile } from './cut'
import { planDrawing, type Block, type DrawPlan } from './draw-plan'
import type { GpuBuffer } from './gpu-buffer'
import type { GpuDevice } from './gpu-device'
import type { Layer } from './levels'
import type { Seen } from './network-parts'
import type { Products } from './products'
import type { Readback } from './readback'
import type { Recorder } from './recorder'
import { BUFFER_USAGE } from './usage'
import { drawBlock, INPUTS_BELOW, packBlocks, ROWS_OF_GROUP } from './wgsl/draw'
import { packRows, rearrange } from './wgsl/layout-kernels'
import { GRANULE } from './wgsl/product'

/** Rows that are drawn at once at most, and the most bytes that one buffer for them takes. */
const MOST_ROWS = 1024
const MOST_BYTES = 64 * 2 ** 20
const FLOAT = Float32Array.BYTES_PER_ELEMENT

const PACK_BLOCKS = packBlocks()
const PACK_ROWS = packRows()
const REARRANGE = rearrange()

/** What is kept from one call to the next while model and connectivity stay the same. */
interface Prepared {
  readonly connectivity: Connectivity
  readonly version: number
  readonly plan: DrawPlan
  readonly planBuffer: GpuBuffer
  readonly packed: GpuBuffer
}

/** Buffers for so many rows. */
interface Rows {
  readonly plan: DrawPlan
  readonly most: number
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
  private prepared: Prepared | null = null
  private rows: Rows | null = null

  constructor(
    private readonly gpu: GpuDevice,
    private readonly recorder: Recorder,
    private readonly readback: Readback,
    private readonly spec: ModelSpec,
    private readonly layers: readonly Layer[],
    private readonly layout: ConnectivityLayout,
    private readonly products: Products,
    private readonly connectivities: GpuBuffer,
    /** Per layer with biases, what units add whatever the row. */
    private readonly constants: readonly GpuBuffer[],
  ) {
    this.narrow = drawBlock(spec.activation, false)
    this.wide = drawBlock(spec.activation, true)
  }

  /**
   * Draws rows under a connectivity that the kernels see.
   * @param version changes with the parameters
   */
  async draw(request: DrawRequest, given: Given | null, seen: Seen, version: number): Promise<Drawn> {
    const { inputs } = this.spec
    const prepared = this.prepare(request.connectivity, seen, version)
    const space = this.spaceFor(prepared.plan, request.count)
    const rows = new BitMatrix(request.count, inputs)
    const probabilities = new Float32Array(request.count * inputs)
    for (let start = 0; start < request.count; start += space.most) {
      const count = Math.min(space.most, request.count - start)
      this.record(prepared, space, seen, request, start, count, given)
      const wordBytes = FLOAT * count * rows.wordsPerRow
      const bytes = await this.readback.read(this.recorder, [
        { buffer: space.words, bytes: wordBytes },
        { buffer: space.probabilities, bytes: FLOAT * count * inputs },
      ])
      rows.words.set(new Uint32Array(bytes, 0, count * rows.wordsPerRow), start * rows.wordsPerRow)
      probabilities.set(new Float32Array(bytes, wordBytes), start * inputs)
    }
    return { rows, probabilities }
  }

  close(): void {
    this.forget()
  }

  private record(
    { plan, planBuffer, packed }: Prepared,
    space: Rows,
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
    if (given) this.gpu.device.queue.writeBuffer(space.given.buffer, 0, givenWords(given, start, count))
    plan.blocks.forEach((block, b) => {
      this.recordBefore(block, space, seen, count)
      const values = {
        rows: count,
        inputs,
        layers: this.spec.hidden.length,
        isDirect: this.spec.directConnections ? 1 : 0,
        isGiven: given ? 1 : 0,
        wordsPerRow,
        inputPitch: this.layout.levels.padded[0],
        block: b * plan.blockLength,
        order: plan.order,
        firsts: plan.firsts,
        layerTables: plan.layerTables,
        outputConstants: plan.constants[this.spec.hidden.length],
        sums: block.sums,
        indexLow: index >>> 0,
        indexHigh: Math.floor(index / 0x1_0000_0000) >>> 0,
        keyLow,
        keyHigh,
      }
      const buffers = {
        plan: planBuffer,
        packed,
        partial: space.partial,
        given: space.given,
        states: space.states,
        probabilities: space.probabilities,
        wide: space.wide,
      }
      this.recorder.addStrips(block.isWide ? this.wide : this.narrow, buffers, values, {
        count: Math.ceil(count / ROWS_OF_GROUP),
        work: workOf(block),
      })
    })
    this.recorder.addStrips(
      PACK_ROWS,
      { inputs: space.states, connectivity: this.connectivities, bits: space.words },
      { pitch: this.layout.levels.padded[0], inputs, wordsPerRow, places: seen.at + this.layout.places },
      { count, work: moving(2 * inputs), x: Math.ceil(wordsPerRow / 64) },
    )
  }

  /** The sums over everything that is final before a block. */
  private recordBefore(block: Block, space: Rows, seen: Seen, rows: number): void {
    block.layers.forEach(({ first, count, limit, parts, region, pitch }, i) => {
      if (parts === 0) return
      const from = Math.floor(first / GRANULE) * GRANULE
      const tile = productTile(rows, count, limit)
      this.products.forward(
        seen,
        i,
        { buffer: space.states, first: rows * space.plan.states[this.layers[i].below] },
        rows,
        { first: from, end: first + count, limit, parts, tile },
        { buffer: space.partial, pitch, firstPart: 0, at: rows * region - from },
      )
    })
  }

  private prepare(connectivity: Connectivity, seen: Seen, version: number): Prepared {
    if (this.prepared?.connectivity === connectivity && this.prepared.version === version) return this.prepared
    const plan =
      this.prepared?.connectivity === connectivity
        ? this.prepared.plan
        : planDrawing(connectivity, this.layers, this.layout.levels)
    if (plan !== this.prepared?.plan) {
      this.forget()
      const planBuffer = this.gpu.createBuffer('plan of drawing', plan.numbers.byteLength, BUFFER_USAGE.storage)
      this.gpu.device.queue.writeBuffer(planBuffer.buffer, 0, plan.numbers)
      const packed = this.gpu.createBuffer('weights within blocks', FLOAT * plan.packedLength, BUFFER_USAGE.storage)
      this.prepared = { connectivity, version, plan, planBuffer, packed }
    } else this.prepared = { ...this.prepared, version }
    this.recordPacking(this.prepared, seen)
    return this.prepared
  }

  private recordPacking({ plan, planBuffer, packed }: Prepared, seen: Seen): void {
    this.layers.forEach(({ level, below, kind }, i) => {
      const tables = this.layout.level
      if (kind !== 'direct')
        this.recorder.addStrips(
          REARRANGE,
          { maps: this.connectivities, from_: this.constants[i], to: packed },
          {
            columns: this.layout.levels.padded[level],
            firstRow: 0,
            rowMap: 0,
            columnMap: seen.at + tables[level].order,
            fromPitch: 0,
            toPitch: 0,
            first: plan.constants[i],
            scatter: 0,
          },
          {
            count: 1,
            work: moving(3 * this.layout.levels.padded[level]),
            x: Math.ceil(this.layout.levels.padded[level] / 64),
          },
        )
      const mostUnits = largest(plan.blocks.map((block) => block.layers[i].count))
      const mostBelow = largest(
        plan.blocks.map((block) => (below === 0 ? block.places : block.layers[below - 1].count)),
      )
      this.recorder.addStrips(
        PACK_BLOCKS,
        { plan: planBuffer, connectivity: this.connectivities, weights: seen.weights[i], packed },
        {
          blockLength: plan.blockLength,
          layer: i,
          below: below === 0 ? INPUTS_BELOW : below - 1,
          unitDegrees: seen.at + this.layout.unitTables(this.layers[i]).unit,
          belowDegrees: seen.at + tables[below].below,
          pitch: this.layout.levels.padded[below],
        },
        {
          count: mostBelow,
          work: moving(3 * mostUnits * plan.blocks.length),
          x: Math.ceil(mostUnits / 64),
          z: plan.blocks.length,
        },
      )
    })
  }

  private spaceFor(plan: DrawPlan, count: number): Rows {
    if (this.rows && this.rows.plan === plan && this.rows.most >= Math.min(count, mostRows(plan))) return this.rows
    this.forgetRows()
    const { inputs } = this.spec
    const most = Math.min(mostRows(plan), Math.ceil(count / ROWS_OF_GROUP) * ROWS_OF_GROUP)
    const make = (what: string, length: number): GpuBuffer =>
      this.gpu.createBuffer(what, FLOAT * length, BUFFER_USAGE.storage)
    const words = Math.ceil(inputs / 32)
    this.rows = {
      plan,
      most,
      states: make('states of drawn rows', most * plan.statePitch),
      partial: make('sums before a block', most * plan.regionPitch),
      probabilities: make('probabilities', most * inputs),
      given: make('given bits', 2 * most * words),
      words: make('drawn bits', most * words),
      wide: make('sums within a block', most * plan.widestSums),
    }
    return this.rows
  }

  private forget(): void {
    this.prepared?.planBuffer.buffer.destroy()
    this.prepared?.packed.buffer.destroy()
    this.prepared = null
    this.forgetRows()
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
