import type { DataSet } from '../data/data-set'
import { preparationOf } from '../data/model-data'
import type { Session } from '../engine/contract'
import { StudioError } from '../base/failure'
import type { Model } from '../made/model-file'
import type { ModelSpec } from '../made/spec'
import { encodeModelPreparation } from '../shared/model-preparation'
import type { RunConfig } from '../shared/run-config'
import { say } from '../words/say'
import type { Best, Counters } from '../runs/counters'
import { requireFiniteState } from '../runs/divergence'
import type { Journal } from '../runs/journal'
import type { RunConnectivities } from './run-connectivities'
import { isSame, type RunFolder } from '../runs/run-folder'

/** Samples on the sheet of each epoch. */
const SHEET_SAMPLES = 64

/** What a run keeps of its model at the end of an epoch. */
export class BestModelAndSamples {
  private readonly preparation: string | undefined

  /** @param data what the model is trained on: its file says how they were prepared */
  constructor(
    private readonly folder: RunFolder,
    private readonly journal: Journal,
    private readonly spec: ModelSpec,
    private readonly config: RunConfig,
    private readonly connectivities: RunConnectivities,
    data: DataSet,
  ) {
    const preparation = preparationOf(data)
    if (preparation) this.preparation = encodeModelPreparation(preparation)
  }

  /**
   * Writes the model as it is now where it becomes the best one with the next save.
   * @param validated what it was found to be; a model whose weights are no numbers never gets that far
   * @throws StudioError 'diverged' then, and as `Journal.guard`
   */
  async stageBest(session: Session, counters: Counters, validated: Best): Promise<void> {
    const state = await session.readState()
    requireFiniteState(state, counters)
    const connectivities = this.connectivities.stored(this.config.testPairs)
    const { schedule } = this.connectivities
    const { spec, preparation } = this
    const model = { spec, parameters: state.parameters, connectivities, schedule, preparation, validated }
    await this.journal.guard(() => this.folder.stageBest(model))
  }

  /**
   * Reads the best model back.
   * @param best what was told of it
   * @throws StudioError 'damaged-file' if it is another one or is damaged, 'not-found' if it is gone; 'unreadable-file' or
   * 'not-writable' where the disk refuses
   */
  async readBest(best: Best): Promise<Model> {
    const model = await this.folder.readBest().catch(async (error: unknown) => {
      // On a disk that was pulled out nothing is there.
      await this.folder.requireOurs()
      throw error
    })
    const { validated } = model
    if (validated !== undefined && !isSame(validated, best)) {
      const message = say('run.other-best', { there: validated.epoch, expected: best.epoch })
      throw new StudioError('damaged-file', message, say('run.other-best.hint'))
    }
    return model
  }

  /** Draws the sheet of an epoch, the same uniforms for each, and keeps it. @throws as `Journal.guard` */
  async keepSheet(session: Session, epoch: number): Promise<void> {
    const request = { count: SHEET_SAMPLES, first: 0, seed: this.config.seed, connectivity: this.connectivities.at(0) }
    const { rows } = await session.sample(request)
    await this.journal.guard(() => this.folder.writeSamples(epoch, rows))
  }
}
