import type { BitMatrix } from '../../data/bit-matrix'
import type { Connectivity } from '../../made/connectivity'
import type { ModelSpec } from '../../made/spec'
import type { ConnectivityLayout } from './connectivity-record'
import type { ConnectivityShelf } from './connectivity-shelf'
import { moving } from './cut'
import type { GpuBuffer } from './gpu-buffer'
import type { Network } from './network'
import type { Seen } from './network-parts'
import type { Readback } from './readback'
import type { Recorder } from './recorder'
import type { SharedBuffers } from './shared-buffers'
import type { Views } from './views'
import { expandRows } from './wgsl/layout-kernels'
import { largestBuffer, type WorkspaceSize, type Workspace } from './workspace'

const FLOAT = Float32Array.BYTES_PER_ELEMENT
/** Rows that go through the network at once, and the most bytes that one buffer for them takes. */
const MOST_ROWS = 2048
const MOST_BYTES = 64 * 2 ** 20
/** Scores that are kept on the GPU until they are read. */
const MOST_SCORES = 2 ** 22

const EXPAND_ROWS = expandRows()

/** Scores rows: they are uploaded once, whatever the number of connectivities. */
export class Scoring {
  constructor(
    private readonly recorder: Recorder,
    private readonly readback: Readback,
    private readonly shared: SharedBuffers,
    private readonly spec: ModelSpec,
    private readonly layout: ConnectivityLayout,
    private readonly shelf: ConnectivityShelf,
    private readonly views: Views,
    private readonly network: Network,
    /** In place of results that nobody wants. */
    private readonly nothing: GpuBuffer,
  ) {}

  /** log p(x) in nats of each row, per connectivity. */
  async logLikelihood(
    rows: BitMatrix,
    connectivities: readonly Connectivity[],
    version: number,
  ): Promise<Float64Array[]> {
    if (rows.rows === 0) return connectivities.map(() => new Float64Array())
    const bits = this.shared.upload('rows', rows.words)
    const atOnce = Math.max(1, Math.min(this.shelf.capacity, Math.floor(MOST_SCORES / rows.rows)))
    const scored: Float64Array[] = []
    for (let first = 0; first < connectivities.length; first += atOnce)
      for (const some of await this.score(bits, rows, connectivities.slice(first, first + atOnce), version))
        scored.push(some)
    return scored
  }

  /** The logits of each row, `[rows, D]`. */
  async conditionals(rows: BitMatrix, connectivity: Connectivity, version: number): Promise<Float32Array> {
    const { inputs } = this.spec
    const logits = new Float32Array(rows.rows * inputs)
    if (rows.rows === 0) return logits
    const bits = this.shared.upload('rows', rows.words)
    const { work, atOnce } = this.workspaceFor(rows.rows, rows.rows)
    const results = this.shared.buffer('logits', FLOAT * atOnce * inputs)
    const seen = this.views.see(connectivity, version)
    for (let start = 0; start < rows.rows; start += atOnce) {
      const count = Math.min(atOnce, rows.rows - start)
      this.expand(bits, rows.wordsPerRow, start, count, seen, work)
      this.network.forwardHidden(seen, work, count, 0)
      this.network.forwardOutput(seen, work, count, 0, start, 'logits', results)
      const bytes = await this.readback.read(this.recorder, [{ buffer: results, bytes: FLOAT * count * inputs }])
      logits.set(new Float32Array(bytes), start * inputs)
    }
    return logits
  }

  private async score(
    bits: GpuBuffer,
    rows: BitMatrix,
    connectivities: readonly Connectivity[],
    version: number,
  ): Promise<Float64Array[]> {
    const scores = connectivities.length * rows.rows
    const { work, atOnce } = this.workspaceFor(rows.rows, scores)
    this.shelf.hold(connectivities)
    connectivities.forEach((connectivity, i) => {
      const seen = this.views.see(connectivity, version)
      for (let start = 0; start < rows.rows; start += atOnce) {
        const count = Math.min(atOnce, rows.rows - start)
        this.expand(bits, rows.wordsPerRow, start, count, seen, work)
        this.network.forwardHidden(seen, work, count, 0)
        this.network.forwardOutput(seen, work, count, 0, i * rows.rows + start, 'loss', this.nothing)
      }
    })
    const losses = new Float32Array(
      await this.readback.read(this.recorder, [{ buffer: work.losses, bytes: FLOAT * scores }]),
    )
    return connectivities.map((_, i) =>
      Float64Array.from(losses.subarray(i * rows.rows, (i + 1) * rows.rows), (loss) => -loss),
    )
  }

  /** Records the inputs of `count` rows from row `start` on, in the order of a connectivity. */
  private expand(
    bits: GpuBuffer,
    wordsPerRow: number,
    start: number,
    count: number,
    { at }: Seen,
    work: Workspace,
  ): void {
    const pitch = this.layout.levels.padded[0] / 4
    this.recorder.addStrips(
      EXPAND_ROWS,
      { bits, connectivity: this.shelf.buffer, inputs: work.inputs },
      { pitch, inputs: this.spec.inputs, wordsPerRow, firstRow: start, order: at + this.layout.level[0].order },
      { count, work: moving(3 * 4 * pitch), x: Math.ceil(pitch / 64) },
    )
  }

  /** A workspace for so many rows, and how many of them go at once. */
  private workspaceFor(rows: number, losses: number): { readonly work: Workspace; readonly atOnce: number } {
    const size = (most: number): WorkspaceSize => ({ rows: most, inputRows: most, losses, isTraining: false })
    let most = Math.min(MOST_ROWS, rows)
    while (most > 1 && largestBuffer(this.spec, size(most)) > MOST_BYTES) most = Math.ceil(most / 2)
    return { work: this.shared.workspace(size(most)), atOnce: most }
  }
}
