import { diverged } from '../runs/divergence'
import type { Best, Counters, EndReason } from '../runs/counters'

/**
 * The counters after a list of minibatches.
 * @param losses mean NLL of each before its update, nats, `[minibatches]`
 * @throws StudioError 'diverged' where one of them, or their sum, is no number any more
 */
export function afterList(
  counters: Counters,
  minibatches: readonly Uint32Array[],
  losses: Float64Array,
  seconds: number,
): Counters {
  const epochLoss = minibatches.reduce((sum, rows, i) => sum + rows.length * losses[i], counters.epochLoss)
  if (!Number.isFinite(epochLoss))
    throw diverged(
      'loss',
      losses.find((loss) => !Number.isFinite(loss)) ?? epochLoss,
      counters.epochsDone + 1,
      counters.best,
    )
  return {
    ...counters,
    minibatch: counters.minibatch + minibatches.length,
    update: counters.update + minibatches.length,
    epochLoss,
    epochSeconds: counters.epochSeconds + seconds,
  }
}

/** The counters after a validation: there is a best model. */
export type ClosedEpoch = Counters & { readonly best: Best }

/**
 * Closes an epoch with its validation NLL (early stopping: keep the best, count the epochs since).
 * @throws StudioError 'diverged' where that is no number any more: it is never a new best
 */
export function closeEpoch(counters: Counters, validNll: number): ClosedEpoch {
  const epoch = counters.epochsDone + 1
  if (!Number.isFinite(validNll)) throw diverged('valid', validNll, epoch, counters.best)
  const best = counters.best === null || validNll < counters.best.validNll ? { epoch, validNll } : counters.best
  return {
    ...counters,
    epochsDone: epoch,
    minibatch: 0,
    epochLoss: 0,
    epochSeconds: 0,
    best,
    epochsSinceBest: best === counters.best ? counters.epochsSinceBest + 1 : 0,
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
