import { StudioError } from '../base/failure'
import { say } from '../words/say'
import type { SessionState } from '../engine/contract'
import type { Tensors } from '../made/spec'
import type { Best, Counters } from './counters'
import type { RunRecord } from './run-record'

/**
 * The failure of a run whose numbers are no numbers any more.
 * @param what the number
 * @param value NaN or an infinity
 * @param epoch from 1
 */
export function diverged(
  what: 'loss' | 'valid' | 'test' | 'weight',
  value: number,
  epoch: number,
  best: Best | null,
): StudioError {
  const became = Number.isNaN(value) ? 'nothing' : 'infinite'
  return new StudioError(
    'diverged',
    say('run.diverged', { what, became, epoch }),
    best ? say('run.diverged.best-kept', { epoch: best.epoch }) : say('run.diverged.none-kept'),
  )
}

/** The losses before the first that is no number: they belong to the curve of a run that diverged. */
export function finiteBeginning(losses: Float64Array): Float64Array {
  const bad = losses.findIndex((loss) => !Number.isFinite(loss))
  return bad < 0 ? losses : losses.subarray(0, bad)
}

/** @throws StudioError 'diverged' where the state of a model holds a number that is none; it is then not to be kept. */
export function requireFiniteState({ parameters, slots }: SessionState, counters: Counters): void {
  for (const tensors of [parameters, ...slots.values()]) {
    const bad = notFiniteIn(tensors)
    if (bad !== null) throw diverged('weight', bad, epochOf(counters), counters.best)
  }
}

/** @throws StudioError 'diverged' for a run that diverged: from its last checkpoint it would do so again. */
export function refuseDiverged({ status, failure }: RunRecord): void {
  if (status !== 'diverged') return
  throw new StudioError(
    'diverged',
    say('run.diverged.no-more', { failure: failure?.message ?? say('run.diverged.unknown') }),
    say('run.diverged.no-more.hint'),
  )
}

/** The epoch, from 1, that the newest update was made in. */
function epochOf({ epochsDone, minibatch }: Counters): number {
  return minibatch > 0 ? epochsDone + 1 : Math.max(1, epochsDone)
}

/** The first number that is none; null if there is no such. */
function notFiniteIn(tensors: Tensors): number | null {
  for (const data of tensors.values()) {
    // The product is 0 for every number, and NaN for what is none: no branch for each of many millions.
    let sum = 0
    for (let i = 0; i < data.length; i++) sum += data[i] * 0
    if (sum !== 0) return data.find((value) => !Number.isFinite(value)) ?? null
  }
  return null
}
