import { smallest } from '../../base/extremes'

/** Times of each number of threads that count. */
const KEPT = 3
/** Milliseconds of work that make a time; shorter calls are added up, so that one interruption does not decide. */
const LEAST_TIME = 3
/** So many times the length of a trial lie between two trials of the slower number; times how much slower it was. */
const TRIALS_APART = 25
const MOST_SLOWER = 8

/**
 * Chooses between all threads and one, by timing. Two virtual cores may or may not share a cache, other programs come and
 * go, and small models are faster on one; results do not depend on the number, so trying costs nothing but time.
 */
export class ThreadChoice {
  private readonly candidates: readonly number[]
  /** Milliseconds for a unit of work, the latest of each candidate. */
  private readonly times: number[][]
  /** What each candidate has done since its latest time. */
  private readonly pending: { milliseconds: number; units: number }[]
  /** Calls, and milliseconds of them, since the last trial. */
  private since = { calls: 0, milliseconds: 0 }
  /** The candidate under trial, until there is a new time of it. */
  private onTrial: number | null = null

  /** @param most all threads */
  constructor(most: number) {
    this.candidates = most > 1 ? [most, 1] : [1]
    this.times = this.candidates.map(() => [])
    this.pending = this.candidates.map(() => ({ milliseconds: 0, units: 0 }))
  }

  /** The number of threads that has been fastest of late. */
  get favourite(): number {
    return this.candidates[this.times.every((times) => times.length > 0) ? this.byTime()[0] : 0]
  }

  /** The number of threads for the next call. */
  next(): number {
    if (this.candidates.length === 1) return this.candidates[0]
    const untried = this.leastTried()
    if (this.times[untried].length < KEPT) return this.candidates[untried]
    if (this.onTrial !== null) return this.candidates[this.onTrial]
    const [faster, slower] = this.byTime()
    const apart = TRIALS_APART * Math.min(MOST_SLOWER, this.best(slower) / this.best(faster))
    if (this.since.calls < apart || this.since.milliseconds < apart * LEAST_TIME) return this.candidates[faster]
    this.since = { calls: 0, milliseconds: 0 }
    this.onTrial = slower
    return this.candidates[slower]
  }

  /** A call with that many threads took so many milliseconds for so many units of work of one kind. */
  measured(threads: number, milliseconds: number, units: number): void {
    const candidate = this.candidates.indexOf(threads)
    this.since.calls++
    this.since.milliseconds += milliseconds
    const pending = this.pending[candidate]
    pending.milliseconds += milliseconds
    pending.units += units
    if (pending.milliseconds < LEAST_TIME) return
    const times = this.times[candidate]
    times.push(pending.milliseconds / pending.units)
    if (times.length > KEPT) times.shift()
    this.pending[candidate] = { milliseconds: 0, units: 0 }
    if (this.onTrial === candidate) this.onTrial = null
  }

  private leastTried(): number {
    return this.times.reduce((least, times, i) => (times.length < this.times[least].length ? i : least), 0)
  }

  private byTime(): readonly [faster: number, slower: number] {
    if (this.candidates.length === 1) return [0, 0]
    return this.best(0) <= this.best(1) ? [0, 1] : [1, 0]
  }

  /** The best of the latest times: what disturbs a measurement only ever makes it longer. */
  private best(candidate: number): number {
    return smallest(this.times[candidate])
  }
}
