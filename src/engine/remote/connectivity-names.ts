import type { Connectivity } from '../../made/connectivity'
import { drawNameOf, type DrawName } from '../../made/schedule'
import type { ModelSpec } from '../../made/spec'
import type { Named } from './protocol'

/** So many bytes of connectivities are kept on the other side; a list that is larger is kept whole. */
const MOST_BYTES = 32 * 2 ** 20

/** Numbers for the connectivities of a model, so that each is sent once and named after that. */
export class ConnectivityNames {
  /** The least lately used first. */
  private readonly numbers = new Map<Connectivity, number>()
  /** How many are kept. */
  private readonly most: number
  private next = 0

  constructor({ inputs, hidden }: ModelSpec, mostBytes = MOST_BYTES) {
    const numbers = hidden.reduce((sum, units) => sum + units, inputs)
    this.most = Math.floor(mostBytes / Int32Array.BYTES_PER_ELEMENT / numbers)
  }

  /** Names the connectivities of a call. */
  name(connectivities: readonly Connectivity[]): Named {
    const fresh: [number, Connectivity | DrawName][] = []
    const numbers = Uint32Array.from(connectivities, (connectivity) => {
      let number = this.numbers.get(connectivity)
      if (number === undefined) {
        number = this.next++
        fresh.push([number, drawNameOf(connectivity) ?? connectivity])
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
      if (this.numbers.size <= this.most || needed.has(number)) break
      this.numbers.delete(connectivity)
      forgotten.push(number)
    }
    return forgotten
  }
}
