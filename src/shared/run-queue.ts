import type { GroupState } from './run-group'

/** The runs that are to be trained one after another, as the window and main are told of them. */
export interface QueueState {
  /** Whether nothing of it begins until a person says so. */
  readonly isPaused: boolean
  /** The ids of its runs and groups in their order; the one under way is the first. */
  readonly runs: readonly string[]
  /** Those of them that are groups, as far as they are known. */
  readonly groups: readonly GroupState[]
  /** How many have come to their end since it was empty. */
  readonly done: number
}

/** A queue that nothing was ever put into. */
export const EMPTY_QUEUE: QueueState = { isPaused: false, runs: [], groups: [], done: 0 }

/** A list with one of its entries at another place; as it is where there is no such entry. */
export function moved<T>(list: readonly T[], entry: T, place: number): readonly T[] {
  if (!list.includes(entry)) return list
  const others = list.filter((other) => other !== entry)
  return others.toSpliced(Math.max(0, Math.min(place, others.length)), 0, entry)
}
