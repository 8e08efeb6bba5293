import type { Failure } from '../base/failure'

/** Whether the process that reads data, trains and draws is there. */
export type ComputeState =
  /** It has been started and has not said a word yet. */
  | { readonly kind: 'starting' }
  | { readonly kind: 'running' }
  /** It was lost so often that it is not started again by itself. */
  | { readonly kind: 'stopped'; readonly failure: Failure }
