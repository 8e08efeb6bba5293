import { DispatchLimit, SUBMISSION_WORK } from './cut'
import type { GpuBuffer } from './gpu-buffer'
import type { GpuDevice } from './gpu-device'
import type { BuffersOf, Kernel, STRIP_FIELDS, ValuesOf } from './kernel'
import { RECORD_STRIDE } from './record'
import { BUFFER_USAGE } from './usage'

/** Workgroups in x, y and z. */
export type Grid = readonly [x: number, y?: number, z?: number]

/** What a kernel that goes strip by strip has to do. */
export interface Strips {
  readonly count: number
  /** Multiply-adds of one, see `moving`. */
  readonly work: number
  /** Workgroups in x and z; strips are those in y. */
  readonly x?: number
  readonly z?: number
}

type StripField = keyof typeof STRIP_FIELDS

interface Dispatch {
  readonly kernel: Kernel
  readonly bindGroup: GPUBindGroup
  readonly values: Readonly<Record<string, number>>
  readonly grid: Grid
}

interface Copy {
  readonly from: GpuBuffer
  readonly to: GpuBuffer
  readonly bytes: number
  readonly toOffset: number
}

/** Workgroups in one dimension that every adapter offers. */
const MOST_GROUPS = 65_535
/** Dispatches of one submission. */
const MOST_DISPATCHES = 1024

/**
 * Collects dispatches and submits them together: one buffer of records, one pass, no wait. None has more work than one may
 * have, unless it cannot be cut further; nor has a submission.
 */
export class Recorder {
  private readonly dispatches: Dispatch[] = []
  private readonly copies: Copy[] = []
  private readonly bindGroups = new Map<string, GPUBindGroup>()
  /** Kernels that were bound lately and may not be compiled. */
  private readonly fresh = new Set<Kernel>()
  private readonly records: GpuBuffer
  private readonly bytes = new ArrayBuffer(MOST_DISPATCHES * RECORD_STRIDE)
  /** Multiply-adds of what was added and not submitted. */
  private waiting = 0

  constructor(
    private readonly gpu: GpuDevice,
    readonly limit = new DispatchLimit(),
  ) {
    this.records = gpu.createBuffer('dispatch-records', this.bytes.byteLength, BUFFER_USAGE.uniform)
  }

  /**
   * Adds a dispatch of a kernel; a full submission is submitted. Dispatches see what earlier ones wrote.
   * @param work multiply-adds of the dispatch, at most `limit.work` where it can be cut
   */
  add<K extends Kernel>(
    kernel: K,
    buffers: BuffersOf<K>,
    values: ValuesOf<K>,
    [x, y = 1, z = 1]: Grid,
    work: number,
  ): void {
    if (x === 0 || y === 0 || z === 0) return
    if (this.dispatches.length === MOST_DISPATCHES || this.waiting + work > SUBMISSION_WORK) this.submit()
    this.waiting += work
    const grid = [Math.min(x, MOST_GROUPS), Math.min(y, MOST_GROUPS), Math.min(z, MOST_GROUPS)] as const
    this.dispatches.push({ kernel, bindGroup: this.bind(kernel, buffers), values, grid })
  }

  /** Adds a kernel that goes strip by strip, cut into as many dispatches as its work asks for. It does not change results. */
  addStrips<K extends Kernel>(
    kernel: K,
    buffers: BuffersOf<K>,
    values: Omit<ValuesOf<K>, StripField>,
    { count, work, x = 1, z = 1 }: Strips,
  ): void {
    const most = Math.max(1, Math.floor(this.limit.work / work))
    for (let firstStrip = 0; firstStrip < count; firstStrip += most) {
      const strips = Math.min(most, count - firstStrip)
      const stretch: Readonly<Record<StripField, number>> = { firstStrip, endStrip: firstStrip + strips }
      this.add<Kernel>(kernel, buffers, { ...values, ...stretch }, [x, strips, z], strips * work)
    }
  }

  /** Copies the beginning of a buffer, after all dispatches of the submission. */
  copy(from: GpuBuffer, to: GpuBuffer, bytes: number, toOffset = 0): void {
    this.copies.push({ from, to, bytes, toOffset })
  }

  /** Compiles what is new, all together, and submits what was added. @throws StudioError if the device has failed. */
  async finish(): Promise<void> {
    if (this.fresh.size > 0) await this.gpu.compile(this.fresh)
    this.submit()
  }

  /** Submits what was added, at once. @throws StudioError if the device has failed. */
  submit(): void {
    this.gpu.check()
    const { device } = this.gpu
    this.gpu.scoped(() => {
      this.writeRecords()
      const encoder = device.createCommandEncoder()
      const pass = encoder.beginComputePass()
      let kernel: Kernel | null = null
      this.dispatches.forEach((dispatch, i) => {
        if (kernel !== dispatch.kernel) pass.setPipeline(this.gpu.pipelineOf(dispatch.kernel))
        kernel = dispatch.kernel
        pass.setBindGroup(0, dispatch.bindGroup, [i * RECORD_STRIDE])
        pass.dispatchWorkgroups(...dispatch.grid)
      })
      pass.end()
      for (const { from, to, bytes, toOffset } of this.copies)
        encoder.copyBufferToBuffer(from.buffer, 0, to.buffer, toOffset, bytes)
      device.queue.submit([encoder.finish()])
    })
    this.discard()
  }

  /** Forgets what was added and not submitted. */
  discard(): void {
    this.waiting = 0
    this.fresh.clear()
    this.dispatches.length = 0
    this.copies.length = 0
  }

  /** Forgets which buffers were seen: to be called when some are destroyed. */
  forgetBuffers(): void {
    this.bindGroups.clear()
  }

  close(): void {
    this.discard()
    this.forgetBuffers()
    this.records.buffer.destroy()
  }

  private bind<K extends Kernel>(kernel: K, buffers: BuffersOf<K>): GPUBindGroup {
    const named: Readonly<Record<string, GpuBuffer>> = buffers
    const inOrder = kernel.names.map((name) => named[name])
    let key = kernel.name
    for (const { id } of inOrder) key += `,${id}`
    const known = this.bindGroups.get(key)
    if (known) return known
    this.fresh.add(kernel)
    const made = this.gpu.scoped(() =>
      this.gpu.device.createBindGroup({
        layout: this.gpu.layoutOf(kernel),
        entries: [
          { binding: 0, resource: { buffer: this.records.buffer, size: kernel.record.bytes } },
          ...inOrder.map(({ buffer }, i) => ({ binding: i + 1, resource: { buffer } })),
        ],
      }),
    )
    this.bindGroups.set(key, made)
    return made
  }

  private writeRecords(): void {
    const length = this.dispatches.length * RECORD_STRIDE
    if (length === 0) return
    const view = new DataView(this.bytes)
    this.dispatches.forEach(({ kernel, values }, i) => kernel.record.write(view, i * RECORD_STRIDE, values))
    this.gpu.device.queue.writeBuffer(this.records.buffer, 0, this.bytes, 0, length)
  }
}
