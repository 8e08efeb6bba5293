import type { Job } from './jobs'
import type { Materials } from './materials'

/** One way of doing a job, made ready to be timed. */
export interface Runner {
  /** What tells it from the other ways of the same contestant, such as "1000 rows a pass"; empty if there is one way. */
  readonly variant: string
  /** The part of the job that one repeat does; less than 1 where the whole would take too long, and then times are scaled. */
  readonly portion: number
  /** Does that part so many times, or fewer if it takes unexpectedly long. @returns milliseconds of one time, on average. */
  run(repeats: number): Promise<number>
}

/** Something that does jobs: an engine of this project, or a peer in one of its settings. */
export interface Contestant {
  readonly side: 'ours' | 'pytorch' | 'tensorflow'
  /** The build or the setting. */
  readonly name: string
  /** Milliseconds to wait after it has worked, until its threads no longer spin beside the next contestant. */
  readonly settle: number
  prepare(job: Job, materials: Materials): Promise<Runner[]>
  /** Gives back what `prepare` took. */
  tidy(): Promise<void>
}
