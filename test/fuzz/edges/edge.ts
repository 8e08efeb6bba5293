import type { Tree } from '../values'

/** A border of a process or of a file, and what comes over it. */
export interface Edge {
  /** Messages that are right, in their order; several such lists. The same at every call. */
  readonly examples: () => Promise<readonly (readonly Tree[])[]>
  /**
   * Hands messages over, and after them what is right, which must be answered as ever.
   * @param home an empty folder
   * @returns what came of it
   * @throws Fault where it is not; what else is thrown would have ended a process
   */
  readonly hand: (messages: readonly Tree[], home: string) => Promise<string>
}

/** A message as it comes over a port: a copy. Undefined where there can be none, and nothing comes. */
export function copied(message: unknown): { readonly message: unknown } | undefined {
  try {
    return { message: structuredClone(message) }
  } catch {
    return undefined
  }
}

/** Those of some messages that can come over a port. */
export function copies(messages: readonly Tree[]): unknown[] {
  return messages.flatMap((message) => copied(message) ?? []).map(({ message }) => message)
}
