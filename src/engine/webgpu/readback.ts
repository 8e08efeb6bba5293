import type { GpuBuffer } from './gpu-buffer'
import type { GpuDevice } from './gpu-device'
import type { Recorder } from './recorder'
import { BUFFER_USAGE } from './usage'

/** GPUMapMode.READ, which is a global of a page and not of Node.js. */
const MAP_READ = 1

/** Brings results back: one buffer that grows with what is asked of it. */
export class Readback {
  private staging: GpuBuffer | null = null

  constructor(private readonly gpu: GpuDevice) {}

  /**
   * Submits what was recorded and waits for the beginnings of buffers.
   * @returns their bytes, one after another
   */
  async read(
    recorder: Recorder,
    parts: readonly { readonly buffer: GpuBuffer; readonly bytes: number }[],
  ): Promise<ArrayBuffer> {
    const total = parts.reduce((sum, { bytes }) => sum + bytes, 0)
    const staging = this.stagingFor(total)
    let at = 0
    for (const { buffer, bytes } of parts) {
      recorder.copy(buffer, staging, bytes, at)
      at += bytes
    }
    await recorder.finish()
    try {
      await staging.buffer.mapAsync(MAP_READ, 0, total)
    } catch (error) {
      // Why the device has failed is said by itself, a moment later.
      await new Promise((resolve) => setTimeout(resolve, 50))
      await this.gpu.settled()
      throw error
    }
    const copied = staging.buffer.getMappedRange(0, total).slice(0)
    staging.buffer.unmap()
    await this.gpu.settled()
    return copied
  }

  close(): void {
    this.staging?.buffer.destroy()
  }

  private stagingFor(bytes: number): GpuBuffer {
    if (this.staging && this.staging.bytes >= bytes) return this.staging
    this.staging?.buffer.destroy()
    this.staging = this.gpu.createBuffer('results', bytes, BUFFER_USAGE.readback)
    return this.staging
  }
}
