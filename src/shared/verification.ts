import { z } from 'zod'
import type { Sentence } from '../words/say'
import { channel } from './channel'
import { runIdSchema } from './run-id'

/** Which of the models of a run is compared. */
export type ComparedModel = 'best' | 'newest'

/** What came of training a run again. */
export type Verification =
  | {
      /** Whether the parameters of all models that it keeps are the same, to the last bit. */
      readonly kind: 'same' | 'differs'
      readonly models: readonly {
        readonly model: ComparedModel
        /** SHA-256 of the parameters that are kept, in hex. */
        readonly hash: string
        /** Of those that were found now. */
        readonly found: string
        readonly isSame: boolean
      }[]
      /** The kernels that computed both. */
      readonly build: string
      /** Whether the run may have been given more epochs while its steps followed a plan, of which only the last is known. */
      readonly mayBeOther: boolean
    }
  /** It cannot be found out here. */
  | { readonly kind: 'impossible'; readonly why: Sentence }

/** Training a run again, under way. */
export interface VerifyingProgress {
  readonly runId: string
  /** How much is done, 0..1. */
  readonly share: number
}

/** What the window asks in order to verify runs. */
export const VERIFY_CHANNELS = {
  /** Trains a run again and compares its parameters; 'busy' while a run trains, 'cancelled' where one begins meanwhile. */
  'runs.verify': channel('compute', z.object({ runId: runIdSchema })).returns<Verification>(),
  'runs.cancelVerify': channel('compute', z.undefined()).returns<void>(),
} as const
