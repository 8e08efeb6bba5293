import { describe, expect, it } from 'vitest'
import { BitMatrix } from '../../src/data/bit-matrix'
import { CpuEngine } from '../../src/engine/cpu/cpu-engine'
import type { Connectivity } from '../../src/made/connectivity'
import type { Model } from '../../src/made/model-file'
import { naturalOrdering } from '../../src/made/ordering'
import { labelColumns } from '../../src/made/variables'
import { keptModel } from '../../src/runs/kept-model'
import type { RunFolder } from '../../src/runs/run-folder'
import type { EpochRecord, RunEvent } from '../../src/shared/run'
import { connectivityList } from '../../src/made/schedule'
import { scheduleOf } from '../../src/shared/run-config'
import { summarise } from '../../src/runs/run-summary'
import { MOST_ROWS, validateLabel } from '../../src/training/label-evaluation'
import { classify, labelsIn, scoreLabels, type Classification, type LabelScores } from '../../src/training/label-scores'
import { Trainer } from '../../src/training/trainer'
import { LABEL, labelledData } from './labelled-data'
import { newRun, smallConfig, temporaryFolder, trainerOf } from './small-run'

const nothing = (): Promise<void> => Promise.resolve()
const config = smallConfig({ epochs: 3, orderings: 2, masks: 2 })

async function toldBy(
  model: Model,
  split: 'valid' | 'test',
): Promise<{ readonly scores: LabelScores; readonly found: Classification }> {
  const label = labelColumns(model.spec)
  if (!label) throw new Error('the model has no label')
  const rows = labelledData().splits[split]
  const session = await new CpuEngine('test').open(model, null)
  try {
    const list = connectivityList(model.spec, scheduleOf(config), 2)
    const scores = await scoreLabels(session, rows, label, list, nothing)
    return { scores, found: classify(scores, labelsIn(rows, label)) }
  } finally {
    await session.close()
  }
}

async function trained(emit: (event: RunEvent) => void = () => undefined): Promise<RunFolder> {
  const folder = await newRun(await temporaryFolder(), config, labelledData())
  const state = await (await trainerOf(folder, emit, labelledData())).run()
  expect(state.kind).toBe('finished')
  return folder
}

async function epochsOf(folder: RunFolder): Promise<readonly Omit<EpochRecord, 'seconds'>[]> {
  const { epochs } = await folder.readHistory(await folder.readRecord())
  return epochs.map(({ seconds: _seconds, ...others }) => others)
}

describe('a run with a label', () => {
  it('tells after each epoch how often the label of validation rows is told wrongly, and keeps it', async () => {
    const told: EpochRecord[] = []
    const folder = await trained((event) => {
      if (event.type === 'epoch') told.push(event.record)
    })
    const { found } = await toldBy(await keptModel(folder, 'latest'), 'valid')
    const epochs = await epochsOf(folder)
    expect(epochs.at(-1)?.label).toEqual({ error: found.error, rows: 60 })
    expect(epochs.map(({ label }) => label)).toEqual(told.map(({ label }) => label))
    expect(epochs).toHaveLength(3)
  })

  it('is tested with and without it, and keeps what it takes for what', async () => {
    const folder = await trained()
    const { scores, found } = await toldBy(await keptModel(folder, 'best'), 'test')
    const { test } = await folder.readRecord()
    const nll = -scores.logEvidence.reduce((sum, log) => sum + log, 0) / 70
    expect(test?.label).toMatchObject({
      error: found.error,
      calibrationError: found.calibrationError,
      rows: 70,
      confusion: [...found.confusion],
    })
    expect(test?.label?.nll).toBeCloseTo(nll, 10)
    // p(x) is more than p(x, y).
    expect(nll).toBeLessThan(test?.nll ?? 0)
    const summary = await summarise(folder)
    expect(summary.label).toEqual(LABEL)
    expect(summary.test).toEqual(test)
  })

  it('has the same figures where it was interrupted and went on', async () => {
    const whole = await trained()
    const folder = await newRun(await temporaryFolder(), config, labelledData())
    for (const untilEpoch of [1, 2, undefined]) {
      const record = await folder.readRecord()
      const engine = new CpuEngine('test')
      const emit = (): void => undefined
      await new Trainer({ folder, record, data: labelledData(), engine, emit, whenDiskFails: 'fail', untilEpoch }).run()
    }
    expect(await epochsOf(folder)).toEqual(await epochsOf(whole))
    expect((await folder.readRecord()).test).toEqual((await whole.readRecord()).test)
  })

  it('says nothing of a label where none is learnt', async () => {
    const folder = await newRun(await temporaryFolder(), smallConfig({ epochs: 1 }))
    await (await trainerOf(folder)).run()
    expect((await epochsOf(folder))[0]).not.toHaveProperty('label')
    expect((await folder.readRecord()).test).not.toHaveProperty('label')
    expect((await summarise(folder)).label).toBeNull()
  })
})

it('a label is validated on so few rows, evenly spaced, that it takes no longer than the validation', async () => {
  const { splits } = labelledData()
  const place = { variable: 10, first: 10, end: 13 }
  const many = splits.valid.select(Uint32Array.from({ length: 12_000 }, (_, i) => i % 60))
  for (const [rows, looked] of [
    [splits.valid, 60],
    [many, MOST_ROWS],
    [many.slice(0, 1500), 500],
  ] as const) {
    let scored = 0
    const session = {
      logLikelihood: (some: { rows: number }, list: readonly unknown[]) => {
        scored += some.rows
        return Promise.resolve(list.map(() => new Float64Array(some.rows).fill(-1)))
      },
    }
    const connectivity = { ordering: new Int32Array(), degrees: [] }
    expect((await validateLabel(session, { rows }, place, [connectivity], nothing)).rows).toBe(looked)
    expect(scored).toBe(3 * looked)
    expect(scored).toBeLessThanOrEqual(Math.max(rows.rows, 1000))
    // Whoever has no label cannot be told wrongly.
    const known = new BitMatrix(rows.rows, 11)
    for (let row = 0; row < rows.rows; row++)
      for (let v = 0; v < 11; v++) if (v < 10 || row % 2 === 0) known.set(row, v)
    const told = await validateLabel(session, { rows, known }, place, [natural(11)], nothing)
    expect(told.rows).toBe(Math.min(looked, Math.ceil(rows.rows / 2)))
  }
})

function natural(variables: number): Connectivity {
  return { ordering: naturalOrdering(variables, [variables - 1]), degrees: [] }
}
