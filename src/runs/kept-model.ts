import type { Model } from '../made/model-file'
import { StudioError } from '../base/failure'
import { say } from '../words/say'
import { connectivityList, testListLength } from '../made/schedule'
import { MOST_STORED_CONNECTIVITIES } from '../made/model-file'
import { scheduleOf } from '../shared/run-config'
import { checkpointShape, type RunFolder } from './run-folder'

/**
 * A model that a run keeps: the best one, or the latest one from its newest checkpoint.
 * @throws StudioError 'not-found' if there is none yet, or what reading it throws
 */
export async function keptModel(folder: RunFolder, which: 'best' | 'latest'): Promise<Model> {
  if (which === 'best') {
    if (!(await folder.hasBest())) throw noModelYet()
    return folder.readBest()
  }
  const record = await folder.readRecord()
  const shape = checkpointShape(record)
  const { checkpoint } = await folder.readCheckpoint(shape)
  if (!checkpoint) throw noModelYet()
  const schedule = scheduleOf(record.config)
  const stored = Math.min(MOST_STORED_CONNECTIVITIES, testListLength(schedule, record.config.testPairs))
  return {
    spec: shape.spec,
    parameters: checkpoint.average ?? checkpoint.state.parameters,
    connectivities: connectivityList(shape.spec, schedule, stored),
    schedule,
    preparation: await folder.preparation(),
  }
}

function noModelYet(): StudioError {
  return new StudioError('not-found', say('run.no-model-yet'), say('run.no-model-yet.hint'))
}
