import { setImmediate as nextTurn } from 'node:timers/promises'
import type { DataSet } from '../data/data-set'
import { independentLogits } from '../data/statistics'
import type { Engine, Session } from '../engine/contract'
import { failureOf } from '../base/failure'
import { initialisationSteps } from '../made/initialisation'
import { inTurns } from '../base/steps'
import type { ModelSpec, Tensors } from '../made/spec'
import { minibatchCount, specOf, stepScheduleOf, type RunConfig } from '../shared/run-config'
import { say } from '../words/say'
import type { Checkpoint } from '../runs/checkpoint'
import { START, type Best, type Counters } from '../runs/counters'
import { reopened } from './early-stopping'
import type { Reporter } from './reporter'
import { mayBeWhole } from '../files/may-be-whole'
import { checkpointShape, isSame, type RunFolder } from '../runs/run-folder'
import type { RunRecord } from '../runs/run-record'

/** A run as its folder holds it, on an engine. */
export interface Opening {
  /** At the state of the checkpoint, or at the beginning. */
  readonly session: Session
  readonly counters: Counters
  readonly checkpoint: Checkpoint | null
  /** Whether there was anything before, if only what can no longer be read. */
  readonly isResumed: boolean
}

/**
 * Opens a run at its newest checkpoint that is whole; what is lost is told as a warning.
 * @throws StudioError 'too-large' and others of the engine; 'unreadable-file', 'not-writable' or 'disk-full' where the disk
 * refuses what is to be known first
 */
export async function openRun(
  folder: RunFolder,
  record: RunRecord,
  engine: Engine,
  data: DataSet,
  reporter: Reporter,
): Promise<Opening> {
  const { config } = record
  const spec = specOf(config, data)
  const { checkpoint, failures } = await folder.readCheckpoint(checkpointShape(record))
  for (const failure of failures) reporter.warning(failure)
  await folder.settleBest(checkpoint?.counters.best ?? null)
  const counters = checkpoint ? await countersOf(checkpoint, folder, record, reporter) : START
  // On a disk that was pulled out nothing is there, which says nothing of the run.
  await folder.requireOurs()
  const parameters = checkpoint?.state.parameters ?? (await firstParameters(config, spec, data))
  const { optimizer, l2 } = config
  const schedule = stepScheduleOf(config, minibatchCount(data.splits.train.rows, config.batchSize))
  const session = await engine.open({ spec, parameters }, { optimizer, schedule, l2 })
  try {
    if (checkpoint) await session.writeState(checkpoint.state)
    return { session, counters, checkpoint, isResumed: checkpoint !== null || failures.length > 0 || record.epoch > 0 }
  } catch (error) {
    await session.close()
    throw error
  }
}

/** What a run begins with. */
export async function firstParameters(config: RunConfig, spec: ModelSpec, data: DataSet): Promise<Tensors> {
  const steps = initialisationSteps(spec, config.initialisation, config.seed)
  const parameters = await inTurns(steps, () => nextTurn())
  if (config.outputBiases === 'frequencies') parameters.set('output.bias', independentLogits(data.splits.train, data))
  return parameters
}

/** The counters of a checkpoint, made ready to go on where the run had finished and is to be trained longer. */
async function countersOf(
  { counters }: Checkpoint,
  folder: RunFolder,
  record: RunRecord,
  reporter: Reporter,
): Promise<Counters> {
  const best = counters.best !== null && (await isBestThere(counters.best, folder, reporter)) ? counters.best : null
  const checked = best === counters.best ? counters : { ...counters, best }
  return record.status === 'finished' && checked.epochsDone < record.config.epochs ? reopened(checked) : checked
}

/**
 * A best model that is damaged or gone, or is not the one that the checkpoint knows of, is forgotten, so that the next
 * validated one takes its place.
 */
async function isBestThere(best: Best, folder: RunFolder, reporter: Reporter): Promise<boolean> {
  const hint = say('run.best-lost.hint')
  try {
    const { validated } = await folder.readBest()
    // The first runs did not write into a model which one it is.
    if (validated === undefined || isSame(validated, best)) return true
    const message = say('run.other-best', { there: validated.epoch, expected: best.epoch })
    reporter.warning({ code: 'damaged-file', message, hint })
  } catch (error) {
    if (mayBeWhole(error)) throw error
    const { code, message } = failureOf(error)
    reporter.warning({ code, message, hint })
  }
  return false
}
