import { MOST_STORED_CONNECTIVITIES } from '../made/model-file'
import { slotNames } from '../made/optimizer'
import { testListLength } from '../made/schedule'
import { modelSize } from '../made/size'
import { variableCount, type ModelledColumns } from '../made/variables'
import { scheduleOf, specOf, type RunConfig } from '../shared/run-config'

/** What a run keeps beside weights: settings, metrics, sheets of samples. */
const REST_BYTES = 1_000_000
const CHECKPOINTS = 2

/** About how many bytes a run takes on the disk while it can go on: its best model and two checkpoints, most of all. */
export function runBytes(config: RunConfig, data: ModelledColumns): number {
  const spec = specOf(config, data)
  const { fileBytes } = modelSize(spec, config.optimizer, config.batchSize)
  const stored = Math.min(MOST_STORED_CONNECTIVITIES, testListLength(scheduleOf(config), config.testPairs))
  const units = variableCount(spec) + spec.hidden.reduce((sum, layer) => sum + layer, 0)
  const inCheckpoint = 1 + slotNames(config.optimizer).length + (config.averagedEpochs > 1 ? 1 : 0)
  return fileBytes * (1 + CHECKPOINTS * inCheckpoint) + stored * units * Int32Array.BYTES_PER_ELEMENT + REST_BYTES
}
