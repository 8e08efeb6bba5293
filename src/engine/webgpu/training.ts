import type { BitMatrix } from '../../data/bit-matrix'
import type { Connectivity } from '../../made/connectivity'
import type { ConnectivityLayout } from './connectivity-record'
import type { ConnectivityShelf } from './connectivity-shelf'
import { moving, SUBMISSION_WORK } from './cut'
import type { GpuBuffer } from './gpu-buffer'
import type { GpuDevice } from './gpu-device'
import type { Network } from './network'
import type { Readback } from './readback'
import type { Recorder } from './recorder'
import type { SharedBuffers } from './shared-buffers'
import type { Updates } from './updates'
import type { Views } from './views'
import { meanLosses } from './wgsl/finish'
import { expandPicked } from './wgsl/layout-kernels'
import type { Workspace } from './workspace'

const FLOAT = Float32Array.BYTES_PER_ELEMENT
/** Rows whose inputs are expanded at once, and their bytes; minibatches of one submission together have no more, unless one alone has. */
const MOST_INPUT_ROWS = 16_384
const MOST_INPUT_BYTES = 32 * 2 ** 20
/** Minibatches of the first submission of a list: few, so that the GPU begins at once. */
const FIRST_MINIBATCHES = 8
/** Submissions that may wait in the GPU's queue: it is never empty, and what is handed over stays bounded. */
const MOST_WAITING = 6
/** Passes over the weights of an update: forward, backward, gradient. */
const PASSES = 3
const DATA = 'training-rows'

const EXPAND_PICKED = expandPicked()

/** Updates already made, and a number that changes whenever parameters do. */
export interface Progress {
  updates: number
  version: number
}

/** Trains by lists: minibatches are recorded one after another and submitted many at a time, without waiting for the GPU. */
export class Training {
  private readonly inputRows: number
  private readonly meanLosses
  private data: { readonly buffer: GpuBuffer; readonly wordsPerRow: number } | null = null

  constructor(
    private readonly gpu: GpuDevice,
    private readonly recorder: Recorder,
    private readonly readback: Readback,
    private readonly shared: SharedBuffers,
    private readonly layout: ConnectivityLayout,
    private readonly shelf: ConnectivityShelf,
    private readonly views: Views,
    private readonly network: Network,
    private readonly updates: Updates,
    /** Multiply-adds of a row on its way forward. */
    private readonly workOfRow: number,
    private readonly progress: Progress,
  ) {
    this.meanLosses = meanLosses(gpu.sumMethod)
    this.inputRows = Math.max(
      1,
      Math.min(MOST_INPUT_ROWS, Math.floor(MOST_INPUT_BYTES / FLOAT / layout.levels.padded[0])),
    )
  }

  setData(rows: BitMatrix): void {
    this.shared.drop(DATA)
    this.data = null
    this.data = { buffer: this.shared.upload(DATA, rows.words), wordsPerRow: rows.wordsPerRow }
  }

  /** @returns the mean NLL of each minibatch before its update, in nats */
  async train(minibatches: readonly Uint32Array[], connectivities: readonly Connectivity[]): Promise<Float64Array> {
    const { data } = this
    if (!data) throw new Error('train was called before setData')
    if (minibatches.length === 0) return new Float64Array()
    const mostRows = minibatches.reduce((most, { length }) => Math.max(most, length), 1)
    const inputRows = Math.max(this.inputRows, mostRows)
    const work = this.shared.workspace({ rows: mostRows, inputRows, losses: inputRows, isTraining: true })
    this.views.settle(connectivities)
    const means = this.shared.buffer('mean-losses', FLOAT * minibatches.length)
    const waiting: Promise<void>[] = []
    const began = performance.now()
    for (let first = 0; first < minibatches.length;) {
      const end = this.endOfSubmission(first, minibatches, connectivities)
      this.record(data, work, first, minibatches.slice(first, end), connectivities.slice(first, end), means)
      await this.recorder.finish()
      first = end
      waiting.push(this.gpu.done())
      if (waiting.length >= MOST_WAITING) await waiting.shift()
    }
    const bytes = await this.readback.read(this.recorder, [{ buffer: means, bytes: FLOAT * minibatches.length }])
    const rows = minibatches.reduce((sum, { length }) => sum + length, 0)
    this.recorder.limit.took(rows * PASSES * this.workOfRow, performance.now() - began)
    return Float64Array.from(new Float32Array(bytes))
  }

  /** As many minibatches as one submission should have, at least one. */
  private endOfSubmission(
    first: number,
    minibatches: readonly Uint32Array[],
    connectivities: readonly Connectivity[],
  ): number {
    const seen = new Set<Connectivity>()
    let rows = 0
    let end = first
    const most = first === 0 ? Math.min(FIRST_MINIBATCHES, minibatches.length) : minibatches.length
    while (end < most) {
      rows += minibatches[end].length
      seen.add(connectivities[end])
      const isFull =
        rows > this.inputRows || seen.size > this.shelf.capacity || rows * PASSES * this.workOfRow > SUBMISSION_WORK
      if (isFull && end > first) break
      end++
    }
    return end
  }

  /** Records minibatches whose losses go to `means` from `first` on. */
  private record(
    data: { readonly buffer: GpuBuffer; readonly wordsPerRow: number },
    work: Workspace,
    first: number,
    minibatches: readonly Uint32Array[],
    connectivities: readonly Connectivity[],
    means: GpuBuffer,
  ): void {
    const places = this.shelf.hold(connectivities)
    const rows = minibatches.reduce((sum, { length }) => sum + length, 0)
    const orders = connectivities.map(
      (connectivity) => this.shelf.find(places, connectivity) + this.layout.level[0].order,
    )
    const picks = this.shared.upload('picks', picksOf(minibatches, orders, rows))
    const [inputs] = this.layout.levels.widths
    const pitch = this.layout.levels.padded[0] / 4
    this.recorder.addStrips(
      EXPAND_PICKED,
      { bits: data.buffer, picks, connectivity: this.shelf.buffer, inputs: work.inputs },
      { pitch, inputs, wordsPerRow: data.wordsPerRow },
      { count: rows, work: moving(3 * 4 * pitch), x: Math.ceil(pitch / 64) },
    )
    let row = 0
    minibatches.forEach(({ length }, i) => {
      this.recordUpdate(connectivities[i], work, length, row)
      row += length
    })
    this.recorder.addStrips(
      this.meanLosses,
      { losses: work.losses, batches: picks, means },
      { firstBatch: rows, firstMean: first },
      { count: minibatches.length, work: moving(minibatches.reduce((most, { length }) => Math.max(most, length), 1)) },
    )
  }

  private recordUpdate(connectivity: Connectivity, work: Workspace, rows: number, firstRow: number): void {
    const { progress } = this
    const seen = this.views.see(connectivity, progress.version)
    this.network.forwardHidden(seen, work, rows, firstRow)
    this.network.forwardOutput(seen, work, rows, firstRow, firstRow, 'deltas', work.deltas[work.hidden.length])
    this.network.backward(seen, work, rows)
    this.updates.update(seen, work, rows, firstRow, progress.updates)
    progress.updates++
    progress.version++
  }
}

/** Per row its number in the data and where its order begins; then per minibatch its first row and its rows. */
function picksOf(minibatches: readonly Uint32Array[], orders: readonly number[], rows: number): Uint32Array {
  const picks = new Uint32Array(2 * (rows + minibatches.length))
  let row = 0
  minibatches.forEach((minibatch, i) => {
    picks.set([row, minibatch.length], 2 * (rows + i))
    for (const number of minibatch) {
      picks[2 * row] = number
      picks[2 * row + 1] = orders[i]
      row++
    }
  })
  return picks
}
