import { describe, expect, it } from 'vitest'
import { openDataSet } from '../../src/data/data-set'
import type { SyntheticKind, SyntheticSet } from '../../src/data/synthetic/synthetic-set'
import { chooseEngine } from '../../src/engine/choose'
import { findEngines } from '../../src/engine/find'
import { DEFAULT_OPTIMIZERS } from '../../src/made/optimizer'
import type { RunConfig } from '../../src/shared/run-config'
import { Trainer } from '../../src/training/trainer'
import { newRun, smallConfig, temporaryFolder } from './small-run'

/** A model that can hold each distribution, and enough epochs to learn it. */
const lessons: Readonly<Record<SyntheticKind, { readonly set: SyntheticSet; readonly settings: Partial<RunConfig> }>> =
  {
    'bars-and-stripes': { set: { kind: 'bars-and-stripes', size: 4 }, settings: { hidden: [200, 200], epochs: 12 } },
    'noisy-parity': { set: { kind: 'noisy-parity', columns: 6, noise: 0.1 }, settings: { hidden: [200], epochs: 40 } },
    'markov-chain': { set: { kind: 'markov-chain', columns: 12, order: 2 }, settings: { hidden: [200], epochs: 20 } },
    'ising-strip': {
      set: { kind: 'ising-strip', height: 3, width: 4, coupling: 0.4 },
      settings: { hidden: [200], epochs: 20 },
    },
  }

describe('a model of a distribution that is known', () => {
  it.each(Object.entries(lessons))('%s comes within 0.02 nats of the entropy', async (_kind, { set, settings }) => {
    const source = { kind: 'synthetic', set, rows: { train: 60_000, valid: 4_000, test: 200_000 }, seed: 1 } as const
    const data = await openDataSet(source, { mnistFolder: '/nowhere' })
    const optimizer = { ...DEFAULT_OPTIMIZERS.adam, learningRate: 1e-3 }
    const config = smallConfig({ data: source, optimizer, batchSize: 200, directConnections: true, ...settings })
    const folder = await newRun(await temporaryFolder(), config, data)
    const record = await folder.readRecord()
    const engine = chooseEngine(await findEngines(), 'cpu')
    const state = await new Trainer({
      folder,
      record,
      data,
      engine,
      emit: () => undefined,
      whenDiskFails: 'fail',
    }).run()
    if (state.kind !== 'finished' || state.result.test === null) throw new Error(`the run is ${state.kind}`)
    const { nll, interval95 } = state.result.test
    console.log(`${set.kind}: test ${nll.toFixed(4)} ± ${interval95.toFixed(4)}, entropy ${data.entropy?.toFixed(4)}`)
    expect(Math.abs(nll - (data.entropy ?? NaN))).toBeLessThan(0.02)
  })
})
