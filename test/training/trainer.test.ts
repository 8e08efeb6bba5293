import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BitMatrix } from '../../src/data/bit-matrix'
import type { DataSet } from '../../src/data/data-set'
import type { Engine } from '../../src/engine/contract'
import { CpuEngine } from '../../src/engine/cpu/cpu-engine'
import { DEFAULT_OPTIMIZERS } from '../../src/made/optimizer'
import { tensorOf, type Tensors } from '../../src/made/spec'
import type { StepSchedule } from '../../src/made/step-schedule'
import type { EpochRecord, RunEvent, RunState } from '../../src/shared/run'
import type { RunConfig } from '../../src/shared/run-config'
import { keptModel } from '../../src/runs/kept-model'
import { checkpointShape, RunFolder } from '../../src/runs/run-folder'
import { continuedRecord } from '../../src/runs/runs'
import type { Trainer } from '../../src/training/trainer'
import { chainEntropy } from './chain'
import { newRun, redrawnData, smallConfig, smallData, temporaryFolder, trainerOf, trainerOn } from './small-run'

async function finalState(folder: RunFolder): Promise<unknown> {
  const { checkpoint } = await folder.readCheckpoint(checkpointShape(await folder.readRecord()))
  const { epochSeconds: _, ...counters } = checkpoint?.counters ?? {}
  return { counters, state: checkpoint?.state, average: checkpoint?.average, best: await readFile(folder.bestPath) }
}

/** The cpu engine, and a look at what goes on after each list of minibatches. */
function afterEachList(look: () => void): Engine {
  const cpu = new CpuEngine('test')
  const open: Engine['open'] = async (...given) => {
    const session = await cpu.open(...given)
    const train = session.train.bind(session)
    session.train = async (...list) => {
      const losses = await train(...list)
      look()
      return losses
    }
    return session
  }
  return { id: 'cpu', device: cpu.device, heads: cpu.heads, open }
}

function withoutSeconds(epochs: readonly EpochRecord[]): unknown[] {
  return epochs.map(({ seconds: _, ...epoch }) => epoch)
}

describe('a run', () => {
  it('learns, keeps its best model, and reports all of it', async () => {
    const data = smallData()
    const folder = await newRun(await temporaryFolder(), smallConfig({ epochs: 40, hidden: [30], lookAhead: 10 }))
    const events: RunEvent[] = []
    const end = await (await trainerOf(folder, (event) => events.push(event))).run()
    if (end.kind !== 'finished') throw new Error(`ended as ${end.kind}`)
    const { result } = end
    const record = await folder.readRecord()
    const history = await folder.readHistory(record)
    expect(record).toMatchObject({ status: 'finished', test: result.test, best: result.best, epoch: result.epochs })
    expect(history.epochs.map(({ epoch }) => epoch)).toEqual(Array.from({ length: result.epochs }, (_, i) => i + 1))
    expect(history.sampleEpochs).toEqual(history.epochs.map(({ epoch }) => epoch))
    const best = history.epochs.reduce((a, b) => (b.validNll < a.validNll ? b : a))
    expect(result.best).toEqual({ epoch: best.epoch, validNll: best.validNll })
    expect(history.losses).toHaveLength(12 * result.epochs)
    const entropy = chainEntropy(10)
    expect(result.test?.nll).toBeGreaterThan(entropy - 0.5)
    expect(result.test?.nll).toBeLessThan(entropy + 0.6)
    expect(record.best?.validNll).toBeLessThan(history.epochs[0].validNll)
    const losses = events.flatMap((event) => (event.type === 'losses' ? [...event.losses] : []))
    expect(losses).toHaveLength(12 * result.epochs)
    expect(events.at(-1)).toEqual({ type: 'state', state: end })
    // What was tested is what was kept: the best model scores the same on its own.
    const model = await folder.readBest()
    const session = await new CpuEngine('test').open(model, null)
    const [scored] = await session.logLikelihood(data.splits.test, model.connectivities)
    expect(-scored.reduce((a, b) => a + b) / scored.length).toBeCloseTo(result.test?.nll ?? NaN, 9)
  })

  it('stops early when validation does not improve', async () => {
    const config = smallConfig({
      epochs: 500,
      lookAhead: 3,
      hidden: [60],
      optimizer: { ...DEFAULT_OPTIMIZERS.adam, learningRate: 0.05 },
    })
    const folder = await newRun(await temporaryFolder(), config)
    const end = await (await trainerOf(folder)).run()
    if (end.kind !== 'finished') throw new Error(`ended as ${end.kind}`)
    expect(end.result.reason).toBe('look-ahead')
    expect(end.result.epochs).toBe(end.result.best.epoch + 3)
  })

  it.each<[string, Partial<RunConfig>, DataSet?]>([
    ['one natural ordering', {}],
    ['lists of orderings and masks', { orderings: 3, masks: 2 }],
    ['steps along a cosine', { learningRateSchedule: 'cosine' }],
    ['weights averaged over epochs', { averagedEpochs: 2 }],
    ['outputs that begin as often as in the data', { outputBiases: 'frequencies' }],
    ['unlimited orderings', { orderings: -1, masks: 2, conditioningWeights: true }],
    [
      'everything at once',
      { orderings: 4, masks: -1, hidden: [9, 7], directConnections: true, activation: 'softplus', l2: 1e-3 },
    ],
    ['rows drawn anew for each epoch', { orderings: 2 }, redrawnData()],
  ])('interrupted anywhere goes on bit for bit as if it never was: %s', async (_, change, data = smallData()) => {
    const config = smallConfig({ epochs: 3, ...change })
    const whole = await newRun(await temporaryFolder(), config, data)
    await (await trainerOf(whole, undefined, data)).run()
    const expected = await finalState(whole)
    const expectedEpochs = withoutSeconds((await whole.readHistory(await whole.readRecord())).epochs)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 1, maxLength: 4 }), async (breaks) => {
        const folder = await newRun(await temporaryFolder(), config, data)
        for (const after of breaks) {
          // Suspends after so many lists and events of any kind: in the middle of an epoch, in a validation, in the test.
          let seen = 0
          const look = (): void => {
            if (++seen === after) trainer.ask('suspend')
          }
          const trainer: Trainer = await trainerOn(afterEachList(look), folder, data, look)
          const end = await trainer.run()
          expect(['paused', 'finished']).toContain(end.kind)
          if (end.kind === 'finished') break
        }
        if ((await folder.readRecord()).status !== 'finished') await (await trainerOf(folder, undefined, data)).run()
        expect(await finalState(folder)).toEqual(expected)
        const history = await folder.readHistory(await folder.readRecord())
        expect(withoutSeconds(history.epochs)).toEqual(expectedEpochs)
        expect(history.losses).toEqual((await whole.readHistory(await whole.readRecord())).losses)
        expect((await folder.readRecord()).test).toEqual((await whole.readRecord()).test)
      }),
      { numRuns: 12 },
    )
  })

  it('goes on in the middle of an epoch on the rows drawn for it', async () => {
    const data = redrawnData()
    const config = smallConfig({ batchSize: 1, epochs: 2 })
    const whole = await newRun(await temporaryFolder(), config, data)
    await (await trainerOf(whole, undefined, data)).run()
    const folder = await newRun(await temporaryFolder(), config, data)
    const trainer: Trainer = await trainerOf(folder, ({ type }) => type === 'losses' && trainer.ask('suspend'), data)
    await trainer.run()
    const { checkpoint } = await folder.readCheckpoint(checkpointShape(await folder.readRecord()))
    expect(checkpoint?.counters.minibatch).toBeGreaterThan(0)
    await (await trainerOf(folder, undefined, data)).run()
    expect(await finalState(folder)).toEqual(await finalState(whole))
  })

  it('trains each epoch on the rows drawn for it, not on those of the one before', async () => {
    const data = redrawnData()
    const asked: number[] = []
    const epochRows = (epoch: number): BitMatrix => {
      asked.push(epoch)
      return data.epochRows?.(epoch) ?? data.splits.train
    }
    const folder = await newRun(await temporaryFolder(), smallConfig(), data)
    await (await trainerOf(folder, undefined, { ...data, epochRows })).run()
    expect(asked).toEqual([1, 2, 3, 4])
    const { epochRows: _, ...fixed } = data
    const still = await newRun(await temporaryFolder(), smallConfig(), data)
    await (await trainerOf(still, undefined, fixed)).run()
    expect(await finalState(still)).not.toEqual(await finalState(folder))
  })

  it('pauses, is saved while paused, and goes on', async () => {
    const folder = await newRun(await temporaryFolder(), smallConfig({ epochs: 6 }))
    const states: RunState['kind'][] = []
    const trainer: Trainer = await trainerOf(folder, (event) => {
      if (event.type === 'state' && states.at(-1) !== event.state.kind) states.push(event.state.kind)
      if (event.type === 'epoch' && event.record.epoch === 2) trainer.ask('pause')
    })
    const running = trainer.run()
    await expect.poll(async () => (await folder.readRecord()).status).toBe('paused')
    const { checkpoint } = await folder.readCheckpoint(checkpointShape(await folder.readRecord()))
    expect(checkpoint?.counters.epochsDone).toBe(2)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(states.at(-1)).toBe('paused')
    trainer.ask('run')
    expect((await running).kind).toBe('finished')
    expect(states).toEqual(['preparing', 'training', 'paused', 'training', 'finished'])
  })

  it('stopped in its first epoch still leaves a tested model', async () => {
    const folder = await newRun(await temporaryFolder(), smallConfig({ epochs: 50 }))
    const trainer: Trainer = await trainerOf(folder, (event) => {
      if (event.type === 'losses') trainer.ask('stop')
    })
    const end = await trainer.run()
    if (end.kind !== 'finished') throw new Error(`ended as ${end.kind}`)
    expect(end.result).toMatchObject({ reason: 'stopped', epochs: 0, best: { epoch: 1 }, test: { rows: 70 } })
    expect((await folder.readBest()).spec.inputs).toBe(10)
  })

  it('stopped and then given more epochs goes on from where it was', async () => {
    const whole = await newRun(await temporaryFolder(), smallConfig({ epochs: 6 }))
    await (await trainerOf(whole)).run()
    const folder = await newRun(await temporaryFolder(), smallConfig({ epochs: 3 }))
    await (await trainerOf(folder)).run()
    await expect(continuedRecordOf(folder)).rejects.toMatchObject({ code: 'invalid-settings' })
    await folder.writeRecord(continuedRecord(await folder.readRecord(), smallData(), { epochs: 6 }))
    await (await trainerOf(folder)).run()
    expect(await finalState(folder)).toEqual(await finalState(whole))
  })

  it('makes the steps of its plan, and of the longer one when it is given more epochs', async () => {
    const cosine = { learningRateSchedule: 'cosine', epochs: 2 } as const
    const folder = await newRun(await temporaryFolder(), smallConfig(cosine))
    const plans: (StepSchedule | undefined)[] = []
    const cpu = new CpuEngine('test')
    const open: Engine['open'] = (model, training) => {
      plans.push(training?.schedule)
      return cpu.open(model, training)
    }
    const engine: Engine = { id: 'cpu', device: cpu.device, heads: cpu.heads, open }
    await (await trainerOn(engine, folder)).run()
    await folder.writeRecord(continuedRecord(await folder.readRecord(), smallData(), { epochs: 5 }))
    await (await trainerOn(engine, folder)).run()
    // 230 rows are 12 minibatches of 20.
    expect(plans).toEqual([
      { kind: 'cosine', updates: 24 },
      { kind: 'cosine', updates: 60 },
    ])
    const constant = await newRun(await temporaryFolder(), smallConfig({ ...cosine, learningRateSchedule: 'constant' }))
    await (await trainerOf(constant)).run()
    const epochs = async (run: RunFolder): Promise<readonly EpochRecord[]> =>
      (await run.readHistory(await run.readRecord())).epochs
    expect((await epochs(folder))[0].validNll).not.toBe((await epochs(constant))[0].validNll)
  })

  it('validates and keeps the average of its weights over epochs, and trains on from the weights themselves', async () => {
    const raw = async (epochs: number): Promise<Tensors> => {
      const folder = await newRun(await temporaryFolder(), smallConfig({ epochs }))
      await (await trainerOf(folder)).run()
      const { checkpoint } = await folder.readCheckpoint(checkpointShape(await folder.readRecord()))
      return checkpoint?.state.parameters ?? new Map<string, Float32Array>()
    }
    const [first, second, third] = [await raw(1), await raw(2), await raw(3)]
    const folder = await newRun(await temporaryFolder(), smallConfig({ epochs: 3, averagedEpochs: 2 }))
    await (await trainerOf(folder)).run()
    const record = await folder.readRecord()
    const { checkpoint } = await folder.readCheckpoint(checkpointShape(record))
    expect(checkpoint?.state.parameters).toEqual(third)
    // Otherwise the last one is not the one that was kept.
    expect(record.best?.epoch).toBe(3)
    const { parameters } = await folder.readBest()
    for (const [name, values] of parameters)
      values.forEach((value, i) => {
        const [a, b, c] = [first, second, third].map((weights) => tensorOf(weights, name)[i])
        expect(value).toBeCloseTo(0.25 * a + 0.25 * b + 0.5 * c, 5)
      })
    expect(checkpoint?.average).toEqual(parameters)
    expect((await keptModel(folder, 'latest')).parameters).toEqual(parameters)
  })

  it('begins with outputs that are as often one as in the training rows, where that is asked for', async () => {
    const data = smallData()
    const opened = async (outputBiases: RunConfig['outputBiases']): Promise<Tensors> => {
      const config = smallConfig({ epochs: 1, outputBiases })
      const folder = await newRun(await temporaryFolder(), config, data)
      const cpu = new CpuEngine('test')
      let begun: Tensors = new Map()
      const open: Engine['open'] = (model, settings) => {
        begun = model.parameters
        return cpu.open(model, settings)
      }
      await (await trainerOn({ id: 'cpu', device: cpu.device, heads: cpu.heads, open }, folder, data)).run()
      return begun
    }
    const [zero, frequencies] = [await opened('zero'), await opened('frequencies')]
    expect(tensorOf(zero, 'output.bias').every((bias) => bias === 0)).toBe(true)
    const { train } = data.splits
    tensorOf(frequencies, 'output.bias').forEach((bias, d) => {
      const ones = train.columnCounts()[d]
      expect(1 / (1 + Math.exp(-bias))).toBeCloseTo((ones + 1) / (train.rows + 2), 6)
    })
    for (const [name, values] of zero) if (name !== 'output.bias') expect(frequencies.get(name)).toEqual(values)
  })

  it('paused while averaged weights are validated keeps those that it goes on from', async () => {
    const config = smallConfig({ epochs: 3, averagedEpochs: 3 })
    const whole = await newRun(await temporaryFolder(), config)
    await (await trainerOf(whole)).run()
    const folder = await newRun(await temporaryFolder(), config)
    const trainer: Trainer = await trainerOf(folder, (event) => {
      if (event.type !== 'state' || event.state.kind !== 'training') return
      const { epoch, phase } = event.state.progress
      if (epoch === 2 && phase === 'validating') trainer.ask('pause')
    })
    const running = trainer.run()
    await expect.poll(async () => (await folder.readRecord()).status).toBe('paused')
    trainer.ask('suspend')
    await running
    await (await trainerOf(folder)).run()
    expect(await finalState(folder)).toEqual(await finalState(whole))
  })

  it('refuses to be worked on twice at a time', async () => {
    const folder = await newRun(await temporaryFolder(), smallConfig())
    const lock = await new RunFolder(folder.path).lock()
    await expect((await trainerOf(folder)).run()).rejects.toMatchObject({ code: 'busy' })
    await lock.release()
    expect((await (await trainerOf(folder)).run()).kind).toBe('finished')
  })

  it('goes on without a best model that was lost', async () => {
    const folder = await newRun(await temporaryFolder(), smallConfig({ epochs: 3 }))
    const trainer: Trainer = await trainerOf(folder, (event) => {
      if (event.type === 'epoch' && event.record.epoch === 2) trainer.ask('suspend')
    })
    await trainer.run()
    await rm(join(folder.path, 'best.safetensors'))
    const events: RunEvent[] = []
    const end = await (await trainerOf(folder, (event) => events.push(event))).run()
    expect(end).toMatchObject({ kind: 'finished', result: { best: { epoch: 3 } } })
    expect(events.filter(({ type }) => type === 'warning')).toHaveLength(1)
  })
})

async function continuedRecordOf(folder: RunFolder): Promise<unknown> {
  return continuedRecord(await folder.readRecord(), smallData())
}
