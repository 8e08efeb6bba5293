import type { BitMatrix } from '../../data/bit-matrix'
import { observedOf, type Connectivity } from '../../made/connectivity'
import { HEADS, type Columns } from '../../made/heads'
import { updateRule } from '../../made/optimizer'
import { tensorOf, zeroTensors, type ModelSpec, type Tensors } from '../../made/spec'
import { stepFactor } from '../../made/step-schedule'
import { variablesOf, type Variables } from '../../made/variables'
import type { Drawn, DrawRequest, Given, SessionModel, SessionState, TrainingSettings } from '../contract'
import type { SessionWork } from '../queued-engine'
import { requireTraining, slotsOf } from '../session-checks'
import { ActiveInputs } from './active-inputs'
import { arrange, type Arrangement } from '../arrangement'
import { drawAncestral } from './ancestral'
import { networkParameters, type NetworkParameters } from './layer-parameters'
import { Network } from './network'

/** Rows that are scored or drawn together: enough to use each weight many times, few enough to stay in the cache. */
const BLOCK_ROWS = 100

/** The logits of one variable for `count` rows from `start` on; its columns begin at that sorted position. */
interface VariableLogits {
  readonly variable: number
  readonly position: number
  readonly columns: number
  readonly z: Columns
  readonly start: number
  readonly count: number
}

/** A session computed in plain TypeScript: the readable reference, and the fallback that runs everywhere. */
export class TypeScriptSession implements SessionWork {
  private readonly spec: ModelSpec
  private readonly variables: Variables
  private readonly l2: number
  private readonly parameters: Tensors
  private readonly slots: ReadonlyMap<string, Tensors>
  private readonly byLayer: NetworkParameters
  private readonly block: Network
  private readonly blockActive: ActiveInputs
  private large: { readonly network: Network; readonly active: ActiveInputs } | null = null
  private data: BitMatrix | null = null
  private update = 0
  private arranged: { readonly connectivity: Connectivity; readonly arrangement: Arrangement } | null = null

  constructor(
    model: SessionModel,
    private readonly training: TrainingSettings | null,
  ) {
    this.spec = model.spec
    this.variables = variablesOf(model.spec)
    this.l2 = training?.l2 ?? 0
    this.parameters = zeroTensors(model.spec)
    this.slots = new Map(slotsOf(training).map((name) => [name, zeroTensors(model.spec)]))
    copyTensors(model.parameters, this.parameters)
    this.byLayer = networkParameters(this.spec, this.parameters, [...this.slots.values()])
    this.block = new Network(this.spec, this.byLayer, BLOCK_ROWS, this.l2)
    this.blockActive = new ActiveInputs(BLOCK_ROWS, this.spec.inputs)
  }

  async setData(rows: BitMatrix): Promise<void> {
    this.data = rows
  }

  async train(minibatches: readonly Uint32Array[], connectivities: readonly Connectivity[]): Promise<Float64Array> {
    const { data, training } = this
    requireTraining(training)
    if (!data) throw new Error('train was called before setData')
    const losses = new Float64Array(minibatches.length)
    minibatches.forEach((minibatch, i) => {
      const { network, active } = this.buffersFor(minibatch.length)
      const arrangement = this.arrange(connectivities[i])
      active.list(data, minibatch.length, (b) => minibatch[b], arrangement)
      const rule = updateRule(training.optimizer, this.update, stepFactor(training.schedule, this.update))
      losses[i] = network.update(active, minibatch.length, arrangement, observedOf(connectivities[i]), rule)
      this.update++
    })
    return losses
  }

  async logLikelihood(rows: BitMatrix, connectivities: readonly Connectivity[]): Promise<Float64Array[]> {
    const ones = new Int32Array(BLOCK_ROWS)
    return connectivities.map((connectivity) => {
      const losses = new Float64Array(rows.rows)
      this.eachVariable(
        rows,
        connectivity,
        observedOf(connectivity),
        ({ variable, position, columns, z, start, count }) => {
          this.blockActive.listOnes(position, columns, count, ones)
          const head = HEADS[this.variables.kinds[variable]]
          head.addLosses(z, columns, ones, count, losses.subarray(start, start + count))
        },
      )
      return losses.map((loss) => 0 - loss)
    })
  }

  async conditionals(rows: BitMatrix, connectivity: Connectivity): Promise<Float32Array> {
    const logits = new Float32Array(rows.rows * rows.columns)
    this.eachVariable(rows, connectivity, this.variables.count, ({ variable, columns, z, start, count }) => {
      const first = this.variables.first[variable]
      for (let c = 0; c < columns; c++)
        for (let b = 0; b < count; b++) logits[(start + b) * rows.columns + first + c] = z[c][b]
    })
    return logits
  }

  async readState(): Promise<SessionState> {
    return {
      update: this.update,
      parameters: cloneTensors(this.parameters),
      slots: new Map([...this.slots].map(([name, tensors]) => [name, cloneTensors(tensors)])),
    }
  }

  async writeState(state: SessionState): Promise<void> {
    copyTensors(state.parameters, this.parameters)
    for (const [name, tensors] of this.slots)
      copyTensors(state.slots.get(name) ?? new Map<string, Float32Array>(), tensors)
    this.update = state.update
  }

  async close(): Promise<void> {
    this.data = null
    this.large = null
  }

  async draw(request: DrawRequest, given: Given | null): Promise<Drawn> {
    return drawAncestral(this.block, this.variables, request, given)
  }

  /** Visits the logits of the variables at the first places, a block of rows at a time. */
  private eachVariable(
    rows: BitMatrix,
    connectivity: Connectivity,
    places: number,
    visit: (logits: VariableLogits) => void,
  ): void {
    const arrangement = this.arrange(connectivity)
    const { variableAt, firstOfPlace } = arrangement
    for (let start = 0; start < rows.rows; start += BLOCK_ROWS) {
      const count = Math.min(BLOCK_ROWS, rows.rows - start)
      this.blockActive.list(rows, count, (b) => start + b, arrangement)
      this.block.forward(this.blockActive, count, arrangement)
      for (let t = 0; t < places; t++) {
        const position = firstOfPlace[t]
        const z = this.block.logits(t, this.blockActive, count, arrangement)
        visit({ variable: variableAt[t], position, columns: firstOfPlace[t + 1] - position, z, start, count })
      }
    }
  }

  /** Buffers for minibatches of that many rows; kept for the next one. */
  private buffersFor(rows: number): { readonly network: Network; readonly active: ActiveInputs } {
    if (rows <= BLOCK_ROWS) return { network: this.block, active: this.blockActive }
    if (!this.large || this.large.network.mostRows < rows)
      this.large = {
        network: new Network(this.spec, this.byLayer, rows, this.l2),
        active: new ActiveInputs(rows, this.spec.inputs),
      }
    return this.large
  }

  private arrange(connectivity: Connectivity): Arrangement {
    if (this.arranged?.connectivity !== connectivity)
      this.arranged = { connectivity, arrangement: arrange(connectivity, this.variables) }
    return this.arranged.arrangement
  }
}

function copyTensors(from: ReadonlyMap<string, Float32Array>, to: Tensors): void {
  for (const [name, tensor] of to) tensor.set(tensorOf(from, name))
}

function cloneTensors(tensors: Tensors): Tensors {
  return new Map([...tensors].map(([name, tensor]) => [name, tensor.slice()]))
}
