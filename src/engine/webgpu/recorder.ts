import type { GpuBuffer, GpuDevice } from './gpu-device'
import type { BuffersOf, Kernel, ValuesOf } from './kernel'
import { RECORD_STRIDE } from './record'
import { BUFFER_USAGE } from './usage'

/** Workgroups in x, y and z. */
export type Grid = readonly [x: number, y?: number, z?: number]

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
 * Collects dispatches and submits them together: one buffer of records, one pass, no wait. Kernels whose rows may be
 * more than workgroups take several each.
 */
export class Recorder {
  private readonly dispatches: Dispatch[] = []
  private readonly copies: Copy[] = []
  private readonly bindGroups = new Map<string, GPUBindGroup>()
  private readonly records: GpuBuffer
  private readonly bytes = new ArrayBuffer(MOST_DISPATCHES * RECORD_STRIDE)

  constructor(private readonly gpu: GpuDevice) {
    this.records = gpu.createBuffer('dispatch records', this.bytes.byteLength, BUFFER_USAGE.uniform)
  }

  /** Adds a dispatch of a kernel; a full submission is submitted. Dispatches see what earlier ones wrote. */
  add<K extends Kernel>(kernel: K, buffers: BuffersOf<K>, values: ValuesOf<K>, [x, y = 1, z = 1]: Grid): void {
    if (x === 0 || y === 0 || z === 0) return
    if (this.dispatches.length === MOST_DISPATCHES) this.submit()
    const grid = [Math.min(x, MOST_GROUPS), Math.min(y, MOST_GROUPS), Math.min(z, MOST_GROUPS)] as const
    this.dispatches.push({ kernel, bindGroup: this.bind(kernel, buffers), values, grid })
  }

  /** Copies the beginning of a buffer, after all dispatches of the submission. */
  copy(from: GpuBuffer, to: GpuBuffer, bytes: number, toOffset = 0): void {
    this.copies.push({ from, to, bytes, toOffset })
  }

  /** Submits what was added. @throws StudioError if the device has failed. */
  submit(): void {
    this.gpu.check()
    const { device } = this.gpu
    this.gpu.scoped(() => {
      this.writeRecords()
      const encoder = device.createCommandEncoder()
      const pass = encoder.beginComputePass()
      let kernel: Kernel | null = null
      this.dispatches.forEach((dispatch, i) => {
        if (kernel !== dispatch.kernel) pass.setPipeline(this.gpu.compile(dispatch.kernel).pipeline)
        kernel = dispatch.kernel
        pass.setBindGroup(0, dispatch.bindGroup, [i * RECORD_STRIDE])
        pass.dispatchWorkgroups(...dispatch.grid)
      })
      pass.end()
      for (const { from, to, bytes, toOffset } of this.copies) encoder.copyBufferToBuffer(from.buffer, 0, to.buffer, toOffset, bytes)
      device.queue.submit([encoder.finish()])
    })
    this.dispatches.length = 0
    this.copies.length = 0
  }

  /** Forgets what was added and not submitted. */
  discard(): void {
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
    const made = this.gpu.scoped(() =>
      this.gpu.device.createBindGroup({
        layout: this.gpu.compile(kernel).layout,
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
