import type { DataSet } from '../data/data-set'
import { preparationOf } from '../data/model-data'
import type { Session } from '../engine/contract'
import type { ModelSpec } from '../made/spec'
import { encodeModelPreparation } from '../shared/model-preparation'
import type { RunConfig } from '../shared/run-config'
import type { Journal } from '../runs/journal'
import type { RunConnectivities } from './run-connectivities'
import type { RunFolder } from '../runs/run-folder'

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

  /** Keeps the model as it is now as the best one. @throws as `Journal.guard` */
  async keepBest(session: Session): Promise<void> {
    const { parameters } = await session.readState()
    const connectivities = this.connectivities.stored(this.config.testPairs)
    const { schedule } = this.connectivities
    const model = { spec: this.spec, parameters, connectivities, schedule, preparation: this.preparation }
    await this.journal.guard(() => this.folder.writeBest(model))
  }

  /** Draws the sheet of an epoch, the same uniforms for each, and keeps it. @throws as `Journal.guard` */
  async keepSheet(session: Session, epoch: number): Promise<void> {
    const request = { count: SHEET_SAMPLES, first: 0, seed: this.config.seed, connectivity: this.connectivities.at(0) }
    const { rows } = await session.sample(request)
    await this.journal.guard(() => this.folder.writeSamples(epoch, rows))
  }
}
