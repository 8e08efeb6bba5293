import type { SessionState } from '../engine/contract'
import { failureOf, type Failure, type FailureCode } from '../base/failure'
import type { Tensors } from '../made/spec'
import type { EpochRecord, TestResult } from '../shared/run'
import type { Counters } from './counters'
import { requireFiniteState } from './divergence'
import type { MetricsLine, Stretch } from './metrics'
import { checkpointShape, type RunFolder } from './run-folder'
import type { RunRecord } from './run-record'

/** While training, at least so many seconds pass between checkpoints, and at most 1/20 of the time is spent on them. */
const CHECKPOINT_SECONDS = 10
const CHECKPOINT_SHARE = 20

/** The disk refuses to be written, or to have read what was written before. */
const REFUSALS: readonly FailureCode[] = ['disk-full', 'not-writable', 'unreadable-file']

/** What the journal does when the disk refuses a save. */
export interface DiskTrouble {
  /** Waits until a person has mended it; what it throws gives the save up. */
  wait(failure: Failure): Promise<void>
}

/** Keeps a run on the disk: its record, its metrics and its checkpoints, in an order that a crash cannot harm. */
export class Journal {
  private losses: number[] = []
  private firstLoss = 0
  private lines: MetricsLine[] = []
  private savedCounters: Counters | null = null
  private savedAt: number
  private savingMs = 0

  /** @param now milliseconds on a clock that stands still while the run is paused. */
  constructor(
    private readonly folder: RunFolder,
    private record: RunRecord,
    private readonly now: () => number,
    private readonly trouble: DiskTrouble | null,
  ) {
    this.savedAt = now()
  }

  /** run.json as it was last written. */
  get runRecord(): RunRecord {
    return this.record
  }

  /** The folder already holds this state. */
  isSaved(counters: Counters): void {
    this.savedCounters = counters
  }

  /** Why training ended, as the newest checkpoint has it. */
  get savedEnd(): Counters['ended'] {
    return this.savedCounters?.ended ?? null
  }

  /** Notes the mean NLL of minibatches `firstUpdate`, `firstUpdate` + 1, … */
  noteLosses(firstUpdate: number, losses: Float64Array): void {
    if (this.losses.length === 0) this.firstLoss = firstUpdate
    for (const loss of losses) this.losses.push(loss)
  }

  noteEpoch(record: EpochRecord): void {
    this.closeLosses()
    this.lines.push({ type: 'epoch', ...record })
  }

  noteTest(test: TestResult): void {
    this.lines.push({ type: 'test', ...test })
  }

  /** A stretch of the run begins with that update: the first, or one that makes obsolete what came after it. */
  noteStretch(type: 'started' | 'resumed', update: number, stretch: Stretch): void {
    this.lines.push({ type, update, ...stretch })
  }

  /** Whether it is time for a checkpoint in the middle of an epoch. */
  isDue(): boolean {
    return this.now() - this.savedAt > Math.max(1000 * CHECKPOINT_SECONDS, CHECKPOINT_SHARE * this.savingMs)
  }

  /** Whether a checkpoint at the end of an epoch is cheap enough. */
  isDueAtEpoch(): boolean {
    return this.now() - this.savedAt > CHECKPOINT_SHARE * this.savingMs
  }

  /**
   * Writes metrics, checkpoint, best model and record, unless all of it is there already.
   * @param readState gives the state that training goes on from
   * @param average of the weights over the epochs, if there is one
   * @throws StudioError 'diverged' where the state is not to be kept; what was saved before stays
   */
  async save(counters: Counters, readState: () => Promise<SessionState>, average: Tensors | null): Promise<void> {
    if (this.savedCounters === counters) return
    const began = performance.now()
    await this.guard(async () => {
      await this.appendLines()
      const state = await readState()
      requireFiniteState(state, counters)
      const record = { ...this.record, ...progressOf(counters) }
      await this.folder.writeCheckpoint(checkpointShape(record), { counters, state, average }, record)
      await this.folder.settleBest(counters.best)
      await this.writeRecord(progressOf(counters))
    })
    this.savedCounters = counters
    this.savedAt = this.now()
    this.savingMs = performance.now() - began
  }

  /** Writes the metrics noted so far. */
  async saveMetrics(): Promise<void> {
    await this.guard(() => this.appendLines())
  }

  /** Writes run.json with the given changes. */
  async saveRecord(change: Partial<RunRecord>): Promise<void> {
    await this.guard(() => this.writeRecord(change))
  }

  /** Gives the run another name, once: where the disk refuses, it keeps the old one. @throws as `RunFolder.rename` */
  async rename(name: string): Promise<void> {
    await this.folder.rename(name)
    this.record = { ...this.record, name }
  }

  /** Writes down that the run failed, once, whatever the disk says. @returns why that could not be written */
  async recordFailure(failure: Failure): Promise<Failure | null> {
    return this.tryOnce(() => this.writeRecord({ status: 'failed', failure }))
  }

  /**
   * Writes down that the run diverged, once. Its best model is kept although no checkpoint will know of it: there is
   * nothing to go on with.
   * @returns why that could not be written
   */
  async recordDivergence(counters: Counters, failure: Failure): Promise<Failure | null> {
    return this.tryOnce(async () => {
      await this.folder.settleBest(counters.best)
      await this.writeRecord({ ...progressOf(counters), status: 'diverged', failure })
    })
  }

  /** Does a part of a save, or what comes before it; where the disk refuses, waits until a person has mended it and tries again, if there is one. */
  async guard<T>(save: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await save()
      } catch (error) {
        const failure = failureOf(error)
        if (!this.trouble || !REFUSALS.includes(failure.code)) throw error
        await this.trouble.wait(failure)
        await this.folder.removeLeftovers()
      }
    }
  }

  private async tryOnce(write: () => Promise<void>): Promise<Failure | null> {
    try {
      await this.appendLines()
      await write()
      return null
    } catch (error) {
      return failureOf(error)
    }
  }

  /** The name on the disk counts: a person may have changed it. */
  private async writeRecord(change: Partial<RunRecord>): Promise<void> {
    let written = this.record
    await this.folder.changeRecord((newest) => {
      const { name } = newest ?? this.record
      written = { ...this.record, ...change, name, changedAt: Date.now() }
      return written
    })
    this.record = written
  }

  private async appendLines(): Promise<void> {
    this.closeLosses()
    await this.folder.appendMetrics(this.lines)
    this.lines = []
  }

  private closeLosses(): void {
    if (this.losses.length === 0) return
    this.lines.push({
      type: 'losses',
      update: this.firstLoss,
      values: this.losses.map((loss) => Number(loss.toPrecision(7))),
    })
    this.losses = []
  }
}

/** How far a run is, as run.json says it: never further than its checkpoint. */
export function progressOf({ epochsDone: epoch, best, ended }: Counters): Pick<RunRecord, 'epoch' | 'best' | 'ended'> {
  return { epoch, best, ended }
}
