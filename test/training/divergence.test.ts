import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { Engine, Session } from '../../src/engine/contract'
import { CpuEngine } from '../../src/engine/cpu/cpu-engine'
import { Journal } from '../../src/runs/journal'
import { checkpointShape, type RunFolder } from '../../src/runs/run-folder'
import { summarise } from '../../src/runs/run-summary'
import { continuedRecord } from '../../src/runs/runs'
import type { RunEvent, RunState } from '../../src/shared/run'
import type { RunConfig } from '../../src/shared/run-config'
import { expectFailure } from '../base/expect-failure'
import { newRun, smallConfig, smallData, temporaryFolder, trainerOf, trainerOn } from './small-run'

type Diverged = Extract<RunState, { kind: 'diverged' }>

/** The cpu engine with sessions that are made to diverge. */
function spoilt(spoil: (session: Session) => void): Engine {
  const cpu = new CpuEngine('test')
  const open: Engine['open'] = async (...given) => {
    const session = await cpu.open(...given)
    spoil(session)
    return session
  }
  return { id: 'cpu', device: cpu.device, heads: cpu.heads, open }
}

/** Losses are what `of` makes of them from epoch `epoch` of the small run on, which has 12 minibatches an epoch. */
function spoiltLosses(epoch: number, of: (loss: number) => number): Engine {
  let updates = 0
  return spoilt((session) => {
    const train = session.train.bind(session)
    session.train = async (...list) =>
      (await train(...list)).map((loss) => (++updates > 12 * (epoch - 1) + 5 ? of(loss) : loss))
  })
}

async function diverge(
  engine: Engine,
  change: Partial<RunConfig> = {},
): Promise<{ readonly folder: RunFolder; readonly state: Diverged; readonly events: readonly RunEvent[] }> {
  const folder = await newRun(await temporaryFolder(), smallConfig({ epochs: 50, ...change }))
  const events: RunEvent[] = []
  const state = await (await trainerOn(engine, folder, smallData(), (event) => events.push(event))).run()
  if (state.kind !== 'diverged') throw new Error(`ended as ${state.kind}`)
  return { folder, state, events }
}

/** Nothing on the disk became null, everything opens, and the best model is the one that is named. */
async function expectWhole(folder: RunFolder, bestEpoch: number | null): Promise<void> {
  for (const name of ['run.json', 'metrics.jsonl']) {
    const text = await readFile(join(folder.path, name), 'utf8').catch(() => '')
    for (const key of ['values":\\[[^\\]]*null', 'Nll": ?null', 'nll": ?null', 'interval95": ?null'])
      expect(text).not.toMatch(new RegExp(key))
  }
  const record = await folder.readRecord()
  const { checkpoint, failures } = await folder.readCheckpoint(checkpointShape(record))
  expect(failures).toEqual([])
  for (const tensor of checkpoint?.state.parameters.values() ?? []) expect(tensor.every(Number.isFinite)).toBe(true)
  const summary = await summarise(folder)
  expect(summary).toMatchObject({ status: 'diverged', failure: { code: 'diverged' }, hasBest: bestEpoch !== null })
  expect(summary.best?.epoch ?? null).toBe(bestEpoch)
  expect(record.best?.epoch ?? null).toBe(bestEpoch)
  if (bestEpoch !== null) expect((await folder.readBest()).validated?.epoch).toBe(bestEpoch)
  expect((await readdir(folder.path)).filter((name) => /^\.(?!lock\.)/.test(name))).toEqual([])
  const history = await folder.readHistory(record)
  expect(history.epochs.every(({ trainNll, validNll }) => Number.isFinite(trainNll + validNll))).toBe(true)
  expect(history.losses.every(({ loss }) => Number.isFinite(loss))).toBe(true)
}

describe('a run that diverges', () => {
  it.each<[string, (loss: number) => number, string]>([
    ['infinite', () => Infinity, 'The loss became infinite at epoch 3.'],
    ['no number', () => NaN, 'The loss stopped being a number at epoch 3.'],
    ['too large to be added up', () => 1.7e308, 'The loss became infinite at epoch 3.'],
  ])('where its loss becomes %s says so, and keeps its best model', async (_, of, message) => {
    const { folder, state, events } = await diverge(spoiltLosses(3, of))
    expect(state.failure).toMatchObject({
      code: 'diverged',
      message: { english: message },
      hint: { english: 'The step size is probably too large; the best model so far, from epoch 2, is kept.' },
    })
    expect(state.progress).toMatchObject({ epoch: 3, best: { epoch: 2 } })
    expect(events.at(-1)).toEqual({ type: 'state', state })
    await expectWhole(folder, 2)
  })

  it('keeps its best model also where no checkpoint knows of it', async () => {
    const due = vi.spyOn(Journal.prototype, 'isDueAtEpoch').mockReturnValue(false)
    const { folder, state } = await diverge(spoiltLosses(3, () => NaN))
    due.mockRestore()
    expect(state.failure.hint.english).toContain('from epoch 2, is kept')
    expect(await folder.hasCheckpoint()).toBe(false)
    await expectWhole(folder, 2)
  })

  it('in its first epoch says that there is nothing to keep', async () => {
    const { folder, state } = await diverge(spoiltLosses(1, () => Infinity))
    expect(state.failure.hint.english).toBe(
      'The step size is probably too large; no model had been validated before, so none is kept.',
    )
    await expectWhole(folder, null)
  })

  it.each([NaN, Infinity])('where its validation loss is %d says so', async (bad) => {
    let calls = 0
    // The first epoch is scored as it is.
    const engine = spoilt((session) => {
      const score = session.logLikelihood.bind(session)
      let rows = 0
      session.logLikelihood = async (some, connectivities) => {
        rows += some.rows
        calls++
        const values = await score(some, connectivities)
        return rows > 60 ? values.map((value) => value.fill(-bad)) : values
      }
    })
    const { folder, state } = await diverge(engine)
    expect(calls).toBeGreaterThan(1)
    expect(state.failure.message.english).toMatch(/^The validation loss .* at epoch 2\.$/)
    await expectWhole(folder, 1)
  })

  it.each(['hidden.0.weight', 'slot'])(
    'where nothing but a number in a corner (%s) is none keeps none of it',
    async (where) => {
      let reads = 0
      const engine = spoilt((session) => {
        const read = session.readState.bind(session)
        session.readState = async () => {
          const state = await read()
          if (++reads > 2) {
            const tensors = where === 'slot' ? state.slots.get('squares') : state.parameters
            tensors?.get('hidden.0.weight')?.fill(NaN, -1)
          }
          return state
        }
      })
      const { folder, state } = await diverge(engine)
      expect(state.failure.message.english).toMatch(/^A weight stopped being a number at epoch 2\.$/)
      await expectWhole(folder, 1)
    },
  )

  it('on its test rows alone is no result', async () => {
    const engine = spoilt((session) => {
      const score = session.logLikelihood.bind(session)
      let isTest = false
      const write = session.writeState.bind(session)
      session.writeState = (state) => {
        isTest = true
        return write(state)
      }
      session.logLikelihood = async (rows, connectivities) => {
        const values = await score(rows, connectivities)
        return isTest ? values.map((value) => value.fill(-1e200)) : values
      }
    })
    // The mean is a number; the spread about it is none.
    const { folder, state } = await diverge(engine, { epochs: 2 })
    expect(state.failure.message.english).toMatch(/^The test loss .* at epoch 2\.$/)
    await expectWhole(folder, 2)
  })

  it.each([
    ['sgd', { kind: 'sgd', learningRate: 100, decay: 0, momentum: 0 }, 10],
    ['adam', { kind: 'adam', learningRate: 50, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }, 10],
    ['adagrad', { kind: 'adagrad', learningRate: 100, epsilon: 1e-6 }, 10],
  ] as const)('for real, with settings that are allowed (%s), never ends as damaged', async (_, optimizer, l2) => {
    const folder = await newRun(
      await temporaryFolder(),
      smallConfig({ optimizer, l2, activation: 'softplus', hidden: [8, 8], epochs: 8 }),
    )
    const state = await (await trainerOf(folder)).run()
    if (state.kind === 'diverged') await expectWhole(folder, (await folder.readRecord()).best?.epoch ?? null)
    else expect(state.kind).toBe('finished')
    if (optimizer.kind === 'sgd') expect(state.kind).toBe('diverged')
  })

  it('does not go on: it would diverge again, and says so', async () => {
    const { folder } = await diverge(spoiltLosses(3, () => Infinity))
    const record = await folder.readRecord()
    await expectFailure(
      () => continuedRecord(record, smallData(), { epochs: 100 }),
      'diverged',
      /^This run cannot go on, since it diverged\. The loss became infinite at epoch 3\.$/,
    )
  })
})
