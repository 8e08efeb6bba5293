/** Times of each number of threads that count. */
const KEPT = 3
/** Milliseconds: a shorter call says more about the way to the kernels than about them. */
const LEAST_TIME = 3
/** Calls before the slower number is tried again; times how much slower it was. */
const CALLS_BETWEEN_TRIALS = 25
const MOST_SLOWER = 8

/**
 * Chooses between all threads and one, by timing. Two virtual cores may or may not share a cache, other programs come and
 * go, and small models are faster on one; results do not depend on the number, so trying costs nothing but time.
 */
export class ThreadChoice {
  private readonly candidates: readonly number[]
  /** Milliseconds for a unit of work, the latest of each candidate. */
  private readonly times: number[][]
  private calls = 0

  /** @param most all threads */
  constructor(most: number) {
    this.candidates = most > 1 ? [most, 1] : [1]
    this.times = this.candidates.map(() => [])
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
    const [faster, slower] = this.byTime()
    const patience = CALLS_BETWEEN_TRIALS * Math.min(MOST_SLOWER, this.best(slower) / this.best(faster))
    this.calls++
    if (this.calls < patience) return this.candidates[faster]
    this.calls = 0
    return this.candidates[slower]
  }

  /** A call with that many threads took so many milliseconds for so many units of work of one kind. */
  measured(threads: number, milliseconds: number, units: number): void {
    if (milliseconds < LEAST_TIME) return
    const times = this.times[this.candidates.indexOf(threads)]
    times.push(milliseconds / units)
    if (times.length > KEPT) times.shift()
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
    return Math.min(...this.times[candidate])
  }
}
