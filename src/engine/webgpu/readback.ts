import type { GpuBuffer } from './gpu-buffer'
import type { GpuDevice } from './gpu-device'
import type { Recorder } from './recorder'
import { BUFFER_USAGE } from './usage'

/** GPUMapMode.READ, which is a global of a page and not of Node.js. */
const MAP_READ = 1

/** Brings results back: one buffer that grows with what is asked of it. */
export class Readback {
  private room: GpuBuffer | null = null

  constructor(private readonly gpu: GpuDevice) {}

  /**
   * Submits what was recorded and waits for the beginnings of buffers.
   * @returns their bytes, one after another
   */
  async read(recorder: Recorder, parts: readonly { readonly buffer: GpuBuffer; readonly bytes: number }[]): Promise<ArrayBuffer> {
    const total = parts.reduce((sum, { bytes }) => sum + bytes, 0)
    const room = this.roomFor(total)
    let at = 0
    for (const { buffer, bytes } of parts) {
      recorder.copy(buffer, room, bytes, at)
      at += bytes
    }
    await recorder.finish()
    try {
      await room.buffer.mapAsync(MAP_READ, 0, total)
    } catch (error) {
      // Why the device has failed is said by itself, a moment later.
      await new Promise((resolve) => setTimeout(resolve, 50))
      await this.gpu.settled()
      throw error
    }
    const copied = room.buffer.getMappedRange(0, total).slice(0)
    room.buffer.unmap()
    await this.gpu.settled()
    return copied
  }

  close(): void {
    this.room?.buffer.destroy()
  }

  private roomFor(bytes: number): GpuBuffer {
    if (this.room && this.room.bytes >= bytes) return this.room
    this.room?.buffer.destroy()
    this.room = this.gpu.createBuffer('results', bytes, BUFFER_USAGE.readback)
    return this.room
  }
}
