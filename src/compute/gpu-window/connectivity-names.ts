import type { Connectivity } from '../../made/connectivity'
import type { Named } from './protocol'

/** So many bytes of connectivities are kept in the window; a list that is larger is kept whole. */
const MOST_BYTES = 32 * 2 ** 20

/** Numbers for connectivities, so that each is sent once and named after that. */
export class ConnectivityNames {
  /** The least lately used first. */
  private readonly numbers = new Map<Connectivity, number>()
  private bytes = 0
  private next = 0

  constructor(private readonly mostBytes = MOST_BYTES) {}

  /** Names the connectivities of a call. */
  name(connectivities: readonly Connectivity[]): Named {
    const fresh: [number, Connectivity][] = []
    const numbers = Uint32Array.from(connectivities, (connectivity) => {
      let number = this.numbers.get(connectivity)
      if (number === undefined) {
        number = this.next++
        this.bytes += bytesOf(connectivity)
        fresh.push([number, connectivity])
      }
      this.numbers.delete(connectivity)
      this.numbers.set(connectivity, number)
      return number
    })
    return { forgotten: this.forget(new Set(numbers)), fresh, numbers }
  }

  private forget(needed: ReadonlySet<number>): number[] {
    const forgotten: number[] = []
    for (const [connectivity, number] of this.numbers) {
      if (this.bytes <= this.mostBytes || needed.has(number)) break
      this.numbers.delete(connectivity)
      this.bytes -= bytesOf(connectivity)
      forgotten.push(number)
    }
    return forgotten
  }
}

function bytesOf({ ordering, degrees }: Connectivity): number {
  return degrees.reduce((sum, layer) => sum + layer.byteLength, ordering.byteLength)
}
