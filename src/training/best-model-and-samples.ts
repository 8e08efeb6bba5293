import type { Session } from '../engine/contract'
import type { ModelSpec } from '../made/spec'
import type { RunConfig } from '../shared/run-config'
import type { Best, Counters } from '../runs/counters'
import { requireFiniteState } from '../runs/divergence'
import type { Journal } from '../runs/journal'
import type { RunConnectivities } from './run-connectivities'
import type { RunFolder } from '../runs/run-folder'

/** Samples on the sheet of each epoch. */
const SHEET_SAMPLES = 64

/** What a run keeps of its model at the end of an epoch. */
export class BestModelAndSamples {
  constructor(
    private readonly folder: RunFolder,
    private readonly journal: Journal,
    private readonly spec: ModelSpec,
    private readonly config: RunConfig,
    private readonly connectivities: RunConnectivities,
  ) {}

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
    const model = { spec: this.spec, parameters: state.parameters, connectivities, schedule, validated }
    await this.journal.guard(() => this.folder.stageBest(model))
  }

  /** Draws the sheet of an epoch, the same uniforms for each, and keeps it. @throws as `Journal.guard` */
  async keepSheet(session: Session, epoch: number): Promise<void> {
    const request = { count: SHEET_SAMPLES, first: 0, seed: this.config.seed, connectivity: this.connectivities.at(0) }
    const { rows } = await session.sample(request)
    await this.journal.guard(() => this.folder.writeSamples(epoch, rows))
  }
}
