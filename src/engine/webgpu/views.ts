import type { Connectivity } from '../../made/connectivity'
import type { ConnectivityShelf } from './connectivity-shelf'
import type { GpuBuffer } from './gpu-buffer'
import type { GpuDevice } from './gpu-device'
import type { Network } from './network'
import type { Seen } from './network-parts'
import { BUFFER_USAGE } from './usage'
import type { WeightStore } from './weight-store'

/**
 * Shows the network under one connectivity after another: the store itself where it is settled for it, else a copy of
 * its weights in the order of that connectivity. So every sum is made in the same order however the store lies, and
 * results are the same bit for bit.
 */
export class Views {
  private copy: { readonly weights: readonly GpuBuffer[]; shown: Connectivity | null; version: number } | null = null
  private constants: { readonly connectivity: Connectivity; readonly version: number } | null = null

  constructor(
    private readonly gpu: GpuDevice,
    private readonly store: WeightStore,
    private readonly shelf: ConnectivityShelf,
    private readonly network: Network,
  ) {}

  /** Lays the weights out for a connectivity if all updates of a list are under it. */
  settle(connectivities: readonly Connectivity[]): void {
    const [first] = connectivities
    if (this.isSettled(first) || connectivities.some((connectivity) => connectivity !== first)) return
    if (this.store.settled && connectivities.length < 2) return
    this.shelf.clear()
    this.store.settle(first)
  }

  /**
   * The network under a connectivity. What it takes is recorded.
   * @param version changes with the parameters
   */
  see(connectivity: Connectivity, version: number): Seen {
    const at = this.shelf.find(this.shelf.hold([connectivity]), connectivity)
    if (this.constants?.connectivity !== connectivity || this.constants.version !== version) {
      this.network.prepareConstants({ at })
      this.constants = { connectivity, version }
    }
    const { layers } = this.store
    if (this.isSettled(connectivity)) return { at, weights: layers.map(({ weight }) => weight.values), isSettled: true }
    this.copy ??= {
      weights: layers.map(({ weight, layer }) =>
        this.gpu.createBuffer(`${layer.prefix}.sorted-weights`, weight.values.bytes, BUFFER_USAGE.storage),
      ),
      shown: null,
      version,
    }
    const { copy } = this
    if (copy.shown !== connectivity || copy.version !== version) {
      this.network.sortWeights(at, copy.weights)
      copy.shown = connectivity
      copy.version = version
    }
    return { at, weights: copy.weights, isSettled: false }
  }

  close(): void {
    for (const { buffer } of this.copy?.weights ?? []) buffer.destroy()
  }

  /** A list that was drawn again has the same numbers in other objects. */
  private isSettled(connectivity: Connectivity): boolean {
    const { settled } = this.store
    return settled !== null && (settled === connectivity || isSame(settled, connectivity))
  }
}

function isSame(a: Connectivity, b: Connectivity): boolean {
  const areEqual = (left: Int32Array, right: Int32Array): boolean =>
    left === right || left.every((value, i) => value === right[i])
  // How much of the rows is known does not matter for the weights.
  return areEqual(a.ordering, b.ordering) && a.degrees.every((degrees, l) => areEqual(degrees, b.degrees[l]))
}
