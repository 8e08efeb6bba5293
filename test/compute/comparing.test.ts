import { join } from 'node:path'
import { expect, it } from 'vitest'
import { StudioError } from '../../src/base/failure'
import { Comparing } from '../../src/compute/comparing'
import type { DataSet } from '../../src/data/data-set'
import { RunFolder } from '../../src/runs/run-folder'
import { newRecord, Runs } from '../../src/runs/runs'
import type { ComparingProgress } from '../../src/shared/comparing'
import { say } from '../../src/words/say'
import { expectFailure } from '../base/expect-failure'
import { labelledData } from '../training/labelled-data'
import { smallConfig, smallData, temporaryFolder, trainerOf } from '../training/small-run'

interface Compared {
  readonly comparing: Comparing
  /** The test losses that the runs told when they ended. */
  readonly tested: readonly number[]
  readonly heard: ComparingProgress[]
  reads: number
}

/** Two trained runs on the same rows. @param given what their data are when they are asked for */
async function trained(given: () => Promise<DataSet>): Promise<Compared> {
  const path = await temporaryFolder()
  const tested: number[] = []
  for (const [id, epochs] of [['one', 1] as const, ['two', 4] as const]) {
    const folder = new RunFolder(join(path, id))
    await folder.create(newRecord(id, smallConfig({ epochs, orderings: 3 }), smallData()))
    await (await trainerOf(folder)).run()
    tested.push((await folder.readRecord()).test?.nll ?? NaN)
  }
  const heard: ComparingProgress[] = []
  const compared: Compared = {
    comparing: new Comparing(
      () => new Runs(path),
      {
        forRun: () => {
          compared.reads++
          return given()
        },
      },
      (progress) => heard.push(progress),
    ),
    tested,
    heard,
    reads: 0,
  }
  return compared
}

it('the mean of the losses row by row is what the test of the run told, and is worked out once', async () => {
  const compared = await trained(() => Promise.resolve(smallData()))
  const { comparing, tested, heard } = compared
  for (const [i, runId] of ['one', 'two'].entries()) {
    const { nats, dataHash } = await comparing.losses({ runId, of: 'whole' })
    expect(dataHash).toBe('chain')
    expect(nats).toHaveLength(smallData().splits.test.rows)
    expect(nats.reduce((sum, loss) => sum + loss, 0) / nats.length).toBeCloseTo(tested[i], 4)
  }
  expect(new Set(heard.map(({ runId }) => runId))).toEqual(new Set(['one', 'two']))
  expect(heard.every(({ share }) => share >= 0 && share <= 1)).toBe(true)
  expect(compared.reads).toBe(1)
  const again = heard.length
  await comparing.losses({ runId: 'one', of: 'whole' })
  expect(heard).toHaveLength(again)
})

it('it can be given up, and asked for again', async () => {
  const { comparing } = await trained(() => Promise.resolve(smallData()))
  const losses = comparing.losses({ runId: 'one', of: 'whole' })
  comparing.cancel()
  await expectFailure(() => losses, 'cancelled')
  const first = comparing.losses({ runId: 'one', of: 'whole' })
  const second = comparing.losses({ runId: 'two', of: 'whole' })
  await expectFailure(() => first, 'cancelled')
  expect((await second).nats).toHaveLength(70)
  expect((await comparing.losses({ runId: 'one', of: 'whole' })).nats).toHaveLength(70)
})

it('data that are gone or have changed are told of, and no run has a model that is not there', async () => {
  let data = (): Promise<DataSet> => Promise.resolve({ ...smallData(), hash: 'other' })
  const { comparing } = await trained(() => data())
  await expectFailure(() => comparing.losses({ runId: 'one', of: 'whole' }), 'invalid-data')
  const lost = say('compute.samples.no-table')
  data = () => Promise.reject(new StudioError('not-found', lost, lost))
  await expectFailure(() => comparing.losses({ runId: 'one', of: 'whole' }), 'not-found')
  await expectFailure(() => comparing.losses({ runId: 'three', of: 'whole' }), 'not-found')
})

it('without the label that is learnt, a row is as likely as with every label together, as the test of the run told', async () => {
  const path = await temporaryFolder()
  const data = labelledData()
  const folder = new RunFolder(join(path, 'one'))
  await folder.create(newRecord('one', smallConfig({ epochs: 2, orderings: 2 }), data))
  await (await trainerOf(folder, undefined, data)).run()
  const { test } = await folder.readRecord()
  const comparing = new Comparing(
    () => new Runs(path),
    { forRun: () => Promise.resolve(data) },
    () => undefined,
  )
  const meanOf = async (of: 'whole' | 'unlabelled'): Promise<number> => {
    const { nats } = await comparing.losses({ runId: 'one', of })
    expect(nats).toHaveLength(data.splits.test.rows)
    return nats.reduce((sum, loss) => sum + loss, 0) / nats.length
  }
  expect(await meanOf('whole')).toBeCloseTo(test?.nll ?? NaN, 4)
  expect(await meanOf('unlabelled')).toBeCloseTo(test?.label?.nll ?? NaN, 4)
})
