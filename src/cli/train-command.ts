import { resolve, join } from 'node:path'
import type { DataSet } from '../data/data-set'
import { encodeSheet, inkOf } from '../data/sheet'
import type { EngineId } from '../engine/contract'
import { findEngine, findFastEngines } from '../engine/find'
import { StudioError } from '../base/failure'
import { ENGINE_CHOICES } from '../made/engines'
import type { Optimizer } from '../made/optimizer'
import type { RunEvent, RunState } from '../shared/run'
import { runConfigSchema, type RunConfig } from '../shared/run-config'
import { smallerSteps } from '../shared/smaller-steps'
import { replaceFile } from '../files/durable-file'
import { chooseForRun, type ChosenEngine } from '../training/engine-choice'
import { LastingRun } from '../training/lasting-run'
import { RunFolder } from '../runs/run-folder'
import type { RunRecord } from '../runs/run-record'
import { continuedRecord, newRecord } from '../runs/runs'
import { EngineSpeeds } from '../training/engine-speeds'
import { validateRun } from '../training/validate-run'
import { drawLossChart } from './loss-chart'
import { openData, openingOf, speedsFile } from './places'
import { durationOf, TrainingBar } from './progress'
import { runConfigOf, type TrainOptions } from './run-options'
import { oneOf, usageErrorOf, wholeOf } from './usage'

/** `made train`: a run from the beginning, in a folder of its own. */
export async function trainCommand(options: TrainOptions): Promise<void> {
  const config = await runConfigOf(options)
  const folder = new RunFolder(resolve(options.out))
  const data = await openData(config.data, openingOf(options))
  validateRun(config, data.columns)
  const chosen = await choose(config, data)
  const record = newRecord(folder.id, config, data)
  await folder.create(record)
  await work(folder, record, data, chosen, options.json === true)
}

/** The options of `made resume` as typed. */
export interface ResumeOptions {
  readonly epochs?: string
  readonly engine?: string
  readonly json?: true
}

/** `made resume`: goes on with a run from its last checkpoint, for more epochs or on another engine if they are named. */
export async function resumeCommand(path: string, options: ResumeOptions): Promise<void> {
  const epochs = options.epochs === undefined ? undefined : wholeOf('--epochs', options.epochs, 1)
  const choice = options.engine === undefined ? undefined : oneOf('--engine', options.engine, ENGINE_CHOICES)
  const folder = new RunFolder(resolve(path))
  const old = await folder.readRecord()
  const data = await openData(old.config.data)
  const record = continuedRecord(old, data, { epochs, engine: choice })
  const checked = runConfigSchema.safeParse(record.config)
  if (!checked.success) throw usageErrorOf(checked.error)
  validateRun(record.config, data.columns)
  await work(folder, record, data, await choose(record.config, data), options.json === true)
}

function choose(config: RunConfig, data: DataSet): Promise<ChosenEngine> {
  return chooseForRun(
    config,
    data,
    { find: (id: EngineId) => findEngine(id), findFast: () => findFastEngines() },
    new EngineSpeeds(speedsFile()),
  )
}

async function work(
  folder: RunFolder,
  record: RunRecord,
  data: DataSet,
  chosen: ChosenEngine,
  json: boolean,
): Promise<void> {
  const bar = new TrainingBar()
  const emit = (event: RunEvent): void => bar.hear(event)
  const trainer = new LastingRun({ folder, record, data, ...chosen, emit, whenDiskFails: 'fail' }, (id) =>
    findEngine(id),
  )
  const suspend = (): void => trainer.ask('suspend')
  process.once('SIGINT', suspend).once('SIGTERM', suspend)
  const began = performance.now()
  const state = await trainer.run()
  bar.stop()
  process.off('SIGINT', suspend).off('SIGTERM', suspend)
  await report(folder, state, json, (performance.now() - began) / 1000)
}

async function report(folder: RunFolder, state: RunState, json: boolean, seconds: number): Promise<void> {
  switch (state.kind) {
    case 'finished': {
      const pictures = await drawPictures(folder)
      const { best, test, epochs, reason } = state.result
      const { engine } = await folder.readRecord()
      if (json) {
        console.log(
          JSON.stringify({
            folder: folder.path,
            model: folder.bestPath,
            best,
            test,
            epochs,
            reason,
            engine: engine?.id ?? null,
            measured: engine?.measured ?? null,
          }),
        )
        return
      }
      const lines = [
        `trained     ${epochs} epochs in ${durationOf(seconds)} (${engine ? `${engine.id}: ${engine.device}` : 'no engine'})`,
        engine?.measured
          ? `measured    ${engine.measured.map(({ id, updatesPerSecond }) => `${id} ${updatesPerSecond.toFixed(0)}`).join(', ')} updates per second`
          : null,
        `best epoch  ${best.epoch}, validation ${best.validNll.toFixed(4)} nats`,
        test ? `test        ${test.nll.toFixed(4)} ± ${test.interval95.toFixed(4)} nats over ${test.rows} rows` : null,
        `model       ${folder.bestPath}`,
        `loss curve  ${pictures.loss}`,
        `samples     ${pictures.samples}`,
      ]
      console.log(lines.filter((line) => line !== null).join('\n'))
      return
    }
    case 'failed':
      throw new StudioError(state.failure.code, state.failure.message, state.failure.hint)
    case 'diverged': {
      const { code, message, hint } = state.failure
      throw new StudioError(code, message, `${hint}${remedyFor((await folder.readRecord()).config.optimizer)}`)
    }
    case 'paused':
      throw new StudioError(
        'cancelled',
        `Training was interrupted in epoch ${state.progress.epoch} and saved.`,
        `Go on with: made resume ${folder.path}`,
      )
    case 'idle':
    case 'preparing':
    case 'training':
    case 'stopping':
      throw new Error(`a run ended in the state ${state.kind}`)
  }
}

/** What to type for steps that are a tenth as long; nothing where they cannot be shorter. */
function remedyFor(optimizer: Optimizer): string {
  const smaller = smallerSteps(optimizer)
  if (smaller === null) return ''
  const option = { learningRate: '--learning-rate', epsilon: '--epsilon' }[smaller.setting]
  return ` Start anew with ${option} ${smaller.value}.`
}

/** Leaves the loss curve and the newest sheet of samples as pictures in the folder. */
async function drawPictures(folder: RunFolder): Promise<{ loss: string; samples: string }> {
  const record = await folder.readRecord()
  const history = await folder.readHistory(record)
  const paths = { loss: join(folder.path, 'loss.png'), samples: join(folder.path, 'samples.png') }
  await replaceFile(paths.loss, [drawLossChart(history, record.data.name, record.data.references?.entropy ?? null)])
  const newest = history.sampleEpochs.at(-1)
  if (newest !== undefined) {
    const rows = await folder.readSamples(newest)
    const sheet = { columns: rows.columns, picture: record.data.picture, values: inkOf(rows) }
    await replaceFile(paths.samples, [encodeSheet(sheet)])
  }
  return paths
}
