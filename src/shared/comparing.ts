import { z } from 'zod'
import { channel } from './channel'
import { runIdSchema } from './run-id'

/** So many runs are compared at most: more curves cannot be told apart. */
export const MOST_COMPARED_RUNS = 20

/** What of rows is compared: all of them, with the label that is learnt, p(x, y); or without it, p(x). */
export const COMPARED_LOSSES = ['whole', 'unlabelled'] as const
export type ComparedLoss = (typeof COMPARED_LOSSES)[number]

/** What the best model of a run makes of the test rows of its data. */
export interface RowLosses {
  /** −log p of each test row in the order of the data, nats, `[rows]`; of a row that lacks values, of what it has. */
  readonly nats: Float64Array
  /** SHA-256 of the rows, in hex: losses of runs with the same one are of the same rows. */
  readonly dataHash: string
}

/** Scoring the test rows of a run, under way. */
export interface ComparingProgress {
  readonly runId: string
  /** How much is done, 0..1. */
  readonly share: number
}

/** What the window asks in order to compare runs. */
export const COMPARE_CHANNELS = {
  /** Scores the test rows of a run by its best model, which needs its data. One that was asked for before is given up: 'cancelled'. */
  'compare.losses': channel(
    'compute',
    z.object({
      runId: runIdSchema,
      /** What of rows whose label is learnt: p(x, y), or p(x), for which each class is scored in turn. */
      of: z.enum(COMPARED_LOSSES),
    }),
  ).returns<RowLosses>(),
  'compare.cancel': channel('compute', z.undefined()).returns<void>(),
} as const
