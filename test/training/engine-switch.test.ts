import { expect, it } from 'vitest'
import type { Engine } from '../../src/engine/contract'
import { CpuEngine } from '../../src/engine/cpu/cpu-engine'
import type { RunEvent, RunState } from '../../src/shared/run'
import type { RunFolder } from '../../src/runs/run-folder'
import { continuedRecord } from '../../src/runs/runs'
import { Trainer } from '../../src/training/trainer'
import { describeTensorFlow, tensorFlowEngine } from '../engine/found-tensorflow'
import { newRun, smallConfig, smallData, temporaryFolder } from './small-run'

/** Trains on, and suspends after so many lists of minibatches. */
async function trainOn(folder: RunFolder, engine: Engine, lists = Infinity): Promise<RunState> {
  await folder.writeRecord(continuedRecord(await folder.readRecord(), smallData(), { engine: engine.id }))
  let heard = 0
  const emit = (event: RunEvent): void => {
    if (event.type === 'losses' && ++heard === lists) trainer.ask('suspend')
  }
  const record = await folder.readRecord()
  const trainer = new Trainer({ folder, record, data: smallData(), engine, emit, whenDiskFails: 'fail' })
  return trainer.run()
}

describeTensorFlow('a run that changes its engine', (tensorFlow) => {
  it.each([
    ['one ordering', {}],
    ['unlimited orderings and masks', { orderings: -1, masks: -1, conditioningWeights: true, directConnections: true }],
  ])('in the middle goes on as if it had not: %s', async (_, change) => {
    const config = smallConfig({
      epochs: 4,
      activation: 'tanh',
      optimizer: { kind: 'adagrad', learningRate: 0.05, epsilon: 1e-4 },
      ...change,
    })
    const whole = await newRun(await temporaryFolder(), config)
    expect((await trainOn(whole, new CpuEngine('test'))).kind).toBe('finished')
    const switched = await newRun(await temporaryFolder(), config)
    expect((await trainOn(switched, new CpuEngine('test'), 1)).kind).toBe('paused')
    expect((await trainOn(switched, tensorFlowEngine(tensorFlow), 2)).kind).toBe('paused')
    expect((await switched.readRecord()).engine).toMatchObject({ id: 'tensorflow' })
    expect((await trainOn(switched, new CpuEngine('test'), 1)).kind).toBe('paused')
    expect((await trainOn(switched, tensorFlowEngine(tensorFlow))).kind).toBe('finished')

    const [expected, actual] = [await whole.readRecord(), await switched.readRecord()]
    expect(actual).toMatchObject({ status: 'finished', epoch: 4, config: { engine: 'tensorflow' } })
    expect(actual.test?.nll).toBeCloseTo(expected.test?.nll ?? NaN, 4)
    const [before, after] = [await whole.readHistory(expected), await switched.readHistory(actual)]
    expect(after.losses).toHaveLength(before.losses.length)
    after.losses.forEach(({ update, loss }, i) => {
      expect(update).toBe(before.losses[i].update)
      expect(loss).toBeCloseTo(before.losses[i].loss, 4)
    })
    after.epochs.forEach((epoch, i) => {
      expect(epoch.validNll).toBeCloseTo(before.epochs[i].validNll, 4)
      expect(epoch.trainNll).toBeCloseTo(before.epochs[i].trainNll, 4)
    })
  })
})
