import type { TrainingSettings } from '../contract'
import { moving, runsOf, updateTile } from './cut'
import type { GpuBuffer } from './gpu-buffer'
import type { NetworkParts, Seen } from './network-parts'
import type { LayerBuffers, TrainedBuffers } from './weight-store'
import { ratesOf, type Rates } from './wgsl/optimizer'
import { LARGE_TILE, SMALL_TILE } from './wgsl/tile'
import { BIAS_STRIP, biasUpdate, conditioningUpdate, weightUpdate } from './wgsl/update'
import { inputsOf, type Workspace } from './workspace'

/** Records the updates of the parameters of a network. */
export class Updates {
  private readonly ofBiases
  private readonly ofConditioning
  private readonly ofWeights

  constructor(
    private readonly parts: NetworkParts,
    private readonly training: TrainingSettings,
    /** Per layer with biases, sums of deltas over the rows. */
    private readonly sums: readonly GpuBuffer[],
  ) {
    const { optimizer } = training
    this.ofBiases = biasUpdate(optimizer)
    this.ofConditioning = conditioningUpdate(optimizer)
    const updates = (isSorted: boolean) => ({
      small: weightUpdate(SMALL_TILE, isSorted, optimizer),
      large: weightUpdate(LARGE_TILE, isSorted, optimizer),
    })
    this.ofWeights = { sorted: updates(true), unsorted: updates(false) }
  }

  /** Update number t of all parameters, from the deltas of all layers. */
  update(seen: Seen, work: Workspace, rows: number, firstInputRow: number, t: number): void {
    const { sums } = this
    const { layers, spec } = this.parts
    const rates = ratesOf(this.training, t)
    layers.forEach((layer, i) => {
      const deltas = work.deltas[Math.min(i, spec.hidden.length)]
      this.updateWeights(seen, layer, work, deltas, rows, firstInputRow, rates)
    })
    layers.forEach((layer, i) => {
      if (layer.bias) this.updateBiases(seen, layer, layer.bias, work.deltas[i], sums[i], rows, rates)
    })
    layers.forEach((layer, i) => {
      if (layer.conditioning) this.updateConditioning(seen, layer, layer.conditioning, sums[i], rates)
    })
  }

  private updateWeights(
    seen: Seen,
    { layer, units, below, weight }: LayerBuffers,
    work: Workspace,
    deltas: GpuBuffer,
    rows: number,
    firstInputRow: number,
    rates: Rates,
  ): void {
    const { recorder, layout, connectivities } = this.parts
    const tile = updateTile(units, below)
    const { buffer: inputs, first: inputFirst } = inputsOf(layer.below, work, firstInputRow, layout.levels)
    const [unit, lower] = [layout.unitTables(layer), layout.level[layer.below]]
    const values = {
      rows,
      deltaPitch: units,
      inputFirst,
      inputPitch: below,
      units,
      below,
      unitDegrees: seen.at + unit.unitStored,
      belowDegrees: seen.at + lower.belowStored,
      unitPositions: seen.at + layout.level[layer.level].positions,
      belowPositions: seen.at + lower.positions,
      highest: seen.at + unit.highest,
      lowest: seen.at + lower.lowest,
      ...rates,
    }
    const [first, second] = weight.slots
    const buffers = { deltas, inputs, connectivity: connectivities, weights: weight.values, first, second }
    const tiles = [Math.ceil(units / tile.rows), Math.ceil(below / tile.columns)] as const
    for (const run of runsOf(...tiles, tile.rows * tile.columns * rows, recorder.limit.work))
      recorder.add(
        this.ofWeights[seen.isSettled ? 'sorted' : 'unsorted'][tile === LARGE_TILE ? 'large' : 'small'],
        buffers,
        { ...values, firstTile: run.first, firstColumnTile: run.top },
        [run.height, run.count],
        run.work,
      )
  }

  private updateBiases(
    seen: Seen,
    { layer, units }: LayerBuffers,
    bias: TrainedBuffers,
    deltas: GpuBuffer,
    sums: GpuBuffer,
    rows: number,
    rates: Rates,
  ): void {
    const { recorder, layout, connectivities } = this.parts
    const [first, second] = bias.slots
    recorder.addStrips(
      this.ofBiases,
      { deltas, connectivity: connectivities, biases: bias.values, first, second, sums },
      { rows, deltaPitch: units, order: seen.at + layout.level[layer.level].order, ...rates },
      { count: units / BIAS_STRIP, work: moving(BIAS_STRIP * rows) },
    )
  }

  private updateConditioning(
    seen: Seen,
    { layer, units, below }: LayerBuffers,
    { values, slots }: TrainedBuffers,
    sums: GpuBuffer,
    rates: Rates,
  ): void {
    const { recorder, layout, connectivities } = this.parts
    const [first, second] = slots
    recorder.addStrips(
      this.ofConditioning,
      { sums, connectivity: connectivities, weights: values, first, second },
      {
        below,
        unitDegrees: seen.at + layout.unitTables(layer).unitStored,
        belowDegrees: seen.at + layout.level[layer.below].belowStored,
        unitPositions: seen.at + layout.level[layer.level].positions,
        ...rates,
      },
      // Weights and both slots, read and written.
      { count: units, work: moving(6 * below), x: Math.ceil(below / 256) },
    )
  }
}
