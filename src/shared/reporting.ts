import { z } from 'zod'
import type { Language } from '../words/languages'
import { channel } from './channel'
import { MOST_COMPARED_RUNS } from './comparing'
import { runIdSchema } from './run-id'

/** What the window asks of reports. */
export const REPORT_CHANNELS = {
  /**
   * Asks for a place with the system's dialog and writes there what a run came to, or several side by side: as a page, printed, or
   * with its charts and tables as files; null if the person cancelled.
   */
  'report.save': channel('main', z.object({ runIds: z.array(runIdSchema).min(1).max(MOST_COMPARED_RUNS) })).returns<{
    path: string
  } | null>(),
  /**
   * Asks for a place with the system's dialog and writes a parcel of a run there; null if the person cancelled. `hasRows` says
   * whether the test rows are in it, which they are not where its data cannot be had, or are too many.
   */
  'parcel.save': channel('main', z.object({ runId: runIdSchema })).returns<({ path: string } & WrittenParcel) | null>(),
} as const

/** A parcel that was written. */
export interface WrittenParcel {
  readonly hasRows: boolean
}

/** Of what a report is made, in which language, and by what. */
export interface ReportRequest {
  readonly runIds: readonly string[]
  readonly language: Language
  /** Of the program. */
  readonly version: string
}
