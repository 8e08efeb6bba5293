import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { initialParameters } from '../../../src/made/initialisation'
import { slotNames } from '../../../src/made/optimizer'
import { connectivityList } from '../../../src/made/schedule'
import { zeroTensors } from '../../../src/made/spec'
import { START } from '../../../src/runs/counters'
import { keptModel } from '../../../src/runs/kept-model'
import { checkpointShape, RunFolder } from '../../../src/runs/run-folder'
import type { RunRecord } from '../../../src/runs/run-record'
import { newRecord, Runs } from '../../../src/runs/runs'
import { syntheticSource } from '../../../src/shared/data-source'
import { DEFAULT_RUN_CONFIG, scheduleOf } from '../../../src/shared/run-config'
import type { RunHistory, RunSummary } from '../../../src/shared/run'
import { openDataSet } from '../../../src/data/data-set'
import { checkFailure, doneOrRefused, require } from '../checks/fault'
import { checkBits } from '../checks/table'
import { checkUnchanged } from '../checks/unchanged'
import { readInput, writeInput, type Input } from '../input'
import { changeInput } from '../mutations/inputs'
import type { Target } from '../target'

const RUN = 'run'
/** The time at which all runs here began, so that they are the same each time. */
const THEN = 1_700_000_000_000

/** Folders of runs, opened as the window opens them: listed, with their curves, samples and models. Nothing in them changes. */
export const RUN_FOLDER_TARGET: Target = {
  name: 'run-folders',
  what: 'folders of runs: run.json, metrics, checkpoints, best model, samples, lock',
  share: 60,
  seeds: async () => {
    const whole = await wholeRun()
    const without = (...names: readonly string[]): Input =>
      new Map([...whole].filter(([name]) => !names.includes(name)))
    return [
      whole,
      new Map([...whole, ['.lock', new TextEncoder().encode(String(process.pid))]]),
      without('run.json'),
      without('checkpoint.safetensors', 'metrics.jsonl'),
    ]
  },
  change: changeInput,
  run: (input, folder) =>
    doneOrRefused(async () => {
      const place = folder()
      writeInput(join(place, RUN), input)
      const told = await openAll(place)
      checkUnchanged(join(place, RUN), input)
      return told
    }),
}

/** Opens a run in all ways that the window has. @returns what could be opened */
async function openAll(place: string): Promise<string> {
  const runs = new Runs(place)
  const summaries = await runs.list()
  for (const summary of summaries) checkSummary(summary)
  const folder = new RunFolder(join(place, RUN))
  await folder.isHeld()
  const opened: string[] = []
  const attempt = async (what: string, work: () => Promise<void>): Promise<void> => {
    const { kind } = await doneOrRefused(async () => {
      await work()
      return what
    })
    if (kind === 'done') opened.push(what)
  }
  await attempt('record', async () => void (await (await runs.find(RUN)).readRecord()))
  await attempt('history', async () => {
    const record = await folder.readRecord()
    const history = await folder.readHistory(record)
    checkHistory(history)
    for (const epoch of history.sampleEpochs.slice(0, 3))
      await attempt('samples', async () => {
        const rows = await folder.readSamples(epoch)
        checkBits(rows, rows.rows, rows.columns)
      })
  })
  await attempt('checkpoint', async () => {
    const { checkpoint, failures } = await folder.readCheckpoint(checkpointShape(await folder.readRecord()))
    for (const failure of failures) checkFailure(failure)
    require(checkpoint !== null ||
      failures.length > 0 ||
      !(await folder.hasCheckpoint()), 'a checkpoint is passed over in silence')
  })
  await attempt('best', async () => void (await keptModel(folder, 'best')))
  await attempt('latest', async () => void (await keptModel(folder, 'latest')))
  return [...new Set(opened)].join(' ')
}

function checkSummary(summary: RunSummary): void {
  const { status, failure, id, name } = summary
  require(id === RUN && typeof name === 'string', 'a run is listed under another name')
  if (status === 'damaged') require(failure !== null, 'a damaged run does not say why')
  if (status === 'damaged' && failure) checkFailure(failure)
  structuredClone(summary)
}

/** Checks that the curves of a run can be drawn. @throws Fault */
export function checkHistory(history: RunHistory): void {
  const { losses, epochs, sampleEpochs } = history
  require(losses.length <= 2000, `a curve has ${losses.length} points`)
  require(losses.every(
    ({ update, loss }) => Number.isFinite(loss) && Number.isSafeInteger(update) && update > 0,
  ), 'a point of a curve is nowhere')
  require(losses.every(({ update }, i) => i === 0 || update > losses[i - 1].update), 'a curve goes back')
  for (const { epoch, update, trainNll, validNll, seconds, isBest } of epochs)
    require([epoch, update, trainNll, validNll, seconds].every(Number.isFinite) &&
      typeof isBest === 'boolean', 'the record of an epoch holds what is no number')
  require(sampleEpochs.every(
    (epoch, i) => i === 0 || epoch > sampleEpochs[i - 1],
  ), 'sheets of samples are not in order')
}

/** The files of a run that is finished, as they are when it is written by the program, all but for the time. */
async function wholeRun(): Promise<Input> {
  const place = await mkdtemp(join(tmpdir(), 'made-fuzz-run-'))
  try {
    const folder = new RunFolder(join(place, RUN))
    const source = {
      ...syntheticSource('bars-and-stripes'),
      set: { kind: 'bars-and-stripes', size: 2 } as const,
      rows: { train: 20, valid: 5, test: 5 },
    }
    const data = await openDataSet(source, { mnistFolder: '/nowhere' })
    const config = { ...DEFAULT_RUN_CONFIG, hidden: [3], epochs: 2, orderings: 2, masks: 2 }
    const record: RunRecord = {
      ...newRecord('fuzz', config, data),
      createdAt: THEN,
      changedAt: THEN,
      status: 'finished',
      epoch: 2,
      best: { epoch: 2, validNll: 2.5 },
      ended: 'epochs',
      test: { nll: 2.6, interval95: 0.1, rows: 5, connectivities: 2 },
    }
    await folder.create(record)
    const shape = checkpointShape(record)
    const parameters = initialParameters(shape.spec, 'uniform', 1)
    const slots = new Map(slotNames(shape.optimizer).map((slot) => [slot, zeroTensors(shape.spec)]))
    for (const epoch of [1, 2]) {
      const counters = { ...START, epochsDone: epoch, update: epoch, best: { epoch, validNll: 3 - epoch / 4 } }
      await folder.writeCheckpoint(
        shape,
        { counters, state: { update: epoch, parameters, slots }, average: null },
        record,
      )
      await folder.writeSamples(epoch, data.splits.valid)
      await folder.appendMetrics([
        { type: 'losses', update: epoch - 1, values: [3.5 - epoch] },
        {
          type: 'epoch',
          epoch,
          update: epoch,
          trainNll: 3.5 - epoch,
          validNll: 3 - epoch / 4,
          isBest: true,
          seconds: 1,
        },
      ])
    }
    await folder.appendMetrics([
      { type: 'resumed', update: 2, engine: 'cpu' },
      { type: 'test', nll: 2.6, interval95: 0.1, rows: 5, connectivities: 2 },
    ])
    const schedule = scheduleOf(config)
    await folder.stageBest({
      spec: shape.spec,
      parameters,
      connectivities: connectivityList(shape.spec, schedule, 2),
      schedule,
      validated: record.best ?? undefined,
    })
    await folder.settleBest(record.best)
    return readInput(folder.path)
  } finally {
    await rm(place, { recursive: true, force: true })
  }
}
