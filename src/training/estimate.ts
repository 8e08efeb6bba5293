import type { DataSet } from '../data/data-set'
import { modelSize } from '../made/size'
import { testListLength } from '../made/schedule'
import { labelColumns, variablesFor, type ModelledColumns } from '../made/variables'
import type { RunEstimate } from '../shared/run'
import { minibatchCount, scheduleOf, specOf, type RunConfig } from '../shared/run-config'
import { affordablePairs, patternsOf } from './incomplete-rows'
import { chooseForRun, measuredSpeed, type EngineSearch } from './engine-choice'
import type { EngineSpeeds } from './engine-speeds'

/** Larger models take seconds to set up: a smaller one is timed in their stead, and its time scaled up. */
const MOST_MEASURED_PARAMETERS = 3e6
const MOST_MEASURED_UNITS = 1000
/** Scoring a row is the forward pass, about a third of an update. */
const SHARE_OF_FORWARD = 1 / 3

/**
 * About how long a run takes on this computer, by a few of its updates, made now unless they are known.
 * @throws StudioError 'engine-unavailable', or as `measuredSpeed`
 */
export async function estimateRun(
  config: RunConfig,
  data: DataSet,
  search: EngineSearch,
  speeds: EngineSpeeds,
): Promise<RunEstimate> {
  const timed = { ...config, hidden: timedUnits(config, data) }
  const { engine, measured } = await chooseForRun(timed, data, search, speeds)
  const known = measured?.find(({ id }) => id === engine.id)?.updatesPerSecond
  const perSecond = known ?? (await measuredSpeed(engine, timed, data, speeds))
  const scale = parameters(config, data) / parameters(timed, data)
  const update = scale / perSecond
  const { train, valid } = data.splits
  const wanted = testListLength(scheduleOf(config), config.validationPairs)
  const pairs = data.known ? affordablePairs(wanted, patternsOf(data.known.valid).length, 'valid') : wanted
  // A label takes as long again.
  const scorings = labelColumns(variablesFor(data)) ? 2 : 1
  const validation = ((scorings * valid.rows * pairs) / config.batchSize) * SHARE_OF_FORWARD * update
  const secondsPerEpoch = minibatchCount(train.rows, config.batchSize) * update + validation
  return { engine: engine.id, secondsPerEpoch, seconds: config.epochs * secondsPerEpoch }
}

/**
 * What an epoch of a run costs, to compare runs on the same data: rows that are gone through, times weights. Few in number are
 * timed; the others are reckoned from these.
 */
export function epochCost(config: RunConfig, data: DataSet): number {
  const { train, valid } = data.splits
  const pairs = testListLength(scheduleOf(config), config.validationPairs)
  return parameters(config, data) * (train.rows + SHARE_OF_FORWARD * valid.rows * pairs)
}

function timedUnits(config: RunConfig, data: ModelledColumns): number[] {
  if (parameters(config, data) <= MOST_MEASURED_PARAMETERS) return [...config.hidden]
  return config.hidden.map((units) => Math.min(units, MOST_MEASURED_UNITS))
}

function parameters(config: RunConfig, data: ModelledColumns): number {
  return modelSize(specOf(config, data), config.optimizer, config.batchSize).parameters
}
