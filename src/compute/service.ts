import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ProbeRun } from '../base/probe'
import type { ComputeParams, ComputePlaces, ComputeResult, InternalChannel } from '../shared/compute-protocol'
import type { ComputeChannel, StudioEvent } from '../shared/contract'
import { usableMemory } from '../engine/process-limits'
import { ifAbsent } from '../files/durable-file'
import { Asking } from './asking'
import { Comparing } from './comparing'
import { Engines } from './engines'
import type { EnginePorts } from './gpu-window/engine-ports'
import { changeRemarks } from '../runs/run-remarks'
import { requireUsable } from '../runs/runs-folder'
import { FillingService } from './filling-service'
import { OpenData } from './open-data'
import { QueueFile } from '../runs/queue-file'
import { QueueAdmission } from './queue-admission'
import { Reports } from './reports'
import { RunGroups } from './run-groups'
import { RunPlaces } from './run-places'
import { RunQueue } from './run-queue'
import { Sampling } from './sampling'
import { take } from './taking'
import { replaceFile } from '../files/durable-file'
import { Verifying } from './verifying'
import { writeAnswer } from './written-answer'
import { TensorFlowAddOn } from './tensorflow-add-on'
import { TrainingService } from './training-service'

type Handlers = {
  [C in ComputeChannel | InternalChannel]: (params: ComputeParams<C>) => ComputeResult<C> | Promise<ComputeResult<C>>
}

/**
 * Answers every request of the compute process.
 * @param probeRun starts a process that tries a library; as plain Node.js unless told otherwise
 */
export function computeHandlers(
  places: ComputePlaces,
  emit: (event: StudioEvent) => void,
  enginePorts: EnginePorts,
  probeRun?: ProbeRun,
): Handlers {
  const runs = new RunPlaces(places)
  const data = new OpenData(places, (event) => emit({ type: 'data', event }))
  const engines = new Engines(enginePorts, places.speedsFile, probeRun)
  const training = new TrainingService(runs, data, engines, (event) => emit({ type: 'run', event }))
  const groups = new RunGroups(runs, training, data)
  const queueFile = new QueueFile(places.queueFile)
  const admission = new QueueAdmission(queueFile, runs, training, groups)
  const queue = new RunQueue(
    queueFile,
    runs,
    training,
    groups,
    admission,
    (state) => emit({ type: 'queue', state }),
    (ended) => emit({ type: 'group', ended }),
    (failure) => emit({ type: 'failure', failure }),
  )
  const sampling = new Sampling((runId) => runs.of(runId))
  const filling = new FillingService(
    (runId) => runs.of(runId),
    data,
    (progress) => emit({ type: 'filling', progress }),
  )
  const asking = new Asking(
    (runId) => runs.of(runId),
    data,
    (progress) => emit({ type: 'asking', progress }),
  )
  const comparing = new Comparing(
    (runId) => runs.of(runId),
    data,
    (progress) => emit({ type: 'comparing', progress }),
  )
  const reports = new Reports((runId) => runs.of(runId), comparing, data)
  const verifying = new Verifying(
    (runId) => runs.of(runId),
    data,
    training,
    (progress) => emit({ type: 'verifying', progress }),
  )
  const addOn = new TensorFlowAddOn()
  return {
    'data.open': ({ source }) => data.open(source),
    'internal.openAhead': ({ source }) => data.openAhead(source),
    'data.current': () => data.summary,
    'data.rows': (params) => data.rows(params),
    'data.cells': (params) => data.cells(params),
    'data.histograms': (params) => data.histograms(params),
    'data.encodings': () => data.encodings(),
    'data.cancelOpening': () => data.cancelOpening(),
    'data.fitMixture': (params) => data.fitMixture(params),
    'data.cancelFit': () => data.cancelFit(),

    'run.start': (params) => training.start(params),
    'run.continue': (params) => training.continue(params),
    'run.estimate': ({ config }) => training.estimate(config),
    'run.memory': () => usableMemory(),
    'run.pause': ({ runId }) => queue.pauseRun(runId),
    'run.resume': ({ runId }) => queue.resumeRun(runId),
    'run.stop': ({ runId }) => training.stop(runId),
    'run.leave': ({ runId }) => queue.leave(runId),
    'run.state': ({ runId }) => training.stateOf(runId),
    'run.history': ({ runId }) => training.history(runId),
    'run.curve': ({ runId }) => training.curve(runId),
    'run.epochSamples': (params) => training.epochSamples(params),

    'queue.state': () => queue.state(),
    'queue.begin': () => queue.begin(),
    'queue.add': (params) => queue.add(params),
    'queue.longer': (params) => queue.addLonger(params),
    'queue.move': (params) => queue.move(params),
    'queue.remove': ({ runId }) => queue.remove(runId),
    'queue.restore': (params) => queue.restore(params),
    'queue.pause': () => queue.pause(),
    'queue.goOn': () => queue.goOn(),
    'group.foresee': (request) => admission.foresee(request),
    'group.add': (request) => queue.addGroup(request),
    'group.result': ({ groupId }) => groups.result(groupId),

    'runs.list': () => runs.list(),
    'runs.summary': ({ runId }) => runs.summary(runId),
    'runs.rename': (params) => training.rename(params),
    'runs.remark': ({ runId, ...change }) => runs.changing(runId, ({ path }) => changeRemarks(path, change)),
    'runs.delete': async ({ runId }) => {
      const binned = await training.delete(runId, () => admission.requireApart(runId))
      await queue.forget(runId)
      return binned
    },
    'runs.bin': () => runs.current.listBin(),
    'runs.restore': ({ binId }) => runs.restore(binId),
    'runs.resumable': () => training.resumable(),
    'runs.take': ({ path }) => take(path, runs),
    'runs.cancelFill': () => filling.cancel(),

    'samples.draw': (params) => sampling.draw(params),
    'samples.histograms': (params) => sampling.histograms(params),
    'samples.birth': (params) => sampling.birth(params),
    'samples.foreseen': (params) => sampling.foreseen(params),

    'ask.subject': (params) => asking.subject(params),
    'ask.answer': (params) => asking.answer(params),
    'ask.given': (params) => asking.given(params),
    'ask.likeliest': (params) => asking.likeliest(params),
    'ask.surprise': (params) => asking.surprise(params),
    'ask.standing': (params) => asking.standing(params),
    'ask.rated': (params) => asking.rated(params),
    'ask.count': (params) => asking.count(params),
    'ask.nearest': (params) => asking.nearest(params),
    'ask.memorisation': (params) => asking.memorisation(params),
    'ask.sample': (params) => asking.sample(params),
    'ask.row': (params) => asking.row(params),

    'compare.losses': (params) => comparing.losses(params),
    'compare.cancel': () => comparing.cancel(),

    'runs.verify': ({ runId }) => verifying.verify(runId),
    'runs.cancelVerify': () => verifying.cancel(),

    'engines.list': () => engines.reports(),
    'addOn.state': () => addOn.state(),
    'addOn.remove': () => addOn.remove(),

    'internal.openModelAhead': ({ runId }) => sampling.openAhead(runId),
    'internal.checkRunsFolder': ({ path }) => requireUsable(path),
    'internal.useRunsFolder': async ({ path }) => {
      runs.use(path)
      await queue.relocate()
    },
    'internal.transferRuns': async ({ from, kind }) => {
      if (kind === 'move') await admission.requireNoGroupIn(from)
      return runs.transfer(from, kind, (done, of) => emit({ type: 'transfer', progress: { kind, done, of } }))
    },
    'internal.countRuns': ({ paths }) => runs.counts(paths),
    'internal.suspend': async () => {
      await training.suspend()
      await queue.settled()
    },
    'internal.export': (params) => sampling.export(params),
    'internal.writeBytes': ({ bytes, path }) => replaceFile(path, [bytes]),
    'internal.reportPage': (request) => reports.page(request),
    'internal.writeParcel': ({ path, ...request }) => reports.pack(request, path),
    'internal.writeReport': ({ path, ...request }) => reports.write(request, path),
    'internal.writeAnswer': ({ answer, path }) => writeAnswer(answer, path),
    'internal.fill': (params) => filling.fill(params),
    'internal.addOn': ({ path }) => addOn.add(path),
    'internal.binFolders': async () => {
      const { binPath } = runs.current
      const names = await readdir(binPath).catch(ifAbsent<string[]>(binPath, []))
      return names.map((name) => join(binPath, name))
    },
    'internal.folderOf': async ({ runId }) => (await runs.of(runId).find(runId)).path,
  }
}
