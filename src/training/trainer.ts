import type { DataSet } from '../data/data-set'
import type { Engine, Session } from '../engine/contract'
import { failureOf, type Failure } from '../base/failure'
import type { ModelSpec } from '../made/spec'
import { say } from '../words/say'
import type { MeasuredEngine, RunEvent, RunState, TestResult } from '../shared/run'
import { minibatchCount, scheduleOf, specOf, type RunConfig } from '../shared/run-config'
import { Control, Interruption, unlessStopped, type RunRequest } from './control'
import { START, type Best, type Counters, type EndReason } from '../runs/counters'
import { AveragedWeights } from './averaged-weights'
import { afterList, closeEpoch, endReason, type ClosedEpoch } from './early-stopping'
import { goesOnElsewhere } from './engine-choice'
import { DiskWait } from './disk-wait'
import { EpochRows } from './epoch-rows'
import { ExplosionWatch } from './explosion'
import { diverged, finiteBeginning } from '../runs/divergence'
import { Journal, progressOf } from '../runs/journal'
import { BestModelAndSamples } from './best-model-and-samples'
import { openRun } from './opening'
import { Reporter } from './reporter'
import { RunConnectivities } from './run-connectivities'
import type { RunFolder } from '../runs/run-folder'
import type { RunRecord } from '../runs/run-record'
import { Scores, type Validation } from './scores'
import { validateRun } from './validate-run'

/** One list of minibatches should take the engine about so long, so that a request is answered at once. */
const LIST_SECONDS = 0.05
const MOST_LIST = 256

/** For how long a run is trained before it makes room for others, or is over. */
export interface Stretch {
  readonly seconds: number
  readonly then: 'suspend' | 'stop'
}

/** All that a trainer works with. */
export interface TrainerParts {
  readonly folder: RunFolder
  readonly record: RunRecord
  readonly data: DataSet
  readonly engine: Engine
  /** What the engine was chosen by, if it was. */
  readonly measured?: readonly MeasuredEngine[] | null
  readonly emit: (event: RunEvent) => void
  /** When a save fails for want of room or permission: wait, so that a person can mend it, or give up. */
  readonly whenDiskFails: 'pause' | 'fail'
  /** When the loss explodes: pause, so that a person can decide, or say so once and go on; the latter if absent. */
  readonly whenExploding?: 'pause' | 'go-on'
  /** After so many epochs in all the run is suspended, as if that had been asked for; never if absent. */
  readonly untilEpoch?: number | undefined
  /** After so many seconds of epochs, counted from now on, it is suspended or stopped at the end of an epoch; never if absent or null. */
  readonly stretch?: Stretch | null
  /** Of which epochs a sheet of samples is kept: of each, or of the best alone; the former if absent. */
  readonly sheets?: 'each' | 'best' | undefined
}

/**
 * The training loop of one run, whatever the engine: minibatches under scheduled connectivities, validation and a sheet
 * of samples after each epoch, early stopping, the best model kept, and at the end its likelihood on the test rows.
 * Every random draw is named by the seed and a number, so a run that goes on from a checkpoint computes bit for bit
 * what it would have computed without the break.
 */
export class Trainer {
  private readonly spec: ModelSpec
  private readonly config: RunConfig
  private readonly minibatches: number
  private readonly control = new Control({ paused: () => this.onPause(), resumed: () => this.onResume() })
  private readonly diskWait: DiskWait
  private readonly explosions: ExplosionWatch
  /** Why it is paused although nobody has asked for it. */
  private explosion: Failure | null = null
  private readonly journal: Journal
  private readonly reporter: Reporter
  private readonly rows: EpochRows
  private readonly connectivities: RunConnectivities
  private readonly scores: Scores
  private readonly averaged: AveragedWeights
  private readonly bestModelAndSamples: BestModelAndSamples
  private counters: Counters = START
  private session: Session | null = null
  /** Seconds of epochs since it was made. */
  private trainedSeconds = 0

  constructor(private readonly parts: TrainerParts) {
    const { record, folder, data, emit } = parts
    this.config = record.config
    this.spec = specOf(this.config, data)
    this.rows = new EpochRows(data, this.config)
    this.connectivities = new RunConnectivities(this.spec, scheduleOf(this.config))
    this.averaged = new AveragedWeights(this.config.averagedEpochs)
    this.explosions = new ExplosionWatch(data)
    this.minibatches = minibatchCount(data.splits.train.rows, this.config.batchSize)
    const diskWait = new DiskWait(
      this.control,
      () => this.reporter.state(),
      () => this.counters.ended === 'stopped',
    )
    this.diskWait = diskWait
    const reported = {
      counters: () => this.counters,
      request: () => this.control.current,
      heldBy: () => diskWait.failure ?? this.explosion,
      name: () => this.journal.runRecord.name,
    }
    // As far as is known before its checkpoint is read.
    this.counters = { ...START, epochsDone: record.epoch, best: record.best }
    this.reporter = new Reporter(folder.id, this.config, this.minibatches, reported, emit)
    this.scores = new Scores(data, this.config, this.connectivities, this.reporter)
    const trouble = parts.whenDiskFails === 'pause' ? diskWait : null
    this.journal = new Journal(folder, record, () => this.control.now(), trouble)
    this.bestModelAndSamples = new BestModelAndSamples(
      folder,
      this.journal,
      this.spec,
      this.config,
      this.connectivities,
      data,
    )
  }

  /** Asks for a pause, to go on, to stop (the best model is then tested and kept), or to suspend. */
  ask(request: RunRequest): void {
    // What has ended and only cannot be saved is not to be stopped once more.
    if (this.explosion && request !== 'pause') {
      this.explosion = null
      this.explosions.accept()
    }
    if (request === 'stop' && this.counters.ended !== null && this.diskWait.failure) this.control.tryAgain()
    else this.control.ask(request)
    // What the disk holds tells itself when it goes on.
    if (!this.diskWait.failure) this.reporter.state()
  }

  /** Gives the run another name, whatever it is doing. @throws StudioError where the disk refuses; it keeps the old one */
  async rename(name: string): Promise<void> {
    await this.journal.rename(name)
    this.reporter.state()
  }

  /**
   * What was asked of it and has not happened yet as far as the disk knows: what another trainer, which goes on from there,
   * is to be asked.
   */
  get unobeyed(): RunRequest {
    const { current } = this.control
    const isStopLost = this.counters.ended === 'stopped' && this.journal.savedEnd !== 'stopped'
    return current === 'run' && isStopLost ? 'stop' : current
  }

  /**
   * Trains until the run is over or suspended. What goes wrong is recorded in the run and returned as its state.
   * @throws StudioError 'busy' if another process works in the folder; 'process-lost' if what the engine computes on
   * was lost, 'too-large' if one that was chosen for the run has no room for it: `LastingRun` goes on elsewhere.
   */
  async run(): Promise<RunState> {
    const lock = await this.parts.folder.lock()
    try {
      return await this.runLocked()
    } catch (error) {
      const failure = failureOf(error)
      if (goesOnElsewhere(failure, this.parts.engine, this.parts.record.config)) throw error
      return await this.end(failure)
    } finally {
      // A session whose device is lost may have nothing left to close.
      await this.session?.close().catch(() => undefined)
      this.session = null
      await lock.release()
    }
  }

  private async runLocked(): Promise<RunState> {
    try {
      await this.prepare()
      for (;;) {
        const end = await this.unlessTakenBack(async () => this.finish(await this.trainEpochs()))
        if (end !== null) return end
        this.counters = { ...this.counters, ended: null }
        this.reporter.enter('training')
      }
    } catch (interruption) {
      if (interruption instanceof Interruption) return await this.suspend()
      throw interruption
    }
  }

  /** What `work` comes to, or null where the stop that led to it was taken back, since it could not be saved. */
  private async unlessTakenBack<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work()
    } catch (interruption) {
      if (interruption instanceof Interruption && interruption.request === 'run') return null
      throw interruption
    }
  }

  private async prepare(): Promise<void> {
    const { folder, engine, measured, data, record } = this.parts
    this.reporter.preparing(say('run.preparing-model'))
    validateRun(this.config, data)
    const { session, counters, checkpoint, isResumed } = await this.journal.guard(() =>
      openRun(folder, record, engine, data, this.reporter),
    )
    this.session = session
    this.counters = counters
    if (checkpoint) this.journal.isSaved(checkpoint.counters)
    this.averaged.begin(checkpoint?.average ?? null)
    if (isResumed) await this.journal.guard(() => folder.dropSamples((epoch) => epoch > counters.epochsDone))
    const { name: device, build = null } = engine.device
    const stretch = { engine: engine.id, device: device.english, build }
    this.journal.noteStretch(isResumed ? 'resumed' : 'started', this.counters.update, stretch)
    await this.journal.saveMetrics()
    if (!data.epochRows) await this.rows.handOver(session, counters.epochsDone + 1)
    const chosen = { id: engine.id, device, build, measured: measured ? [...measured] : null }
    await this.journal.saveRecord({ ...progressOf(counters), status: 'training', engine: chosen, failure: null })
    this.reporter.prepared()
  }

  private async trainEpochs(): Promise<EndReason> {
    const reason = await unlessStopped(async () => {
      while (this.counters.ended === null) {
        await this.control.point()
        if (this.counters.epochsDone >= (this.parts.untilEpoch ?? Infinity)) throw new Interruption('suspend')
        const { stretch } = this.parts
        if (stretch && this.isFull(stretch)) throw new Interruption(stretch.then)
        if (this.counters.minibatch < this.minibatches) await this.trainList()
        else await this.endEpoch()
      }
      return this.counters.ended
    })
    if (reason !== null) return reason
    this.counters = { ...this.counters, ended: 'stopped' }
    return 'stopped'
  }

  private isFull({ seconds }: Stretch): boolean {
    const { epochsDone, minibatch } = this.counters
    return epochsDone > 0 && minibatch === 0 && this.trainedSeconds >= seconds
  }

  private async trainList(): Promise<void> {
    const { minibatch, update } = this.counters
    const epoch = this.counters.epochsDone + 1
    await this.rows.handOver(this.opened, epoch)
    const count = Math.min(this.reporter.throughput.updatesIn(LIST_SECONDS), MOST_LIST, this.minibatches - minibatch)
    const minibatches = this.rows.minibatches(epoch).slice(minibatch, minibatch + count)
    const began = performance.now()
    const connectivities = minibatches.map((_, i) =>
      this.rows.connectivity(epoch, minibatch + i, this.connectivities.at(update + i)),
    )
    const losses = await this.opened.train(minibatches, connectivities)
    const seconds = (performance.now() - began) / 1000
    this.reporter.throughput.updates(count, seconds)
    const finite = finiteBeginning(losses)
    this.journal.noteLosses(update, finite)
    this.reporter.losses(update, finite)
    this.counters = afterList(this.counters, minibatches, losses, seconds)
    this.explosions.note(losses)
    this.heedExplosion(false)
    if (this.journal.isDue()) await this.save()
  }

  private async endEpoch(): Promise<void> {
    const began = this.control.now()
    const { data } = this.parts
    const epoch = this.counters.epochsDone + 1
    const {
      closed,
      isBest,
      nll: validNll,
      label,
    } = await this.averaged.atEpochEnd(this.opened, epoch, () => this.judge(epoch))
    const trainNll = this.counters.epochLoss / data.splits.train.rows
    if (this.keepsSheet(isBest)) this.reporter.event({ type: 'samples', runId: this.reporter.runId, epoch })
    const endSeconds = (this.control.now() - began) / 1000
    const seconds = this.counters.epochSeconds + endSeconds
    this.trainedSeconds += seconds
    const record = { epoch, update: closed.update, trainNll, validNll, isBest, seconds, ...(label ? { label } : {}) }
    this.journal.noteEpoch(record)
    this.counters = { ...closed, ended: endReason(closed, this.config.epochs, this.config.lookAhead) }
    this.reporter.throughput.epochEnd(endSeconds)
    this.reporter.event({ type: 'epoch', runId: this.reporter.runId, record })
    if (this.counters.ended === null) this.heedExplosion(true)
    this.reporter.enter('training')
    if (this.counters.ended !== null || this.journal.isDueAtEpoch()) await this.save()
    else await this.journal.saveMetrics()
  }

  /** Validates the weights of an epoch, and keeps their sheet of samples, and themselves where they are the best so far. */
  private async judge(epoch: number): Promise<Validation & { readonly closed: ClosedEpoch; readonly isBest: boolean }> {
    const validation = await this.scores.validate(this.opened, () => this.control.point())
    const closed = closeEpoch(this.counters, validation.nll)
    const isBest = closed.best.epoch === epoch
    if (isBest) await this.bestModelAndSamples.stageBest(this.opened, this.counters, closed.best)
    if (this.keepsSheet(isBest)) await this.bestModelAndSamples.keepSheet(this.opened, epoch)
    if (this.parts.sheets === 'best' && isBest)
      await this.journal.guard(() => this.parts.folder.dropSamples((other) => other < epoch))
    return { ...validation, closed, isBest }
  }

  private keepsSheet(isBest: boolean): boolean {
    return isBest || this.parts.sheets !== 'best'
  }

  /** Time that a ruined run takes is lost: it waits until a person has looked at it, where there is one to look. */
  private heedExplosion(isEpochOver: boolean): void {
    if (this.control.current !== 'run') return
    const explosion = this.explosions.failure(isEpochOver)
    if (this.parts.whenExploding === 'pause') {
      this.explosion = explosion
      if (explosion) this.ask('pause')
    } else if (explosion) {
      this.explosions.accept()
      // Nobody is there to be asked.
      this.reporter.warning({ ...explosion, hint: say('run.exploded.going-on') })
    }
  }

  /** Stopped, or out of epochs or patience: tests the best model and closes the run. */
  private async finish(reason: EndReason): Promise<RunState> {
    const best = this.counters.best ?? (await this.makeFirstBest())
    await this.save()
    const test = await this.test(best)
    await this.journal.saveRecord({ status: 'finished', test })
    return this.reporter.finished({ best, epochs: this.counters.epochsDone, reason, test })
  }

  /** A run stopped within its first epoch has no validated model yet: the latest one becomes the best. */
  private async makeFirstBest(): Promise<Best> {
    const { nll: validNll } = await this.scores.validate(this.opened, async () => {
      await unlessStopped(() => this.control.point())
    })
    const { best } = closeEpoch(this.counters, validNll)
    await this.bestModelAndSamples.stageBest(this.opened, this.counters, best)
    this.counters = { ...this.counters, best }
    return best
  }

  /** The best model's likelihood on the test rows; null if a second stop cut it short. */
  private async test(best: Best): Promise<TestResult | null> {
    const model = await this.journal.guard(() => this.bestModelAndSamples.readBest(best))
    const test = await unlessStopped(() => this.scores.test(this.opened, model, () => this.control.point()))
    if (test === null) return null
    const { label } = test
    const losses = [test.nll, test.interval95, ...(label ? [label.nll, label.interval95] : [])]
    const bad = losses.find((value) => !Number.isFinite(value))
    if (bad !== undefined) throw diverged('test', bad, best.epoch, best)
    this.journal.noteTest(test)
    await this.journal.saveMetrics()
    return test
  }

  /**
   * Saves and leaves. The status stays 'training': whoever opens the folder next sees a run that was interrupted. One that has
   * made room for others is paused.
   */
  private async suspend(): Promise<RunState> {
    // It was held before it was opened, and is what it was.
    if (!this.session) return this.reporter.suspended()
    const isPaused = this.journal.runRecord.status === 'paused'
    try {
      await this.save()
      if (!isPaused) await this.journal.saveRecord({ status: this.makesRoom ? 'paused' : 'training' })
    } catch (interruption) {
      // A disk that refuses the save must not keep the application from closing; the last checkpoint stands.
      if (!(interruption instanceof Interruption)) throw interruption
    }
    return this.reporter.suspended()
  }

  /** Whether it was suspended because its time is full, and not because anybody asked for it. */
  get makesRoom(): boolean {
    return this.parts.stretch?.then === 'suspend' && this.control.current === 'run'
  }

  /** Writes down what ended the run, and tells it: for `LastingRun` where there is nothing to go on with. */
  async end(failure: Failure): Promise<RunState> {
    const hasDiverged = failure.code === 'diverged'
    const unsaved = hasDiverged
      ? await this.journal.recordDivergence(this.counters, failure)
      : await this.journal.recordFailure(failure)
    // One reason for both, such as a disk that can only be read, is told once.
    if (unsaved && unsaved.code !== failure.code) this.reporter.warning(unsaved)
    return hasDiverged ? this.reporter.diverged(failure) : this.reporter.failed(failure)
  }

  private async onPause(): Promise<void> {
    await this.save()
    // The disk may have refused for so long that a person has asked for something else since.
    if (this.control.current === 'pause') await this.journal.saveRecord({ status: 'paused' })
  }

  private async onResume(): Promise<void> {
    if (this.journal.runRecord.status !== 'training') await this.journal.saveRecord({ status: 'training' })
  }

  private async save(): Promise<void> {
    const session = this.opened
    await this.journal.save(this.counters, () => this.averaged.readState(session), this.averaged.current)
    this.reporter.event({ type: 'saved', runId: this.reporter.runId })
  }

  private get opened(): Session {
    if (!this.session) throw new Error('the session is not open')
    return this.session
  }
}
