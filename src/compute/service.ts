import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { findEngines } from '../engine/find'
import type { ComputeParams, ComputePlaces, ComputeResult, InternalChannel } from '../shared/compute-protocol'
import type { ComputeChannel, EngineReport, StudioEvent } from '../shared/contract'
import { Runs, summarise } from '../training/runs'
import { OpenData } from './open-data'
import { Sampling } from './sampling'
import { TrainingRoom } from './training-room'
import { SPARE_CORES } from './spare-cores'

type Handlers = {
  [C in ComputeChannel | InternalChannel]: (params: ComputeParams<C>) => ComputeResult<C> | Promise<ComputeResult<C>>
}

/** Answers every request of the compute process. */
export function computeHandlers(places: ComputePlaces, emit: (event: StudioEvent) => void): Handlers {
  let runs = new Runs(places.runsFolder)
  const data = new OpenData(places.mnistFolder, (event) => emit({ type: 'data', event }))
  const training = new TrainingRoom(
    () => runs,
    data,
    (event) => emit({ type: 'run', event }),
  )
  const sampling = new Sampling(() => runs)
  return {
    'data.open': ({ source }) => data.open(source),
    'data.current': () => data.summary,
    'data.rows': (params) => data.rows(params),
    'data.cancelOpening': () => data.cancelOpening(),
    'data.fitMixture': (params) => data.fitMixture(params),
    'data.cancelFit': () => data.cancelFit(),

    'run.start': (params) => training.start(params),
    'run.continue': (params) => training.continue(params),
    'run.pause': () => training.pause(),
    'run.resume': () => training.resume(),
    'run.stop': () => training.stop(),
    'run.state': () => training.runState,
    'run.history': ({ runId }) => training.history(runId),
    'run.epochSamples': (params) => training.epochSamples(params),

    'runs.list': () => runs.list(),
    'runs.rename': (params) => training.rename(params),
    'runs.delete': ({ runId }) => runs.delete(runId),
    'runs.bin': () => runs.listBin(),
    'runs.restore': async ({ runId }) => {
      await runs.restore(runId)
      return summarise(await runs.find(runId))
    },
    'runs.resumable': () => training.resumable(),

    'samples.draw': (params) => sampling.draw(params),
    'samples.birth': (params) => sampling.birth(params),

    'engines.list': engineReports,

    'internal.useRunsFolder': ({ path }) => {
      runs = new Runs(path)
    },
    'internal.suspend': () => training.suspend(),
    'internal.export': (params) => sampling.export(params),
    'internal.binFolders': async () => {
      const names = await readdir(runs.binPath).catch((): string[] => [])
      return names.map((name) => join(runs.binPath, name))
    },
    'internal.folderOf': async ({ runId }) => (await runs.find(runId)).path,
  }
}

async function engineReports(): Promise<EngineReport[]> {
  return (await findEngines(SPARE_CORES)).map((finding) =>
    finding.available
      ? { id: finding.id, available: true, device: finding.engine.device, reason: null, note: finding.note }
      : { id: finding.id, available: false, device: finding.device, reason: finding.reason, note: null },
  )
}
