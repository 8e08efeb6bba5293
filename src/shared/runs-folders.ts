import { z } from 'zod'
import type { Failure } from '../base/failure'

/** What becomes of the runs of a folder when another is used. */
export const transferKindSchema = z.enum(['move', 'copy'])
export type TransferKind = z.infer<typeof transferKindSchema>

/** Runs on their way into another folder. */
export interface TransferProgress {
  readonly kind: TransferKind
  readonly done: number
  readonly of: number
}

/** What came of it. */
export interface TransferSummary {
  readonly kind: TransferKind
  readonly done: number
  /** Those that stay where they were. */
  readonly left: number
  /** Why the first of them does; null if all came. */
  readonly failure: Failure | null
}

/** A folder that was used before, and how many runs are in it. */
export interface FormerFolder {
  readonly path: string
  readonly runs: number
}
