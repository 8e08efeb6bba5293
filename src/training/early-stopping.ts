import { StudioError } from '../base/failure'
import type { Counters, EndReason } from '../runs/counters'

/**
 * The counters after a list of minibatches.
 * @param losses mean NLL of each before its update, nats, `[minibatches]`
 * @throws StudioError 'invalid-settings' where one is not a number any more
 */
export function afterList(
  counters: Counters,
  minibatches: readonly Uint32Array[],
  losses: Float64Array,
  seconds: number,
): Counters {
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
