import { existsSync } from 'node:fs'
import { resolve, join } from 'node:path'
import { encodeSheet, inkOf, seenIn } from '../data/sheet'
import { inTurn, sentenceOf } from '../base/advice'
import { failureOf, StudioError } from '../base/failure'
import type { Optimizer } from '../made/optimizer'
import type { LabelResult, MeasuredEngine, RunProgress, RunResult, TestResult } from '../shared/run'
import { runConfigSchema } from '../shared/run-config'
import { keptLoss, verdictOnRun } from '../shared/run-verdict'
import { smallerSteps } from '../shared/smaller-steps'
import { say, type Sentence } from '../words/say'
import { replaceFile } from '../files/durable-file'
import { lossChart } from '../report/run-charts'
import { RunFolder } from '../runs/run-folder'
import type { RunRecord } from '../runs/run-record'
import { summarise } from '../runs/run-summary'
import { continuedRecord, newRecord } from '../runs/runs'
import { validateRun } from '../training/validate-run'
import { inColumns } from './columns'
import { engineChoiceOf, processorUseOf, type EngineOptions } from './engine-options'
import { Interrupted } from './interruption'
import { openData, openingOf, sentencesOn, withReadingBar } from './places'
import { durationOf } from './progress'
import { inEnglishOnly, remark } from './remark'
import { runConfigOf, type TrainOptions } from './run-options'
import { chosenFor, trainRun, type TrainedRun } from './trained-run'
import { SAVED_FOR_LATER, Unfinished } from './unfinished'
import { settingErrorOf, wholeOf } from './usage'
import { reader, t, tell } from './words'

const NAME_WIDTH = 12

/** `made train`: a run from the beginning, in a folder of its own. */
export async function trainCommand(options: TrainOptions, signal: AbortSignal): Promise<void> {
  const config = await runConfigOf(options)
  const untilEpoch = untilEpochOf(options)
  const use = processorUseOf(options)
  const folder = new RunFolder(resolve(options.out))
  const opening = openingOf(options)
  const data = await withReadingBar(signal, (reading) => openData(config.data, { ...reading, ...opening }))
  if (!options.json) remark(sentencesOn(data))
  validateRun(config, data)
  const chosen = await chosenFor(config, data, use)
  signal.throwIfAborted()
  const record = newRecord(folder.id, config, data)
  await folder.create(record)
  await work({ folder, record, data, chosen, use, untilEpoch, signal, json: options.json === true })
}

/** The options of `made resume` as typed. */
export interface ResumeOptions extends EngineOptions {
  readonly epochs?: string
  readonly untilEpoch?: string
  readonly json?: true
}

/**
 * `made resume`: goes on with a run from its last checkpoint, for more epochs or on another engine if they are named. A run
 * that is finished stays as it is, which is no failure: whoever starts unfinished runs again need not know which they are.
 */
export async function resumeCommand(path: string, options: ResumeOptions, signal: AbortSignal): Promise<void> {
  const epochs = options.epochs === undefined ? undefined : wholeOf('--epochs', options.epochs, 1)
  const untilEpoch = untilEpochOf(options)
  const engine = engineChoiceOf(options)
  const use = processorUseOf(options)
  const json = options.json === true
  const folder = new RunFolder(resolve(path))
  const old = await folder.readRecord()
  const config = runConfigSchema.safeParse({ ...old.config, epochs: epochs ?? old.config.epochs })
  if (!config.success) throw settingErrorOf(config.error)
  if (isOver(old, epochs)) {
    await completePictures(folder)
    return reportFinished(folder, resultOf(old), { json, seconds: null, notes: [] })
  }
  const data = await withReadingBar(signal, (reading) => openData(old.config.data, reading))
  const record = continuedRecord(old, data, { epochs, engine })
  validateRun(record.config, data)
  const chosen = await chosenFor(record.config, data, use)
  signal.throwIfAborted()
  await work({ folder, record, data, chosen, use, untilEpoch, signal, json })
}

function untilEpochOf({ untilEpoch }: { readonly untilEpoch?: string }): number | undefined {
  return untilEpoch === undefined ? undefined : wholeOf('--until-epoch', untilEpoch, 1)
}

/** Whether nothing is left to do: more epochs were neither asked for now nor written into the settings. */
function isOver({ status, epoch, ended, config }: RunRecord, epochs: number | undefined): boolean {
  if (status !== 'finished') return false
  const most = epochs ?? (ended === 'epochs' ? config.epochs : 0)
  return most <= epoch
}

function resultOf({ best, epoch, ended, test }: RunRecord): RunResult {
  return { best: best ?? { epoch: 0, validNll: NaN }, epochs: epoch, reason: ended ?? 'stopped', test }
}

/** A run that is ready to be trained, and how it is told. */
interface Work extends TrainedRun {
  readonly json: boolean
}

async function work({ json, ...run }: Work): Promise<void> {
  const { folder, data, signal } = run
  const { state, isFurther, seconds } = await trainRun(run)
  switch (state.kind) {
    case 'finished':
      return reportFinished(folder, state.result, { json, seconds, notes: sentencesOn(data) })
    case 'failed':
      throw StudioError.of(state.failure)
    case 'diverged': {
      const { code, message, hint } = state.failure
      const remedy = remedyFor((await folder.readRecord()).config.optimizer)
      throw new StudioError(code, message, remedy ? inTurn(hint, remedy) : hint)
    }
    case 'paused':
      if (!signal.aborted) return reportHalf(folder, json)
      throw interruptedRun(folder, state.progress, isFurther, signal)
  }
}

/** Says how far a run is that was to be trained until an epoch. */
async function reportHalf(folder: RunFolder, json: boolean): Promise<void> {
  const { epoch: epochs, best, engine } = await folder.readRecord()
  if (json)
    console.log(JSON.stringify({ folder: folder.path, model: folder.bestPath, best, test: null, epochs, reason: null, engine: engine?.id ?? null })) // prettier-ignore
  else
    console.log(
      inColumns(
        [
          [t('cli.train.trained'), t('cli.train.trained.until', { epoch: epochs })],
          [t('cli.train.best-epoch'), best ? bestInWords(best) : ''],
          [t('cli.train.resume'), resumeLine(folder)],
        ],
        NAME_WIDTH,
      ),
    )
}

/** What is typed to go on with a run. */
function resumeLine(folder: RunFolder): string {
  return ['made', 'resume', folder.path].join(' ')
}

function bestInWords({ epoch, validNll }: RunResult['best']): string {
  return t('cli.train.best-epoch.loss', { epoch: String(epoch), nats: validNll.toFixed(4) })
}

/** An interrupted run is only worth another start if it got further: otherwise starts might follow one another for ever. */
function interruptedRun(folder: RunFolder, progress: RunProgress, isFurther: boolean, signal: AbortSignal): Error {
  const hint = say('cli.train.go-on', { command: resumeLine(folder) })
  const reason: unknown = signal.reason
  if (!isFurther && reason instanceof Interrupted) return new Interrupted(reason.signal, hint)
  return new Unfinished(say('cli.train.saved', { epoch: String(progress.epoch) }), hint, SAVED_FOR_LATER)
}

/** Says how a run ended. @param seconds that it took; null if it had ended before this command */
async function reportFinished(
  folder: RunFolder,
  { best, test, epochs, reason }: RunResult,
  {
    json,
    seconds,
    notes,
  }: { readonly json: boolean; readonly seconds: number | null; readonly notes: readonly Sentence[] },
): Promise<void> {
  const { engine } = await folder.readRecord()
  const pictures = seconds === null ? null : await drawPictures(folder)
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
        build: engine?.build ?? null,
        measured: engine?.measured ?? null,
        notes: inEnglishOnly(notes),
      }),
    )
    return
  }
  const summary = await summarise(folder)
  const verdict = verdictOnRun(summary, keptLoss(summary), [], () => null)
  if (seconds === null)
    console.log(
      t('cli.train.finished', {
        command: `${resumeLine(folder)} --epochs`,
        more: t('cli.train.more-epochs', { epochs: String(epochs) }),
      }),
    )
  const device = engine ? t('cli.train.device', { engine: engine.id, device: engine.device }) : t('cli.train.no-engine')
  const lines: [string, string][] = [
    [
      t('cli.train.trained'),
      seconds === null
        ? t('cli.train.trained.epochs', { epochs, device })
        : t('cli.train.trained.in', { epochs, duration: durationOf(seconds), device }),
    ],
    [t('cli.train.measured'), engine?.measured && seconds !== null ? speedsInWords(engine.measured) : ''],
    [t('cli.train.best-epoch'), bestInWords(best)],
    [t('cli.train.test'), test ? testInWords(test) : ''],
    [t('cli.train.test.unlabelled'), test?.label ? testInWords(test.label) : ''],
    [t('cli.train.test.label'), test?.label ? labelInWords(test.label) : ''],
    [t('cli.train.verdict'), verdict ? tell(sentenceOf(verdict.sentence)) : ''],
    [t('cli.train.model'), folder.bestPath],
    [t('cli.train.loss-curve'), pictures?.loss ?? ''],
    [t('cli.train.samples'), pictures?.samples ?? ''],
  ]
  console.log(inColumns(lines, NAME_WIDTH))
}

function speedsInWords(measured: readonly MeasuredEngine[]): string {
  const speeds = measured.map(({ id, updatesPerSecond }) => `${id} ${updatesPerSecond.toFixed(0)}`).join(', ')
  return t('cli.train.measured.speeds', { speeds })
}

function labelInWords({ error, calibrationError: calibration, rows }: LabelResult): string {
  return t('cli.train.test.errors', { error, calibration, rows })
}

function testInWords({ nll, interval95, rows }: Pick<TestResult, 'nll' | 'interval95' | 'rows'>): string {
  return t('cli.train.test.loss', { nats: nll.toFixed(4), interval: interval95.toFixed(4), rows })
}

/** What to type for steps that are a tenth as long; null where they cannot be shorter. */
function remedyFor(optimizer: Optimizer): Sentence | null {
  const smaller = smallerSteps(optimizer)
  if (smaller === null) return null
  const option = { learningRate: '--learning-rate', epsilon: '--epsilon' }[smaller.setting]
  return say('cli.train.start-anew', { option, value: String(smaller.value) })
}

function picturesIn({ path }: RunFolder): { readonly loss: string; readonly samples: string } {
  return { loss: join(path, 'loss.png'), samples: join(path, 'samples.png') }
}

/** Draws what a kill after the last epoch kept from being drawn, where that can be written; the result is there without it. */
async function completePictures(folder: RunFolder): Promise<void> {
  await folder.removeLeftovers()
  const { loss, samples } = picturesIn(folder)
  if (existsSync(loss) && existsSync(samples)) return
  await drawPictures(folder).catch((error: unknown) => {
    if (!['disk-full', 'not-writable'].includes(failureOf(error).code)) throw error
  })
}

/** Leaves the loss curve and the newest sheet of samples as pictures in the folder. */
async function drawPictures(folder: RunFolder): Promise<ReturnType<typeof picturesIn>> {
  const record = await folder.readRecord()
  const history = await folder.readHistory(record)
  const paths = picturesIn(folder)
  // The drawing library is large, and needed here alone.
  const { drawChart } = await import('../report/chart-picture')
  const { references, name } = record.data
  await replaceFile(paths.loss, [drawChart(lossChart(history, name, references?.entropy ?? null, reader))])
  const newest = history.sampleEpochs.at(-1)
  if (newest !== undefined) {
    const { picture } = record.data
    const rows = seenIn(await folder.readSamples(newest), picture)
    const sheet = { columns: rows.columns, picture, values: inkOf(rows) }
    await replaceFile(paths.samples, [encodeSheet(sheet)])
  }
  return paths
}
