import { StudioError } from '../../base/failure'
import { say, type Sentence } from '../../words/say'
import type { KernelDrawn, KernelFunctions } from './kernel-functions'
import type { WasmBuild, WasmFiles } from './wasm-files'
import { MOST_BYTES, WasmMachine } from './wasm-machine'
import { WasmScratch } from './wasm-scratch'
import { minibatchBytes, modelBytes } from './wasm-size'

/** A machine that has become free is kept for so long and up to that size, since sessions often follow one another. */
const KEEP_MILLISECONDS = 3000
const KEEP_BYTES = 64 * 1024 * 1024

/** A model inside the WebAssembly kernels. */
export interface WasmModel {
  readonly build: WasmBuild
  /** Null after the model was closed. */
  machine: WasmMachine | null
  readonly address: number
  readonly shape: Int32Array
  /** Numbers of one connectivity. */
  readonly width: number
  readonly mostThreads: number
  threads: number
  /** Of the model and of its training rows. */
  readonly bytes: number
  rowBytes: number
}

/** The kernels as WebAssembly: the same functions as the native addon, each model in a memory of its own. */
export class WasmKernels implements KernelFunctions<WasmModel, WasmBuild> {
  private readonly spare = new Map<WasmBuild, WasmMachine>()
  /** Ends the workers of models that were never closed. */
  private readonly forgotten = new FinalizationRegistry<WasmMachine>((machine) => machine.end(closed()))

  constructor(private readonly files: WasmFiles) {}

  builds(): WasmBuild[] {
    return [...this.files.modules.keys()]
  }

  /** @throws StudioError 'too-large' before anything is allocated */
  open(
    build: WasmBuild,
    threads: number,
    shape: Int32Array,
    rates: Float64Array,
    columns: Int32Array | null,
  ): WasmModel {
    const bytes = modelBytes(shape, rates[8])
    requireBytes(bytes, (gigabytes) => say('engine.wasm.large-model', { gigabytes }))
    const machine = this.machineFor(build)
    const scratch = new WasmScratch(machine)
    const variables = columns?.length ?? 0
    const columnsAt = columns ? scratch.put(columns) : 0
    const address = machine.call('open', scratch.put(shape), shape.length, scratch.put(rates), columnsAt, variables)
    scratch.giveBack()
    const width = (columns ? variables : shape[0]) + shape.subarray(4).reduce((sum, units) => sum + units, 0)
    const most = Math.max(1, threads)
    const model: WasmModel = {
      build,
      machine,
      address,
      shape,
      width,
      mostThreads: most,
      threads: most,
      bytes,
      rowBytes: 0,
    }
    this.forgotten.register(model, machine, model)
    return model
  }

  close(model: WasmModel): void {
    const { machine, address, build } = model
    model.machine = null
    this.forgotten.unregister(model)
    if (!machine || machine.isOver) return
    machine.call('close', address)
    if (machine.bytes > KEEP_BYTES || this.spare.has(build)) machine.end(closed())
    else this.keep(build, machine)
  }

  use(model: WasmModel, threads: number): void {
    model.threads = Math.min(Math.max(1, threads), model.mostThreads)
  }

  write(model: WasmModel, layer: number, part: number, slot: number, values: Float32Array): void {
    const machine = machineOf(model)
    const scratch = new WasmScratch(machine)
    machine.call('write', model.address, layer, part, slot, scratch.put(values))
    scratch.giveBack()
  }

  read(model: WasmModel, layer: number, part: number, slot: number, values: Float32Array): void {
    const machine = machineOf(model)
    const scratch = new WasmScratch(machine)
    const at = scratch.allocate(values.byteLength)
    machine.call('read', model.address, layer, part, slot, at)
    values.set(new Float32Array(machine.buffer, at, values.length))
    scratch.giveBack()
  }

  setRows(model: WasmModel, words: Uint32Array, rows: number, wordsPerRow: number): void {
    const machine = machineOf(model)
    // There and on their way at the same time.
    requireBytes(model.bytes + 2 * words.byteLength, (gigabytes) => say('engine.wasm.large-rows', { gigabytes }))
    model.rowBytes = 2 * words.byteLength
    const scratch = new WasmScratch(machine)
    machine.call('setRows', model.address, scratch.put(words), rows, wordsPerRow)
    scratch.giveBack()
  }

  settle(model: WasmModel, connectivity: Int32Array): void {
    const machine = machineOf(model)
    const scratch = new WasmScratch(machine)
    machine.call('settle', model.address, scratch.put(connectivity))
    scratch.giveBack()
  }

  async train(
    model: WasmModel,
    rows: Uint32Array,
    lengths: Uint32Array,
    connectivities: Int32Array,
    chosen: Uint32Array,
    factors: Float64Array,
    t: number,
  ): Promise<Float64Array> {
    const machine = machineOf(model)
    const { address, threads, shape } = model
    const longest = lengths.reduce((most, length) => Math.max(most, length), 0)
    requireBytes(model.bytes + model.rowBytes + minibatchBytes(shape, longest), (gigabytes) =>
      say('engine.wasm.large-minibatches', { gigabytes, rows: longest }),
    )
    const scratch = new WasmScratch(machine)
    const [rowsAt, lengthsAt, connectivitiesAt, chosenAt] = [rows, lengths, connectivities, chosen].map((numbers) =>
      scratch.put(numbers),
    )
    const factorsAt = scratch.put(factors)
    const lossesAt = scratch.allocate(lengths.length * 8)
    await machine.work(
      threads,
      'train',
      address,
      rowsAt,
      lengthsAt,
      lengths.length,
      connectivitiesAt,
      chosenAt,
      factorsAt,
      t,
      lossesAt,
    )
    const losses = Float64Array.from(new Float64Array(machine.buffer, lossesAt, lengths.length))
    scratch.giveBack()
    return losses
  }

  async score(
    model: WasmModel,
    words: Uint32Array,
    rows: number,
    wordsPerRow: number,
    connectivities: Int32Array,
    wantsLogits: 0 | 1,
  ): Promise<Float64Array | Float32Array> {
    const machine = machineOf(model)
    const { address, threads, shape, width } = model
    const count = connectivities.length / width
    const scratch = new WasmScratch(machine)
    const wordsAt = scratch.put(words)
    const connectivitiesAt = scratch.put(connectivities)
    const scoresAt = scratch.allocate(count * rows * 8)
    const logitsAt = wantsLogits ? scratch.allocate(rows * shape[0] * 4) : 0
    await machine.work(
      threads,
      'score',
      address,
      wordsAt,
      rows,
      wordsPerRow,
      connectivitiesAt,
      count,
      scoresAt,
      logitsAt,
    )
    const result = wantsLogits
      ? Float32Array.from(new Float32Array(machine.buffer, logitsAt, rows * shape[0]))
      : Float64Array.from(new Float64Array(machine.buffer, scoresAt, count * rows))
    scratch.giveBack()
    return result
  }

  async draw(
    model: WasmModel,
    rows: number,
    wordsPerRow: number,
    connectivity: Int32Array,
    request: Float64Array,
    given: Uint32Array | null,
    known: Uint32Array | null,
  ): Promise<KernelDrawn> {
    const machine = machineOf(model)
    const { address, threads, shape } = model
    const scratch = new WasmScratch(machine)
    const connectivityAt = scratch.put(connectivity)
    const [seed, purpose, first, group = 0, resampling = 0] = request
    const requestAt = scratch.put(Float64Array.of(seed, purpose, first, group, resampling))
    const givenAt = given ? scratch.put(given) : 0
    const knownAt = known ? scratch.put(known) : 0
    const bitsAt = scratch.allocate(rows * wordsPerRow * 4)
    const probabilitiesAt = scratch.allocate(rows * shape[0] * 4)
    const weightsAt = group > 0 ? scratch.allocate(rows * 8) : 0
    const originsAt = group > 0 ? scratch.allocate(rows * 4) : 0
    await machine.work(
      threads,
      'draw',
      address,
      rows,
      wordsPerRow,
      connectivityAt,
      requestAt,
      givenAt,
      knownAt,
      bitsAt,
      probabilitiesAt,
      weightsAt,
      originsAt,
    )
    const bits = Uint32Array.from(new Uint32Array(machine.buffer, bitsAt, rows * wordsPerRow))
    const probabilities = Float32Array.from(new Float32Array(machine.buffer, probabilitiesAt, rows * shape[0]))
    const ofParticles = group > 0 && {
      logWeights: Float64Array.from(new Float64Array(machine.buffer, weightsAt, rows)),
      origins: Int32Array.from(new Int32Array(machine.buffer, originsAt, rows)),
    }
    scratch.giveBack()
    return { bits, probabilities, ...ofParticles }
  }

  async measure(model: WasmModel, limit: number, repeats: number): Promise<number> {
    const machine = machineOf(model)
    const scratch = new WasmScratch(machine)
    const doneAt = scratch.allocate(8)
    await machine.work(model.threads, 'measure', model.address, limit, repeats, doneAt)
    const [done] = new Float64Array(machine.buffer, doneAt, 1)
    scratch.giveBack()
    return done
  }

  private machineFor(build: WasmBuild): WasmMachine {
    const spare = this.spare.get(build)
    this.spare.delete(build)
    if (spare && !spare.isOver) return spare
    const kernels = this.files.modules.get(build)
    if (!kernels) throw new Error(`This runtime does not have the ${build} WebAssembly kernels.`)
    return new WasmMachine(kernels, this.files.workerText)
  }

  private keep(build: WasmBuild, machine: WasmMachine): void {
    this.spare.set(build, machine)
    setTimeout(() => {
      if (this.spare.get(build) !== machine) return
      this.spare.delete(build)
      machine.end(closed())
    }, KEEP_MILLISECONDS).unref()
  }
}

function machineOf({ machine }: WasmModel): WasmMachine {
  if (!machine) throw closed()
  return machine
}

function closed(): Error {
  return new Error('the model is closed')
}

/** @param tooLarge what is said of so many gigabytes @throws StudioError 'too-large' */
function requireBytes(bytes: number, tooLarge: (gigabytes: number) => Sentence): void {
  if (bytes <= MOST_BYTES) return
  throw new StudioError('too-large', tooLarge(bytes / 1024 ** 3), say('engine.wasm.large.hint'))
}
