import { Worker } from 'node:worker_threads'
import { describe, expect, it, vi } from 'vitest'
import { BitMatrix } from '../../src/data/bit-matrix'
import { CpuEngine } from '../../src/engine/cpu/cpu-engine'
import { loadWasm, type WasmBuild } from '../../src/engine/cpu/wasm-files'
import { WasmKernels } from '../../src/engine/cpu/wasm-kernels'
import { connectivityList } from '../../src/made/schedule'
import type { ModelSpec } from '../../src/made/spec'
import { stepSchedule } from '../../src/made/step-schedule'
import { randomParameters, randomRows, randomRowsOf, WIDE_SPECS } from '../reference/random-models'
import { ADAM } from '../reference/training-settings'
import { longOr } from '../long'
import { engineConformance } from './conformance'
import { momentsDecayToZero } from './decayed-moments'

const finding = loadWasm()
if (finding.files === null) throw new Error(`the WebAssembly kernels: ${finding.lack}`)
const kernels = new WasmKernels(finding.files)
const engine = (build: WasmBuild, threads: number): CpuEngine =>
  new CpuEngine('test processor', { kind: 'wasm', kernels, build, threads })

for (const build of kernels.builds())
  for (const threads of [1, 2])
    engineConformance(`WebAssembly ${build}, ${threads} threads`, () => Promise.resolve(engine(build, threads)), {
      runs: longOr(40, 8),
    })

describe('the WebAssembly kernels', () => {
  const spec = WIDE_SPECS.bits
  const minibatchesOf = (count: number, length: number): Uint32Array[] =>
    Array.from({ length: count }, (_, i) => Uint32Array.from({ length }, (_, j) => (i * 53 + j) % 500))

  for (const build of kernels.builds())
    for (const threads of [1, 2]) momentsDecayToZero(`${build}, ${threads} threads`, () => engine(build, threads))

  it('are taken in both forms, the faster first', () => {
    expect(kernels.builds()).toEqual(['wasm-relaxed', 'wasm'])
  })

  it.each(
    kernels.builds().flatMap((build) => Object.entries(WIDE_SPECS).map(([what, of]) => [build, what, of] as const)),
  )('give the same bits for any number of threads: %s, %s', async (build, _what, spec) => {
    const rows = randomRowsOf(spec, 500, 1)
    const list = connectivityList(spec, { orderings: 2, masks: 3, singleOrdering: 'natural', seed: 3 }, 6)
    const results = []
    for (const threads of [1, 2, 3]) {
      const session = await engine(build, threads).open({ spec, parameters: randomParameters(spec, 1) }, ADAM)
      await session.setData(rows)
      const losses = await session.train(
        minibatchesOf(12, 57),
        Array.from({ length: 12 }, (_, i) => list[i % 6]),
      )
      const scored = await session.logLikelihood(rows, list.slice(0, 2))
      const drawn = await session.sample({ count: 150, first: 0, seed: 1, connectivity: list[1] })
      const state = await session.readState()
      await session.close()
      results.push({ losses, scored, words: drawn.rows.words, state })
    }
    for (const result of results.slice(1)) expect(result).toEqual(results[0])
  })

  it.each(Object.entries(WIDE_SPECS))('agree with the TypeScript engine over many updates: %s', async (_what, spec) => {
    const rows = randomRowsOf(spec, 500, 2)
    const list = connectivityList(spec, { orderings: 1, masks: 2, singleOrdering: 'random', seed: 5 }, 2)
    const run = async (cpu: CpuEngine): Promise<Float64Array> => {
      const session = await cpu.open(
        { spec, parameters: randomParameters(spec, 2) },
        { ...ADAM, schedule: stepSchedule('cosine', 45), l2: 1e-4 },
      )
      await session.setData(rows)
      const losses = await session.train(
        minibatchesOf(40, 50),
        Array.from({ length: 40 }, (_, i) => list[i % 2]),
      )
      await session.close()
      return losses
    }
    const expected = await run(new CpuEngine('test processor'))
    for (const build of kernels.builds())
      (await run(engine(build, 2))).forEach((loss, i) => expect(Math.abs(loss - expected[i])).toBeLessThan(2e-3))
  })

  it('take no more memory as steps go by, and leave the event loop free', async () => {
    const small: ModelSpec = { ...spec, inputs: 20, hidden: [16] }
    const list = connectivityList(small, { orderings: 1, masks: 4, singleOrdering: 'natural', seed: 1 }, 4)
    const session = await engine('wasm', 2).open({ spec: small, parameters: randomParameters(small, 1) }, ADAM)
    await session.setData(randomRows(500, 20, 1))
    const minibatches = minibatchesOf(100, 10)
    const connectivities = minibatches.map((_, i) => list[i % 4])
    const steps = async (count: number): Promise<number> => {
      for (let i = 0; i < count; i += 100) await session.train(minibatches, connectivities)
      return process.memoryUsage().rss
    }
    const before = await steps(2000)
    let ticks = 0
    const timer = setInterval(() => ticks++, 1)
    const after = await steps(10_000)
    clearInterval(timer)
    expect(after - before).toBeLessThan(32 * 1024 * 1024)
    expect(ticks).toBeGreaterThan(0)
    await session.close()
  })

  it('refuse what does not fit into their memory before taking any', async () => {
    const large: ModelSpec = { ...spec, inputs: 2, hidden: [16_000, 16_000], conditioningWeights: false }
    const opened = kernels.open.bind(kernels, 'wasm', 1)
    const before = process.memoryUsage().rss
    expect(() =>
      opened(
        Int32Array.from([large.inputs, 0, 0, 0, ...large.hidden]),
        Float64Array.of(3, 0, 0, 0, 0, 0, 0, 0, 2, 0),
        null,
      ),
    ).toThrow(expect.objectContaining({ code: 'too-large' }))
    expect(process.memoryUsage().rss - before).toBeLessThan(32 * 1024 * 1024)
    const session = await engine('wasm', 1).open({ spec, parameters: randomParameters(spec, 1) }, ADAM)
    await session.setData(randomRows(10, 131, 1))
    const [connectivity] = connectivityList(spec, { orderings: 1, masks: 1, singleOrdering: 'natural', seed: 1 }, 1)
    await expect(session.train([new Uint32Array(4_000_000)], [connectivity])).rejects.toMatchObject({
      code: 'too-large',
    })
    await session.close()
  })

  it('report a thread that dies, and can be opened again', async () => {
    const rows = randomRows(500, 131, 2)
    // So large that training would take minutes: it is under way however late the thread is ended.
    const large = { ...spec, hidden: [2000, 1000] }
    const connectivities = connectivityList(large, { orderings: 1, masks: 1, singleOrdering: 'natural', seed: 5 }, 1)
    const open = async (): Promise<Awaited<ReturnType<CpuEngine['open']>>> => {
      const session = await engine('wasm', 3).open({ spec: large, parameters: randomParameters(large, 2) }, ADAM)
      await session.setData(rows)
      return session
    }
    const session = await open()
    const posted = vi.spyOn(Worker.prototype, 'postMessage')
    try {
      const minibatches = minibatchesOf(20_000, 50)
      const training = session.train(
        minibatches,
        minibatches.map(() => connectivities[0]),
      )
      const failed = expect(training).rejects.toMatchObject({ code: 'process-lost' })
      await vi.waitFor(() => expect(posted).toHaveBeenCalled(), { timeout: 30_000 })
      // The last is one of those that help; the others wait for it at their next barrier.
      await (posted.mock.contexts.at(-1) as Worker).terminate()
      await failed
    } finally {
      posted.mockRestore()
    }
    await expect(session.readState()).rejects.toMatchObject({ code: 'process-lost' })
    await session.close()
    const again = await open()
    expect(await again.train(minibatchesOf(2, 50), [connectivities[0], connectivities[0]])).toHaveLength(2)
    await again.close()
  })

  it('refuse a model that was closed', async () => {
    const session = await engine('wasm', 2).open({ spec, parameters: randomParameters(spec, 1) }, ADAM)
    await session.close()
    await expect(session.setData(new BitMatrix(2, 131))).rejects.toThrow('closed')
  })
})
