import type { Session } from '../engine/contract'
import { failureOf, type Failure } from '../base/failure'
import type { EpochRecord, TestResult } from '../shared/run'
import type { Counters } from './counters'
import type { MetricsLine, Stretch } from './metrics'
import { checkpointShape, type RunFolder } from './run-folder'
import type { RunRecord } from './run-record'

/** While training, at least so many seconds pass between checkpoints, and at most 1/20 of the time is spent on them. */
const CHECKPOINT_SECONDS = 10
const CHECKPOINT_SHARE = 20

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

  get runRecord(): RunRecord {
    return this.record
  }

  /** The folder already holds this state. */
  isSaved(counters: Counters): void {
    this.savedCounters = counters
  }

  /** Notes the mean NLL of minibatches `firstUpdate`, `firstUpdate` + 1, … */
  noteLosses(firstUpdate: number, losses: Float64Array): void {
    if (this.losses.length === 0) this.firstLoss = firstUpdate
    this.losses.push(...losses)
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

  /** Writes metrics, checkpoint and record, unless all of it is there already. */
  async save(counters: Counters, session: Session): Promise<void> {
    if (this.savedCounters === counters) return
    const began = performance.now()
    await this.guard(async () => {
      await this.appendLines()
      const state = await session.readState()
      await this.folder.writeCheckpoint(checkpointShape(this.record), { counters, state }, this.record)
      await this.writeRecord(counters, {})
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
  async saveRecord(counters: Counters, change: Partial<RunRecord>): Promise<void> {
    await this.guard(() => this.writeRecord(counters, change))
  }

  /** The same, once, whatever the disk says; for a run that has failed already. */
  async tryRecord(counters: Counters, change: Partial<RunRecord>): Promise<Failure | null> {
    try {
      await this.appendLines()
      await this.writeRecord(counters, change)
      return null
    } catch (error) {
      return failureOf(error)
    }
  }

  /** Runs a save; where the disk refuses, waits until a person has mended it and tries again, if there is one. */
  async guard(save: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        return await save()
      } catch (error) {
        const failure = failureOf(error)
        if (!this.trouble || (failure.code !== 'disk-full' && failure.code !== 'not-writable')) throw error
        await this.trouble.wait(failure)
      }
    }
  }

  private async writeRecord(counters: Counters, change: Partial<RunRecord>): Promise<void> {
    const { epochsDone: epoch, best, ended } = counters
    this.record = { ...this.record, epoch, best, ended, ...change, changedAt: Date.now() }
    await this.folder.writeRecord(this.record)
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
