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
    const { nats, dataHash } = await comparing.losses({ runId })
    expect(dataHash).toBe('chain')
    expect(nats).toHaveLength(smallData().splits.test.rows)
    expect(nats.reduce((sum, loss) => sum + loss, 0) / nats.length).toBeCloseTo(tested[i], 4)
  }
  expect(new Set(heard.map(({ runId }) => runId))).toEqual(new Set(['one', 'two']))
  expect(heard.every(({ share }) => share >= 0 && share <= 1)).toBe(true)
  expect(compared.reads).toBe(1)
  const again = heard.length
  await comparing.losses({ runId: 'one' })
  expect(heard).toHaveLength(again)
})

it('it can be given up, and asked for again', async () => {
  const { comparing } = await trained(() => Promise.resolve(smallData()))
  const losses = comparing.losses({ runId: 'one' })
  comparing.cancel()
  await expectFailure(() => losses, 'cancelled')
  const first = comparing.losses({ runId: 'one' })
  const second = comparing.losses({ runId: 'two' })
  await expectFailure(() => first, 'cancelled')
  expect((await second).nats).toHaveLength(70)
  expect((await comparing.losses({ runId: 'one' })).nats).toHaveLength(70)
})

it('data that are gone or have changed are told of, and no run has a model that is not there', async () => {
  let data = (): Promise<DataSet> => Promise.resolve({ ...smallData(), hash: 'other' })
  const { comparing } = await trained(() => data())
  await expectFailure(() => comparing.losses({ runId: 'one' }), 'invalid-data')
  const lost = say('compute.samples.no-table')
  data = () => Promise.reject(new StudioError('not-found', lost, lost))
  await expectFailure(() => comparing.losses({ runId: 'one' }), 'not-found')
  await expectFailure(() => comparing.losses({ runId: 'three' }), 'not-found')
})
