import { setTimeout as pause } from 'node:timers/promises'
import type { Contestant, Runner } from './contestant'

/** How much time a benchmark takes. */
export interface Effort {
  readonly rounds: number
  /** Milliseconds that a contestant works in one round, if one repeat is not longer. */
  readonly block: number
  /** Milliseconds that a case may take: where blocks are long, there are fewer rounds, but never fewer than three. */
  readonly budget: number
}

export const FULL: Effort = { rounds: 15, block: 70, budget: 12_000 }
export const QUICK: Effort = { rounds: 5, block: 25, budget: 2500 }

const LEAST_ROUNDS = 3
/** Milliseconds of repeats before the first block, so that caches, allocators and compilers are warm. */
const WARMING = 150
/** Calls before the first block, so that the choice of threads has been made; fewer where they take too many milliseconds. */
const WARMING_CALLS = 8
const MOST_WARMING = 2000
const MOST_REPEATS = 20_000

/** The times of one way of doing a job. */
export interface Timing {
  readonly contestant: Contestant
  readonly variant: string
  /** Milliseconds for the whole job, one per round. */
  readonly rounds: readonly number[]
  readonly isScaled: boolean
}

/** A contestant that could not do a job. */
export interface Dropout {
  readonly contestant: Contestant
  readonly reason: string
}

/** A runner as it takes part: with the number of repeats that fill a block. */
interface Entry {
  readonly contestant: Contestant
  readonly runner: Runner
  readonly times: number[]
  repeats: number
}

/** Times runners in turns, round by round (A B C A B C …), so that all of them meet the same weather. */
export async function interleave(
  ready: readonly { readonly contestant: Contestant; readonly runners: readonly Runner[] }[],
  effort: Effort,
): Promise<{ readonly timings: Timing[]; readonly dropouts: Dropout[] }> {
  const dropouts = new Map<Contestant, string>()
  const isIn = ({ contestant }: Entry): boolean => !dropouts.has(contestant)
  const attempt = async (entry: Entry, work: () => Promise<void>): Promise<void> => {
    if (!isIn(entry)) return
    try {
      await work()
      await pause(entry.contestant.settle)
    } catch (error) {
      dropouts.set(entry.contestant, error instanceof Error ? error.message : String(error))
    }
  }

  const entries: Entry[] = ready.flatMap(({ contestant, runners }) =>
    runners.map((runner) => ({ contestant, runner, times: [], repeats: 1 })),
  )
  let round = 0
  for (const entry of entries)
    await attempt(entry, async () => {
      const once = await warm(entry.runner)
      entry.repeats = Math.min(MOST_REPEATS, Math.max(1, Math.round(effort.block / once)))
      round += entry.repeats * once + entry.contestant.settle
    })

  const rounds = Math.max(LEAST_ROUNDS, Math.min(effort.rounds, Math.floor(effort.budget / round)))
  for (let i = 0; i < rounds; i++)
    for (const entry of entries)
      await attempt(entry, async () => {
        // The others have used the caches meanwhile.
        if (entry.repeats > 4) await entry.runner.run(Math.ceil(entry.repeats / 8))
        entry.times.push((await entry.runner.run(entry.repeats)) / entry.runner.portion)
      })

  const timings = entries.filter(isIn).map(({ contestant, runner, times }) => ({
    contestant,
    variant: runner.variant,
    rounds: times,
    isScaled: runner.portion < 1,
  }))
  return { timings, dropouts: [...dropouts].map(([contestant, reason]) => ({ contestant, reason })) }
}

/** @returns milliseconds of one repeat, about. */
async function warm(runner: Runner): Promise<number> {
  const began = performance.now()
  const elapsed = (): number => performance.now() - began
  let once = await runner.run(1)
  let repeats = 1
  for (let calls = 1; elapsed() < WARMING || (calls < WARMING_CALLS && elapsed() < MOST_WARMING); calls++) {
    once = await runner.run(repeats)
    if (elapsed() < WARMING) repeats = Math.min(2 * repeats, 1000)
  }
  return Math.max(once, 1e-4)
}
