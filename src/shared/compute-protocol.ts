import type { Failure, Reply } from '../base/failure'
import type { ProbeEnd, ProbeRequest } from '../base/probe'
import type { AddOnState } from './add-on'
import type { Channel, ComputeChannel, FillingSummary, Params, Result, StudioEvent } from './contract'
import type { DataSource } from './data-source'
import type { WrittenAnswer } from './questions'
import type { ReportRequest, WrittenParcel } from './reporting'
import type { FormerFolder, TransferKind, TransferSummary } from './runs-folders'

/** Where the compute process finds and keeps things; sent once, before anything else. */
export interface ComputePlaces {
  readonly mnistFolder: string
  /** The built-in tables. */
  readonly tablesFolder: string
  /** The runs that come with the application. */
  readonly modelsFolder: string
  readonly runsFolder: string
  /** Where it is remembered how fast engines are. */
  readonly speedsFile: string
  /** Where the runs are listed that are still to be trained. */
  readonly queueFile: string
}

/** Requests that main makes of the compute process for itself. */
export interface InternalRequests {
  /** Begins to open what the window will ask for first, while its page is still being loaded. */
  'internal.openAhead': { params: { source: DataSource }; result: void }
  /** Begins to open a model that the window will draw from first. */
  'internal.openModelAhead': { params: { runId: string }; result: void }
  /** Makes sure that runs can be kept in a folder. */
  'internal.checkRunsFolder': { params: { path: string }; result: void }
  /** Moves or copies the runs of a folder into the one that is used now. */
  'internal.transferRuns': { params: { from: string; kind: TransferKind }; result: TransferSummary }
  /** Those of some folders in which there are runs. */
  'internal.countRuns': { params: { paths: readonly string[] }; result: FormerFolder[] }
  /** Uses another folder of runs. */
  'internal.useRunsFolder': { params: { path: string }; result: void }
  /** Saves the run under way and lets go of it, so that the process can end. */
  'internal.suspend': { params: undefined; result: void }
  /** Draws samples 0..count−1 and writes them to a file. */
  'internal.export': {
    params: Params<'samples.export'> & { path: string }
    result: void
  }
  /** Writes what was made in the window, or printed, to a file. */
  'internal.writeBytes': { params: { bytes: Uint8Array; path: string }; result: void }
  /** A report as a page, to be printed. */
  'internal.reportPage': { params: ReportRequest; result: string }
  /** Writes a report to a file: a page, or a zip file. */
  'internal.writeReport': { params: ReportRequest & { path: string }; result: void }
  /** Writes a parcel of one run to a file. */
  'internal.writeParcel': { params: ReportRequest & { path: string }; result: WrittenParcel }
  /** Writes an answer to a file. */
  'internal.writeAnswer': { params: { answer: WrittenAnswer; path: string }; result: void }
  /** Fills in the missing values of the data of a run, and writes them to a CSV file. */
  'internal.fill': { params: Params<'runs.fill'> & { path: string }; result: FillingSummary }
  /** Unpacks an add-on pack. */
  'internal.addOn': { params: { path: string }; result: AddOnState }
  /** The folders of the runs in the bin. */
  'internal.binFolders': { params: undefined; result: string[] }
  /** The folder of a run. */
  'internal.folderOf': { params: { runId: string }; result: string }
}

export type InternalChannel = keyof InternalRequests

/** Every request that the compute process answers. */
export type ComputeParams<C extends ComputeChannel | InternalChannel> = C extends ComputeChannel
  ? Params<C>
  : C extends InternalChannel
    ? InternalRequests[C]['params']
    : never

export type ComputeResult<C extends ComputeChannel | InternalChannel> = C extends ComputeChannel
  ? Result<C>
  : C extends InternalChannel
    ? InternalRequests[C]['result']
    : never

/** From main to the compute process. */
export type ToCompute =
  | { readonly kind: 'places'; readonly places: ComputePlaces }
  /** Asks for a sign of life. */
  | { readonly kind: 'ping' }
  | {
      readonly kind: 'request'
      readonly id: number
      readonly channel: Channel | InternalChannel
      readonly params: unknown
    }
  /** A port to the hidden window comes along, or it is said why there is none. */
  | { readonly kind: 'engine-port'; readonly failure: Failure | null }
  /** What became of the process that tried a library. */
  | { readonly kind: 'probed'; readonly id: number; readonly end: ProbeEnd }

/** From the compute process to main. */
export type FromCompute =
  /** It has begun its work, or was asked for a sign of life. */
  | { readonly kind: 'alive' }
  | { readonly kind: 'reply'; readonly id: number; readonly reply: Reply<unknown> }
  | { readonly kind: 'event'; readonly event: StudioEvent }
  /** Asks for a port to the hidden window that computes on the GPU. */
  | { readonly kind: 'engine-port' }
  /** That window hangs. */
  | { readonly kind: 'engine-silent' }
  /** Asks for a process that tries a library. */
  | { readonly kind: 'probe'; readonly id: number; readonly request: ProbeRequest }
