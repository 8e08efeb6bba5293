/** Measurements of each number of threads before one is chosen. */
const TRIALS = 3
/** Work calls after which the choice is made anew: virtual cores move, and other programs come and go. */
const CALLS_PER_CHOICE = 400

/**
 * Chooses between all threads and one, by timing. Two virtual cores may or may not share a cache, and small models are
 * faster on one; results do not depend on the number, so trying costs nothing but time.
 */
export class ThreadChoice {
  private readonly candidates: readonly number[]
  private times: number[][] = []
  private calls = 0
  private chosen: number | null = null

  constructor(most: number) {
    this.candidates = most > 1 ? [most, 1] : [1]
    this.reset()
  }

  /** The number of threads for the next call. */
  next(): number {
    if (this.chosen !== null && ++this.calls > CALLS_PER_CHOICE) this.reset()
    return this.chosen ?? this.candidates[this.leastTried()]
  }

  /** The call with that many threads took so long for each unit of its work. */
  measured(threads: number, timePerUnit: number): void {
    if (this.chosen !== null) return
    this.times[this.candidates.indexOf(threads)].push(timePerUnit)
    if (this.times.every((times) => times.length >= TRIALS)) this.chosen = this.candidates[this.fastest()]
  }

  private reset(): void {
    this.times = this.candidates.map(() => [])
    this.calls = 0
    this.chosen = this.candidates.length === 1 ? this.candidates[0] : null
  }

  private leastTried(): number {
    return this.times.reduce((least, times, i) => (times.length < this.times[least].length ? i : least), 0)
  }

  /** By the best time of each: what disturbs a measurement only ever makes it longer. */
  private fastest(): number {
    const best = this.times.map((times) => Math.min(...times))
    return best.indexOf(Math.min(...best))
  }
}
