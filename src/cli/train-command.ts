import { resolve, join } from 'node:path'
import type { DataSet } from '../data/data-set'
import { encodeSheet, inkOf } from '../data/sheet'
import type { Engine } from '../engine/contract'
import { findEngine } from '../engine/find'
import { StudioError } from '../made/failure'
import type { RunEvent, RunState } from '../shared/run'
import { engineChoiceSchema } from '../shared/run-config'
import { replaceFile } from '../training/durable-file'
import { RunFolder } from '../training/run-folder'
import type { RunRecord } from '../training/run-record'
import { continuedRecord, newRecord } from '../training/runs'
import { Trainer, validateRun } from '../training/trainer'
import { drawLossChart } from './loss-chart'
import { openData } from './places'
import { durationOf, TrainingBar } from './progress'
import { runConfigOf, type TrainOptions } from './run-options'
import { oneOf } from './usage'

/** `made train`: a run from the beginning, in a folder of its own. */
export async function trainCommand(options: TrainOptions): Promise<void> {
  const config = await runConfigOf(options)
  const folder = new RunFolder(resolve(options.out))
  const data = await openData(config.data)
  validateRun(config, data.columns)
  const engine = await findEngine(config.engine)
  const record = newRecord(folder.id, config, data)
  await folder.create(record)
  await work(folder, record, data, engine, options.json === true)
}

/** `made resume`: goes on with a run from its last checkpoint, on another engine if one is named. */
export async function resumeCommand(path: string, options: { readonly engine?: string; readonly json?: true }): Promise<void> {
  const choice = options.engine === undefined ? undefined : oneOf('--engine', options.engine, engineChoiceSchema.options)
  const folder = new RunFolder(resolve(path))
  const old = await folder.readRecord()
  const data = await openData(old.config.data)
  const record = continuedRecord(old, data, { engine: choice })
  const engine = await findEngine(record.config.engine)
  await work(folder, record, data, engine, options.json === true)
}

async function work(folder: RunFolder, record: RunRecord, data: DataSet, engine: Engine, json: boolean): Promise<void> {
  const bar = new TrainingBar()
  const emit = (event: RunEvent): void => bar.hear(event)
  const trainer = new Trainer({ folder, record, data, engine, emit, whenDiskFails: 'fail' })
  const suspend = (): void => trainer.ask('suspend')
  process.once('SIGINT', suspend).once('SIGTERM', suspend)
  const began = performance.now()
  const state = await trainer.run()
  bar.stop()
  process.off('SIGINT', suspend).off('SIGTERM', suspend)
  await report(folder, state, json, engine, (performance.now() - began) / 1000)
}

async function report(folder: RunFolder, state: RunState, json: boolean, engine: Engine, seconds: number): Promise<void> {
  switch (state.kind) {
    case 'finished': {
      const pictures = await drawPictures(folder)
      const { best, test, epochs, reason } = state.result
      if (json) {
        console.log(JSON.stringify({ folder: folder.path, model: folder.bestPath, best, test, epochs, reason, engine: engine.id }))
        return
      }
      const lines = [
        `trained     ${epochs} epochs in ${durationOf(seconds)} (${engine.id}: ${engine.device.name})`,
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
