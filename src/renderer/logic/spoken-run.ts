import { t } from '../words'
import { formatNats } from './format'
import { progressOf, stateWords } from './run-words'
import { runIdIn, type RunState } from '../../shared/run'

/** What was said last of the run that trains, and when, in milliseconds. */
export interface Said {
  readonly runId: string | null
  readonly kind: RunState['kind']
  readonly epoch: number
  readonly at: number
}

/** While a state lasts, nothing is said of it again for so long, in milliseconds. */
export const QUIET_MS = 30_000

export function saidOf(state: RunState, at: number): Said {
  return { runId: runIdIn(state), kind: state.kind, epoch: progressOf(state)?.epoch ?? 0, at }
}

/**
 * Whether a state is to be said aloud: when it is another one, and while training lasts now and then, at another epoch. What is said
 * more often is not listened to.
 * @param last null at the start, when nothing is news but a run under way
 */
export function isToBeSaid(last: Said | null, state: RunState, at: number): boolean {
  const next = saidOf(state, at)
  if (last === null) return state.kind !== 'idle'
  if (next.kind !== last.kind || next.runId !== last.runId) return state.kind !== 'idle'
  return state.kind === 'training' && next.epoch > last.epoch && at - last.at >= QUIET_MS
}

/** What is said aloud of a state. */
export function spokenWords(state: RunState): string {
  const words = stateWords(state)
  if (state.kind === 'finished' && state.result.test)
    return t('train.spoken.finished', { state: words, loss: formatNats(state.result.test.nll) })
  if (state.kind !== 'training') return words
  const { epoch, epochs, best } = state.progress
  if (best === null) return t('train.spoken.epoch', { state: words, epoch, epochs })
  return t('train.spoken.best', { state: words, epoch, epochs, loss: formatNats(best.validNll) })
}
