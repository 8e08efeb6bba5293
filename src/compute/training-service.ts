import { existsSync } from 'node:fs'
import { failureOf, StudioError, type Failure } from '../base/failure'
import { builtInTable } from '../data/built-in-names'
import type { DataSet } from '../data/data-set'
import type { Params, ResumeOffer } from '../shared/contract'
import type { DataSource } from '../shared/data-source'
import type { RunConfig } from '../shared/run-config'
import type { RunInGroup } from '../shared/run-group'
import {
  isUnderWay,
  NO_STATES,
  stateOf,
  withState,
  type RunEstimate,
  type RunEvent,
  type RunCurve,
  type RunHistory,
  type RunState,
  type RunStates,
  type RunSummary,
} from '../shared/run'
import type { SamplePage } from '../shared/samples'
import type { ChosenEngine } from '../training/engine-choice'
import { refuseDiverged } from '../runs/divergence'
import type { RunFolder, RunHold } from '../runs/run-folder'
import type { RunRecord } from '../runs/run-record'
import { continuedRecord, movedData, newRecord, type Runs } from '../runs/runs'
import { LastingRun } from '../training/lasting-run'
import type { Stretch } from '../training/trainer'
import { validateRun } from '../training/validate-run'
import { say } from '../words/say'
import type { Engines } from './engines'
import { EventPace } from './event-pace'
import { preparedWords, seenOf } from './drawn-pages'
import type { OpenData } from './open-data'
import type { RunPlaces } from './run-places'

interface CurrentRun {
  readonly id: string
  readonly trainer: LastingRun
  /** Settles when nothing of it is at work any more. */
  readonly ended: Promise<void>
}

/** A run of which all that training needs is being got together. */
interface Beginning {
  /** The run that is to go on; null for a new one. */
  readonly runId: string | null
  /** Its folder, once it is held. */
  folder: RunFolder | null
  /** Settles when it is under way, or it is known why it is not, and its folder is let go of. */
  readonly over: Promise<void>
}

/** A run of a group, which nobody looks at by itself: how long it is trained, and what it is to be where it has not begun. */
export interface InGroup {
  readonly stretch: Stretch | null
  readonly name: string
  readonly config: RunConfig
  readonly group: RunInGroup
  /** SHA-256 of the rows that the group is for. */
  readonly dataHash: string
}

/** A folder that is held for a run. */
interface HeldRun {
  readonly runs: Runs
  readonly folder: RunFolder
  readonly hold: RunHold
}

/**
 * The one run under way, and what is known of all others. From the moment that a run is asked for until nothing of it is at
 * work any more no other begins, and its folder is held.
 */
export class TrainingService {
  private states: RunStates = NO_STATES
  private current: CurrentRun | null = null
  private beginning: Beginning | null = null
  private isClosing = false
  /** Hears of each run that is under way from now on. */
  onBegun: (runId: string) => void = () => undefined
  /** Hears when nothing is at work any more, and another run can begin. */
  onFree: () => void = () => undefined
  private readonly pace: EventPace

  constructor(
    private readonly places: RunPlaces,
    private readonly data: OpenData,
    private readonly engines: Engines,
    emit: (event: RunEvent) => void,
  ) {
    this.pace = new EventPace(emit)
  }

  /** What the run under way is at, or the one that was last. */
  private get state(): RunState {
    return this.states.current
  }

  /** What a run is at; 'idle' where nothing is known of it. Null: the run under way, or else the one that was last. */
  stateOf(runId: string | null): RunState {
    return stateOf(this.states, runId)
  }

  /** The run that is under way or being got together; null where there is none, or a new one is being got together. */
  get underWayId(): string | null {
    return this.current?.id ?? this.beginning?.runId ?? null
  }

  /** Whether a run is being got together. */
  get isBeginning(): boolean {
    return this.beginning !== null
  }

  /** Says that nothing is under way where the run that was has made room and none has taken its place. */
  rest(): void {
    if (this.isFree && isUnderWay(this.state)) this.hear({ type: 'state', state: { kind: 'idle' } })
  }

  /** Whether another run can begin. */
  get isFree(): boolean {
    return this.current === null && this.beginning === null && !this.isClosing
  }

  /**
   * A new run that is to begin later.
   * @returns its record, and what makes its folder; what can be refused is refused before
   */
  async prepared(
    name: string,
    config: RunConfig,
  ): Promise<{ readonly record: RunRecord; readonly lay: (runs: Runs) => Promise<string> }> {
    const data = await this.data.forRun(config.data)
    validateRun(config, data)
    const record: RunRecord = { ...newRecord(name, config, data, this.data.mixtureOf(data)), status: 'paused' }
    const lay = async (runs: Runs): Promise<string> => {
      const folder = runs.place(name)
      await folder.create(record)
      return folder.id
    }
    return { record, lay }
  }

  /** Starts a run; what can be refused is refused before its folder is made. */
  start({ name, config }: Params<'run.start'>): Promise<{ runId: string }> {
    return this.begin(null, async () => {
      const data = await this.data.forRun(config.data)
      validateRun(config, data)
      const chosen = await this.engines.choose(config, data)
      this.requireOpen()
      const runs = this.places.current
      const folder = runs.place(name)
      const record = newRecord(name, config, data, this.data.mixtureOf(data))
      await folder.create(record)
      return this.train({ runs, folder, hold: await folder.lock() }, record, data, chosen)
    })
  }

  /** Goes on with a run that is not under way, or that is paused, from its checkpoint: with more epochs, or on another engine. */
  continue(
    { runId, epochs, engine: choice, dataPath }: Params<'run.continue'>,
    inGroup: InGroup | null = null,
  ): Promise<{ runId: string }> {
    return this.begin(runId, async (beginning) => {
      if (this.current) {
        // Before the paused run is let go of: where it cannot go on, it stays paused.
        if (choice !== undefined) await this.engines.find(choice)
        await this.letGo()
      }
      if (inGroup) await this.lay(runId, inGroup)
      const { held, old } = await this.hold(runId)
      try {
        beginning.folder = held.folder
        this.tell(runId, held.runs, { kind: 'preparing', runId, name: old.name, step: say('compute.run.reading') })
        const change = { epochs, engine: choice, dataPath }
        const data = await this.dataOf(movedData(old.config.data, dataPath), old.data.name)
        const { config } = continuedRecord(old, data, change)
        validateRun(config, data)
        const chosen = await this.engines.choose(config, data)
        // It may have been renamed meanwhile.
        return await held.runs.changing(runId, async () => {
          const record = continuedRecord(await held.folder.readRecordToChange(), data, change)
          this.requireOpen()
          return this.train(held, record, data, chosen, inGroup)
        })
      } catch (error) {
        await held.hold.release()
        throw error
      }
    })
  }

  /** About how long a run would take. @throws StudioError 'busy' while one is under way, which it would hold up */
  async estimate(config: RunConfig): Promise<RunEstimate> {
    if (this.current || this.beginning)
      throw new StudioError('busy', say('compute.run.no-estimate'), say('compute.run.no-estimate.hint'))
    const data = await this.data.forRun(config.data)
    validateRun(config, data)
    return this.engines.estimate(config, data)
  }

  /** Pauses a run. @throws StudioError 'not-found' if it is not under way, as those that follow */
  pause(runId: string): void {
    this.underWay(runId).trainer.ask('pause')
  }

  resume(runId: string): void {
    this.underWay(runId).trainer.ask('run')
  }

  stop(runId: string): void {
    this.underWay(runId).trainer.ask('stop')
  }

  /**
   * Lets go of a run that is paused; where it cannot be saved, it is kept at its last checkpoint.
   * @throws StudioError 'not-found' if it is not under way, 'busy' if it is not paused
   */
  async leave(runId: string): Promise<void> {
    this.underWay(runId)
    if (this.state.kind !== 'paused')
      throw new StudioError('busy', say('compute.run.not-paused'), say('compute.run.not-paused.hint'))
    await this.letGo()
    // It may have come to its end meanwhile, or another may have begun.
    if (this.state.kind === 'paused' && this.state.runId === runId)
      this.hear({ type: 'state', state: { kind: 'idle' } })
  }

  /** Saves the run under way, whatever it does, and lets go of it. */
  async putAside(): Promise<void> {
    await this.letGo()
    this.rest()
  }

  /** Saves the run under way, if any, and lets go of it, and of one that is being got together. None begins after that. */
  async suspend(): Promise<void> {
    this.isClosing = true
    await this.letGo()
    await this.beginning?.over
  }

  history(runId: string): Promise<RunHistory> {
    return this.places.of(runId).reading(runId, async (folder) => folder.readHistory(await folder.readRecord()))
  }

  /** What of the history is compared with other runs. @throws as `history` */
  async curve(runId: string): Promise<RunCurve> {
    const { epochs, sampleEpochs } = await this.history(runId)
    let seconds = 0
    return {
      epoch: Float64Array.from(epochs, ({ epoch }) => epoch),
      update: Float64Array.from(epochs, ({ update }) => update),
      seconds: Float64Array.from(epochs, (record) => (seconds += record.seconds)),
      validNll: Float64Array.from(epochs, ({ validNll }) => validNll),
      sampleEpochs,
    }
  }

  epochSamples({ runId, epoch }: Params<'run.epochSamples'>): Promise<SamplePage> {
    return this.places.of(runId).reading(runId, async (folder) => {
      const [rows, { data, config }] = [await folder.readSamples(epoch), await folder.readRecord()]
      const words = preparedWords(await folder.preparation(), rows.columns, data.picture)
      // What they were drawn with is not kept.
      const drawn = { rows, probabilities: Float32Array.from(rows.toBytes()) }
      return {
        ...seenOf(drawn, data.picture, words),
        first: 0,
        logLikelihoods: new Float64Array(),
        table: words?.tableOf(drawn, { seed: config.seed, number: 0 }, null) ?? null,
      }
    })
  }

  /** Gives a run another name, whatever it is doing here. @throws StudioError 'busy' if another process works in it */
  rename({ runId, name }: Params<'runs.rename'>): Promise<RunSummary> {
    return this.places.changing(runId, async (found) => {
      if (this.current?.id === runId) {
        if (isUnderWay(this.state)) return this.current.trainer.rename(name)
        await this.current.ended
      }
      const folder = (this.beginning?.runId === runId ? this.beginning.folder : null) ?? found
      const hold = await folder.lock()
      try {
        await folder.rename(name)
      } finally {
        await hold.release()
      }
      // What was told of it last is told again by its new name.
      const told = this.stateOf(runId)
      if (told.kind !== 'idle') this.hear({ type: 'state', state: { ...told, name } })
    })
  }

  /**
   * Moves a run to the bin, once nobody reads in it.
   * @param mayGo throws where it has to stay
   * @returns its id there
   * @throws StudioError 'busy' while it is under way
   */
  async delete(runId: string, mayGo: () => Promise<void>): Promise<{ binId: string }> {
    const isCurrent = this.current?.id === runId
    if ((isCurrent && isUnderWay(this.state)) || this.beginning?.runId === runId)
      throw new StudioError('busy', say('compute.run.not-deleted'), say('compute.run.not-deleted.hint'))
    if (isCurrent) await this.current?.ended
    return { binId: await this.places.delete(runId, mayGo) }
  }

  /** The newest run that was training when the application was closed or crashed. */
  async resumable(): Promise<ResumeOffer | null> {
    if (this.current || this.beginning) return null
    const interrupted = (await this.places.list()).find(({ status }) => status === 'interrupted')
    return interrupted ? { runId: interrupted.id, name: interrupted.name } : null
  }

  /** Lets nobody else begin a run until this one is under way, or it is known why it is not. */
  private async begin<T>(runId: string | null, work: (beginning: Beginning) => Promise<T>): Promise<T> {
    const isOccupied = this.current !== null && isUnderWay(this.state)
    const isPaused = this.current?.id === runId && this.state.kind === 'paused'
    if (this.beginning || (isOccupied && !isPaused))
      throw new StudioError('busy', say('compute.run.busy'), say('compute.run.busy.hint'))
    let isOver = (): void => undefined
    const over = new Promise<void>((resolve) => (isOver = resolve))
    const beginning: Beginning = { runId, folder: null, over }
    this.beginning = beginning
    try {
      // One that is over still lets go of its folder and its engine.
      if (!isOccupied) await this.current?.ended
      return await work(beginning)
    } catch (error) {
      this.tellFailed(failureOf(error))
      throw error
    } finally {
      this.beginning = null
      isOver()
      if (this.isFree) this.onFree()
    }
  }

  /** Makes the folder of a run of a group, unless it is there. @throws StudioError 'invalid-data' where the data are other ones */
  private async lay(runId: string, { name, config, group, dataHash }: InGroup): Promise<void> {
    const runs = this.places.of(runId)
    if (await runs.has(runId)) return
    const data = await this.dataOf(config.data, name)
    if (data.hash !== dataHash)
      throw new StudioError('invalid-data', say('group.other-data', { name: group.name }), say('group.other-data.hint'))
    this.requireOpen()
    const record = newRecord(name, config, data, this.data.mixtureOf(data))
    await runs.folder(runId).create({ ...record, group, status: 'paused' })
  }

  /** Holds the folder of a run that is to go on. @throws StudioError 'not-found', 'busy' or 'diverged' */
  private async hold(runId: string): Promise<{ readonly held: HeldRun; readonly old: RunRecord }> {
    const runs = this.places.of(runId)
    return runs.changing(runId, async (folder) => {
      const hold = await folder.lock()
      try {
        const old = await folder.readRecord()
        refuseDiverged(old)
        return { held: { runs, folder, hold }, old }
      } catch (error) {
        await hold.release()
        throw error
      }
    })
  }

  /** @throws StudioError 'data-missing' where the file is not where it was, or what reading it throws */
  private async dataOf(source: DataSource, name: string): Promise<DataSet> {
    try {
      return await this.data.forRun(source)
    } catch (error) {
      if (source.kind !== 'file' || builtInTable(source.path) !== null || existsSync(source.path)) throw error
      throw new StudioError(
        'data-missing',
        say('compute.run.data-missing', { name, path: source.path }),
        say('compute.run.data-missing.hint'),
        { cause: error },
      )
    }
  }

  private train(
    { runs, folder, hold }: HeldRun,
    record: RunRecord,
    data: DataSet,
    chosen: ChosenEngine,
    inGroup: InGroup | null = null,
  ): { runId: string } {
    const { id } = folder
    const emit = (event: RunEvent): void => {
      // Another of the group takes its place at once; and nobody is asked about each of many runs.
      if (inGroup && (event.type === 'warning' || (isRest(event) && trainer.makesRoom))) return
      this.hear(event)
    }
    const parts = {
      folder,
      record,
      data,
      ...chosen,
      emit,
      whenDiskFails: 'pause',
      whenExploding: inGroup ? 'go-on' : 'pause',
      stretch: inGroup?.stretch ?? null,
      sheets: inGroup ? 'best' : 'each',
    } as const
    const trainer = new LastingRun(parts, (engine) => this.engines.find(engine))
    this.tell(id, runs, { kind: 'preparing', runId: id, name: record.name, step: say('compute.run.preparing') })
    const ended = trainer
      .run()
      .catch((error: unknown) => {
        const failure = failureOf(error)
        this.hear({ type: 'state', state: { kind: 'failed', runId: id, name: record.name, failure } })
      })
      .then(() => hold.release())
      .then(() => {
        this.current = null
        if (this.isFree) this.onFree()
      })
    this.current = { id, trainer, ended }
    this.onBegun(id)
    return { runId: id }
  }

  /** Where a run was told to be under way and is not, since it could not begin or go on, that is told too. */
  private tellFailed(failure: Failure): void {
    const { state } = this
    if (this.current !== null || !isUnderWay(state) || state.kind === 'idle' || state.runId === null) return
    this.hear({ type: 'state', state: { kind: 'failed', runId: state.runId, name: state.name, failure } })
  }

  private async letGo(): Promise<void> {
    this.current?.trainer.ask('suspend')
    await this.current?.ended
  }

  private requireOpen(): void {
    if (this.isClosing) throw new StudioError('cancelled', say('compute.run.closing'), say('compute.run.closing.hint'))
  }

  private underWay(runId: string): CurrentRun {
    if (this.current?.id === runId) return this.current
    throw new StudioError('not-found', say('compute.run.none'), say('compute.run.none.hint'))
  }

  /** Tells a state of a run, which from then on is found where it is. */
  private tell(runId: string, runs: Runs, state: RunState): void {
    this.places.keep(runId, runs)
    this.hear({ type: 'state', state })
  }

  private hear(event: RunEvent): void {
    if (event.type === 'state') this.states = withState(this.states, event.state)
    this.pace.hear(event)
  }
}

/** Whether a run is told to be paused without being held by anything. */
function isRest(event: RunEvent): boolean {
  return event.type === 'state' && event.state.kind === 'paused' && event.state.reason === null
}
