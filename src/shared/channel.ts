import type { z } from 'zod'

/** A channel of the contract: which side answers it, and a schema for its parameters. */
export function channel<Side extends 'main' | 'compute', Params extends z.ZodType>(side: Side, params: Params) {
  return {
    /** Names the type of the result. */
    returns: <Result>() => ({ side, params, result: undefined as Result }),
  }
}
