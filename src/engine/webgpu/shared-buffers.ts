import type { ModelSpec } from '../../made/spec'
import { requireBufferSize, type BufferUse, type GpuBuffer } from './gpu-buffer'
import type { GpuDevice } from './gpu-device'
import type { Recorder } from './recorder'
import { BUFFER_USAGE } from './usage'
import { makeWorkspace, type WorkspaceSize, type Workspace } from './workspace'

/** Buffers that calls of one session share. They only grow, so that memory stays flat from call to call. */
export class SharedBuffers {
  private readonly named = new Map<string, GpuBuffer>()
  private work: Workspace | null = null

  constructor(
    private readonly gpu: GpuDevice,
    private readonly recorder: Recorder,
    private readonly spec: ModelSpec,
  ) {}

  /** A workspace at least so large. @throws StudioError 'too-large' */
  workspace(wanted: WorkspaceSize): Workspace {
    const { work } = this
    if (work && holds(work.size, wanted)) return work
    const largest = work ? union(work.size, wanted) : wanted
    this.recorder.submit()
    for (const { buffer } of work?.all ?? []) buffer.destroy()
    this.work = null
    this.recorder.forgetBuffers()
    this.work = makeWorkspace(this.gpu, this.spec, largest)
    return this.work
  }

  /**
   * A buffer of that name with at least so many bytes. What was recorded with a smaller one is submitted.
   * @param use what is said to be too large
   * @throws StudioError 'too-large'
   */
  buffer(name: string, bytes: number, use: BufferUse = { kind: 'model' }): GpuBuffer {
    const known = this.named.get(name)
    if (known && known.bytes >= bytes) return known
    requireBufferSize(this.gpu.mostBytes, use, bytes)
    this.recorder.submit()
    known?.buffer.destroy()
    this.recorder.forgetBuffers()
    const made = this.gpu.createBuffer(name, Math.min(1.5 * bytes, this.gpu.mostBytes), BUFFER_USAGE.storage)
    this.named.set(name, made)
    return made
  }

  /** The same, filled with words that belong to rows. */
  upload(name: string, words: Uint32Array): GpuBuffer {
    const buffer = this.buffer(name, words.byteLength, { kind: 'rows' })
    this.gpu.device.queue.writeBuffer(buffer.buffer, 0, words.buffer, words.byteOffset, words.byteLength)
    return buffer
  }

  /** Gives back the buffer of a name. */
  drop(name: string): void {
    const known = this.named.get(name)
    if (!known) return
    known.buffer.destroy()
    this.named.delete(name)
    this.recorder.forgetBuffers()
  }

  close(): void {
    for (const { buffer } of [...this.named.values(), ...(this.work?.all ?? [])]) buffer.destroy()
  }
}

function holds(size: WorkspaceSize, wanted: WorkspaceSize): boolean {
  const isLarge = size.rows >= wanted.rows && size.inputRows >= wanted.inputRows && size.losses >= wanted.losses
  return isLarge && (size.isTraining || !wanted.isTraining)
}

function union(a: WorkspaceSize, b: WorkspaceSize): WorkspaceSize {
  return {
    rows: Math.max(a.rows, b.rows),
    inputRows: Math.max(a.inputRows, b.inputRows),
    losses: Math.max(a.losses, b.losses),
    isTraining: a.isTraining || b.isTraining,
  }
}
