import { access } from 'node:fs/promises'
import { basename } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { DataSet } from '../data/data-set'
import { findEngine } from '../engine/find'
import { StudioError } from '../base/failure'
import type { Model } from '../made/model-file'
import type { FillingProgress, FillingSummary } from '../shared/contract'
import { numberedTables, type NumberedTable } from '../shared/filling'
import type { InternalRequests } from '../shared/compute-protocol'
import { fillInto, tableOf } from '../training/filling'
import { keptModel } from '../runs/kept-model'
import { requireSameData, type Runs } from '../runs/runs'
import { say } from '../words/say'
import type { OpenData } from './open-data'
import { SPARE_CORES } from './spare-cores'

type FillRequest = InternalRequests['internal.fill']['params']

/** Between two reports of progress, in milliseconds. */
const REPORT_INTERVAL = 100

/** Fills in what is missing in the data of runs by their models, one run at a time. */
export class FillingService {
  private control: AbortController | null = null

  /** @param runsOf the folder of runs that a run is in. */
  constructor(
    private readonly runsOf: (runId: string) => Pick<Runs, 'reading'>,
    private readonly data: OpenData,
    private readonly emit: (progress: FillingProgress) => void,
  ) {}

  /**
   * Fills in what is missing in the data of a run by its best model, and writes the table as CSV. The session is its own:
   * samples may be drawn meanwhile.
   * @throws StudioError 'busy', 'cancelled', 'not-found' without a model, 'invalid-data' if the data have changed, 'invalid-settings'
   * if a numbered table is there already, which nobody was asked about, or as `fillInto`
   */
  async fill(request: FillRequest): Promise<FillingSummary> {
    if (this.control) throw new StudioError('busy', say('compute.fill.busy'), say('compute.fill.busy.hint'))
    const control = new AbortController()
    this.control = control
    try {
      const tables = numberedTables(request.path, request.seed, request.times)
      if (request.times !== null) await requireNoneOf(tables)
      const { model, data } = await this.read(request.runId, control.signal)
      return await this.write(request, tables, { model, data }, control.signal)
    } finally {
      this.control = null
    }
  }

  cancel(): void {
    this.control?.abort()
  }

  private async read(runId: string, signal: AbortSignal): Promise<{ readonly model: Model; readonly data: DataSet }> {
    this.emit({ runId, step: 'reading', share: 0 })
    const { record, model } = await this.runsOf(runId).reading(runId, async (folder) => ({
      record: await folder.readRecord(),
      model: await keptModel(folder, 'best'),
    }))
    const onProgress = (share: number): void => this.emit({ runId, step: 'reading', share })
    const data = await this.data.forRun(record.config.data, { signal, onProgress })
    requireSameData(record, data)
    return { model, data }
  }

  private async write(
    { runId, way }: FillRequest,
    tables: readonly NumberedTable[],
    { model, data }: { readonly model: Model; readonly data: DataSet },
    signal: AbortSignal,
  ): Promise<FillingSummary> {
    const engine = await findEngine('cpu', SPARE_CORES)
    const session = await engine.open(model, null)
    let reported = -Infinity
    let written = 0
    const between = async (share: number): Promise<void> => {
      if (performance.now() - reported >= REPORT_INTERVAL) {
        reported = performance.now()
        this.emit({ runId, step: 'drawing', share: (written + share) / tables.length })
      }
      // Other requests are answered in between.
      await nextTurn()
      if (signal.aborted)
        throw new StudioError(
          'cancelled',
          say('compute.fill.cancelled'),
          written === 0 ? say('compute.fill.cancelled.hint') : say('compute.fill.cancelled.some', { tables: written }),
        )
    }
    try {
      const [first, ...others] = tables
      const task = { model, session, ...tableOf(data), way, between }
      const summary = await fillInto(first.path, { ...task, seed: first.seed })
      for (const { path, seed } of others) {
        written++
        await fillInto(path, { ...task, seed })
      }
      return summary
    } finally {
      await session.close()
    }
  }
}

/** @throws StudioError 'invalid-settings' if one of them is there */
async function requireNoneOf(tables: readonly NumberedTable[]): Promise<void> {
  for (const { path } of tables) {
    const isThere = await access(path).then(
      () => true,
      () => false,
    )
    if (isThere)
      throw new StudioError(
        'invalid-settings',
        say('compute.fill.there', { name: basename(path) }),
        say('compute.fill.there.hint'),
      )
  }
}
