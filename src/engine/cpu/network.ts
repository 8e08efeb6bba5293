import { largest } from '../../base/extremes'
import { HEADS, type Columns } from '../../made/heads'
import type { UpdateRule } from '../../made/optimizer'
import type { ModelSpec } from '../../made/spec'
import { variablesOf, type Variables } from '../../made/variables'
import { activate, slope } from './activation'
import type { ActiveInputs } from './active-inputs'
import type { ArrangedLayer, Arrangement } from '../arrangement'
import type { LayerParameters, NetworkParameters, TrainedTensor } from './layer-parameters'
import { addBackward, addProducts, gather, sumOf, sumOfActive } from './sums'

const ONLY = Int32Array.of(0)

/**
 * The arithmetic of one MADE over blocks of up to `mostRows` rows (docs/mathematics.md, Forward), readable and without
 * multiplications by masked weights. Sums are made in double precision; parameters are single.
 */
export class Network {
  /** Per hidden layer, `[mostRows, K]` in sorted order of the units. */
  readonly h: readonly Float64Array[]
  private readonly deltas: readonly Float64Array[]
  /** One value per row: pre-activations or deltas of one hidden unit. */
  private readonly column: Float64Array
  /** Logits or their deltas of one variable: per column, one value per row. */
  private readonly outputs: Columns
  /** Per row which column of the variable is a one. */
  private readonly ones: Int32Array
  private readonly variables: Variables
  private readonly weights: Float64Array
  private readonly gradient: Float64Array
  private readonly conditioningGradient: Float64Array

  constructor(
    private readonly spec: ModelSpec,
    private readonly parameters: NetworkParameters,
    readonly mostRows: number,
    private readonly l2: number,
  ) {
    this.h = spec.hidden.map((units) => new Float64Array(mostRows * units))
    this.deltas = spec.hidden.map((units) => new Float64Array(mostRows * units))
    this.column = new Float64Array(mostRows)
    this.variables = variablesOf(spec)
    this.outputs = Array.from({ length: this.variables.widest }, () => new Float64Array(mostRows))
    this.ones = new Int32Array(mostRows)
    const widest = largest([spec.inputs, ...spec.hidden])
    this.weights = new Float64Array(widest)
    this.gradient = new Float64Array(widest)
    this.conditioningGradient = new Float64Array(widest)
  }

  /** Computes every hidden layer of a block of rows. */
  forward(active: ActiveInputs, rows: number, arrangement: Arrangement): void {
    arrangement.hidden.forEach((layer, l) => {
      for (let j = 0; j < layer.unitAt.length; j++) this.hiddenUnit(l, j, active, rows, arrangement)
    })
  }

  /** Computes hidden unit j (sorted position) of layer l for a block of rows; what it depends on must be there. */
  hiddenUnit(l: number, j: number, active: ActiveInputs, rows: number, arrangement: Arrangement): void {
    const layer = arrangement.hidden[l]
    const unit = layer.unitAt[j]
    const n = layer.reach[j]
    const tensors = this.parameters.hidden[l]
    const below = l === 0 ? arrangement.inputAt : arrangement.hidden[l - 1].unitAt
    const column = this.column.fill(unitConstant(tensors, unit, below, n), 0, rows)
    if (l === 0) addActive(tensors.weight.w, unit, n, active, rows, column)
    else {
      gather(tensors.weight.w, unit * tensors.width, below, n, this.weights)
      addProducts(this.weights, n, this.h[l - 1], tensors.width, rows, column)
    }
    const h = this.h[l]
    const units = layer.unitAt.length
    for (let b = 0; b < rows; b++) h[b * units + j] = activate(this.spec.activation, column[b])
  }

  /**
   * The logits of the variable at 0-based place t for a block of rows, per column in the order of the columns; valid until the
   * next call.
   */
  logits(t: number, active: ActiveInputs, rows: number, arrangement: Arrangement): Columns {
    const { output, direct } = this.parameters
    const last = arrangement.hidden.length - 1
    const below = arrangement.hidden[last].unitAt
    const n = arrangement.outputReach[t]
    const first = arrangement.firstOfPlace[t]
    for (let c = 0; first + c < arrangement.firstOfPlace[t + 1]; c++) {
      const unit = arrangement.inputAt[first + c]
      const column = this.outputs[c].fill(unitConstant(output, unit, below, n), 0, rows)
      gather(output.weight.w, unit * output.width, below, n, this.weights)
      addProducts(this.weights, n, this.h[last], output.width, rows, column)
      if (direct) addActive(direct.w, unit, first, active, rows, column)
    }
    return this.outputs
  }

  /**
   * One update on a block of rows: forward, loss, backward and the optimizer, unit by unit.
   * @param observed how many variables are known, from the first place on: the others have no loss and no gradient
   * @returns the mean NLL before the update, in nats.
   */
  update(active: ActiveInputs, rows: number, arrangement: Arrangement, observed: number, rule: UpdateRule): number {
    this.forward(active, rows, arrangement)
    this.deltas.forEach((delta, l) => delta.fill(0, 0, rows * this.spec.hidden[l]))
    let loss = 0
    for (let t = 0; t < this.variables.count; t++)
      loss += this.updateOutputs(t, active, rows, arrangement, t < observed, rule)
    for (let l = arrangement.hidden.length - 1; l >= 0; l--)
      this.updateHidden(l, arrangement.hidden[l], active, rows, arrangement, rule)
    return loss / rows
  }

  /** Of the variable at 0-based place t. Its columns do not see each other, so they are updated one after another. */
  private updateOutputs(
    t: number,
    active: ActiveInputs,
    rows: number,
    arrangement: Arrangement,
    isKnown: boolean,
    rule: UpdateRule,
  ): number {
    const { output, direct } = this.parameters
    const first = arrangement.firstOfPlace[t]
    const columns = arrangement.firstOfPlace[t + 1] - first
    const { outputs } = this
    const loss = isKnown ? this.outputDeltas(t, active, rows, arrangement) : 0
    if (!isKnown) for (let c = 0; c < columns; c++) outputs[c].fill(0, 0, rows)
    const last = arrangement.hidden.length - 1
    const below = arrangement.hidden[last].unitAt
    const n = arrangement.outputReach[t]
    for (let c = 0; c < columns; c++) {
      const unit = arrangement.inputAt[first + c]
      this.updateDense(output, unit, below, n, last, outputs[c], rows, rule)
      if (direct) this.updateActive(direct, unit, first, active, outputs[c], rows, arrangement, rule)
      this.updateConstants(output, unit, below, n, outputs[c], rows, rule)
    }
    return loss
  }

  /** Leaves the deltas of the variable at 0-based place t in `outputs`. @returns the sum of the losses, in nats */
  private outputDeltas(t: number, active: ActiveInputs, rows: number, arrangement: Arrangement): number {
    const first = arrangement.firstOfPlace[t]
    const columns = arrangement.firstOfPlace[t + 1] - first
    const outputs = this.logits(t, active, rows, arrangement)
    active.listOnes(first, columns, rows, this.ones)
    return HEADS[this.variables.kinds[arrangement.variableAt[t]]].deltas(outputs, columns, this.ones, rows)
  }

  private updateHidden(
    l: number,
    layer: ArrangedLayer,
    active: ActiveInputs,
    rows: number,
    arrangement: Arrangement,
    rule: UpdateRule,
  ): void {
    const tensors = this.parameters.hidden[l]
    const units = layer.unitAt.length
    const h = this.h[l]
    const delta = this.deltas[l]
    const { column } = this
    for (let j = 0; j < units; j++) {
      for (let b = 0; b < rows; b++) column[b] = delta[b * units + j] * slope(this.spec.activation, h[b * units + j])
      const unit = layer.unitAt[j]
      const n = layer.reach[j]
      const below = l === 0 ? arrangement.inputAt : arrangement.hidden[l - 1].unitAt
      if (l === 0) this.updateActive(tensors.weight, unit, n, active, column, rows, arrangement, rule)
      else this.updateDense(tensors, unit, below, n, l - 1, column, rows, rule)
      this.updateConstants(tensors, unit, below, n, column, rows, rule)
    }
  }

  /** Backward through, and update of, the weights from hidden layer `from` into one unit of these deltas. */
  private updateDense(
    tensors: LayerParameters,
    unit: number,
    below: Int32Array,
    n: number,
    from: number,
    column: Float64Array,
    rows: number,
    rule: UpdateRule,
  ): void {
    const offset = unit * tensors.width
    const gradient = this.gradient.fill(0, 0, n)
    gather(tensors.weight.w, offset, below, n, this.weights)
    addBackward(this.weights, n, column, rows, this.h[from], this.deltas[from], tensors.width, gradient)
    if (this.l2 > 0) for (let j = 0; j < n; j++) gradient[j] += this.l2 * this.weights[j]
    rule(tensors.weight.w, tensors.weight.slots, offset, below, gradient, n)
  }

  /** Update of the weights from the first `upTo` sorted inputs into one unit of these deltas. */
  private updateActive(
    tensor: TrainedTensor,
    unit: number,
    upTo: number,
    active: ActiveInputs,
    column: Float64Array,
    rows: number,
    { inputAt }: Arrangement,
    rule: UpdateRule,
  ): void {
    const { dimensions, places } = active
    const offset = unit * dimensions
    const gradient = this.gradient.fill(0, 0, upTo)
    for (let b = 0; b < rows; b++) {
      const delta = column[b]
      if (delta === 0) continue
      const start = b * dimensions
      const end = start + active.upTo[b * (dimensions + 1) + upTo]
      for (let i = start; i < end; i++) gradient[places[i]] += delta
    }
    if (this.l2 > 0) for (let t = 0; t < upTo; t++) gradient[t] += this.l2 * tensor.w[offset + inputAt[t]]
    rule(tensor.w, tensor.slots, offset, inputAt, gradient, upTo)
  }

  /** Update of the bias and of the conditioning weights of one unit of these deltas. */
  private updateConstants(
    tensors: LayerParameters,
    unit: number,
    below: Int32Array,
    n: number,
    column: Float64Array,
    rows: number,
    rule: UpdateRule,
  ): void {
    let sum = 0
    for (let b = 0; b < rows; b++) sum += column[b]
    const gradient = this.conditioningGradient
    gradient[0] = sum
    rule(tensors.bias.w, tensors.bias.slots, unit, ONLY, gradient, 1)
    if (!tensors.conditioning) return
    const { w, slots } = tensors.conditioning
    const offset = unit * tensors.width
    for (let j = 0; j < n; j++) gradient[j] = sum + this.l2 * w[offset + below[j]]
    rule(w, slots, offset, below, gradient, n)
  }
}

/** What a unit adds whatever the row: its bias, and the conditioning weights that the mask keeps. */
function unitConstant(
  { bias, conditioning, width }: LayerParameters,
  unit: number,
  below: Int32Array,
  n: number,
): number {
  return bias.w[unit] + (conditioning ? sumOf(conditioning.w, unit * width, below, n) : 0)
}

/** Adds to `column` the weights of those of the first `upTo` sorted inputs that are one. */
function addActive(
  w: Float32Array,
  unit: number,
  upTo: number,
  active: ActiveInputs,
  rows: number,
  column: Float64Array,
): void {
  const { dimensions } = active
  for (let b = 0; b < rows; b++) {
    const n = active.upTo[b * (dimensions + 1) + upTo]
    column[b] += sumOfActive(w, unit * dimensions, active.inputs, b * dimensions, n)
  }
}
