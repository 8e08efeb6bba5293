import { z } from 'zod'
import { StudioError } from '../made/failure'

/** The best validation NLL so far, in nats, and the epoch (from 1) it was reached in. */
export interface Best {
  readonly epoch: number
  readonly validNll: number
}

/** Where a run is, exactly: with the session's state, all that is needed to go on. Part of every checkpoint. */
export interface Counters {
  /** Epochs that are complete: trained, validated, recorded. */
  readonly epochsDone: number
  /** Minibatches done of the epoch after that. */
  readonly minibatch: number
  /** Updates made since the beginning. */
  readonly update: number
  /** Sum over the rows done in this epoch of their NLL before the update, nats. */
  readonly epochLoss: number
  /** Seconds spent on this epoch before this process took over. */
  readonly epochSeconds: number
  readonly best: Best | null
  /** Epochs since the best, for early stopping. */
  readonly epochsSinceBest: number
  /** Why training ended, once it has; what may be left is the test. */
  readonly ended: EndReason | null
}

export type EndReason = 'look-ahead' | 'epochs' | 'stopped'

export const START: Counters = {
  epochsDone: 0,
  minibatch: 0,
  update: 0,
  epochLoss: 0,
  epochSeconds: 0,
  best: null,
  epochsSinceBest: 0,
  ended: null,
}

const count = z.number().int().min(0)

/** The counters as a checkpoint holds them. */
export const countersSchema: z.ZodType<Counters> = z.object({
  epochsDone: count,
  minibatch: count,
  update: count,
  epochLoss: z.number(),
  epochSeconds: z.number().min(0),
  best: z.object({ epoch: count, validNll: z.number() }).nullable(),
  epochsSinceBest: count,
  ended: z.enum(['look-ahead', 'epochs', 'stopped']).nullable(),
})

/**
 * The counters after a list of minibatches.
 * @param losses mean NLL of each before its update, nats, `[minibatches]`
 * @throws StudioError 'invalid-settings' where one is not a number any more
 */
export function afterList(counters: Counters, minibatches: readonly Uint32Array[], losses: Float64Array, seconds: number): Counters {
  const bad = losses.findIndex((loss) => !Number.isFinite(loss))
  if (bad >= 0)
    throw new StudioError(
      'invalid-settings',
      `The loss stopped being a number at update ${counters.update + bad + 1}: training diverged.`,
      'Use a smaller learning rate. The best model so far and the last checkpoint are kept.',
    )
  return {
    ...counters,
    minibatch: counters.minibatch + minibatches.length,
    update: counters.update + minibatches.length,
    epochLoss: minibatches.reduce((sum, rows, i) => sum + rows.length * losses[i], counters.epochLoss),
    epochSeconds: counters.epochSeconds + seconds,
  }
}

/**
 * Closes an epoch with its validation NLL (early stopping: keep the best, count the epochs since).
 * A validation NLL that is not a number is never a new best.
 */
export function closeEpoch(counters: Counters, validNll: number): Counters {
  const epoch = counters.epochsDone + 1
  const isBest = counters.best === null ? Number.isFinite(validNll) : validNll < counters.best.validNll
  return {
    ...counters,
    epochsDone: epoch,
    minibatch: 0,
    epochLoss: 0,
    epochSeconds: 0,
    best: isBest ? { epoch, validNll } : counters.best,
    epochsSinceBest: isBest ? 0 : counters.epochsSinceBest + 1,
  }
}

/** Whether a run is over: no new best for `lookAhead` epochs, or the most epochs reached. */
export function endReason(counters: Counters, epochs: number, lookAhead: number): EndReason | null {
  if (counters.epochsSinceBest >= lookAhead) return 'look-ahead'
  return counters.epochsDone >= epochs ? 'epochs' : null
}

/** The counters of a run that ended, made ready to go on. */
export function reopened(counters: Counters): Counters {
  return counters.ended === null ? counters : { ...counters, ended: null, epochsSinceBest: 0 }
}
