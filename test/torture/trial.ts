import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { cp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PURPOSE, RandomStream } from '../../src/made/random'
import type { Faults } from './at-rest'

/** What a person asked for of one kind of trouble. */
export interface Plan {
  readonly seed: number
  /** Disturbances in all. */
  readonly count: number
  /** Cases at a time. */
  readonly atATime: number
  /** Where the folders of cases that went wrong are kept. */
  readonly evidence: string
}

/** What came of one kind of trouble so far. */
export interface Tally {
  readonly disturbances: number
  /** Runs that went on from what a disturbance left. */
  readonly resumes: number
  /** Runs that ended and were held against the undisturbed one. */
  readonly compared: number
  readonly faults: readonly Fault[]
  /** How often each thing was disturbed, or how it ended. */
  readonly moments: Readonly<Record<string, number>>
}

export interface Fault {
  readonly kind: string
  readonly case: number
  readonly what: string
}

/** So many faults of a kind are shown and their folders kept; the others are counted. */
const MOST_SHOWN = 20

/** One kind of trouble under way: its cases, what they count, and the faults they find. */
export class Trial {
  private disturbances = 0
  private resumes = 0
  private compared = 0
  private readonly faults: Fault[] = []
  private readonly moments = new Map<string, number>()

  private constructor(
    readonly kind: string,
    readonly plan: Plan,
    /** A folder that is removed at the end. */
    readonly place: string,
  ) {}

  /** Runs the cases of a kind and tells what came of them. */
  static async of(kind: string, plan: Plan, work: (trial: Trial) => Promise<void>): Promise<Tally> {
    const place = await mkdtemp(join(tmpdir(), `made-torture-${kind}-`))
    const trial = new Trial(kind, plan, place)
    try {
      await work(trial)
      return trial.tally
    } finally {
      await rm(place, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    }
  }

  get tally(): Tally {
    const { disturbances, resumes, compared, faults } = this
    return { disturbances, resumes, compared, faults, moments: Object.fromEntries(this.moments) }
  }

  /** Whether as much was disturbed as was asked for. */
  get isDone(): boolean {
    return this.disturbances >= this.plan.count
  }

  /** The chance of a case: the same for the same seed, whatever other cases do. */
  random(number: number): RandomStream {
    return new RandomStream(this.plan.seed, PURPOSE.shuffle, number)
  }

  /** Does cases 0, 1, … several at a time, until as much was disturbed as was asked for. */
  async cases(work: (number: number) => Promise<void>): Promise<void> {
    let next = 0
    const worker = async (): Promise<void> => {
      while (!this.isDone) await this.one(next++, work)
    }
    await Promise.all(Array.from({ length: this.plan.atATime }, worker))
  }

  /** Does each of the given cases, several at a time. */
  async each(numbers: readonly number[], work: (number: number) => Promise<void>): Promise<void> {
    const waiting = [...numbers]
    const worker = async (): Promise<void> => {
      for (let number = waiting.shift(); number !== undefined; number = waiting.shift()) await this.one(number, work)
    }
    await Promise.all(Array.from({ length: this.plan.atATime }, worker))
  }

  disturbed(moment: string): void {
    this.disturbances++
    this.note(moment)
  }

  note(moment: string): void {
    this.moments.set(moment, (this.moments.get(moment) ?? 0) + 1)
  }

  resumed(): void {
    this.resumes++
  }

  /** Counts a run that was compared. */
  ended(): void {
    this.compared++
  }

  /** Notes faults of a case, and keeps its folder as it is. */
  async found(number: number, faults: Faults, folder?: string): Promise<void> {
    if (faults.length === 0) return
    for (const what of faults) {
      this.faults.push({ kind: this.kind, case: number, what })
      if (this.faults.length <= MOST_SHOWN) console.error(`  ${this.kind}, case ${number}: ${what}`)
    }
    if (folder === undefined || this.faults.length > MOST_SHOWN) return
    const kept = join(this.plan.evidence, `${this.kind}-${number}-${this.faults.length}`)
    await mkdir(this.plan.evidence, { recursive: true })
    await cp(folder, kept, { recursive: true }).catch(() => undefined)
  }

  private async one(number: number, work: (number: number) => Promise<void>): Promise<void> {
    try {
      await work(number)
    } catch (error) {
      await this.found(number, [
        `the case broke off: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      ])
    }
  }
}
