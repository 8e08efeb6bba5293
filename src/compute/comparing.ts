import { stat } from 'node:fs/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { givenUp } from '../base/serial-queue'
import type { Runs } from '../runs/runs'
import type { Params } from '../shared/contract'
import {
  COMPARED_LOSSES,
  MOST_COMPARED_RUNS,
  type ComparedLoss,
  type ComparingProgress,
  type RowLosses,
} from '../shared/comparing'
import { labelColumns } from '../made/variables'
import { logLikelihoods } from '../training/evaluation'
import { scoreLabels } from '../training/label-scores'
import { KeptModels } from './kept-models'
import type { OpenData } from './open-data'
import { RunData } from './run-data'

/** Between two reports of progress, in milliseconds. */
const REPORT_INTERVAL = 100

/** Scores the test rows of runs, which are compared row by row. */
export class Comparing {
  private readonly models: KeptModels
  private readonly data: RunData
  private control = new AbortController()
  /** What was scored, by the run and its model, the newest last. */
  private readonly scored = new Map<string, RowLosses>()

  /** @param runsOf the folder of runs that a run is in */
  constructor(
    private readonly runsOf: (runId: string) => Pick<Runs, 'reading'>,
    data: Pick<OpenData, 'forRun'>,
    private readonly emit: (progress: ComparingProgress) => void,
  ) {
    this.models = new KeptModels(runsOf)
    this.data = new RunData(data)
  }

  /**
   * The loss of each test row under the best model of a run, once for as long as that is its best.
   * @throws StudioError 'cancelled' if it was given up, or as `KeptModels.use` and `RunData.of`
   */
  async losses({ runId, of }: Params<'compare.losses'>): Promise<RowLosses> {
    this.cancel()
    const { signal } = this.control
    const key = await this.keyOf(runId, of)
    const known = this.scored.get(key)
    if (known) return known
    const losses = await this.score(runId, of, signal)
    this.scored.set(key, losses)
    for (const oldest of this.scored.keys()) {
      if (this.scored.size <= COMPARED_LOSSES.length * MOST_COMPARED_RUNS) break
      this.scored.delete(oldest)
    }
    return losses
  }

  /** What is known of the test rows under the best model of a run; null where they have not been scored. */
  async known(runId: string): Promise<RowLosses | null> {
    return this.scored.get(await this.keyOf(runId, 'whole')) ?? null
  }

  /** Gives up what is under way. */
  cancel(): void {
    this.control.abort(givenUp())
    this.control = new AbortController()
  }

  private score(runId: string, of: ComparedLoss, signal: AbortSignal): Promise<RowLosses> {
    let reported = -Infinity
    return this.models.use(
      { runId, model: 'best' },
      async ({ model, session }, record) => {
        const { splits, known, hash, unlabelledHash } = await this.data.of(record)
        const between = async (share: number): Promise<void> => {
          if (performance.now() - reported >= REPORT_INTERVAL) {
            reported = performance.now()
            this.emit({ runId, share })
          }
          // Other requests are answered in between.
          await nextTurn()
          signal.throwIfAborted()
        }
        const { connectivities } = model
        const label = of === 'unlabelled' ? labelColumns(model.spec) : null
        if (!label) {
          const logs = await logLikelihoods(session, splits.test, connectivities, between, known?.test)
          return { nats: logs.map((log) => -log), dataHash: hash }
        }
        const { logEvidence } = await scoreLabels(session, splits.test, label, connectivities, between, known?.test)
        return { nats: logEvidence.map((log) => -log), dataHash: unlabelledHash ?? hash }
      },
      signal,
    )
  }

  private async keyOf(runId: string, of: ComparedLoss): Promise<string> {
    return `${of} ${runId} ${await this.bestTime(runId)}`
  }

  /** When the best model of a run was written; 0 where there is none, which is told when it is read. */
  private bestTime(runId: string): Promise<number> {
    return this.runsOf(runId).reading(
      runId,
      async ({ bestPath }) => (await stat(bestPath).catch(() => null))?.mtimeMs ?? 0,
    )
  }
}
