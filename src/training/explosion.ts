import { meanOf } from '../base/mean'
import type { Failure } from '../base/failure'
import type { ModelledColumns } from '../made/variables'
import { coinLoss } from '../shared/verdict'
import { say } from '../words/say'

/** So many of the newest losses are looked at. */
const WINDOW = 50
/** Large steps may throw the loss up for a moment; so many times what an untrained model loses is no moment's height. */
const EXPLODED = 2
/** Of what is further off it is said that it is beyond that. */
const MOST_TOLD = 1e6

/** Looks out for a loss that has become far worse than that of an untrained model and does not come down. */
export class ExplosionWatch {
  private readonly coins: number
  /** The loss before the first update. */
  private first: number | null = null
  private recent: number[] = []
  private isAccepted = false

  constructor(data: ModelledColumns) {
    this.coins = coinLoss(data)
  }

  /** Takes the mean NLL of minibatches before their updates, in order, nats. */
  note(losses: Float64Array): void {
    if (losses.length === 0) return
    this.first ??= losses[0]
    this.recent = [...this.recent, ...losses].slice(-WINDOW)
  }

  /**
   * What to tell a person where the loss has exploded; null where it has not.
   * @param isEpochOver after an epoch it should have come down; before, it may be on its way
   */
  failure(isEpochOver: boolean): Failure | null {
    if (this.isAccepted || this.first === null || this.recent.length < WINDOW) return null
    const mean = meanOf(this.recent)
    if (mean <= EXPLODED * Math.max(this.coins, this.first)) return null
    const half = WINDOW / 2
    if (!isEpochOver && meanOf(this.recent.slice(half)) < meanOf(this.recent.slice(0, half))) return null
    const times = mean / this.coins
    return {
      code: 'diverged',
      message: times > MOST_TOLD ? say('run.exploded.beyond') : say('run.exploded', { times }),
      hint: say('run.exploded.paused'),
    }
  }

  /** The person goes on all the same, and is not asked again. */
  accept(): void {
    this.isAccepted = true
  }
}
