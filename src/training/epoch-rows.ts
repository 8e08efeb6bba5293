import type { DataSet } from '../data/data-set'
import type { Session } from '../engine/contract'
import type { Connectivity } from '../made/connectivity'
import type { RunConfig } from '../shared/run-config'
import { incompleteMinibatches, type IncompleteMinibatch } from './incomplete-rows'
import { epochMinibatches } from './minibatches'

/** The training rows of a run and their minibatches, epoch by epoch. */
export class EpochRows {
  private shuffled: { readonly epoch: number; readonly minibatches: Uint32Array[] } | null = null
  private given: number | null = null
  private planned: { readonly epoch: number; readonly minibatches: IncompleteMinibatch[] } | null = null

  constructor(
    private readonly data: DataSet,
    private readonly config: RunConfig,
  ) {}

  /** Hands the training rows over; where they are drawn anew for each epoch, those of this one. The data name them by its number alone. */
  async handOver(session: Session, epoch: number): Promise<void> {
    const { epochRows, splits } = this.data
    if (this.given === epoch || (this.given !== null && !epochRows)) return
    await session.setData(epochRows ? epochRows(epoch) : splits.train)
    this.given = epoch
  }

  /** The minibatches of an epoch, in the order that they come in. */
  minibatches(epoch: number): Uint32Array[] {
    const incomplete = this.incomplete(epoch)
    if (incomplete) return incomplete.map(({ rows }) => rows)
    if (this.shuffled?.epoch !== epoch) {
      const minibatches = epochMinibatches(this.data.splits.train.rows, this.config.batchSize, this.config.seed, epoch)
      this.shuffled = { epoch, minibatches }
    }
    return this.shuffled.minibatches
  }

  /**
   * The connectivity of minibatch number `minibatch` of an epoch, where the schedule has this one for its update: with what its
   * rows know first, where they lack values.
   */
  connectivity(epoch: number, minibatch: number, scheduled: Connectivity): Connectivity {
    const incomplete = this.incomplete(epoch)?.[minibatch]
    if (!incomplete) return scheduled
    const { ordering, observed } = incomplete
    return { ordering, degrees: scheduled.degrees, observed }
  }

  private incomplete(epoch: number): IncompleteMinibatch[] | null {
    const { known, leading = [] } = this.data
    if (!known) return null
    const { batchSize, seed } = this.config
    if (this.planned?.epoch !== epoch)
      this.planned = { epoch, minibatches: incompleteMinibatches(known.train, leading, batchSize, seed, epoch) }
    return this.planned.minibatches
  }
}
