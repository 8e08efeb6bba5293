import type { DataSet } from '../data/data-set'
import type { EngineId } from '../engine/contract'
import { findEngine, findFastEngines } from '../engine/find'
import type { ProcessorUse } from '../engine/processor-use'
import type { RunFolder } from '../runs/run-folder'
import type { RunRecord } from '../runs/run-record'
import type { RunEvent, RunState } from '../shared/run'
import type { RunConfig } from '../shared/run-config'
import { chooseForRun, type ChosenEngine } from '../training/engine-choice'
import { EngineSpeeds } from '../training/engine-speeds'
import { LastingRun } from '../training/lasting-run'
import type { TrainerParts } from '../training/trainer'
import { speedsFile } from './places'
import { TrainingBar } from './progress'

/** What computes a run. @throws StudioError 'engine-unavailable' */
export function chosenFor(config: RunConfig, data: DataSet, use: ProcessorUse): Promise<ChosenEngine> {
  return chooseForRun(
    config,
    data,
    { find: (id: EngineId) => findEngine(id, use), findFast: () => findFastEngines(use) },
    new EngineSpeeds(speedsFile()),
  )
}

/** A run that is ready to be trained. */
export interface TrainedRun extends Pick<TrainerParts, 'untilEpoch' | 'sheets'> {
  readonly folder: RunFolder
  readonly record: RunRecord
  readonly data: DataSet
  readonly chosen: ChosenEngine
  readonly use: ProcessorUse
  /** What saves it and lets it go on later. */
  readonly signal: AbortSignal
}

/** How the training of a run left it. */
export interface TrainedState {
  /** Paused: until the epoch that was asked for, or interrupted. */
  readonly state: Extract<RunState, { kind: 'finished' | 'failed' | 'diverged' | 'paused' }>
  /** Whether there were updates since it began. */
  readonly isFurther: boolean
  readonly seconds: number
}

/** Trains a run with a bar on the terminal. @throws StudioError 'busy' if another process works in its folder */
export async function trainRun({ chosen, use, signal, ...run }: TrainedRun): Promise<TrainedState> {
  const bar = new TrainingBar()
  let firstUpdate: number | null = null
  const emit = (event: RunEvent): void => {
    if (event.type === 'state' && 'progress' in event.state) firstUpdate ??= event.state.progress.update
    bar.hear(event)
  }
  const trainer = new LastingRun({ ...run, ...chosen, emit, whenDiskFails: 'fail' }, (id) => findEngine(id, use))
  const suspend = (): void => trainer.ask('suspend')
  signal.addEventListener('abort', suspend)
  const began = performance.now()
  try {
    const state = await trainer.run()
    const update = 'progress' in state ? state.progress.update : Infinity
    const isFurther = update > (firstUpdate ?? update)
    const seconds = (performance.now() - began) / 1000
    switch (state.kind) {
      case 'finished':
      case 'failed':
      case 'diverged':
      case 'paused':
        return { state, isFurther, seconds }
      case 'idle':
      case 'preparing':
      case 'training':
      case 'stopping':
        throw new Error(`a run ended in the state ${state.kind}`)
    }
  } finally {
    bar.stop()
    signal.removeEventListener('abort', suspend)
  }
}
