import type { Failure } from '../base/failure'
import type { EngineId } from '../engine/contract'
import type { LabelCoding } from '../data/preparation/coding'
import type { ReferenceLosses } from './references'
import type { ModelledColumns } from '../made/variables'
import type { Sentence } from '../words/say'
import type { RunConfig } from './run-config'
import type { RunInGroup } from './run-group'
import type { RunRemarks } from './run-remarks'

/** How fast an engine made updates of a model when it was tried. */
export interface MeasuredEngine {
  readonly id: EngineId
  readonly device: string
  readonly updatesPerSecond: number
}

/** About how long a run takes on this computer. */
export interface RunEstimate {
  readonly engine: EngineId
  readonly secondsPerEpoch: number
  /** All epochs, if early stopping does not come first. */
  readonly seconds: number
}

/** The figures of a run under way; all times in seconds, all losses in nats. */
export interface RunProgress {
  /** The epoch under way, from 1; equal to `epochs` when the last is over. */
  readonly epoch: number
  readonly epochs: number
  /** Minibatches done in this epoch. */
  readonly minibatch: number
  readonly minibatches: number
  /** Updates made since the beginning of the run. */
  readonly update: number
  readonly examplesPerSecond: number | null
  /** Until the last epoch, if early stopping does not come first. */
  readonly secondsLeft: number | null
  /** What the engine is doing besides updates. */
  readonly phase: 'training' | 'validating' | 'testing'
  /** Share of a validation or a test that is done, 0..1. */
  readonly phaseShare: number
  /** Mean NLL of the newest minibatch. */
  readonly lastLoss: number | null
  readonly best: { readonly epoch: number; readonly validNll: number } | null
}

/** One epoch, as the curve shows it. */
export interface EpochRecord {
  readonly epoch: number
  /** Updates made when it ended. */
  readonly update: number
  /** Mean over its minibatches of the NLL before each update, nats. */
  readonly trainNll: number
  readonly validNll: number
  readonly isBest: boolean
  readonly seconds: number
  /** How well the label is told from the rest of a row; absent where none is learnt. */
  readonly label?: LabelError
}

/** How often a label is told wrongly: the likeliest class is another one than that of the row. */
export interface LabelError {
  /** The share of the rows, 0..1. */
  readonly error: number
  readonly rows: number
}

/** How well the kept model tells the label of test rows from all else, and what it says of them without their label. */
export interface LabelResult extends LabelError {
  /** Mean of −log p(x), the sum over all classes y of p(x, y), nats. */
  readonly nll: number
  /** Half-width of the 95% confidence interval of that mean. */
  readonly interval95: number
  /** How far the chances of the likeliest classes are from how often they are right, 0..1. */
  readonly calibrationError: number
  /** How many rows of each class (row) were taken for each class (column), by row, `[classes · classes]`; null of too many classes. */
  readonly confusion: readonly number[] | null
}

/** The likelihood of the kept model on the test rows. */
export interface TestResult {
  /** Mean NLL of the ensemble, nats. */
  readonly nll: number
  /** Half-width of the 95% confidence interval of the mean. */
  readonly interval95: number
  readonly rows: number
  readonly connectivities: number
  /** Absent where no label is learnt, or where this was cut short. */
  readonly label?: LabelResult
}

export interface RunResult {
  readonly best: { readonly epoch: number; readonly validNll: number }
  readonly epochs: number
  readonly reason: 'look-ahead' | 'epochs' | 'stopped'
  /** Null if the test was cut short. */
  readonly test: TestResult | null
}

/** What became of a listed run; 'waiting': it is in the queue. */
export const RUN_STATUSES = [
  'training',
  'paused',
  'waiting',
  'interrupted',
  'finished',
  'diverged',
  'failed',
  'damaged',
  'newer',
] as const
export type RunStatus = (typeof RUN_STATUSES)[number]

/** A run as the Runs view lists it. */
export interface RunSummary extends ModelledColumns, RunRemarks {
  readonly id: string
  /** The folder of runs that it is kept in, where that is not the one that is used now. */
  readonly elsewhere: string | null
  /** Whether it came with the application, and stays as it is. */
  readonly isBuiltIn: boolean
  readonly name: string
  /** The group that it belongs to; null where it belongs to none. */
  readonly group: RunInGroup | null
  readonly status: RunStatus
  /** Milliseconds since 1970. */
  readonly createdAt: number
  readonly changedAt: number
  readonly config: RunConfig
  readonly engine: EngineId | null
  readonly device: Sentence | null
  /** What the engine was chosen by; null if a person chose it, or there was one only. */
  readonly measured: readonly MeasuredEngine[] | null
  readonly dataName: string
  readonly picture: { readonly width: number; readonly height: number } | null
  /** The label that its model has learnt; null where it has learnt none. */
  readonly label: LabelCoding | null
  /** Epochs completed. */
  readonly epoch: number
  /** Updates of an epoch. */
  readonly minibatches: number
  readonly best: { readonly epoch: number; readonly validNll: number } | null
  readonly test: TestResult | null
  readonly failure: Failure | null
  /** SHA-256 of its rows, in hex. */
  readonly dataHash: string
  /** Rows of its data that were kept out, whose missing values its model can fill in. */
  readonly rowsToFill: number
  /** Losses to compare with, known when the run began; null in runs that kept none. */
  readonly references: ReferenceLosses | null
  /** Length of the stored test-time list, once a model is kept. */
  readonly connectivities: number
  readonly hasBest: boolean
  readonly hasLatest: boolean
}

/** The life of a run that the compute process holds or held; 'idle' is that of none, and says that none is under way any more. */
export type RunState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'preparing'; readonly runId: string; readonly name: string; readonly step: Sentence }
  | { readonly kind: 'training'; readonly runId: string; readonly name: string; readonly progress: RunProgress }
  | {
      readonly kind: 'paused'
      readonly runId: string
      readonly name: string
      readonly progress: RunProgress
      /** Why it is held, where nobody paused it. */
      readonly reason: Failure | null
      /** Whether a stop waits until what holds it is mended. */
      readonly isStopping: boolean
    }
  | { readonly kind: 'stopping'; readonly runId: string; readonly name: string; readonly progress: RunProgress }
  | {
      readonly kind: 'finished'
      readonly runId: string
      readonly name: string
      readonly progress: RunProgress
      readonly result: RunResult
    }
  /** Its numbers became infinite; the best model before is kept, and going on would end the same way. */
  | {
      readonly kind: 'diverged'
      readonly runId: string
      readonly name: string
      readonly progress: RunProgress
      readonly failure: Failure
    }
  | { readonly kind: 'failed'; readonly runId: string | null; readonly name: string; readonly failure: Failure }

/** Whether the compute process holds a run, so that no other can start: it is neither absent nor over. */
export function isUnderWay(state: RunState): boolean {
  switch (state.kind) {
    case 'preparing':
    case 'training':
    case 'paused':
    case 'stopping':
      return true
    case 'idle':
    case 'finished':
    case 'diverged':
    case 'failed':
      return false
  }
}

/** The run that a state speaks of; null where it speaks of none. */
export function runIdIn(state: RunState): string | null {
  return state.kind === 'idle' ? null : state.runId
}

/** What has been told of runs: what each was at last, and the run under way, or else the one that was last. */
export interface RunStates {
  readonly current: RunState
  readonly byId: ReadonlyMap<string, RunState>
}

/** Before anything is told. */
export const NO_STATES: RunStates = { current: { kind: 'idle' }, byId: new Map() }

/** The same once another state is told. One of a run that is over, such as by another name, leaves the run under way what it is. */
export function withState({ current, byId }: RunStates, state: RunState): RunStates {
  const id = runIdIn(state)
  // One at a time is under way.
  const endsOthers = state.kind === 'idle' || isUnderWay(state)
  const others = [...byId].filter(([other, told]) => other !== id && !(isUnderWay(told) && endsOthers))
  const goesOn = isUnderWay(current) && id !== null && id !== runIdIn(current) && !isUnderWay(state)
  return {
    current: goesOn ? current : state,
    byId: new Map(id === null ? others : [...others, [id, state]]),
  }
}

/** What is told of a run; 'idle' where nothing is. Null: of the run under way, or else the one that was last. */
export function stateOf({ current, byId }: RunStates, runId: string | null): RunState {
  return runId === null ? current : (byId.get(runId) ?? { kind: 'idle' })
}

/** What the window hears of a run without asking. */
export type RunEvent =
  | { readonly type: 'state'; readonly state: RunState }
  /** Mean NLL of minibatches `firstUpdate`, `firstUpdate` + 1, … */
  | { readonly type: 'losses'; readonly runId: string; readonly firstUpdate: number; readonly losses: Float64Array }
  | { readonly type: 'epoch'; readonly runId: string; readonly record: EpochRecord }
  /** A checkpoint is on the disk, and the best model that it knows of: the newest models can be read. */
  | { readonly type: 'saved'; readonly runId: string }
  /** The sheet of samples of that epoch can be read. */
  | { readonly type: 'samples'; readonly runId: string; readonly epoch: number }
  | { readonly type: 'warning'; readonly runId: string; readonly failure: Failure }

/** The validation loss of a run epoch by epoch, as small as it can be: there may be very many. Each is `[epochs]`. */
export interface RunCurve {
  readonly epoch: Float64Array
  /** Updates made when it ended. */
  readonly update: Float64Array
  /** Seconds of training until it ended. */
  readonly seconds: Float64Array
  /** Nats. */
  readonly validNll: Float64Array
  /** Epochs of which a sheet of samples is kept, ascending. */
  readonly sampleEpochs: readonly number[]
}

/** The curves of a run so far. */
export interface RunHistory {
  /** Training loss, thinned to at most 2,000 points; `update` is that of the last minibatch of each mean. */
  readonly losses: readonly { readonly update: number; readonly loss: number }[]
  readonly epochs: readonly EpochRecord[]
  /** Epochs of which a sheet of samples is kept, ascending. */
  readonly sampleEpochs: readonly number[]
  readonly minibatchesPerEpoch: number
}
