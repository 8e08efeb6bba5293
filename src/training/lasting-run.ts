import type { Engine, EngineId } from '../engine/contract'
import { failureOf, StudioError, type Failure } from '../base/failure'
import type { RunState } from '../shared/run'
import { say } from '../words/say'
import type { RunRequest } from './control'
import { goesOnElsewhere } from './engine-choice'
import { Trainer, type TrainerParts } from './trainer'

/** What an engine computes on may be lost so often within ten minutes; after that the run goes on on the processor. */
const MOST_LOSSES = 2
const LOSS_WINDOW_MS = 600_000
/** A driver takes a moment to come back. */
const SEARCH_AGAIN_MS = 1500

/**
 * A run that outlasts what it computes on: when the device of its engine is lost, the driver gives up or its process
 * dies, it says so and goes on from its last checkpoint on the same engine, or on `cpu` where that does not help. An engine
 * that was chosen for it and has no room for all its rows gives way to `cpu` too.
 */
export class LastingRun {
  private trainer: Trainer
  private losses: number[] = []

  /** @param find looks for an engine anew. @throws StudioError 'engine-unavailable' */
  constructor(
    private readonly parts: TrainerParts,
    private readonly find: (id: EngineId) => Promise<Engine>,
    private readonly now = Date.now,
  ) {
    this.trainer = new Trainer(parts)
  }

  /** As `Trainer.ask`; what has not happened yet outlasts a loss. */
  ask(request: RunRequest): void {
    this.trainer.ask(request)
  }

  /** As `Trainer.makesRoom`. */
  get makesRoom(): boolean {
    return this.trainer.makesRoom
  }

  /** As `Trainer.rename`. */
  async rename(name: string): Promise<void> {
    let renamed: Trainer
    do {
      renamed = this.trainer
      await renamed.rename(name)
      // Where another has taken over meanwhile, it does not know the name yet.
    } while (renamed !== this.trainer)
  }

  /** Trains until the run is over or suspended. @throws StudioError 'busy' if another process works in the folder */
  async run(): Promise<RunState> {
    let { engine } = this.parts
    while (true) {
      try {
        return await this.trainer.run()
      } catch (error) {
        const failure = failureOf(error)
        if (!goesOnElsewhere(failure, engine, this.parts.record.config)) throw error
        if (this.isHopeless(engine)) return await this.trainer.end(failure)
        engine = await (failure.code === 'too-large' ? this.replaceSmall(failure) : this.replace(engine, failure))
        const record = await this.parts.folder.readRecord()
        const { unobeyed } = this.trainer
        this.trainer = new Trainer({ ...this.parts, engine, measured: null, record })
        if (unobeyed !== 'run') this.trainer.ask(unobeyed)
      }
    }
  }

  /** Whether there is nothing else to go on with. */
  private isHopeless({ id }: Engine): boolean {
    return id === 'cpu' && this.lately(this.now()).length >= MOST_LOSSES
  }

  private lately(now: number): number[] {
    return this.losses.filter((time) => now - time < LOSS_WINDOW_MS)
  }

  /** The engine to go on with after a loss, and a word about it. */
  private async replace(lost: Engine, failure: Failure): Promise<Engine> {
    const now = this.now()
    this.losses = [...this.lately(now), now]
    const engine = await this.findAfter(lost)
    const { folder, emit } = this.parts
    const hint = say('run.engine-lost.hint', {
      checkpoint: (await folder.hasCheckpoint()) ? 'yes' : 'no',
      where: engine.id === lost.id ? 'same' : 'other',
      engine: engine.id,
    })
    emit({ type: 'warning', runId: folder.id, failure: { ...failure, hint } })
    return engine
  }

  /** The engine to go on with instead of one that has no room, and a word about it. */
  private async replaceSmall(failure: Failure): Promise<Engine> {
    const { folder, emit } = this.parts
    emit({ type: 'warning', runId: folder.id, failure: { ...failure, hint: say('run.engine-too-small.hint') } })
    return this.find('cpu')
  }

  private async findAfter(lost: Engine): Promise<Engine> {
    if (this.losses.length <= MOST_LOSSES)
      for (let search = 0; search < 2; search++) {
        await new Promise((resolve) => setTimeout(resolve, SEARCH_AGAIN_MS * search))
        try {
          return await this.find(lost.id)
        } catch (error) {
          if (!(error instanceof StudioError)) throw error
        }
      }
    return this.find('cpu')
  }
}
