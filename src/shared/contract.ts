import { z } from 'zod'
import type { Failure, Reply } from '../base/failure'
import type { AddOnState } from './add-on'
import { ASK_CHANNELS } from './ask-channels'
import { channel } from './channel'
import { COMPARE_CHANNELS, type ComparingProgress } from './comparing'
import type { ComputeState } from './compute-state'
import { MIXTURE_LIMITS } from '../data/mixture'
import type { MixtureProgress, MixtureResult } from '../data/mixture-fit'
import type { BitName } from '../data/preparation/coding'
import { SPLITS, type Split } from '../data/split'
import type { DeviceInfo, EngineId } from '../engine/contract'
import type { ModelledColumns } from '../made/variables'
import { dataSourceSchema, type DataSource, type EncodingPreview } from './data-source'
import { engineChoiceSchema, longerSchema, runConfigSchema, runNameSchema } from './run-config'
import { seedSchema } from './setting-limits'
import type { ReferenceLosses } from './references'
import type { AskedProgress } from './questions'
import { REPORT_CHANNELS } from './reporting'
import { VERIFY_CHANNELS, type VerifyingProgress } from './verification'
import { FILLING_WAYS, MOST_TIMES } from './filling'
import { runIdSchema } from './run-id'
import { runRemarksSchema } from './run-remarks'
import type { FormerFolder, TransferProgress, TransferSummary } from './runs-folders'
import type { TableSummary } from './table-summary'
import type { CellPage, ColumnHistogram, TableColumn } from './table-view'
import { sessionSchema, type Session } from './session'
import type { QueueState } from './run-queue'
import { groupRequestSchema, namedGroupSchema, type GroupEnd, type GroupForeseen, type GroupResult } from './run-group'
import type { RunCurve, RunEstimate, RunEvent, RunHistory, RunState, RunSummary } from './run'
import {
  animationSchema,
  sampleSourceSchema,
  type DrawnPage,
  type Foreseen,
  type SampleBirth,
  type SamplePage,
} from './samples'
import { LANGUAGE_CHOICES, type Language } from '../words/languages'
import type { Sentence } from '../words/say'
import { MENU_ABILITIES, type MenuCommand } from './menu'

/**
 * The one contract between the window and the rest. Every request is a channel with a schema for its parameters and a
 * type for its result; main validates each request, answers the channels marked 'main' itself and passes the others to
 * the compute process.
 */

export { MIXTURE_LIMITS, SPLITS, type MixtureProgress, type MixtureResult, type Split }
export const splitSchema = z.enum(SPLITS)

export interface SplitSummary {
  readonly rows: number
  readonly shareOfOnes: number
}

/** The classes of the rows, kept for looking only. */
export interface LabelSummary {
  readonly name: string
  readonly words: readonly string[]
  /** Rows of each class, `[words]`. */
  readonly counts: Readonly<Record<Split, Uint32Array>>
}

/** An opened data set, in figures. */
export interface DataSummary extends ModelledColumns {
  readonly source: DataSource
  readonly name: string
  readonly picture: { readonly width: number; readonly height: number } | null
  readonly labels: LabelSummary | null
  /** Whether the rows come from grey pictures, which can be shown as they were. */
  readonly hasGrey: boolean
  readonly splits: Readonly<Record<Split, SplitSummary>>
  /** Mean of each column over the training rows, `[D]`. */
  readonly columnMeans: Float32Array
  readonly references: ReferenceLosses
  /** What the files held; null for data that are not from a file. */
  readonly table: TableSummary | null
  /** The columns of the table that the rows are shown as; null where they are shown as pictures or bits. */
  readonly shownColumns: readonly TableColumn[] | null
  /** How often each grey from 0 to 255 occurs in the training rows; null without greys. */
  readonly greyHistogram: Uint32Array | null
  /** What a one says in each column, `[D]`; empty where columns have no names. */
  readonly columnNames: readonly BitName[]
  /** Columns that are the same in all training rows. */
  readonly constantColumns: number
  /** Training rows that are equal to an earlier one. */
  readonly repeatedRows: number
  /** Validation and test rows that are also among the training rows. */
  readonly sharedRows: Readonly<Record<'valid' | 'test', number>>
  /** Why no model can see the rows, which have too few bits; null where they have enough. */
  readonly tooFew: Failure | null
  /** What was noticed in reading and preparing, as it is said in the window. */
  readonly notes: readonly Sentence[]
  /** SHA-256 of the binary rows, in hex. */
  readonly hash: string
}

/** A stretch of rows to look at; values are 0..255 (binary rows: 0 or 255). */
export interface RowPage {
  readonly start: number
  readonly columns: number
  readonly values: Uint8Array
  /** The number of each row within its part. */
  readonly rows: Uint32Array
  /** The number of each row's class among the words of the labels; a row of none has 65,535. */
  readonly labels: Uint16Array | null
}

/** What the window hears of the data without asking. */
export type DataEvent =
  /** So much of a file is read, 0..1. */
  | { readonly type: 'opening'; readonly share: number }
  | { readonly type: 'fitting'; readonly progress: MixtureProgress }

export interface EngineReport {
  readonly id: EngineId
  readonly available: boolean
  readonly device: DeviceInfo | null
  /** If it is not available: why, and what can be done. */
  readonly reason: Failure | null
  /** If it is available: what is worth knowing about it, such as why it does not use a graphics card. */
  readonly note: Sentence | null
  /** Whether the automatic choice takes it, or measures it where there are several. */
  readonly mayBeFastest: boolean
}

export const settingsSchema = z.object({
  language: z.enum(LANGUAGE_CHOICES),
  theme: z.enum(['system', 'light', 'dark']),
  engine: engineChoiceSchema,
  /** Whether the computer is kept from going to sleep while a run trains. */
  staysAwake: z.boolean(),
  /** Where runs are kept. */
  runsFolder: z.string().min(1).max(4096),
})
export type Settings = z.infer<typeof settingsSchema>
/** What a page may set by itself; a folder is chosen by the person, in a dialog of the system. */
const settableSchema = settingsSchema.omit({ runsFolder: true }).strict()

/** The folder of runs as it was chosen. */
export interface ChosenRunsFolder {
  readonly settings: Settings
  /** What came of moving or copying the runs of the one before; null where they were left. */
  readonly transfer: TransferSummary | null
}

export interface AppInfo {
  readonly version: string
  readonly electronVersion: string
  readonly platform: string
  /** What was wrong with the file of settings at the start; null if all was well. */
  readonly settingsFailure: Failure | null
}

/** Filling in missing values, under way. */
export interface FillingProgress {
  readonly runId: string
  readonly step: 'reading' | 'drawing'
  /** How much of the step is done, 0..1. */
  readonly share: number
}

/** What was filled in for a column. */
export interface FilledColumn {
  readonly name: string
  readonly filled: number
  /** The commonest values, and the chance that the model gave them on the average, 0..1. */
  readonly values: readonly { readonly value: string; readonly count: number; readonly chance: number }[]
  /** How many other values there are. */
  readonly others: number
}

/** What came of filling in missing values. */
export interface FillingSummary {
  /** Values that were missing and now are there, and the rows that they are in. */
  readonly filled: number
  readonly rows: number
  /** Values missing still, in columns that the model does not see. */
  readonly left: number
  /** What was filled in, column by column. */
  readonly columns: readonly FilledColumn[]
  /** Columns of text too varied to be kept: they are not in the file. */
  readonly omitted: readonly string[]
  /** What a person may not expect of the data; absent where there is nothing. */
  readonly notes?: readonly Sentence[]
}

/** What a file or folder was that a person opened. */
export type Taken = { readonly kind: 'data' } | { readonly kind: 'run'; readonly runId: string }

/** A run found unfinished when the application started: training was going on when it was closed. */
export interface ResumeOffer {
  readonly runId: string
  readonly name: string
}

const nothing = z.undefined()
const oneRun = z.object({ runId: runIdSchema })
const placeInQueue = z.object({ runId: runIdSchema, place: z.number().int().min(0).max(100_000) })

/** Every channel. */
export const CHANNELS = {
  'data.open': channel('compute', z.object({ source: dataSourceSchema })).returns<DataSummary>(),
  'data.current': channel('compute', nothing).returns<DataSummary | null>(),
  'data.rows': channel(
    'compute',
    z.object({
      split: splitSchema,
      start: z.number().int().min(0),
      count: z.number().int().min(1).max(1000),
      view: z.enum(['grey', 'binary']),
      /** Only rows of this class, counted among themselves; null for all. */
      label: z.number().int().min(0).max(0xffff).nullable(),
    }),
  ).returns<RowPage>(),
  /** What rows hold as they are in their file, of data that are shown as a table (`DataSummary.shownColumns`). */
  'data.cells': channel(
    'compute',
    z.object({
      split: splitSchema,
      start: z.number().int().min(0),
      count: z.number().int().min(1).max(1000),
      firstColumn: z.number().int().min(0),
      columns: z.number().int().min(1).max(1000),
      label: z.number().int().min(0).max(0xffff).nullable(),
    }),
  ).returns<CellPage>(),
  /** How often the values of those columns occur in the rows of a part, or of one class of them. */
  'data.histograms': channel(
    'compute',
    z.object({
      split: splitSchema,
      firstColumn: z.number().int().min(0),
      columns: z.number().int().min(1).max(1000),
      label: z.number().int().min(0).max(0xffff).nullable(),
    }),
  ).returns<readonly ColumnHistogram[]>(),
  /** The encodings that the open file of text can be read in, the likeliest first; none where all give the same. */
  'data.encodings': channel('compute', nothing).returns<readonly EncodingPreview[]>(),
  /** Gives up the opening that is under way; what was open before stays. */
  'data.cancelOpening': channel('compute', nothing).returns<void>(),
  /** Fits a mixture of Bernoullis to the open data, which takes seconds to minutes. */
  'data.fitMixture': channel(
    'compute',
    z.object({
      components: z.number().int().min(MIXTURE_LIMITS.components.least).max(MIXTURE_LIMITS.components.most),
      seed: seedSchema,
    }),
  ).returns<MixtureResult>(),
  'data.cancelFit': channel('compute', nothing).returns<void>(),
  /** Asks for a data file or a folder with the system's dialog. */
  'data.choose': channel('main', z.object({ what: z.enum(['file', 'folder']) })).returns<{ path: string } | null>(),

  /** Starts a run on the open data (`config.data` must be what is open). */
  'run.start': channel('compute', z.object({ name: runNameSchema, config: runConfigSchema })).returns<{
    runId: string
  }>(),
  /**
   * Goes on with a run that was paused, interrupted or finished; `epochs` replaces its most epochs, `engine` its engine, `dataPath`
   * the place of its file: 'data-missing' says that it is needed.
   */
  'run.continue': channel(
    'compute',
    z.object({
      runId: runIdSchema,
      epochs: z.number().int().min(1).max(100_000).optional(),
      engine: engineChoiceSchema.optional(),
      dataPath: z.string().min(1).max(4096).optional(),
    }),
  ).returns<{ runId: string }>(),
  /** About how long a run on the open data would take here, measured now; 'busy' while one is under way. */
  'run.estimate': channel('compute', z.object({ config: runConfigSchema })).returns<RunEstimate>(),
  /** The bytes of memory that training may fill. */
  'run.memory': channel('compute', nothing).returns<number>(),
  /** Pauses that run; 'not-found' says that it is not under way, as all of these do. */
  'run.pause': channel('compute', oneRun).returns<void>(),
  'run.resume': channel('compute', oneRun).returns<void>(),
  /** Ends the run after the minibatch under way; the best model is evaluated on the test rows and kept. */
  'run.stop': channel('compute', oneRun).returns<void>(),
  /** Lets go of a run that is paused or held, at its last checkpoint: it can go on later, and another can begin. */
  'run.leave': channel('compute', oneRun).returns<void>(),
  /** What that run is at; 'idle' where nothing is known of it. Null: the run under way, or else the one that was last. */
  'run.state': channel('compute', z.object({ runId: runIdSchema.nullable() })).returns<RunState>(),
  /** What is in the queue of runs. */
  'queue.state': channel('compute', nothing).returns<QueueState>(),
  /** Goes on with the queue as it was left when the application ended; asked once the window shows what it is to show. */
  'queue.begin': channel('compute', nothing).returns<QueueState>(),
  /**
   * Makes a run on the open data that is trained when those before it are over; at once where none is under way. 'disk-full' says
   * that there is no room for all that wait.
   */
  'queue.add': channel('compute', z.object({ name: runNameSchema, config: runConfigSchema })).returns<{
    runId: string
  }>(),
  /**
   * Lays a run at the end of the queue that is to go on for more epochs, or on another engine; 'busy' says that it is under way,
   * 'invalid-settings' that it has no epoch left.
   */
  'queue.longer': channel('compute', z.object({ runId: runIdSchema, ...longerSchema.shape })).returns<QueueState>(),
  /** Moves a run to another place among those that wait, from 0. */
  'queue.move': channel('compute', placeInQueue).returns<QueueState>(),
  /** Takes a run that waits out of the queue; it stays among the runs. */
  'queue.remove': channel('compute', oneRun).returns<QueueState>(),
  /** Puts a run that was taken out back. */
  'queue.restore': channel('compute', placeInQueue).returns<QueueState>(),
  /** Pauses the run under way, and lets none begin. */
  'queue.pause': channel('compute', nothing).returns<QueueState>(),
  'queue.goOn': channel('compute', nothing).returns<QueueState>(),
  /**
   * What a group of runs on the open data would take; 'too-large', 'invalid-settings' or 'disk-full' say why it cannot be trained,
   * before anything of it begins.
   */
  'group.foresee': channel('compute', groupRequestSchema).returns<GroupForeseen>(),
  /** Puts a group of runs at the end of the queue, as one; refused as 'group.foresee'. */
  'group.add': channel('compute', namedGroupSchema).returns<{ groupId: string }>(),
  /** What came of a group so far. */
  'group.result': channel('compute', z.object({ groupId: runIdSchema })).returns<GroupResult>(),
  'run.history': channel('compute', oneRun).returns<RunHistory>(),
  /** What of that is compared with other runs. */
  'run.curve': channel('compute', oneRun).returns<RunCurve>(),
  'run.epochSamples': channel(
    'compute',
    z.object({ runId: runIdSchema, epoch: z.number().int().min(1) }),
  ).returns<SamplePage>(),

  /** The runs of the folder of runs, and the run under way or shown last, wherever that is kept. */
  'runs.list': channel('compute', nothing).returns<RunSummary[]>(),
  /** One of them, as it is now. */
  'runs.summary': channel('compute', oneRun).returns<RunSummary>(),
  'runs.rename': channel('compute', z.object({ runId: runIdSchema, name: runNameSchema })).returns<RunSummary>(),
  /** Stars a run, or keeps a note on it; what is absent stays as it is. */
  'runs.remark': channel(
    'compute',
    z.object({
      runId: runIdSchema,
      isStarred: runRemarksSchema.shape.isStarred.exactOptional(),
      note: runRemarksSchema.shape.note.exactOptional(),
    }),
  ).returns<RunSummary>(),
  /** Moves the run to the bin of MADE Studio, from which it can be restored by the id that it has there. */
  'runs.delete': channel('compute', oneRun).returns<{ binId: string }>(),
  'runs.bin': channel('compute', nothing).returns<RunSummary[]>(),
  /** Moves a run out of the bin, where it may have to take another id. */
  'runs.restore': channel('compute', z.object({ binId: runIdSchema })).returns<RunSummary>(),
  /** Moves what is in the bin of MADE Studio to the bin of the system. */
  'runs.emptyBin': channel('main', nothing).returns<void>(),
  /**
   * Asks for a place with the system's dialog and writes the data of the run there, their gaps filled in; null if cancelled. What is
   * told is of the first table.
   */
  'runs.fill': channel(
    'main',
    z.object({
      runId: runIdSchema,
      seed: seedSchema,
      way: z.enum(FILLING_WAYS),
      /** How many tables are drawn, each numbered; null: one, which is not. */
      times: z.number().int().min(1).max(MOST_TIMES).nullable(),
    }),
  ).returns<({ path: string } & FillingSummary) | null>(),
  /** Gives up the filling in that is under way; nothing is written. */
  'runs.cancelFill': channel('compute', nothing).returns<void>(),
  /** Shows the folder of a run in the system's file manager. */
  'runs.reveal': channel('main', oneRun).returns<void>(),
  /** Finds out what a file or folder is that a person opened; a run or a model is among the runs from then on. */
  'runs.take': channel('compute', z.object({ path: z.string().min(1).max(4096) })).returns<Taken>(),
  /** A run that was training when the application was closed, if any; asked once at the start. */
  'runs.resumable': channel('compute', nothing).returns<ResumeOffer | null>(),

  /** A page of samples. Pages of another source that still wait for their turn are given up: 'cancelled'. */
  'samples.draw': channel(
    'compute',
    z.object({ source: sampleSourceSchema, first: z.number().int().min(0), count: z.number().int().min(1).max(400) }),
  ).returns<DrawnPage>(),
  /** How often the values of each column occur in the first samples; none where they are no rows of a table. */
  'samples.histograms': channel('compute', z.object({ source: sampleSourceSchema })).returns<
    readonly ColumnHistogram[]
  >(),
  /** One sample and how it came about. One that was asked for earlier and still waits is given up: 'cancelled'. */
  'samples.birth': channel(
    'compute',
    z.object({ source: sampleSourceSchema, index: z.number().int().min(0) }),
  ).returns<SampleBirth>(),
  /** What the model expects while that sample is born. One that was asked for earlier and still waits is given up: 'cancelled'. */
  'samples.foreseen': channel(
    'compute',
    z.object({ source: sampleSourceSchema, index: z.number().int().min(0) }),
  ).returns<Foreseen>(),
  /** Asks for a place with the system's dialog and writes an animation there; null if the person cancelled. */
  'samples.keepBirth': channel('main', animationSchema).returns<{ path: string } | null>(),
  /** Asks for a place with the system's dialog and writes samples 0..count−1 there; null if the person cancelled. */
  'samples.export': channel(
    'main',
    z.object({
      source: sampleSourceSchema,
      count: z.number().int().min(1).max(100_000),
      format: z.enum(['png', 'npy', 'csv']),
    }),
  ).returns<{ path: string } | null>(),

  ...ASK_CHANNELS,
  ...COMPARE_CHANNELS,
  ...REPORT_CHANNELS,
  ...VERIFY_CHANNELS,

  /** Whether the add-on pack of TensorFlow is installed. */
  'addOn.state': channel('compute', nothing).returns<AddOnState>(),
  /** Asks for the file of a pack with the system's dialog, checks and unpacks it; null if the person cancelled. */
  'addOn.choose': channel('main', nothing).returns<AddOnState | null>(),
  /** Removes the pack that is installed. */
  'addOn.remove': channel('compute', nothing).returns<AddOnState>(),
  'engines.list': channel('compute', nothing).returns<EngineReport[]>(),
  'settings.get': channel('main', nothing).returns<Settings>(),
  'settings.set': channel('main', settableSchema.partial()).returns<Settings>(),
  /**
   * Asks for the folder of runs with the system's dialog, and what is to become of the runs in the one before; null if the person
   * cancelled.
   */
  'settings.chooseRunsFolder': channel('main', nothing).returns<ChosenRunsFolder | null>(),
  /** Uses a folder of runs again that was used before. */
  'settings.useFormerFolder': channel('main', z.object({ path: z.string().min(1).max(4096) })).returns<Settings>(),
  /** Folders of runs that were used before and hold runs, the last one first. */
  'runs.elsewhere': channel('main', nothing).returns<FormerFolder[]>(),
  /** What was being done when the window was closed. */
  'session.get': channel('main', nothing).returns<Session>(),
  /** Keeps what is being done, for the next start; what is absent stays as it is. */
  'session.keep': channel('main', sessionSchema.partial()).returns<void>(),
  /** What of the menu can do something now; the rest is greyed out. */
  'app.menu': channel('main', z.object({ abilities: z.array(z.enum(MENU_ABILITIES)) })).returns<void>(),
  /** Makes the window full screen and everything in it larger, or takes that back. */
  'app.project': channel('main', z.object({ on: z.boolean() })).returns<void>(),
  'app.info': channel('main', nothing).returns<AppInfo>(),
  /** What the application was opened with, or asked to open since, that the window has not been told of: files and folders. */
  'app.openedWith': channel('main', nothing).returns<string[]>(),
  /** The licences of everything of others in the application. */
  'app.licences': channel('main', nothing).returns<string>(),
  /** Whether the compute process is there; null while the application closes. */
  'app.computeState': channel('main', nothing).returns<ComputeState | null>(),
  /** Starts the compute process again that was lost too often to be started by itself. */
  'app.restartCompute': channel('main', nothing).returns<void>(),
} as const

export type Channels = typeof CHANNELS
export type Channel = keyof Channels
export type Params<C extends Channel> = z.infer<Channels[C]['params']>
export type Result<C extends Channel> = Channels[C]['result']
export type ComputeChannel = { [C in Channel]: Channels[C]['side'] extends 'compute' ? C : never }[Channel]
export type MainChannel = Exclude<Channel, ComputeChannel>

/** What the window hears without asking. */
export type StudioEvent =
  | { readonly type: 'run'; readonly event: RunEvent }
  /** What is in the queue has changed. */
  | { readonly type: 'queue'; readonly state: QueueState }
  /** A group of runs has come to its end. */
  | { readonly type: 'group'; readonly ended: GroupEnd }
  | { readonly type: 'data'; readonly event: DataEvent }
  | { readonly type: 'filling'; readonly progress: FillingProgress }
  /** The test rows of a run that is compared are being scored. */
  | { readonly type: 'comparing'; readonly progress: ComparingProgress }
  /** A run is trained again, to be verified. */
  | { readonly type: 'verifying'; readonly progress: VerifyingProgress }
  | { readonly type: 'asking'; readonly progress: AskedProgress }
  | { readonly type: 'transfer'; readonly progress: TransferProgress }
  /** The compute process was lost and started again; a run that was under way, `runId`, is kept at its last checkpoint. */
  | { readonly type: 'compute-restarted'; readonly failure: Failure; readonly runId: string | null }
  /** It was lost once too often: it starts again when 'app.restartCompute' asks for it. */
  | { readonly type: 'compute-stopped'; readonly failure: Failure; readonly runId: string | null }
  /** Something failed that no request waited for. */
  | { readonly type: 'failure'; readonly failure: Failure }
  /** The system asks to open a file or a folder. */
  | { readonly type: 'open-file'; readonly path: string }
  /** The application speaks another language from now on. */
  | { readonly type: 'language'; readonly language: Language }
  /** A menu item or shortcut of the system's menu. */
  | { readonly type: 'command'; readonly command: MenuCommand }

/** A DOM File; named here so that the contract also compiles where there is no DOM. */
type DroppedFile = Parameters<typeof import('electron').webUtils.getPathForFile>[0]

/** The bridge that the preload puts on `window.studio`. */
export interface StudioBridge {
  request<C extends Channel>(
    channel: C,
    ...params: undefined extends Params<C> ? [] : [Params<C>]
  ): Promise<Reply<Result<C>>>
  /** @returns a function that ends the subscription. */
  onEvent(listener: (event: StudioEvent) => void): () => void
  /** The path of a file that was dropped on the window. */
  pathOf(file: DroppedFile): string
}
