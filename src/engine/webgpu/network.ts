import { cutOf, moving } from './cut'
import type { GpuBuffer } from './gpu-buffer'
import type { NetworkParts, Seen } from './network-parts'
import { Products, type Result } from './products'
import { finishDelta, finishHidden, finishOutput, finishVariables, type OutputUse } from './wgsl/finish'
import { constantsOfUnits, rearrange } from './wgsl/layout-kernels'
import { inputsOf, type Workspace } from './workspace'

const wholeResult = (buffer: GpuBuffer, pitch: number, firstPart: number): Result => ({
  buffer,
  pitch,
  firstPart,
  at: 0,
})

const REARRANGE = rearrange()

/** Records the passes through a network, forward and backward. Rows lie in a workspace, units in order of degree. */
export class Network {
  readonly products: Products
  private readonly constantsOfUnits
  private readonly finishHidden
  private readonly finishDelta
  private readonly finishOutput
  private readonly finishVariables

  constructor(private readonly parts: NetworkParts) {
    const { spec, layout, sumMethod } = parts
    this.products = new Products(parts)
    this.constantsOfUnits = constantsOfUnits(sumMethod)
    this.finishHidden = finishHidden(spec.activation)
    this.finishDelta = finishDelta(spec.activation)
    const pitch = layout.levels.padded[0] / 4
    const finish = (use: OutputUse) => finishOutput(use, pitch, sumMethod)
    const finishAll = (use: OutputUse) => finishVariables(use, pitch, sumMethod)
    this.finishOutput = { deltas: finish('deltas'), logits: finish('logits'), loss: finish('loss') }
    this.finishVariables = { deltas: finishAll('deltas'), logits: finishAll('logits'), loss: finishAll('loss') }
  }

  /** Copies the weights into the order of a connectivity. */
  sortWeights(at: number, into: readonly GpuBuffer[]): void {
    const { recorder, layout, layers, connectivities } = this.parts
    layers.forEach(({ layer, units, below, weight }, i) => {
      const rowMap = at + layout.level[layer.level].stored
      const columnMap = at + layout.level[layer.below].stored
      recorder.addStrips(
        REARRANGE,
        { maps: connectivities, from_: weight.values, to: into[i] },
        { columns: below, firstRow: 0, rowMap, columnMap, fromPitch: below, toPitch: below, first: 0, scatter: 0 },
        { count: units, work: moving(3 * below), x: Math.ceil(below / 64) },
      )
    })
  }

  /** Adds the kept conditioning weights to the biases, for a connectivity. */
  prepareConstants({ at }: Pick<Seen, 'at'>): void {
    const { recorder, layout, layers, connectivities, constants } = this.parts
    layers.forEach(({ layer, below, conditioning, bias }, i) => {
      if (!conditioning || !bias) return
      const [levels, belows] = [layout.level[layer.level], layout.level[layer.below]]
      recorder.addStrips(
        this.constantsOfUnits,
        { connectivity: connectivities, weights: conditioning.values, biases: bias.values, constants: constants[i] },
        {
          below,
          unitDegrees: at + layout.unitTables(layer).unit,
          belowDegrees: at + belows.below,
          unitPlaces: at + levels.stored,
          belowPlaces: at + belows.stored,
          order: at + levels.order,
        },
        { count: layout.levels.widths[layer.level], work: moving(3 * below) },
      )
    })
  }

  /** The hidden layers of `rows` rows, whose inputs begin at row `firstInputRow`. */
  forwardHidden(seen: Seen, work: Workspace, rows: number, firstInputRow: number): void {
    const { layout, layers } = this.parts
    layers.forEach(({ layer, units, below }, i) => {
      if (layer.kind !== 'hidden') return
      const cut = cutOf(rows, units, below)
      const inputs = inputsOf(layer.below, work, firstInputRow, layout.levels)
      this.products.forward(
        seen,
        i,
        inputs,
        rows,
        { first: 0, end: units, limit: below, ...cut },
        wholeResult(work.partial, units, 0),
      )
      this.finishHiddenUnits(seen, i, work, rows, cut.parts)
    })
  }

  /** The outputs of rows whose hidden layers are there: their losses from `firstLoss` on, and what else is wanted in `results`. */
  forwardOutput(
    seen: Seen,
    work: Workspace,
    rows: number,
    firstInputRow: number,
    firstLoss: number,
    use: OutputUse,
    results: GpuBuffer,
  ): void {
    const { recorder, spec, layout, layers, connectivities, constants } = this.parts
    let parts = 0
    layers.forEach(({ layer, units, below }, i) => {
      if (layer.kind === 'hidden') return
      const cut = cutOf(rows, units, below)
      const inputs = inputsOf(layer.below, work, firstInputRow, layout.levels)
      this.products.forward(
        seen,
        i,
        inputs,
        rows,
        { first: 0, end: units, limit: below, ...cut },
        wholeResult(work.partial, units, parts),
      )
      parts += cut.parts
    })
    const outputs = layout.levels.padded[0]
    const pitch = outputs / 4
    const buffers = {
      partial: work.partial,
      constants: constants[spec.hidden.length],
      connectivity: connectivities,
      inputs: work.inputs,
      losses: work.losses,
      results,
    }
    const values = {
      inputs: spec.inputs,
      pitch,
      parts,
      partStride: rows * pitch,
      order: seen.at + layout.level[0].order,
      firstInputRow,
      firstLoss,
      share: 1 / rows,
      observed: seen.at + layout.observed,
    }
    const { logits } = work
    if (logits === null)
      recorder.addStrips(this.finishOutput[use], buffers, values, { count: rows, work: moving((parts + 3) * outputs) })
    else
      recorder.addStrips(
        this.finishVariables[use],
        { ...buffers, logits },
        { ...values, firstOfPlace: seen.at + layout.firstOfPlace },
        { count: rows, work: moving((parts + 7) * outputs) },
      )
  }

  /** The deltas of all hidden layers, from those of the outputs. */
  backward(seen: Seen, work: Workspace, rows: number): void {
    const { recorder, spec, layers } = this.parts
    for (let l = spec.hidden.length; l > 0; l--) {
      const { units, below } = layers[l]
      const cut = cutOf(rows, below, units)
      this.products.backward(seen, l, work.deltas[l], rows, cut, work.partial)
      recorder.addStrips(
        this.finishDelta,
        { partial: work.partial, h: work.hidden[l - 1], deltas: work.deltas[l - 1] },
        { pitch: below / 4, parts: cut.parts, partStride: (rows * below) / 4 },
        { count: rows, work: moving((cut.parts + 2) * below), x: Math.ceil(below / 256) },
      )
    }
  }

  private finishHiddenUnits({ at }: Seen, i: number, work: Workspace, rows: number, parts: number): void {
    const { recorder, layout, layers, connectivities, constants } = this.parts
    const { layer, units } = layers[i]
    recorder.addStrips(
      this.finishHidden,
      { partial: work.partial, constants: constants[i], connectivity: connectivities, h: work.hidden[i] },
      { pitch: units / 4, parts, partStride: (rows * units) / 4, order: at + layout.level[layer.level].order },
      { count: rows, work: moving((parts + 2) * units), x: Math.ceil(units / 256) },
    )
  }
}
