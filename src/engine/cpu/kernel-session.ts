import { BitMatrix } from '../../data/bit-matrix'
import { observedOf, type Connectivity } from '../../made/connectivity'
import type { OPTIMIZER_KINDS } from '../../made/optimizer'
import { PURPOSE } from '../../made/random'
import type { ACTIVATIONS } from '../../made/spec'
import { parameterTensors, tensorOf, zeroTensors, type ModelSpec, type Tensors } from '../../made/spec'
import { CONSTANT_STEPS, stepFactor, type StepSchedule } from '../../made/step-schedule'
import { variablesOf } from '../../made/variables'
import type {
  Drawn,
  DrawRequest,
  Given,
  ParticleRequest,
  Particles,
  SessionModel,
  SessionState,
  TrainingSettings,
} from '../contract'
import { givenToParticles } from '../particles'
import type { SessionWork } from '../queued-engine'
import { slotsOf } from '../session-checks'
import type { KernelFunctions } from './kernel-functions'
import { ThreadChoice } from './thread-choice'

/** Draws are made in blocks of so many rows, so that what is copied between them and here needs little memory. */
const DRAW_ROWS = 1024
/** So are particles, of which a block of threads has whole groups. */
const PARTICLE_ROWS = 4096
/** The kernels' numbers of activations, optimizers and parts (native/made.h). */
const KERNEL_ACTIVATIONS: readonly (typeof ACTIVATIONS)[number][] = ['relu', 'softplus', 'sigmoid', 'tanh']
const KERNEL_OPTIMIZERS: readonly (typeof OPTIMIZER_KINDS)[number][] = ['sgd', 'adagrad', 'adadelta', 'adam']
const KERNEL_PARTS = ['weight', 'bias', 'conditioning'] as const

/** What takes long enough to be made on several threads. */
export type KernelWork = 'train' | 'score' | 'draw'

/** A session computed by the kernels of native/, compiled for the processor or for WebAssembly. */
export class KernelSession<Handle, Build> implements SessionWork {
  private readonly spec: ModelSpec
  private readonly slots: readonly string[]
  private readonly schedule: StepSchedule
  private readonly handle: Handle
  private update = 0
  private settled: Connectivity | null = null
  private readonly choices: Readonly<Record<KernelWork, ThreadChoice>>

  constructor(
    private readonly kernels: KernelFunctions<Handle, Build>,
    build: Build,
    threads: number,
    model: SessionModel,
    training: TrainingSettings | null,
  ) {
    this.spec = model.spec
    this.slots = slotsOf(training)
    this.schedule = training?.schedule ?? CONSTANT_STEPS
    this.handle = kernels.open(
      build,
      threads,
      shapeOf(model.spec),
      ratesOf(training, this.slots.length),
      columnsOf(model.spec),
    )
    this.writeTensors(model.parameters, -1)
    this.choices = {
      train: new ThreadChoice(threads),
      score: new ThreadChoice(threads),
      draw: new ThreadChoice(threads),
    }
  }

  /** Threads that work of that kind has been fastest with of late. */
  threadsFor(kind: KernelWork): number {
    return this.choices[kind].favourite
  }

  async setData(rows: BitMatrix): Promise<void> {
    this.kernels.setRows(this.handle, rows.words, rows.rows, rows.wordsPerRow)
  }

  async train(minibatches: readonly Uint32Array[], connectivities: readonly Connectivity[]): Promise<Float64Array> {
    if (minibatches.length === 0) return new Float64Array()
    this.settle(connectivities)
    const { flat, chosen } = this.flatten(connectivities)
    const rows = concatenated(minibatches)
    const lengths = Uint32Array.from(minibatches, (minibatch) => minibatch.length)
    const factors = Float64Array.from(minibatches, (_, i) => stepFactor(this.schedule, this.update + i))
    const losses = await this.timed('train', rows.length, () =>
      this.kernels.train(this.handle, rows, lengths, flat, chosen, factors, this.update),
    )
    this.update += minibatches.length
    return losses
  }

  async logLikelihood(rows: BitMatrix, connectivities: readonly Connectivity[]): Promise<Float64Array[]> {
    if (connectivities.length === 0) return []
    this.settleFirst(connectivities[0])
    const flat = concatenated(connectivities.map((connectivity) => flatConnectivity(connectivity)))
    const scored = await this.timed('score', rows.rows * connectivities.length, () =>
      this.kernels.score(this.handle, rows.words, rows.rows, rows.wordsPerRow, flat, 0),
    )
    return connectivities.map((_, i) => Float64Array.from(scored.subarray(i * rows.rows, (i + 1) * rows.rows)))
  }

  async conditionals(rows: BitMatrix, connectivity: Connectivity): Promise<Float32Array> {
    this.settleFirst(connectivity)
    const flat = flatConnectivity(connectivity)
    const logits = await this.timed('score', rows.rows, () =>
      this.kernels.score(this.handle, rows.words, rows.rows, rows.wordsPerRow, flat, 1),
    )
    return Float32Array.from(logits)
  }

  async readState(): Promise<SessionState> {
    return {
      update: this.update,
      parameters: this.readTensors(-1),
      slots: new Map(this.slots.map((name, slot) => [name, this.readTensors(slot)])),
    }
  }

  async writeState(state: SessionState): Promise<void> {
    this.writeTensors(state.parameters, -1)
    this.slots.forEach((name, slot) =>
      this.writeTensors(state.slots.get(name) ?? new Map<string, Float32Array>(), slot),
    )
    this.update = state.update
  }

  async close(): Promise<void> {
    this.kernels.close(this.handle)
  }

  /** Does work on the number of threads that has been fastest for its kind, and takes its time. */
  private async timed<Result>(kind: KernelWork, units: number, work: () => Promise<Result>): Promise<Result> {
    const choice = this.choices[kind]
    const threads = choice.next()
    this.kernels.use(this.handle, threads)
    const began = performance.now()
    const result = await work()
    choice.measured(threads, performance.now() - began, units)
    return result
  }

  /** A run with one connectivity gets its weights laid out for it; with several, for the first. */
  private settle(connectivities: readonly Connectivity[]): void {
    const [first] = connectivities
    if (this.settled === first) return
    if (this.settled && connectivities.some((connectivity) => connectivity !== first)) return
    if (this.settled && connectivities.length < 2) return
    this.settleOn(first)
  }

  /** A model that is only scored or drawn from is laid out for the first connectivity that it is used with. */
  private settleFirst(connectivity: Connectivity): void {
    if (!this.settled) this.settleOn(connectivity)
  }

  private settleOn(connectivity: Connectivity): void {
    this.kernels.settle(this.handle, flatConnectivity(connectivity))
    this.settled = connectivity
  }

  /** Connectivities one after another, each that is used several times once, and which one each minibatch has. */
  private flatten(connectivities: readonly Connectivity[]): { flat: Int32Array; chosen: Uint32Array } {
    const numbers = new Map<Connectivity, number>()
    const chosen = Uint32Array.from(connectivities, (connectivity) => {
      const known = numbers.get(connectivity)
      if (known !== undefined) return known
      numbers.set(connectivity, numbers.size)
      return numbers.size - 1
    })
    return { flat: concatenated([...numbers.keys()].map((connectivity) => flatConnectivity(connectivity))), chosen }
  }

  async draw(request: DrawRequest, given: Given | null): Promise<Drawn> {
    const { inputs } = this.spec
    const rows = new BitMatrix(request.count, inputs)
    const probabilities = new Float32Array(request.count * inputs)
    this.settleFirst(request.connectivity)
    const connectivity = flatConnectivity(request.connectivity)
    for (let start = 0; start < request.count; start += DRAW_ROWS) {
      const count = Math.min(DRAW_ROWS, request.count - start)
      const [known, bits] = given
        ? [given.known.slice(start, start + count).words, given.rows.slice(start, start + count).words]
        : [null, null]
      const named = Float64Array.of(request.seed, PURPOSE.sample, request.first + start)
      const drawn = await this.timed('draw', count, () =>
        this.kernels.draw(this.handle, count, rows.wordsPerRow, connectivity, named, bits, known),
      )
      rows.words.set(drawn.bits, start * rows.wordsPerRow)
      probabilities.set(drawn.probabilities, start * inputs)
    }
    return { rows, probabilities }
  }

  async particles({ given, each, first, seed, connectivity }: ParticleRequest): Promise<Particles> {
    const { inputs } = this.spec
    const groups = given.rows.rows
    const rows = new BitMatrix(groups * each, inputs)
    const probabilities = new Float32Array(groups * each * inputs)
    const logWeights = new Float64Array(groups * each)
    const origins = new Int32Array(groups * each)
    this.settleFirst(connectivity)
    const flat = flatConnectivity(connectivity)
    const atOnce = Math.max(1, Math.floor(PARTICLE_ROWS / each))
    for (let group = 0; group < groups; group += atOnce) {
      const { rows: bits, known } = givenToParticles(given, each, group, Math.min(groups, group + atOnce))
      const named = Float64Array.of(seed, PURPOSE.sample, (first + group) * each, each, PURPOSE.resampling)
      const drawn = await this.timed('draw', bits.rows, () =>
        this.kernels.draw(this.handle, bits.rows, rows.wordsPerRow, flat, named, bits.words, known.words),
      )
      rows.words.set(drawn.bits, group * each * rows.wordsPerRow)
      probabilities.set(drawn.probabilities, group * each * inputs)
      if (drawn.logWeights) logWeights.set(drawn.logWeights, group * each)
      if (drawn.origins) origins.set(drawn.origins, group * each)
    }
    return { rows, probabilities, logWeights, origins }
  }

  private writeTensors(tensors: ReadonlyMap<string, Float32Array>, slot: number): void {
    this.eachTensor((name, layer, part) => this.kernels.write(this.handle, layer, part, slot, tensorOf(tensors, name)))
  }

  private readTensors(slot: number): Tensors {
    const tensors = zeroTensors(this.spec)
    this.eachTensor((name, layer, part) => this.kernels.read(this.handle, layer, part, slot, tensorOf(tensors, name)))
    return tensors
  }

  /** Every tensor with the numbers that the kernels know it by: hidden layers, then output, then direct. */
  private eachTensor(visit: (name: string, layer: number, part: number) => void): void {
    const layers = this.spec.hidden.length
    for (const { name } of parameterTensors(this.spec)) {
      const [place, second, third] = name.split('.')
      const layer = place === 'hidden' ? Number(second) : place === 'output' ? layers : layers + 1
      const part = place === 'hidden' ? third : second
      visit(
        name,
        layer,
        KERNEL_PARTS.findIndex((known) => known === part),
      )
    }
  }
}

function shapeOf(spec: ModelSpec): Int32Array {
  return Int32Array.from([
    spec.inputs,
    KERNEL_ACTIVATIONS.indexOf(spec.activation),
    spec.directConnections ? 1 : 0,
    spec.conditioningWeights ? 1 : 0,
    ...spec.hidden,
  ])
}

/** Columns of each variable; null where all are binary. */
function columnsOf(spec: ModelSpec): Int32Array | null {
  if (!spec.variables) return null
  const { count, first } = variablesOf(spec)
  return Int32Array.from({ length: count }, (_, v) => first[v + 1] - first[v])
}

/** Without training, rates under which an update would leave everything as it is; the kernels know no other way. */
function ratesOf(training: TrainingSettings | null, slots: number): Float64Array {
  const none = { learningRate: 0, decay: 0, momentum: 0, epsilon: 0, rho: 0, beta1: 0, beta2: 0 }
  const rates = { kind: KERNEL_OPTIMIZERS[0], ...none, ...training?.optimizer }
  return Float64Array.from([
    KERNEL_OPTIMIZERS.indexOf(rates.kind),
    rates.learningRate,
    rates.decay,
    rates.momentum,
    rates.epsilon,
    rates.rho,
    rates.beta1,
    rates.beta2,
    slots,
    training?.l2 ?? 0,
  ])
}

/** The ordering, the degrees, and how many variables are known (native/made.h). */
function flatConnectivity(connectivity: Connectivity): Int32Array {
  const { ordering, degrees } = connectivity
  return concatenated([ordering, ...degrees, Int32Array.of(observedOf(connectivity))])
}

function concatenated<T extends Int32Array | Uint32Array>(arrays: readonly T[]): T {
  const length = arrays.reduce((sum, array) => sum + array.length, 0)
  const whole = arrays[0].slice(0, 0).constructor === Int32Array ? new Int32Array(length) : new Uint32Array(length)
  let at = 0
  for (const array of arrays) {
    whole.set(array, at)
    at += array.length
  }
  return whole as T
}
