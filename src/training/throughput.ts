import type { Counters } from '../runs/counters'

/** Weight of the newest measurement in the running means. */
const NEWEST = 0.2

/** Measures how fast a run goes: examples a second, and seconds until its last epoch. */
export class Throughput {
  private secondsPerUpdate: number | null = null
  private latestPerUpdate = 0
  private secondsPerEpochEnd: number | null = null

  /** So many updates took so many seconds. */
  updates(count: number, seconds: number): void {
    this.latestPerUpdate = seconds / count
    this.secondsPerUpdate = blend(this.secondsPerUpdate, this.latestPerUpdate)
  }

  /** Validation, samples and saving at the end of an epoch took so many seconds. */
  epochEnd(seconds: number): void {
    this.secondsPerEpochEnd = blend(this.secondsPerEpochEnd, seconds)
  }

  examplesPerSecond(batchSize: number): number | null {
    return this.secondsPerUpdate === null ? null : batchSize / this.secondsPerUpdate
  }

  /** How many updates fit into so many seconds: at least one. A machine that has just become slower counts as slow. */
  updatesIn(seconds: number): number {
    if (this.secondsPerUpdate === null) return 1
    return Math.max(1, Math.floor(seconds / Math.max(this.secondsPerUpdate, this.latestPerUpdate)))
  }

  secondsLeft(counters: Counters, minibatches: number, epochs: number): number | null {
    if (this.secondsPerUpdate === null) return null
    const epochsLeft = Math.max(0, epochs - counters.epochsDone)
    const updatesLeft = Math.max(0, epochsLeft * minibatches - counters.minibatch)
    return updatesLeft * this.secondsPerUpdate + epochsLeft * (this.secondsPerEpochEnd ?? 0)
  }
}

function blend(mean: number | null, value: number): number {
  return mean === null ? value : (1 - NEWEST) * mean + NEWEST * value
}
