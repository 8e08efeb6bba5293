import type { Optimizer } from '../../made/optimizer'
import type { ModelSpec } from '../../made/spec'
import type { ConnectivityLayout } from './connectivity-record'
import { cutOf, runsOf, updateTile, type DispatchLimit, type Run } from './cut'
import type { GpuBuffer } from './gpu-device'
import type { Layer } from './levels'
import type { Recorder } from './recorder'
import type { LayerBuffers, TrainedBuffers } from './weight-store'
import { finishDelta, finishHidden, finishOutput, type OutputUse } from './wgsl/finish'
import { constantsOfUnits, rearrange } from './wgsl/layout-kernels'
import { ratesOf, type Rates } from './wgsl/optimizer'
import { backwardProduct, forwardProduct } from './wgsl/product'
import { LARGE_TILE, SMALL_TILE, TALL_TILE, type Tile } from './wgsl/tile'
import { biasUpdate, conditioningUpdate, weightUpdate } from './wgsl/update'
import type { Workspace } from './workspace'

/** A connectivity as the kernels see it. */
export interface Seen {
  /** Where its record begins. */
  readonly at: number
  /** Per layer, weights with units and inputs in order of degree. */
  readonly weights: readonly GpuBuffer[]
  /** Whether those are the store itself. */
  readonly isSettled: boolean
}

/** A stretch of a product: of the units from `first` on (a multiple of GRANULE) to `end`, over terms before `limit`. */
export interface Stretch {
  readonly first: number
  readonly end: number
  readonly limit: number
  readonly parts: number
  readonly tile: Tile
}

/** Rows of activations `[rows, below]`, from number `first` of a buffer on. */
export interface Inputs {
  readonly buffer: GpuBuffer
  readonly first: number
}

/** Where a product goes: parts `[rows, pitch]` one after another, unit 0 at number `at` (which may be negative for a stretch). */
export interface Result {
  readonly buffer: GpuBuffer
  readonly pitch: number
  readonly firstPart: number
  readonly at: number
}

const wholeResult = (buffer: GpuBuffer, pitch: number, firstPart: number): Result => ({ buffer, pitch, firstPart, at: 0 })

const FORWARD = { small: forwardProduct(SMALL_TILE), large: forwardProduct(LARGE_TILE), tall: forwardProduct(TALL_TILE) }
const BACKWARD = { small: backwardProduct(SMALL_TILE), large: backwardProduct(LARGE_TILE), tall: backwardProduct(TALL_TILE) }
const CONSTANTS = constantsOfUnits()
const REARRANGE = rearrange()

const tileName = (tile: Tile): 'small' | 'large' | 'tall' => (tile === SMALL_TILE ? 'small' : tile === TALL_TILE ? 'tall' : 'large')

/** Records the passes through a network. Rows lie in a workspace, units in order of degree. */
export class Network {
  private readonly finishHidden
  private readonly finishDelta
  private readonly finishOutput
  private readonly biasUpdate
  private readonly conditioningUpdate
  private readonly weightUpdates

  constructor(
    private readonly recorder: Recorder,
    private readonly spec: ModelSpec,
    private readonly optimizer: Optimizer,
    private readonly l2: number,
    private readonly layout: ConnectivityLayout,
    private readonly layers: readonly LayerBuffers[],
    private readonly connectivities: GpuBuffer,
    /** Per layer with biases, what units add whatever the row; the biases themselves without conditioning weights. */
    private readonly constants: readonly GpuBuffer[],
    /** Per layer with biases, sums of deltas over the rows. */
    private readonly sums: readonly GpuBuffer[],
    private readonly limit: DispatchLimit,
  ) {
    this.finishHidden = finishHidden(spec.activation)
    this.finishDelta = finishDelta(spec.activation)
    const pitch = layout.levels.padded[0] / 4
    this.finishOutput = { deltas: finishOutput('deltas', pitch), logits: finishOutput('logits', pitch), loss: finishOutput('loss', pitch) }
    this.biasUpdate = biasUpdate(optimizer)
    this.conditioningUpdate = conditioningUpdate(optimizer)
    const updates = (isSorted: boolean) => ({ small: weightUpdate(SMALL_TILE, isSorted, optimizer), large: weightUpdate(LARGE_TILE, isSorted, optimizer) })
    this.weightUpdates = { sorted: updates(true), unsorted: updates(false) }
  }

  /** Copies the weights into the order of a connectivity. */
  sortWeights(at: number, into: readonly GpuBuffer[]): void {
    this.layers.forEach(({ layer, units, below, weight }, i) => {
      const rowMap = at + this.layout.level[layer.level].stored
      const columnMap = at + this.layout.level[layer.below].stored
      this.recorder.add(
        REARRANGE,
        { maps: this.connectivities, from_: weight.values, to: into[i] },
        { rows: units, columns: below, firstRow: 0, rowMap, columnMap, fromPitch: below, toPitch: below, first: 0, scatter: 0 },
        [Math.ceil(below / 64), units],
      )
    })
  }

  /** Adds the kept conditioning weights to the biases, for a connectivity. */
  prepareConstants({ at }: Pick<Seen, 'at'>): void {
    this.layers.forEach(({ layer, units, below, conditioning, bias }, i) => {
      if (!conditioning || !bias) return
      const [levels, belows] = [this.layout.level[layer.level], this.layout.level[layer.below]]
      this.recorder.add(
        CONSTANTS,
        { connectivity: this.connectivities, weights: conditioning.values, biases: bias.values, constants: this.constants[i] },
        {
          units: this.layout.levels.widths[layer.level],
          below,
          unitDegrees: at + this.unitTables(layer).unit,
          belowDegrees: at + belows.below,
          unitPlaces: at + levels.stored,
          belowPlaces: at + belows.stored,
          order: at + levels.order,
        },
        [units],
      )
    })
  }

  /** The hidden layers of `rows` rows, whose inputs begin at row `firstInputRow`. */
  forwardHidden(seen: Seen, work: Workspace, rows: number, firstInputRow: number): void {
    this.layers.forEach(({ layer, units, below }, i) => {
      if (layer.kind !== 'hidden') return
      const cut = cutOf(rows, units, below)
      this.forward(seen, i, this.inputsOf(layer, work, firstInputRow), rows, { first: 0, end: units, limit: below, ...cut }, wholeResult(work.partial, units, 0))
      this.finishHiddenUnits(seen, i, work, rows, cut.parts)
    })
  }

  /** The outputs of rows whose hidden layers are there: their losses from `firstLoss` on, and what else is wanted in `results`. */
  forwardOutput(seen: Seen, work: Workspace, rows: number, firstInputRow: number, firstLoss: number, use: OutputUse, results: GpuBuffer): void {
    let parts = 0
    this.layers.forEach(({ layer, units, below }, i) => {
      if (layer.kind === 'hidden') return
      const cut = cutOf(rows, units, below)
      this.forward(seen, i, this.inputsOf(layer, work, firstInputRow), rows, { first: 0, end: units, limit: below, ...cut }, wholeResult(work.partial, units, parts))
      parts += cut.parts
    })
    const pitch = this.layout.levels.padded[0] / 4
    const buffers = {
      partial: work.partial,
      constants: this.constants[this.spec.hidden.length],
      connectivity: this.connectivities,
      inputs: work.inputs,
      losses: work.losses,
      results,
    }
    const order = seen.at + this.layout.level[0].order
    const values = { rows, inputs: this.spec.inputs, pitch, parts, partStride: rows * pitch, order, firstInputRow, firstLoss, share: 1 / rows }
    this.recorder.add(this.finishOutput[use], buffers, values, [rows])
  }

  /** The deltas of all hidden layers, from those of the outputs. */
  backward(seen: Seen, work: Workspace, rows: number): void {
    for (let l = this.spec.hidden.length; l > 0; l--) {
      const { units, below } = this.layers[l]
      const cut = cutOf(rows, below, units)
      const tables = this.layout.level[l]
      const columns = cut.tile.columns
      for (const run of this.runs(rows, below, units, cut.tile)) {
        const firstRow = run.top * cut.tile.rows
        this.recorder.add(
          BACKWARD[tileName(cut.tile)],
          { leftOperand: work.deltas[l], weights: seen.weights[l], connectivity: this.connectivities, partial: work.partial },
          {
            rows: Math.min(rows - firstRow, run.height * cut.tile.rows),
            leftFirst: (firstRow * units) / 4,
            leftPitch: units / 4,
            weightPitch: below / 4,
            first: run.first * columns,
            end: below,
            unitDegrees: seen.at + this.unitTables(this.layers[l].layer).unit,
            belowDegrees: seen.at + tables.below,
            reaches: seen.at + tables.starts,
            limit: units,
            parts: cut.parts,
            firstPart: 0,
            partStride: (rows * below) / 4,
            outPitch: below / 4,
            outAt: (firstRow * below) / 4,
          },
          [run.count, run.height, cut.parts],
        )
      }
      this.recorder.add(
        this.finishDelta,
        { partial: work.partial, h: work.hidden[l - 1], deltas: work.deltas[l - 1] },
        { rows, pitch: below / 4, parts: cut.parts, partStride: (rows * below) / 4 },
        [Math.ceil(below / 256), rows],
      )
    }
  }

  /** Update number t of all parameters, from the deltas of all layers. */
  update(seen: Seen, work: Workspace, rows: number, firstInputRow: number, t: number): void {
    const rates = ratesOf(this.optimizer, t, this.l2)
    this.layers.forEach((layer, i) => {
      const deltas = work.deltas[Math.min(i, this.spec.hidden.length)]
      this.updateWeights(seen, layer, work, deltas, rows, firstInputRow, rates)
    })
    this.layers.forEach((layer, i) => {
      if (layer.bias) this.updateBiases(seen, layer, layer.bias, work.deltas[i], this.sums[i], rows, rates)
    })
    this.layers.forEach((layer, i) => {
      if (layer.conditioning) this.updateConditioning(seen, layer, layer.conditioning, this.sums[i], rates)
    })
  }

  /** One product forward through layer number i. */
  forward(seen: Seen, i: number, inputs: Inputs, rows: number, stretch: Stretch, into: Result): void {
    const { layer, below } = this.layers[i]
    const { tile, parts, limit, end } = stretch
    const tables = this.unitTables(layer)
    const columns = tile.columns
    const values = {
      leftPitch: below / 4,
      weightPitch: below / 4,
      end,
      unitDegrees: seen.at + tables.unit,
      belowDegrees: seen.at + this.layout.level[layer.below].below,
      reaches: seen.at + (layer.kind === 'direct' ? this.layout.directReaches : tables.reaches),
      limit,
      parts,
      firstPart: into.firstPart,
      partStride: (rows * into.pitch) / 4,
      outPitch: into.pitch / 4,
    }
    const buffers = { leftOperand: inputs.buffer, weights: seen.weights[i], connectivity: this.connectivities, partial: into.buffer }
    for (const run of this.runs(rows, end - stretch.first, limit, tile)) {
      const firstRow = run.top * tile.rows
      this.recorder.add(
        FORWARD[tileName(tile)],
        buffers,
        {
          ...values,
          rows: Math.min(rows - firstRow, run.height * tile.rows),
          leftFirst: (inputs.first + firstRow * below) / 4,
          first: stretch.first + run.first * columns,
          outAt: (into.at + firstRow * into.pitch) / 4,
        },
        [run.count, run.height, parts],
      )
    }
  }

  /** The dispatches of a product of `rows`×`columns` results of `terms` terms, all of which a mask may keep. */
  private runs(rows: number, columns: number, terms: number, tile: Tile): Run[] {
    return runsOf(Math.ceil(columns / tile.columns), Math.ceil(rows / tile.rows), tile.rows * tile.columns * terms, this.limit.work)
  }

  private inputsOf({ below }: Layer, work: Workspace, firstInputRow: number): Inputs {
    if (below > 0) return { buffer: work.hidden[below - 1], first: 0 }
    return { buffer: work.inputs, first: firstInputRow * this.layout.levels.padded[0] }
  }

  private finishHiddenUnits({ at }: Seen, i: number, work: Workspace, rows: number, parts: number): void {
    const { layer, units } = this.layers[i]
    this.recorder.add(
      this.finishHidden,
      { partial: work.partial, constants: this.constants[i], connectivity: this.connectivities, h: work.hidden[i] },
      { rows, pitch: units / 4, parts, partStride: (rows * units) / 4, order: at + this.layout.level[layer.level].order },
      [Math.ceil(units / 256), rows],
    )
  }

  private updateWeights(seen: Seen, { layer, units, below, weight }: LayerBuffers, work: Workspace, deltas: GpuBuffer, rows: number, firstInputRow: number, rates: Rates): void {
    const tile = updateTile(units, below)
    const { buffer: inputs, first: inputFirst } = this.inputsOf(layer, work, firstInputRow)
    const [unit, lower] = [this.unitTables(layer), this.layout.level[layer.below]]
    const values = {
      rows,
      deltaPitch: units,
      inputFirst,
      inputPitch: below,
      units,
      below,
      unitDegrees: seen.at + unit.unitStored,
      belowDegrees: seen.at + lower.belowStored,
      unitPositions: seen.at + this.layout.level[layer.level].positions,
      belowPositions: seen.at + lower.positions,
      highest: seen.at + unit.highest,
      lowest: seen.at + lower.lowest,
      ...rates,
    }
    const [first, second] = weight.slots
    const buffers = { deltas, inputs, connectivity: this.connectivities, weights: weight.values, first, second }
    const tiles = [Math.ceil(units / tile.rows), Math.ceil(below / tile.columns)] as const
    for (const run of runsOf(...tiles, tile.rows * tile.columns * rows, this.limit.work))
      this.recorder.add(
        this.weightUpdates[seen.isSettled ? 'sorted' : 'unsorted'][tile === LARGE_TILE ? 'large' : 'small'],
        buffers,
        { ...values, firstTile: run.first, firstColumnTile: run.top },
        [run.height, run.count],
      )
  }

  private updateBiases(seen: Seen, { layer, units }: LayerBuffers, bias: TrainedBuffers, deltas: GpuBuffer, sums: GpuBuffer, rows: number, rates: Rates): void {
    const [first, second] = bias.slots
    this.recorder.add(
      this.biasUpdate,
      { deltas, connectivity: this.connectivities, biases: bias.values, first, second, sums },
      { rows, deltaPitch: units, order: seen.at + this.layout.level[layer.level].order, ...rates },
      [units / 16],
    )
  }

  private updateConditioning(seen: Seen, { layer, units, below }: LayerBuffers, { values, slots }: TrainedBuffers, sums: GpuBuffer, rates: Rates): void {
    const [first, second] = slots
    const most = 65_535
    for (let firstUnit = 0; firstUnit < units; firstUnit += most)
      this.recorder.add(
        this.conditioningUpdate,
        { sums, connectivity: this.connectivities, weights: values, first, second },
        {
          below,
          firstUnit,
          unitDegrees: seen.at + this.unitTables(layer).unitStored,
          belowDegrees: seen.at + this.layout.level[layer.below].belowStored,
          unitPositions: seen.at + this.layout.level[layer.level].positions,
          ...rates,
        },
        [Math.ceil(below / 256), Math.min(most, units - firstUnit)],
      )
  }

  private unitTables({ kind, level }: Layer) {
    return kind === 'hidden' ? this.layout.hidden[level - 1] : this.layout.output
  }
}
