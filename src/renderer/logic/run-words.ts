import { ENGINES } from '../../made/engines'
import { UNLIMITED } from '../../made/schedule'
import { StudioError, type Failure } from '../../base/failure'
import { BUILT_IN_RUNS } from '../../shared/built-in-runs'
import type { FillingSummary } from '../../shared/contract'
import type { TransferSummary } from '../../shared/runs-folders'
import type { RunConfig } from '../../shared/run-config'
import type { GroupState } from '../../shared/run-group'
import type { RunProgress, RunResult, RunState, RunStatus, RunSummary, TestResult } from '../../shared/run'
import { say, type MessageKey } from '../../words/say'
import { formatNats, formatTimeLeft, formatWhole } from './format'
import { optimizerWords, orderingWords } from './setting-words'
import { columnTitle, t } from '../words'

/** What the engine is doing to a run under way. */
const PHASES = {
  training: 'train.state.training',
  validating: 'train.state.validating',
  testing: 'train.state.testing',
} as const satisfies Record<RunProgress['phase'], MessageKey>

/** The state of the run in a few words, for the status line. */
export function stateWords(state: RunState): string {
  switch (state.kind) {
    case 'idle':
      return t('train.state.idle')
    case 'preparing':
      return t('train.state.preparing', { name: state.name, step: state.step })
    case 'training':
      return t(PHASES[state.progress.phase], { name: state.name })
    case 'paused': {
      const { name, reason, isStopping } = state
      if (reason === null) return t('train.state.paused', { name })
      return t(isStopping ? 'train.state.stop-waits' : 'train.state.held', { name, reason: reason.message })
    }
    case 'stopping':
      return t('train.state.stopping', { name: state.name })
    case 'finished':
      return t('train.state.finished', { name: state.name })
    case 'diverged':
      return t('train.state.diverged', { name: state.name })
    case 'failed':
      return t('train.state.failed', { name: state.name })
  }
}

/** How fast engines were when they were tried, the fastest first; null if none was. */
export function measuredWords(measured: RunSummary['measured']): string | null {
  if (measured === null || measured.length === 0) return null
  const engines = [...measured]
    .sort((a, b) => b.updatesPerSecond - a.updatesPerSecond)
    .map(({ id, updatesPerSecond }) => `${ENGINES[id].name} ${formatWhole(Number(updatesPerSecond.toPrecision(3)))}`)
  return t('list.measured', { engines })
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
    ? t('list.epochs', { epochs: epoch })
    : t('list.epochs-of', { done: epoch, epochs: config.epochs })
}

/** How many runs a group has. */
export function groupWords({ runs }: GroupState): string {
  return t('group.runs', { runs })
}

/** How far a group is: "round 2 of 4 · 3 of 9 done". */
export function groupProgressWords({ rung, rungs, over, of }: GroupState): string {
  const done = t('group.progress', { over, of })
  return rungs === 1 ? done : t('group.progress.round', { rung, rungs, done })
}

/** Why training ended, as a sentence. */
export function reasonWords({ reason, epochs, best }: RunResult): string {
  switch (reason) {
    case 'look-ahead':
      return t('train.ended.look-ahead', { best: best.epoch })
    case 'epochs':
      return t('train.ended.epochs', { epochs, best: best.epoch })
    case 'stopped':
      return t('train.ended.stopped', { epochs, best: best.epoch })
  }
}

const STATUSES = {
  training: 'list.status.training',
  paused: 'list.status.paused',
  waiting: 'list.status.waiting',
  interrupted: 'list.status.interrupted',
  finished: 'list.status.finished',
  diverged: 'list.status.diverged',
  failed: 'list.status.failed',
  damaged: 'list.status.damaged',
  newer: 'list.status.newer',
} as const satisfies Record<RunStatus, MessageKey>

/** The status of a listed run in one word. */
export function statusWord(status: RunStatus): string {
  return t(STATUSES[status])
}

/** The settings of a run in one line, such as "2 layers of 300 · natural order · Adam, step size 0.001". */
export function settingsWords(config: RunConfig): string {
  const parts = [layerWords(config.hidden), orderingWords(config)]
  if (config.masks === UNLIMITED) parts.push(t('list.settings.masks-fresh'))
  else if (config.masks > 1) parts.push(t('list.settings.masks', { masks: config.masks }))
  if (config.directConnections) parts.push(t('list.settings.direct'))
  parts.push(optimizerWords(config))
  if (config.averagedEpochs > 1) parts.push(t('list.settings.averaged', { epochs: config.averagedEpochs }))
  return parts.join(' · ')
}

function layerWords(hidden: readonly number[]): string {
  const [units, ...others] = hidden
  return others.every((other) => other === units)
    ? t('list.settings.layers', { layers: hidden.length, units })
    : t('list.settings.layers-of', { sizes: hidden.map(formatWhole) })
}

/** A test loss as "88.40 ± 0.53". */
export function testWords({ nll, interval95 }: Pick<TestResult, 'nll' | 'interval95'>): string {
  return `${formatNats(nll)} ± ${formatNats(interval95)}`
}

/** What came of filling in missing values: "12 missing values in 10 rows filled in." */
export function filledWords({ filled, rows, left, omitted }: FillingSummary): string {
  const sentences = [t('list.filled', { filled, rows })]
  if (left > 0) sentences.push(t('list.filled.left', { left }))
  if (omitted.length > 0) sentences.push(t('list.filled.omitted', { columns: omitted.map(columnTitle) }))
  return sentences.join(' ')
}

/** Runs that were moved or copied: "12 runs moved." */
export function transferWords({ kind, done }: TransferSummary): string {
  return t(kind === 'move' ? 'list.moved' : 'list.copied', { runs: done })
}

/** Says that some runs stay where they were, and why the first of them does. */
export function leftBehind(left: number, { code, message, hint }: Failure): StudioError {
  return new StudioError(code, say('list.left-behind', { runs: left, why: message }), hint)
}

/** Epoch and time left of a run under way, for the status line; empty if there is nothing to say. */
export function progressWords(state: RunState): string {
  const progress = progressOf(state)
  if (!progress) return ''
  if (state.kind === 'finished') return t('list.epochs', { epochs: state.result.epochs })
  const epoch = t('train.state.epoch', { epoch: progress.epoch, epochs: progress.epochs })
  if (state.kind !== 'training') return epoch
  return progress.secondsLeft === null ? epoch : `${epoch} · ${formatTimeLeft(progress.secondsLeft)}`
}

const BUILT_IN_NAMES = {
  [BUILT_IN_RUNS.digits]: 'run.built-in.digits',
  [BUILT_IN_RUNS.anyOrder]: 'run.built-in.any-order',
  [BUILT_IN_RUNS.mushrooms]: 'run.built-in.mushrooms',
} as const satisfies Readonly<Record<string, MessageKey>>

/** What a run is called that came with the application. */
export function builtInName({ id, name }: Pick<RunSummary, 'id' | 'name'>): string {
  const known = Object.entries(BUILT_IN_NAMES).find(([own]) => own === id)
  return known ? t(known[1]) : name
}
