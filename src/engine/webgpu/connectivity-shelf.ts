import type { Connectivity } from '../../made/connectivity'
import type { ConnectivityLayout } from './connectivity-record'
import type { GpuBuffer } from './gpu-buffer'
import type { GpuDevice } from './gpu-device'
import type { Recorder } from './recorder'
import { BUFFER_USAGE } from './usage'

const BYTES = 16 * 2 ** 20
const MOST_RECORDS = 128
const WORD = Int32Array.BYTES_PER_ELEMENT

/** Connectivities in GPU memory, kept from call to call as long as there is room. */
export class ConnectivityShelf {
  readonly buffer: GpuBuffer
  /** How many there is room for. */
  readonly capacity: number
  private readonly places = new Map<Connectivity, number>()

  constructor(
    private readonly gpu: GpuDevice,
    private readonly recorder: Recorder,
    private readonly layout: ConnectivityLayout,
    private readonly storeOrder: () => readonly Int32Array[] | null,
  ) {
    this.capacity = Math.max(1, Math.min(MOST_RECORDS, Math.floor(BYTES / WORD / layout.length)))
    this.buffer = gpu.createBuffer('connectivities', WORD * layout.length * this.capacity, BUFFER_USAGE.storage)
  }

  /** Makes sure that all of some connectivities, at most `capacity` different ones, are there. @returns where each begins */
  hold(connectivities: Iterable<Connectivity>): ReadonlyMap<Connectivity, number> {
    const wanted = new Set(connectivities)
    let lacking = [...wanted].filter((connectivity) => !this.places.has(connectivity))
    if (this.places.size + lacking.length > this.capacity) {
      this.clear()
      lacking = [...wanted]
    }
    for (const connectivity of lacking) {
      const at = this.places.size * this.layout.length
      this.gpu.device.queue.writeBuffer(
        this.buffer.buffer,
        WORD * at,
        new Int32Array(this.layout.pack(connectivity, this.storeOrder())),
      )
      this.places.set(connectivity, at)
    }
    return this.places
  }

  /** Where a connectivity begins that is held. */
  find(places: ReadonlyMap<Connectivity, number>, connectivity: Connectivity): number {
    const at = places.get(connectivity)
    if (at === undefined) throw new Error('a connectivity is not in GPU memory')
    return at
  }

  /** Takes all off, after what was recorded with them has been submitted. */
  clear(): void {
    this.recorder.submit()
    this.places.clear()
  }

  close(): void {
    this.buffer.buffer.destroy()
  }
}
