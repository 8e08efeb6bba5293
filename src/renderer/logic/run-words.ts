import { ENGINES } from '../../made/engines'
import type { Optimizer } from '../../made/optimizer'
import { UNLIMITED } from '../../made/schedule'
import { sentenceOf } from '../../base/advice'
import { StudioError, type Failure } from '../../base/failure'
import type { FillingSummary } from '../../shared/contract'
import type { TransferSummary } from '../../shared/runs-folders'
import type { RunConfig } from '../../shared/run-config'
import type { RunProgress, RunResult, RunState, RunStatus, RunSummary } from '../../shared/run'
import { count, formatNats, formatSetting, formatTimeLeft, formatWhole } from './format'
import { tell } from '../words'

/** The state of the run in a few words, for the status line. */
export function stateWords(state: RunState): string {
  switch (state.kind) {
    case 'idle':
      return 'No run yet'
    case 'preparing':
      return `Preparing “${state.name}”: ${tell(sentenceOf(state.step))}`
    case 'training':
      return `${phaseWords(state.progress.phase)} “${state.name}”`
    case 'paused':
      if (state.reason === null) return `Paused “${state.name}”`
      return `${state.isStopping ? 'Stop waits,' : 'Paused'} “${state.name}”: ${tell(state.reason.message)}`
    case 'stopping':
      return `Stopping “${state.name}”`
    case 'finished':
      return `Finished “${state.name}”`
    case 'diverged':
      return `“${state.name}” diverged`
    case 'failed':
      return `“${state.name}” failed`
  }
}

/** What the engine is doing, as a verb at the start of a sentence. */
export function phaseWords(phase: 'training' | 'validating' | 'testing'): string {
  switch (phase) {
    case 'training':
      return 'Training'
    case 'validating':
      return 'Validating'
    case 'testing':
      return 'Testing'
  }
}

/** How fast engines were when they were tried, the fastest first; null if none was. */
export function measuredWords(measured: RunSummary['measured']): string | null {
  if (measured === null || measured.length === 0) return null
  const words = [...measured]
    .sort((a, b) => b.updatesPerSecond - a.updatesPerSecond)
    .map(({ id, updatesPerSecond }) => `${ENGINES[id].name} ${formatWhole(Number(updatesPerSecond.toPrecision(3)))}`)
  return `${words.join(', ')} updates/s`
}

/** The figures of a state, if it has any. */
export function progressOf(state: RunState): RunProgress | null {
  switch (state.kind) {
    case 'training':
    case 'paused':
    case 'stopping':
    case 'finished':
    case 'diverged':
      return state.progress
    case 'idle':
    case 'preparing':
    case 'failed':
      return null
  }
}

/** Whether there is a model of a run to draw from. */
export function hasModel({ hasBest, hasLatest }: Pick<RunSummary, 'hasBest' | 'hasLatest'>): boolean {
  return hasBest || hasLatest
}

/** A listed run as far as it is now: what is kept of it is a little older. */
export function withProgress(run: RunSummary, { update, minibatches, best }: RunProgress): RunSummary {
  return { ...run, epoch: Math.max(run.epoch, Math.floor(update / minibatches)), best: best ?? run.best }
}

/** How far a listed run is. */
export function epochWords({ epoch, status, config }: Pick<RunSummary, 'epoch' | 'status' | 'config'>): string {
  return status === 'finished' || epoch >= config.epochs
    ? count(epoch, 'epoch')
    : `${formatWhole(epoch)} of ${count(config.epochs, 'epoch')}`
}

/** Why training ended, as a sentence. */
export function reasonWords(result: RunResult): string {
  switch (result.reason) {
    case 'look-ahead':
      return `Training ended by itself: the validation loss had not improved for a while. The best model, of epoch ${result.best.epoch}, is kept.`
    case 'epochs':
      return `All ${count(result.epochs, 'epoch')} are done. The best model, of epoch ${result.best.epoch}, is kept.`
    case 'stopped':
      return `You stopped it after ${count(result.epochs, 'epoch')}. The best model, of epoch ${result.best.epoch}, is kept.`
  }
}

/** The status of a listed run in one word. */
export function statusWord(status: RunStatus): string {
  switch (status) {
    case 'training':
      return 'Training'
    case 'paused':
      return 'Paused'
    case 'interrupted':
      return 'Interrupted'
    case 'finished':
      return 'Finished'
    case 'diverged':
      return 'Diverged'
    case 'failed':
      return 'Failed'
    case 'damaged':
      return 'Damaged'
    case 'newer':
      return 'Newer version'
  }
}

/** The settings of a run in one line, such as "784-[500], 1 ordering, adam 0.001". */
export function settingsWords(config: RunConfig, columns: number): string {
  const parts = [`${columns}-[${config.hidden.join(', ')}]`, listWords(config.orderings, 'ordering')]
  if (config.masks !== 1 && config.masks !== 0) parts.push(listWords(config.masks, 'mask'))
  if (config.directConnections) parts.push('direct')
  parts.push(optimizerWords(config.optimizer))
  return parts.join(', ')
}

/** "1 ordering", "32 orderings", "a fresh ordering every update". */
export function listWords(number: number, one: string): string {
  if (number === UNLIMITED) return `fresh ${one}s`
  return count(Math.max(1, number), one)
}

/** An optimizer with the length of its steps: "adam 0.001". */
function optimizerWords(optimizer: Optimizer): string {
  const size =
    optimizer.kind === 'adadelta' ? `ε ${formatSetting(optimizer.epsilon)}` : formatSetting(optimizer.learningRate)
  return `${optimizer.kind} ${size}`
}

/** Test result as "88.40 ± 0.53". */
export function testWords(summary: Pick<RunSummary, 'test'>): string | null {
  return summary.test ? `${formatNats(summary.test.nll)} ± ${formatNats(summary.test.interval95)}` : null
}

/** What came of filling in missing values: "12 missing values in 10 rows filled in." */
export function filledWords({ filled, rows, left, omitted }: FillingSummary): string {
  const parts = [`${count(filled, 'missing value')} in ${count(rows, 'row')} filled in.`]
  if (left > 0)
    parts.push(
      `${count(left, 'value')} ${left === 1 ? 'stays' : 'stay'} missing, in columns that the model does not see.`,
    )
  if (omitted.length > 0) parts.push(`Not in the file, because text so varied is not kept: ${omitted.join(', ')}.`)
  return parts.join(' ')
}

/** Runs that were moved or copied: "12 runs moved." */
export function transferWords({ kind, done }: TransferSummary): string {
  return `${count(done, 'run')} ${kind === 'move' ? 'moved' : 'copied'}.`
}

/** Says that some runs stay where they were, and why the first of them does. */
export function leftBehind(left: number, { code, message, hint }: Failure): StudioError {
  const stay = left === 1 ? 'stays where it is' : 'stay where they are'
  return new StudioError(code, `${count(left, 'run')} ${stay}. ${message}`, hint)
}

/** Epoch and time left of a run under way, for the status line; empty if there is nothing to say. */
export function progressWords(state: RunState): string {
  const progress = progressOf(state)
  if (!progress) return ''
  if (state.kind === 'finished') return count(state.result.epochs, 'epoch')
  const epoch = `epoch ${progress.epoch} of ${progress.epochs}`
  if (state.kind !== 'training') return epoch
  return progress.secondsLeft === null ? epoch : `${epoch} · ${formatTimeLeft(progress.secondsLeft)}`
}

/**
 * A name that no run has yet: the request itself, or the request with the first free number.
 */
export function freeName(request: string, taken: readonly string[]): string {
  const names = new Set(taken.map((name) => name.trim().toLowerCase()))
  if (!names.has(request.toLowerCase())) return request
  for (let number = 2; ; number++) {
    const name = `${request} ${number}`
    if (!names.has(name.toLowerCase())) return name
  }
}
