import type { DataSet } from '../data/data-set'
import type { Session } from '../engine/contract'
import type { RunConfig } from '../shared/run-config'
import { epochMinibatches } from './minibatches'

/** The training rows of a run and their minibatches, epoch by epoch. */
export class EpochRows {
  private shuffled: { readonly epoch: number; readonly minibatches: Uint32Array[] } | null = null
  private given: number | null = null

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
    if (this.shuffled?.epoch !== epoch) {
      const minibatches = epochMinibatches(this.data.splits.train.rows, this.config.batchSize, this.config.seed, epoch)
      this.shuffled = { epoch, minibatches }
    }
    return this.shuffled.minibatches
  }
}
