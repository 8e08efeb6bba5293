import { findEngine } from '../engine/find'
import type { FillingSummary } from '../shared/contract'
import type { InternalRequests } from '../shared/compute-protocol'
import { fillInto } from '../training/filling'
import { keptModel } from '../training/kept-model'
import { requireSameData, type Runs } from '../training/runs'
import type { OpenData } from './open-data'
import { SPARE_CORES } from './spare-cores'

/**
 * Fills in what is missing in the data of a run by its best model, and writes the table as CSV. The session is its own:
 * samples may be drawn meanwhile.
 * @throws StudioError 'not-found' without a model, 'invalid-data' if the data have changed, or as `fillInto`
 */
export async function fillData(
  runs: Runs,
  openData: OpenData,
  { runId, seed, path }: InternalRequests['internal.fill']['params'],
): Promise<FillingSummary> {
  const folder = await runs.find(runId)
  const record = await folder.readRecord()
  const model = await keptModel(folder, 'best')
  const data = await openData.forRun(record.config.data)
  requireSameData(record, data)
  const engine = await findEngine('cpu', SPARE_CORES)
  const session = await engine.open(model, { kind: 'sgd', learningRate: 1, decay: 0, momentum: 0 })
  try {
    // Other requests are answered in between.
    const between = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
    return await fillInto(path, { model, session, data, other: null, seed, between })
  } finally {
    await session.close()
  }
}
