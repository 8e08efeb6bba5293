import { runsOf, type Cut, type Run } from './cut'
import type { GpuBuffer } from './gpu-buffer'
import type { NetworkParts, Seen } from './network-parts'
import { backwardProduct, forwardProduct } from './wgsl/product'
import { LARGE_TILE, SMALL_TILE, TALL_TILE, type Tile } from './wgsl/tile'

/** A stretch of a product: of the units from `first` on (a multiple of GRANULE) to `end`, over terms before `limit`. */
export interface Stretch extends Cut {
  readonly first: number
  readonly end: number
  readonly limit: number
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

const FORWARD = {
  small: forwardProduct(SMALL_TILE),
  large: forwardProduct(LARGE_TILE),
  tall: forwardProduct(TALL_TILE),
}
const BACKWARD = {
  small: backwardProduct(SMALL_TILE),
  large: backwardProduct(LARGE_TILE),
  tall: backwardProduct(TALL_TILE),
}

const tileName = (tile: Tile): 'small' | 'large' | 'tall' =>
  tile === SMALL_TILE ? 'small' : tile === TALL_TILE ? 'tall' : 'large'

/** Records the products with the masked weights of a network, each in dispatches that are short. */
export class Products {
  constructor(private readonly parts: NetworkParts) {}

  /** One product forward through layer number i. */
  forward(seen: Seen, i: number, inputs: Inputs, rows: number, stretch: Stretch, into: Result): void {
    const { recorder, layout, layers, connectivities } = this.parts
    const { layer, below } = layers[i]
    const { tile, parts, limit, end } = stretch
    const tables = layout.unitTables(layer)
    const values = {
      leftPitch: below / 4,
      weightPitch: below / 4,
      end,
      unitDegrees: seen.at + tables.unit,
      belowDegrees: seen.at + layout.level[layer.below].below,
      reaches: seen.at + (layer.kind === 'direct' ? layout.directReaches : tables.reaches),
      limit,
      parts,
      firstPart: into.firstPart,
      partStride: (rows * into.pitch) / 4,
      outPitch: into.pitch / 4,
    }
    const buffers = {
      leftOperand: inputs.buffer,
      weights: seen.weights[i],
      connectivity: connectivities,
      partial: into.buffer,
    }
    for (const run of this.runs(rows, end - stretch.first, limit, tile)) {
      const firstRow = run.top * tile.rows
      recorder.add(
        FORWARD[tileName(tile)],
        buffers,
        {
          ...values,
          rows: Math.min(rows - firstRow, run.height * tile.rows),
          leftFirst: (inputs.first + firstRow * below) / 4,
          first: stretch.first + run.first * tile.columns,
          outAt: (into.at + firstRow * into.pitch) / 4,
        },
        [run.count, run.height, parts],
        run.work,
      )
    }
  }

  /** One product backward through layer number i, of the deltas of its units. */
  backward(seen: Seen, i: number, deltas: GpuBuffer, rows: number, { tile, parts }: Cut, into: GpuBuffer): void {
    const { recorder, layout, layers, connectivities } = this.parts
    const { layer, units, below } = layers[i]
    const tables = layout.level[layer.below]
    const values = {
      leftPitch: units / 4,
      weightPitch: below / 4,
      end: below,
      unitDegrees: seen.at + layout.unitTables(layer).unit,
      belowDegrees: seen.at + tables.below,
      reaches: seen.at + tables.starts,
      limit: units,
      parts,
      firstPart: 0,
      partStride: (rows * below) / 4,
      outPitch: below / 4,
    }
    const buffers = { leftOperand: deltas, weights: seen.weights[i], connectivity: connectivities, partial: into }
    for (const run of this.runs(rows, below, units, tile)) {
      const firstRow = run.top * tile.rows
      recorder.add(
        BACKWARD[tileName(tile)],
        buffers,
        {
          ...values,
          rows: Math.min(rows - firstRow, run.height * tile.rows),
          leftFirst: (firstRow * units) / 4,
          first: run.first * tile.columns,
          outAt: (firstRow * below) / 4,
        },
        [run.count, run.height, parts],
        run.work,
      )
    }
  }

  /** The dispatches of a product of `rows`×`columns` results of `terms` terms, all of which a mask may keep. */
  private runs(rows: number, columns: number, terms: number, tile: Tile): Run[] {
    return runsOf(
      Math.ceil(columns / tile.columns),
      Math.ceil(rows / tile.rows),
      tile.rows * tile.columns * terms,
      this.parts.recorder.limit.work,
    )
  }
}
