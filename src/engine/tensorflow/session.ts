import { setImmediate as nextTurn } from 'node:timers/promises'
import type { BitMatrix } from '../../data/bit-matrix'
import type { Connectivity } from '../../made/connectivity'
import { parameterTensors, tensorOf, type ModelSpec, type ParameterTensor, type Tensors } from '../../made/spec'
import { stepFactor } from '../../made/step-schedule'
import { variablesOf } from '../../made/variables'
import type { Drawn, DrawRequest, Given, SessionModel, SessionState, TrainingSettings } from '../contract'
import type { SessionWork } from '../queued-engine'
import { requireTraining, slotsOf } from '../session-checks'
import { drawAncestral } from './ancestral'
import { disposeAll, tidy, type Tensor, type Tensor2D, type TensorFlow } from './library'
import {
  logits,
  makeMasks,
  maskedNetwork,
  named,
  negativeLogLikelihood,
  type DenseNetwork,
  type DeviceMask,
} from './network'
import { withinMemory } from './out-of-memory'
import { deviceUpdate } from './update'

/** Rows that are scored together: enough to keep the device busy, few enough for wide layers. */
const BLOCK_ROWS = 1000

/** A session in the plain dense formulation: masks as matrices, gradients by TensorFlow.js. */
export class TensorFlowSession implements SessionWork {
  private readonly spec: ModelSpec
  private readonly tensors: readonly ParameterTensor[]
  private readonly slotNames: readonly string[]
  /** Per parameter the weights, then its slots in the order of `slotNames`. */
  private state: ReadonlyMap<string, readonly Tensor[]>
  private data: Tensor2D | null = null
  private update = 0
  private masked: { readonly connectivity: Connectivity; readonly masks: ReadonlyMap<string, DeviceMask> } | null = null

  constructor(
    private readonly tf: TensorFlow,
    model: SessionModel,
    private readonly training: TrainingSettings | null,
  ) {
    this.spec = model.spec
    this.tensors = parameterTensors(model.spec)
    this.slotNames = slotsOf(training)
    this.state = this.uploaded(model.parameters, () => null)
  }

  async setData(rows: BitMatrix): Promise<void> {
    this.data?.dispose()
    this.data = null
    this.data = await withinMemory(() => this.uploadedRows(rows))
  }

  async train(minibatches: readonly Uint32Array[], connectivities: readonly Connectivity[]): Promise<Float64Array> {
    const { data, tf, training } = this
    requireTraining(training)
    if (!data) throw new Error('train was called before setData')
    const losses: Tensor[] = []
    try {
      for (const [i, minibatch] of minibatches.entries())
        losses.push(await withinMemory(() => this.step(data, training, minibatch, connectivities[i])))
      // The one place of a list where the device is waited for.
      return losses.length === 0 ? new Float64Array() : Float64Array.from(tf.tidy(() => tf.stack(losses).dataSync()))
    } finally {
      disposeAll(tf, losses)
    }
  }

  async logLikelihood(rows: BitMatrix, connectivities: readonly Connectivity[]): Promise<Float64Array[]> {
    const scored: Float64Array[] = []
    await this.withRows(rows, async (eachBlock) => {
      for (const connectivity of connectivities) {
        const values = new Float64Array(rows.rows)
        await eachBlock(connectivity, (network, x, start) =>
          values.set(negativeLogLikelihood(this.tf, this.spec, network, x).dataSync(), start),
        )
        scored.push(values.map((nll) => -nll))
      }
    })
    return scored
  }

  async conditionals(rows: BitMatrix, connectivity: Connectivity): Promise<Float32Array> {
    const values = new Float32Array(rows.rows * rows.columns)
    await this.withRows(rows, (eachBlock) =>
      eachBlock(connectivity, (network, x, start) =>
        values.set(logits(this.tf, network, x).dataSync(), start * rows.columns),
      ),
    )
    return values
  }

  async readState(): Promise<SessionState> {
    const read = async (position: number): Promise<Tensors> => {
      const tensors: Tensors = new Map()
      for (const { name } of this.tensors) {
        await nextTurn()
        tensors.set(name, Float32Array.from(named(this.state, name)[position].dataSync()))
      }
      return tensors
    }
    const parameters = await read(0)
    const slots = new Map<string, Tensors>()
    for (const [i, slot] of this.slotNames.entries()) slots.set(slot, await read(1 + i))
    return { update: this.update, parameters, slots }
  }

  async writeState(state: SessionState): Promise<void> {
    const before = this.state
    this.state = await withinMemory(() => this.uploaded(state.parameters, (slot) => state.slots.get(slot) ?? null))
    this.update = state.update
    before.forEach((tensors) => disposeAll(this.tf, tensors))
  }

  async close(): Promise<void> {
    this.state.forEach((tensors) => disposeAll(this.tf, tensors))
    this.masked?.masks.forEach((mask) => disposeAll(this.tf, mask))
    this.data?.dispose()
    this.state = new Map()
    this.masked = null
    this.data = null
  }

  /**
   * One update, in pieces: for wide layers the masks, the gradients and the update of one tensor take up to tenths of a
   * second each, and between them the process can answer. What fails leaves the state as it was.
   * @returns the mean NLL before it, still on the device
   */
  private async step(
    data: Tensor2D,
    training: TrainingSettings,
    minibatch: Uint32Array,
    connectivity: Connectivity,
  ): Promise<Tensor> {
    const { tf } = this
    const masks = this.masksOf(connectivity)
    await nextTurn()
    const { loss, gradients } = this.gradients(data, minibatch, masks)
    const next: Tensor[][] = []
    try {
      for (const [i, tensor] of this.tensors.entries()) {
        await nextTurn()
        next.push(tidy(tf, () => this.updated(tensor, gradients[i], masks, training)))
      }
    } catch (cause) {
      disposeAll(tf, [loss, next])
      throw cause
    } finally {
      disposeAll(tf, gradients)
    }
    const before = this.state
    this.state = new Map(this.tensors.map(({ name }, i) => [name, next[i]]))
    this.update++
    before.forEach((tensors) => disposeAll(tf, tensors))
    return loss
  }

  /** The mean NLL of a minibatch and its gradient by every tensor, on the device. */
  private gradients(
    data: Tensor2D,
    minibatch: Uint32Array,
    masks: ReadonlyMap<string, DeviceMask>,
  ): { readonly loss: Tensor; readonly gradients: Tensor[] } {
    const { tf } = this
    return tidy(tf, () => {
      const x = tf.cast<Tensor2D>(tf.gather(data, tf.tensor1d(Int32Array.from(minibatch), 'int32')), 'float32')
      const meanNll = (...weights: Tensor[]): Tensor => {
        const parameters = new Map(this.tensors.map(({ name }, i) => [name, weights[i]]))
        return tf.mean(negativeLogLikelihood(tf, this.spec, maskedNetwork(tf, this.spec, parameters, masks), x))
      }
      const weights = this.tensors.map(({ name }) => named(this.state, name)[0])
      const { value, grads } = tf.valueAndGrads(meanNll)(weights)
      return { loss: value, gradients: grads }
    })
  }

  /** The new weights and slots of one tensor. What the masks cut stays as it is, slots included. */
  private updated(
    { name, kind }: ParameterTensor,
    gradient: Tensor,
    masks: ReadonlyMap<string, DeviceMask>,
    { optimizer, schedule, l2 }: TrainingSettings,
  ): Tensor[] {
    const { tf } = this
    const before = named(this.state, name)
    const [w, ...slots] = before
    const rule = deviceUpdate(tf, optimizer, this.update, stepFactor(schedule, this.update))
    if (kind === 'bias') return rule(w, slots, gradient)
    const penalised = l2 > 0 ? tf.add(gradient, tf.mul(w, l2)) : gradient
    const { kept } = named(masks, name)
    return rule(w, slots, penalised).map((tensor, i) => tf.where(kept, tensor, before[i]))
  }

  async draw(request: DrawRequest, given: Given | null): Promise<Drawn> {
    const masks = this.masksOf(request.connectivity)
    await nextTurn()
    return withinMemory(() =>
      drawAncestral(this.tf, variablesOf(this.spec), () => this.network(masks), request, given, nextTurn),
    )
  }

  /** Uploads rows once, lends them out block by block beside a network, and takes them back. */
  private async withRows(
    rows: BitMatrix,
    use: (
      eachBlock: (
        connectivity: Connectivity,
        visit: (network: DenseNetwork, x: Tensor2D, start: number) => void,
      ) => Promise<void>,
    ) => Promise<void>,
  ): Promise<void> {
    const { tf } = this
    const uploaded = this.uploadedRows(rows)
    try {
      await use(async (connectivity, visit) => {
        const masks = this.masksOf(connectivity)
        for (let start = 0; start < rows.rows; start += BLOCK_ROWS) {
          const count = Math.min(BLOCK_ROWS, rows.rows - start)
          await nextTurn()
          await withinMemory(() =>
            tf.tidy(() => {
              const x = tf.cast<Tensor2D>(tf.slice(uploaded, start, count), 'float32')
              visit(this.network(masks), x, start)
            }),
          )
        }
      })
    } finally {
      uploaded.dispose()
    }
  }

  /** The network as it is now, under those masks; for use within one tidy. */
  private network(masks: ReadonlyMap<string, DeviceMask>): DenseNetwork {
    const parameters = new Map(this.tensors.map(({ name }) => [name, named(this.state, name)[0]]))
    return maskedNetwork(this.tf, this.spec, parameters, masks)
  }

  /** The masks of a connectivity, which stay on the device until another one is asked for. */
  private masksOf(connectivity: Connectivity): ReadonlyMap<string, DeviceMask> {
    if (this.masked?.connectivity === connectivity) return this.masked.masks
    const { tf } = this
    this.masked?.masks.forEach((mask) => disposeAll(tf, mask))
    this.masked = null
    this.masked = { connectivity, masks: new Map(tidy(tf, () => [...makeMasks(tf, this.spec, connectivity)])) }
    return this.masked.masks
  }

  private uploaded(
    parameters: ReadonlyMap<string, Float32Array>,
    slotOf: (slot: string) => Tensors | null,
  ): Map<string, Tensor[]> {
    // TensorFlow may go on using the memory of an array that it was given, so it is given a copy.
    const upload = ({ name, shape }: ParameterTensor, from: ReadonlyMap<string, Float32Array>): Tensor =>
      this.tf.tensor(tensorOf(from, name).slice(), [...shape], 'float32')
    const entries = tidy(this.tf, () =>
      this.tensors.map((tensor): [string, Tensor[]] => {
        const slots = this.slotNames.map((slot) => {
          const values = slotOf(slot)
          return values ? upload(tensor, values) : this.tf.zeros([...tensor.shape])
        })
        return [tensor.name, [upload(tensor, parameters), ...slots]]
      }),
    )
    return new Map(entries)
  }

  private uploadedRows(rows: BitMatrix): Tensor2D {
    return this.tf.tensor2d(rows.toBytes(), [rows.rows, rows.columns], 'bool')
  }
}
