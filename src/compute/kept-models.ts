import { stat } from 'node:fs/promises'
import { findEngine } from '../engine/find'
import { keptModel } from '../runs/kept-model'
import type { RunRecord } from '../runs/run-record'
import type { Runs } from '../runs/runs'
import type { AskedSource } from '../shared/questions'
import { OpenModels, type OpenModel } from './open-models'
import { SPARE_CORES } from './spare-cores'

/** Models that runs keep, opened by whoever works with one; who holds an instance of this has sessions of his own. */
export class KeptModels {
  private readonly models = new OpenModels(() => findEngine('cpu', SPARE_CORES))

  /** @param runsOf the folder of runs that a run is in */
  constructor(private readonly runsOf: (runId: string) => Pick<Runs, 'reading'>) {}

  /**
   * Works with a model as its file is now. The folder of the run is read until the model is open; after that it may be deleted.
   * @throws StudioError 'not-found', as `keptModel`, or what the work throws
   */
  async use<T>(
    { runId, model: which }: AskedSource,
    work: (opened: OpenModel, record: RunRecord) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const { used } = await this.runsOf(runId).reading(runId, async (folder) => {
      const path = which === 'best' ? folder.bestPath : folder.checkpointPath
      // A file that is not there is told when it is read.
      const changed = (await stat(path).catch(() => null))?.mtimeMs ?? 0
      const record = await folder.readRecord()
      let isOpen: () => void = () => undefined
      const opening = new Promise<void>((resolve) => (isOpen = resolve))
      const worked = (opened: OpenModel): Promise<T> => {
        isOpen()
        return work(opened, record)
      }
      const used = this.models.use(`${folder.path} ${which} ${changed}`, () => keptModel(folder, which), worked, signal)
      // Whoever waits for the work hears of its failure.
      await Promise.race([opening, used.catch(() => undefined)])
      return { used }
    })
    return used
  }
}
