import { describe, expect, it } from 'vitest'
import { BitMatrix } from '../../src/data/bit-matrix'
import { CpuEngine } from '../../src/engine/cpu/cpu-engine'
import { loadAddon } from '../../src/engine/cpu/load-addon'
import type { NativeBuild } from '../../src/engine/cpu/native-addon'
import { ThreadChoice } from '../../src/engine/cpu/thread-choice'
import { DEFAULT_OPTIMIZERS } from '../../src/made/optimizer'
import type { ModelSpec } from '../../src/made/spec'
import { connectivityList } from '../../src/made/schedule'
import { randomParameters, randomRows } from '../reference/random-models'
import { engineConformance } from './conformance'

const finding = loadAddon()
const { addon } = finding

if (addon === null)
  describe.skip(`the native kernels — SKIPPED: ${finding.why}`, () => {
    it('are not compiled here', () => undefined)
  })
else {
  const engine = (build: NativeBuild, threads: number): CpuEngine =>
    new CpuEngine('test processor', { kind: 'native', addon, build, threads })

  for (const build of addon.builds())
    for (const threads of [1, 3]) engineConformance(`${build}, ${threads} threads`, () => Promise.resolve(engine(build, threads)))

  describe('the native kernels', () => {
    const spec: ModelSpec = {
      inputs: 131,
      hidden: [203, 77],
      activation: 'relu',
      directConnections: true,
      conditioningWeights: true,
    }

    it.each(addon.builds())('give the same bits for any number of threads: %s', async (build) => {
      const rows = randomRows(700, 131, 1)
      const schedule = { orderings: 2, masks: 3, singleOrdering: 'natural', seed: 3 } as const
      const list = connectivityList(spec, schedule, 6)
      const results = await Promise.all(
        [1, 2, 3, 5].map(async (threads) => {
          const session = await engine(build, threads).open({ spec, parameters: randomParameters(spec, 1) }, DEFAULT_OPTIMIZERS.adam)
          await session.setData(rows)
          const minibatches = Array.from({ length: 12 }, (_, i) => Uint32Array.from({ length: 57 + i }, (_, j) => (i * 61 + j) % 700))
          const losses = await session.train(minibatches, minibatches.map((_, i) => list[i % 6]))
          const scored = await session.logLikelihood(rows, list.slice(0, 2))
          const drawn = await session.sample({ count: 150, first: 0, seed: 1, connectivity: list[1] })
          const state = await session.readState()
          await session.close()
          return { losses, scored, words: drawn.rows.words, state }
        }),
      )
      for (const result of results.slice(1)) expect(result).toEqual(results[0])
    })

    it('agree with the TypeScript engine over many updates', async () => {
      const rows = randomRows(500, 131, 2)
      const list = connectivityList(spec, { orderings: 1, masks: 2, singleOrdering: 'random', seed: 5 }, 2)
      const run = async (cpu: CpuEngine): Promise<Float64Array> => {
        const session = await cpu.open({ spec, parameters: randomParameters(spec, 2), l2: 1e-4 }, DEFAULT_OPTIMIZERS.adam)
        await session.setData(rows)
        const minibatches = Array.from({ length: 40 }, (_, i) => Uint32Array.from({ length: 50 }, (_, j) => (i * 53 + j) % 500))
        const losses = await session.train(minibatches, minibatches.map((_, i) => list[i % 2]))
        await session.close()
        return losses
      }
      const expected = await run(new CpuEngine('test processor'))
      for (const build of addon.builds()) {
        const losses = await run(engine(build, 2))
        losses.forEach((loss, i) => expect(Math.abs(loss - expected[i])).toBeLessThan(2e-3))
      }
    })

    it('refuse an instruction set that is not there, and a model that was closed', async () => {
      await expect(engine('mmx' as NativeBuild, 1).open({ spec, parameters: randomParameters(spec, 1) }, DEFAULT_OPTIMIZERS.adam)).rejects.toThrow(
        'does not have that instruction set',
      )
      const session = await engine('baseline', 2).open({ spec, parameters: randomParameters(spec, 1) }, DEFAULT_OPTIMIZERS.adam)
      await session.close()
      await expect(session.setData(new BitMatrix(2, 131))).rejects.toThrow('closed')
    })
  })
}

describe('the number of threads', () => {
  it('is the faster of all and one, measured anew from time to time', () => {
    const choose = (timeOf: (threads: number) => number): number => {
      const choice = new ThreadChoice(8)
      for (let i = 0; i < 6; i++) {
        const threads = choice.next()
        choice.measured(threads, timeOf(threads))
      }
      return choice.next()
    }
    expect(choose((threads) => 1 / threads)).toBe(8)
    expect(choose((threads) => threads)).toBe(1)
    const choice = new ThreadChoice(4)
    const seen = new Set<number>()
    for (let i = 0; i < 1000; i++) {
      const threads = choice.next()
      choice.measured(threads, i < 500 ? threads : 1 / threads)
      if (i > 20 && i < 400) expect(threads).toBe(1)
      if (i > 900) seen.add(threads)
    }
    expect([...seen]).toEqual([4])
    expect(new ThreadChoice(1).next()).toBe(1)
  })
})
