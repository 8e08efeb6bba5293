import { isReactive, toRaw } from 'vue'
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
  const reply = await window.studio.request(channel, ...withoutProxies(params))
  if (reply.ok) return reply.value
  throw StudioError.of(reply.failure)
}

/** The answer or the failure, for callers that show failures in their own place. */
export async function attempt<T>(work: Promise<T>): Promise<{ readonly value: T } | { readonly failure: Failure }> {
  try {
    return { value: await work }
  } catch (thrown) {
    return { failure: failureOf(thrown) }
  }
}

/** The same value without what Vue puts around values to watch them, which cannot go to another process. */
export function withoutProxies<T>(value: T): T
export function withoutProxies(value: unknown): unknown {
  const raw: unknown = isReactive(value) ? toRaw(value) : value
  if (Array.isArray(raw)) return raw.map((item: unknown) => withoutProxies(item))
  if (typeof raw !== 'object' || raw === null || Object.getPrototypeOf(raw) !== Object.prototype) return raw
  return Object.fromEntries(Object.entries(raw).map(([key, item]) => [key, withoutProxies(item)]))
}
