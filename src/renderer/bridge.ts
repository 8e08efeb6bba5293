import { failureOf, StudioError, type Failure } from '../base/failure'
import type { Channel, Params, Result } from '../shared/contract'

/**
 * Asks the application for something.
 * @throws StudioError with the failure's own words.
 */
export async function ask<C extends Channel>(
  channel: C,
  ...params: undefined extends Params<C> ? [] : [Params<C>]
): Promise<Result<C>> {
  const reply = await window.studio.request(channel, ...params)
  if (reply.ok) return reply.value
  const { code, message, hint } = reply.failure
  throw new StudioError(code, message, hint)
}

/** The answer or the failure, for callers that show failures in their own place. */
export async function attempt<T>(work: Promise<T>): Promise<{ readonly value: T } | { readonly failure: Failure }> {
  try {
    return { value: await work }
  } catch (thrown) {
    return { failure: failureOf(thrown) }
  }
}
