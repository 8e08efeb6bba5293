import { z } from 'zod'

/** The best validation NLL so far, in nats, and the epoch (from 1) it was reached in. */
export interface Best {
  readonly epoch: number
  readonly validNll: number
}

/** Where a run is, exactly: with the session's state, all that is needed to go on. Part of every checkpoint. */
export interface Counters {
  /** Epochs that are complete: trained, validated, recorded. */
  readonly epochsDone: number
  /** Minibatches done of the epoch after that. */
  readonly minibatch: number
  /** Updates made since the beginning. */
  readonly update: number
  /** Sum over the rows done in this epoch of their NLL before the update, nats. */
  readonly epochLoss: number
  /** Seconds spent on this epoch before this process took over. */
  readonly epochSeconds: number
  readonly best: Best | null
  /** Epochs since the best, for early stopping. */
  readonly epochsSinceBest: number
  /** Why training ended, once it has; what may be left is the test. */
  readonly ended: EndReason | null
}

export type EndReason = 'look-ahead' | 'epochs' | 'stopped'

export const START: Counters = {
  epochsDone: 0,
  minibatch: 0,
  update: 0,
  epochLoss: 0,
  epochSeconds: 0,
  best: null,
  epochsSinceBest: 0,
  ended: null,
}

const count = z.number().int().min(0)

/** The counters as a checkpoint holds them. */
export const countersSchema: z.ZodType<Counters> = z.object({
  epochsDone: count,
  minibatch: count,
  update: count,
  epochLoss: z.number(),
  epochSeconds: z.number().min(0),
  best: z.object({ epoch: count, validNll: z.number() }).nullable(),
  epochsSinceBest: count,
  ended: z.enum(['look-ahead', 'epochs', 'stopped']).nullable(),
})
