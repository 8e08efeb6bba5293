import type { DataSet } from '../data/data-set'
import type { Engine, Session } from '../engine/contract'
import type { Connectivity } from '../made/connectivity'
import { failureOf, StudioError, type Failure } from '../made/failure'
import { initialParameters, validateInitialisation } from '../made/initialisation'
import { MOST_STORED_CONNECTIVITIES } from '../made/model-file'
import { connectivityAt, connectivityDrawer, connectivityList, isUnlimited, testListLength, validateSchedule, type Schedule } from '../made/schedule'
import { validateSpec, type ModelSpec } from '../made/spec'
import type { MeasuredEngine, RunEvent, RunState, TestResult } from '../shared/run'
import { scheduleOf, specOf, type RunConfig } from '../shared/run-config'
import { Control, Interruption, type Wish } from './control'
import { closeEpoch, endReason, reopened, START, type Counters } from './counters'
import { evaluate } from './evaluation'
import { Journal } from './journal'
import { requireMemory } from './memory'
import { epochMinibatches, minibatchCount } from './minibatches'
import { Reporter } from './reporter'
import { checkpointShape, type RunFolder } from './run-folder'
import type { RunRecord } from './run-record'

/** One list of minibatches should take the engine about so long, so that a wish is answered at once. */
const LIST_SECONDS = 0.05
const MOST_LIST = 256
/** Samples on the sheet of each epoch. */
const SHEET_SAMPLES = 64

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
}

/**
 * Checks all that can be known to be wrong before anything is allocated.
 * @throws StudioError 'invalid-model', 'invalid-settings' or 'too-large'
 */
export function validateRun(config: RunConfig, inputs: number): void {
  const spec = specOf(config, inputs)
  validateSpec(spec)
  validateSchedule(scheduleOf(config))
  validateInitialisation(spec, config.initialisation)
  requireMemory(config, inputs)
}

/**
 * The training loop of one run, whatever the engine: minibatches under scheduled connectivities, validation and a sheet
 * of samples after each epoch, early stopping, the best model kept, and at the end its likelihood on the test rows.
 * Every random draw is named by the seed and a number, so a run that goes on from a checkpoint computes bit for bit
 * what it would have computed without the break.
 */
export class Trainer {
  private readonly spec: ModelSpec
  private readonly schedule: Schedule
  private readonly config: RunConfig
  private readonly minibatches: number
  private readonly control = new Control({ paused: () => this.onPause(), resumed: () => this.onResume() })
  private readonly journal: Journal
  private readonly reporter: Reporter
  private counters: Counters = START
  private session: Session | null = null
  private diskFailure: Failure | null = null
  private shuffled: { readonly epoch: number; readonly minibatches: Uint32Array[] } | null = null
  private readonly draw: (t: number) => Connectivity
  private readonly list: (Connectivity | undefined)[] = []
  private drawnEpoch: number | null = null

  constructor(private readonly parts: TrainerParts) {
    const { record, folder, data, emit } = parts
    this.config = record.config
    this.spec = specOf(this.config, data.columns)
    this.schedule = scheduleOf(this.config)
    this.draw = connectivityDrawer(this.spec, this.schedule)
    this.minibatches = minibatchCount(data.splits.train.rows, this.config.batchSize)
    const reported = {
      counters: () => this.counters,
      wish: () => this.control.current,
      diskFailure: () => this.diskFailure,
      name: () => this.journal.runRecord.name,
    }
    this.reporter = new Reporter(folder.id, this.config, this.minibatches, reported, emit)
    const trouble = { wait: (failure: Failure) => this.waitForDisk(failure) }
    this.journal = new Journal(folder, record, () => this.control.now(), parts.whenDiskFails === 'pause' ? trouble : null)
  }

  /** Asks for a pause, to go on, to stop (the best model is then tested and kept), or to suspend. */
  ask(wish: Wish): void {
    this.control.ask(wish)
    this.tellState()
  }

  /** Gives the run another name. */
  async rename(name: string): Promise<void> {
    await this.saveRecord({ name })
    this.tellState()
  }

  /**
   * Trains until the run is over or suspended. What goes wrong is recorded in the run and returned as its state.
   * @throws StudioError 'busy' if another process works in the folder; 'process-lost' if what the engine computes on
   * was lost, which `LastingRun` outlasts: the run can go on from its last checkpoint.
   */
  async run(): Promise<RunState> {
    const lock = await this.parts.folder.lock()
    try {
      return await this.runLocked()
    } catch (error) {
      const failure = failureOf(error)
      if (failure.code === 'process-lost') throw error
      return await this.fail(failure)
    } finally {
      await this.session?.close()
      this.session = null
      await lock.release()
    }
  }

  private async runLocked(): Promise<RunState> {
    try {
      await this.prepare()
      await this.trainEpochs()
      return await this.finish()
    } catch (interruption) {
      if (interruption instanceof Interruption) return await this.suspend()
      throw interruption
    }
  }

  private async prepare(): Promise<void> {
    const { folder, engine, data, record } = this.parts
    this.reporter.preparing('Preparing the model')
    validateRun(this.config, data.columns)
    const { checkpoint, failures } = await folder.readCheckpoint(checkpointShape(record))
    for (const failure of failures) this.reporter.warning(failure)
    const parameters =
      checkpoint?.state.parameters ?? initialParameters(this.spec, this.config.initialisation, this.config.seed)
    this.session = await engine.open({ spec: this.spec, parameters, l2: this.config.l2 }, this.config.optimizer)
    if (checkpoint) {
      await this.session.writeState(checkpoint.state)
      this.counters = checkpoint.counters
      this.journal.isSaved(checkpoint.counters)
      await this.checkBest()
      if (record.status === 'finished' && this.counters.epochsDone < this.config.epochs)
        this.counters = reopened(this.counters)
    }
    if (checkpoint || failures.length > 0 || record.epoch > 0) {
      await folder.dropSamplesAfter(this.counters.epochsDone)
      this.journal.noteResumed(this.counters.update, engine.id)
      await this.journal.saveMetrics()
    }
    if (!data.epochRows) await this.session.setData(data.splits.train)
    await this.saveRecord({ status: 'training', engine: this.engineRecord, failure: null })
    this.tellState()
  }

  /** A best model that cannot be read any more is forgotten, so that the next validated one takes its place. */
  private async checkBest(): Promise<void> {
    if (this.counters.best === null) return
    try {
      await this.parts.folder.readBest()
    } catch (error) {
      const { code, message } = failureOf(error)
      const hint = 'The run goes on; its next validated model becomes the best one.'
      this.reporter.warning({ code, message, hint })
      this.counters = { ...this.counters, best: null }
    }
  }

  private async trainEpochs(): Promise<void> {
    try {
      while (this.counters.ended === null) {
        await this.control.point()
        if (this.counters.minibatch < this.minibatches) await this.trainList()
        else await this.endEpoch()
      }
    } catch (interruption) {
      if (!(interruption instanceof Interruption) || interruption.wish === 'suspend') throw interruption
      this.counters = { ...this.counters, ended: 'stopped' }
    }
  }

  private async trainList(): Promise<void> {
    const { minibatch, update } = this.counters
    await this.redraw(this.counters.epochsDone + 1)
    const count = Math.min(this.reporter.pace.updatesIn(LIST_SECONDS), MOST_LIST, this.minibatches - minibatch)
    const minibatches = this.shuffle(this.counters.epochsDone + 1).slice(minibatch, minibatch + count)
    const began = performance.now()
    const connectivities = minibatches.map((_, i) => this.connectivity(update + i))
    const losses = await this.opened.train(minibatches, connectivities)
    const seconds = (performance.now() - began) / 1000
    requireFinite(losses, update)
    this.reporter.pace.updates(count, seconds)
    this.counters = {
      ...this.counters,
      minibatch: minibatch + count,
      update: update + count,
      epochLoss: minibatches.reduce((sum, rows, i) => sum + rows.length * losses[i], this.counters.epochLoss),
      epochSeconds: this.counters.epochSeconds + seconds,
    }
    this.journal.noteLosses(update, losses)
    this.reporter.losses(update, losses)
    if (this.journal.isDue()) await this.save()
  }

  /** Hands over the training rows of an epoch, where they are drawn anew for each: the data name them by its number alone. */
  private async redraw(epoch: number): Promise<void> {
    const { epochRows } = this.parts.data
    if (!epochRows || this.drawnEpoch === epoch) return
    await this.opened.setData(epochRows(epoch))
    this.drawnEpoch = epoch
  }

  /** The connectivity of update t; those of a list stay the same objects, so that an engine need not prepare them anew. */
  private connectivity(t: number): Connectivity {
    if (isUnlimited(this.schedule)) return connectivityAt(this.spec, this.schedule, t)
    const place = t % this.listLength(1)
    return (this.list[place] ??= this.draw(place))
  }

  private listLength(whenUnlimited: number): number {
    return testListLength(this.schedule, whenUnlimited)
  }

  private shuffle(epoch: number): Uint32Array[] {
    if (this.shuffled?.epoch !== epoch) {
      const { rows } = this.parts.data.splits.train
      this.shuffled = { epoch, minibatches: epochMinibatches(rows, this.config.batchSize, this.config.seed, epoch) }
    }
    return this.shuffled.minibatches
  }

  private async endEpoch(): Promise<void> {
    const began = this.control.now()
    const { data } = this.parts
    const validNll = await this.validate(() => this.control.point())
    const trainNll = this.counters.epochLoss / data.splits.train.rows
    const closed = closeEpoch(this.counters, validNll)
    const epoch = closed.epochsDone
    const isBest = closed.best?.epoch === epoch
    if (isBest) await this.saveBest()
    await this.drawSheet(epoch)
    const endSeconds = (this.control.now() - began) / 1000
    const seconds = this.counters.epochSeconds + endSeconds
    const record = { epoch, update: closed.update, trainNll, validNll, isBest, seconds }
    this.journal.noteEpoch(record)
    this.counters = { ...closed, ended: endReason(closed, this.config.epochs, this.config.lookAhead) }
    this.reporter.pace.epochEnd(endSeconds)
    this.reporter.event({ type: 'epoch', runId: this.reporter.runId, record })
    this.reporter.enter('training')
    if (this.counters.ended !== null || this.journal.isDueAtEpoch()) await this.save()
    else await this.journal.saveMetrics()
  }

  /** The validation NLL of the model as it is now. */
  private async validate(point: () => Promise<void>): Promise<number> {
    this.reporter.enter('validating')
    const list = await this.testList(this.config.validationPairs, point)
    const { valid } = this.parts.data.splits
    return (await evaluate(this.opened, valid, list, (share) => this.evaluating(share, point))).nll
  }

  /** The test-time list. Drawing a long one takes seconds, so wishes are heard meanwhile. */
  private async testList(whenUnlimited: number, point: () => Promise<void>): Promise<Connectivity[]> {
    const draw = connectivityDrawer(this.spec, this.schedule)
    const list: Connectivity[] = []
    let began = performance.now()
    while (list.length < this.listLength(whenUnlimited)) {
      list.push(draw(list.length))
      if (performance.now() - began < 1000 * LIST_SECONDS) continue
      await point()
      began = performance.now()
    }
    return list
  }

  private async evaluating(share: number, point: () => Promise<void>): Promise<void> {
    this.reporter.evaluated(share)
    await point()
  }

  private async drawSheet(epoch: number): Promise<void> {
    const { folder } = this.parts
    const request = { count: SHEET_SAMPLES, first: 0, seed: this.config.seed, connectivity: this.connectivity(0) }
    const { rows } = await this.opened.sample(request)
    await this.journal.guard(() => folder.writeSamples(epoch, rows))
    this.reporter.event({ type: 'samples', runId: folder.id, epoch })
  }

  private async saveBest(): Promise<void> {
    const { parameters } = await this.opened.readState()
    const stored = Math.min(MOST_STORED_CONNECTIVITIES, this.listLength(this.config.testPairs))
    const connectivities = connectivityList(this.spec, this.schedule, stored)
    const model = { spec: this.spec, parameters, connectivities, schedule: this.schedule }
    await this.journal.guard(() => this.parts.folder.writeBest(model))
  }

  /** Stopped, or out of epochs or patience: tests the best model and closes the run. */
  private async finish(): Promise<RunState> {
    if (this.counters.best === null) await this.makeFirstBest()
    await this.save()
    const test = await this.test()
    const { best, ended, epochsDone: epochs } = this.counters
    await this.saveRecord({ status: 'finished', test })
    const result = { best: best ?? { epoch: 0, validNll: NaN }, epochs, reason: ended ?? 'stopped', test }
    return this.reporter.finished(result)
  }

  /** A run stopped within its first epoch has no validated model yet: the latest one becomes the best. */
  private async makeFirstBest(): Promise<void> {
    const validNll = await this.validate(() => this.ignoringStops())
    this.counters = { ...this.counters, best: { epoch: this.counters.epochsDone + 1, validNll } }
    await this.saveBest()
  }

  private async ignoringStops(): Promise<void> {
    try {
      await this.control.point()
    } catch (interruption) {
      if (!(interruption instanceof Interruption) || interruption.wish === 'suspend') throw interruption
    }
  }

  /** The best model's likelihood on the test rows; null if a second stop cut it short. */
  private async test(): Promise<TestResult | null> {
    const { folder, data } = this.parts
    const { parameters } = await folder.readBest()
    const latest = await this.opened.readState()
    await this.opened.writeState({ ...latest, parameters })
    try {
      this.reporter.enter('testing')
      const point = (): Promise<void> => this.control.point()
      const list = await this.testList(this.config.testPairs, point)
      const test = await evaluate(this.opened, data.splits.test, list, (share) => this.evaluating(share, point))
      this.journal.noteTest(test)
      await this.journal.saveMetrics()
      return test
    } catch (interruption) {
      if (!(interruption instanceof Interruption) || interruption.wish === 'suspend') throw interruption
      return null
    } finally {
      await this.opened.writeState(latest)
    }
  }

  /** Saves and leaves. The status stays 'training': whoever opens the folder next sees a run that was interrupted. */
  private async suspend(): Promise<RunState> {
    const paused = this.journal.runRecord.status === 'paused'
    try {
      await this.save()
      if (!paused) await this.saveRecord({ status: 'training' })
    } catch (interruption) {
      // A disk that refuses the save must not keep the application from closing; the last checkpoint stands.
      if (!(interruption instanceof Interruption)) throw interruption
    }
    return this.reporter.suspended()
  }

  private async fail(failure: Failure): Promise<RunState> {
    const unsaved = await this.journal.tryRecord(this.counters, { status: 'failed', failure })
    if (unsaved) this.reporter.warning(unsaved)
    return this.reporter.failed(failure)
  }

  private async onPause(): Promise<void> {
    this.tellState()
    if (this.diskFailure) return
    await this.save()
    await this.saveRecord({ status: 'paused' })
  }

  private async onResume(): Promise<void> {
    if (!this.diskFailure) await this.saveRecord({ status: 'training' })
  }

  private async waitForDisk(failure: Failure): Promise<void> {
    this.diskFailure = failure
    this.control.ask('pause')
    this.tellState()
    await this.control.point()
    this.diskFailure = null
  }

  private save(): Promise<void> {
    return this.journal.save(this.counters, this.opened)
  }

  private saveRecord(change: Partial<RunRecord>): Promise<void> {
    return this.journal.saveRecord(this.counters, change)
  }

  private get engineRecord(): RunRecord['engine'] {
    const { engine, measured } = this.parts
    return { id: engine.id, device: engine.device.name, measured: measured ? [...measured] : null }
  }

  /** There is nothing to tell before the session is open: the run is then still being prepared. */
  private tellState(): void {
    if (this.session) this.reporter.state()
  }

  private get opened(): Session {
    if (!this.session) throw new Error('the session is not open')
    return this.session
  }
}

function requireFinite(losses: Float64Array, firstUpdate: number): void {
  const bad = losses.findIndex((loss) => !Number.isFinite(loss))
  if (bad < 0) return
  throw new StudioError(
    'invalid-settings',
    `The loss stopped being a number at update ${firstUpdate + bad + 1}: training diverged.`,
    'Use a smaller learning rate. The best model so far and the last checkpoint are kept.',
  )
}
