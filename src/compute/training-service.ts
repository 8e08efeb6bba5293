import { failureOf, StudioError } from '../base/failure'
import type { DataSet } from '../data/data-set'
import { inkOf } from '../data/sheet'
import type { Params, ResumeOffer } from '../shared/contract'
import type { RunEvent, RunHistory, RunState, RunSummary } from '../shared/run'
import type { SamplePage } from '../shared/samples'
import type { ChosenEngine } from '../training/engine-choice'
import type { RunFolder } from '../runs/run-folder'
import { refuseDiverged } from '../runs/divergence'
import type { RunRecord } from '../runs/run-record'
import { continuedRecord, newRecord, summarise, type Runs } from '../runs/runs'
import { LastingRun } from '../training/lasting-run'
import { validateRun } from '../training/validate-run'
import type { Engines } from './engines'
import type { OpenData } from './open-data'

interface CurrentRun {
  readonly id: string
  readonly trainer: LastingRun
  readonly ended: Promise<void>
}

/** The one run under way, and what is known of all others. */
export class TrainingService {
  private state: RunState = { kind: 'idle' }
  private current: CurrentRun | null = null
  private starting = false

  constructor(
    private readonly runs: () => Runs,
    private readonly data: OpenData,
    private readonly engines: Engines,
    private readonly emit: (event: RunEvent) => void,
  ) {}

  get runState(): RunState {
    return this.state
  }

  /** Starts a run; what can be refused is refused before its folder is made. */
  start({ name, config }: Params<'run.start'>): Promise<{ runId: string }> {
    return this.exclusively(async () => {
      const data = await this.data.forRun(config.data)
      validateRun(config, data.columns)
      const chosen = await this.engines.choose(config, data)
      const folder = this.runs().place(name)
      const record = newRecord(name, config, data, this.data.mixtureOf(data))
      await folder.create(record)
      return this.train(folder, record, data, chosen)
    })
  }

  /** Goes on with a run that is not under way, or that is paused, from its checkpoint: with more epochs, or on another engine. */
  async continue({ runId, epochs, engine: choice }: Params<'run.continue'>): Promise<{ runId: string }> {
    if (this.current?.id === runId && this.state.kind === 'paused') {
      // Before the run is let go of: where it cannot go on, it stays paused.
      if (choice !== undefined) await this.engines.find(choice)
      await this.suspend()
    }
    return this.exclusively(async () => {
      const folder = await this.runs().find(runId)
      const old = await folder.readRecord()
      refuseDiverged(old)
      this.hear({ type: 'state', state: { kind: 'preparing', runId, name: old.name, step: 'Reading the data' } })
      try {
        const data = await this.data.forRun(old.config.data)
        const record = continuedRecord(old, data, { epochs, engine: choice })
        validateRun(record.config, data.columns)
        const chosen = await this.engines.choose(record.config, data)
        return this.train(folder, record, data, chosen)
      } catch (error) {
        this.hear({ type: 'state', state: { kind: 'failed', runId, name: old.name, failure: failureOf(error) } })
        throw error
      }
    })
  }

  pause(): void {
    this.required.trainer.ask('pause')
  }

  resume(): void {
    this.required.trainer.ask('run')
  }

  stop(): void {
    this.required.trainer.ask('stop')
  }

  /** Saves the run under way, if any, and lets go of it. */
  async suspend(): Promise<void> {
    this.current?.trainer.ask('suspend')
    await this.current?.ended
  }

  async history(runId: string): Promise<RunHistory> {
    const folder = await this.runs().find(runId)
    return folder.readHistory(await folder.readRecord())
  }

  async epochSamples({ runId, epoch }: Params<'run.epochSamples'>): Promise<SamplePage> {
    const folder = await this.runs().find(runId)
    const [rows, record] = [await folder.readSamples(epoch), await folder.readRecord()]
    return {
      first: 0,
      columns: rows.columns,
      picture: record.data.picture,
      bits: rows.toBytes(),
      probabilities: inkOf(rows),
      logLikelihoods: new Float64Array(),
    }
  }

  async rename({ runId, name }: Params<'runs.rename'>): Promise<RunSummary> {
    const folder = await this.runs().find(runId)
    if (this.current?.id === runId) await this.current.trainer.rename(name)
    else {
      await refuseIfHeld(folder)
      await folder.rename(name)
      // What was told of it last is told again by its new name.
      if ('runId' in this.state && this.state.runId === runId)
        this.hear({ type: 'state', state: { ...this.state, name } })
    }
    return summarise(folder)
  }

  /** The newest run that was training when the application was closed or crashed. */
  async resumable(): Promise<ResumeOffer | null> {
    if (this.current) return null
    const interrupted = (await this.runs().list()).find(({ status }) => status === 'interrupted')
    return interrupted ? { runId: interrupted.id, name: interrupted.name } : null
  }

  private train(folder: RunFolder, record: RunRecord, data: DataSet, chosen: ChosenEngine): { runId: string } {
    const parts = {
      folder,
      record,
      data,
      ...chosen,
      emit: (event: RunEvent) => this.hear(event),
      whenDiskFails: 'pause',
    } as const
    const trainer = new LastingRun(parts, (id) => this.engines.find(id))
    const ended = trainer
      .run()
      .catch((error: unknown) => {
        const failure = failureOf(error)
        this.hear({ type: 'state', state: { kind: 'failed', runId: folder.id, name: record.name, failure } })
      })
      .then(() => {
        this.current = null
      })
    this.current = { id: folder.id, trainer, ended }
    return { runId: folder.id }
  }

  private async exclusively<T>(start: () => Promise<T>): Promise<T> {
    if (this.current || this.starting)
      throw new StudioError('busy', 'Another run is under way.', 'Stop it, or wait until it is over.')
    this.starting = true
    try {
      return await start()
    } finally {
      this.starting = false
    }
  }

  private get required(): CurrentRun {
    if (this.current) return this.current
    throw new StudioError('not-found', 'No run is under way.', 'Start or continue one first.')
  }

  private hear(event: RunEvent): void {
    if (event.type === 'state') this.state = event.state
    this.emit(event)
  }
}

async function refuseIfHeld(folder: RunFolder): Promise<void> {
  if (await folder.isHeld())
    throw new StudioError(
      'busy',
      'This run is being worked on by another MADE Studio or made command.',
      'Wait until it is done, or stop it there.',
    )
}
