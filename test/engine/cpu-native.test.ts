import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BitMatrix } from '../../src/data/bit-matrix'
import { CpuEngine } from '../../src/engine/cpu/cpu-engine'
import { loadAddon } from '../../src/engine/cpu/load-addon'
import type { NativeBuild } from '../../src/engine/cpu/native-addon'
import { ThreadChoice } from '../../src/engine/cpu/thread-choice'
import type { Optimizer } from '../../src/made/optimizer'
import { ACTIVATIONS, tensorOf, type ModelSpec, type Tensors } from '../../src/made/spec'
import { connectivityList, UNLIMITED, type Schedule } from '../../src/made/schedule'
import { CONSTANT_STEPS, type StepSchedule } from '../../src/made/step-schedule'
import { VARIABLE_KINDS } from '../../src/made/variables'
import { withVariables } from '../made/arbitraries'
import { randomParameters, randomRows, randomRowsOf, WIDE_SPECS } from '../reference/random-models'
import { ADAM } from '../reference/training-settings'
import { longOr } from '../long'
import { engineConformance } from './conformance'
import { momentsDecayToZero } from './decayed-moments'

/**
 * Optimizers whose step is a smooth function of the gradient: with an ε of 1e-8 Adam moves a weight by its whole rate in
 * the direction of a gradient of any size, and rounding would decide which way.
 */
const SMOOTH_OPTIMIZERS: readonly Optimizer[] = [
  { kind: 'sgd', learningRate: 0.1, decay: 0.01, momentum: 0 },
  { kind: 'sgd', learningRate: 0.05, decay: 0, momentum: 0.9 },
  { kind: 'adagrad', learningRate: 0.02, epsilon: 1e-3 },
  { kind: 'adadelta', rho: 0.95, epsilon: 1e-3 },
  { kind: 'adam', learningRate: 0.005, beta1: 0.9, beta2: 0.999, epsilon: 1e-2 },
]

/**
 * What single precision may be off by after a few updates: a gradient is off by about 1e-6, an optimizer above makes at
 * most ten times that of it, and each of at most six updates passes on what the one before left. A wrong term in a
 * gradient moves a weight by its share of the rate, 1e-3 and more.
 */
const AFTER_UPDATES = 1e-4

/** No width is a multiple of a vector or a tile. */
const shapes: fc.Arbitrary<ModelSpec> = fc.record({
  inputs: fc.integer({ min: 1, max: 35 }).map((n) => 2 * n + 1),
  hidden: fc.array(
    fc.integer({ min: 0, max: 45 }).map((n) => 2 * n + 1),
    { minLength: 1, maxLength: 3 },
  ),
  activation: fc.constantFrom(...ACTIVATIONS),
  directConnections: fc.boolean(),
  conditioningWeights: fc.boolean(),
})

/** Variables of every kind; minibatches of every length; every kind of schedule. */
const trainings = fc.record({
  spec: fc.oneof(
    shapes,
    withVariables(shapes, { most: 20, kinds: VARIABLE_KINDS, categories: fc.constantFrom(2, 3, 5, 7, 19, 33) }),
  ),
  schedule: fc.record<Schedule>({
    orderings: fc.constantFrom(1, 3, UNLIMITED),
    masks: fc.constantFrom(1, 2, UNLIMITED),
    singleOrdering: fc.constantFrom('natural', 'random'),
    seed: fc.nat(1000),
  }),
  optimizer: fc.constantFrom(...SMOOTH_OPTIMIZERS),
  steps: fc.constantFrom<StepSchedule>(CONSTANT_STEPS, { kind: 'cosine', updates: 7 }),
  l2: fc.constantFrom(0, 0.01),
  sizes: fc.array(fc.integer({ min: 1, max: 257 }), { minLength: 3, maxLength: 6 }),
  threads: fc.integer({ min: 1, max: 3 }),
  seed: fc.nat(1_000_000),
})

const finding = loadAddon()
const { addon } = finding

if (addon === null)
  describe.skip(`the native kernels — SKIPPED: ${finding.lack}`, () => {
    it('are not compiled here', () => undefined)
  })
else {
  const engine = (build: NativeBuild, threads: number): CpuEngine =>
    new CpuEngine('test processor', { kind: 'native', addon, build, threads })

  for (const build of addon.builds())
    for (const threads of [1, 3])
      engineConformance(`${build}, ${threads} threads`, () => Promise.resolve(engine(build, threads)), {
        runs: longOr(40, 10),
      })

  describe('the native kernels', () => {
    const spec = WIDE_SPECS.bits

    for (const build of addon.builds())
      for (const threads of [1, 3]) momentsDecayToZero(`${build}, ${threads} threads`, () => engine(build, threads))

    it.each(
      addon.builds().flatMap((build) => Object.entries(WIDE_SPECS).map(([what, of]) => [build, what, of] as const)),
    )('give the same bits for any number of threads: %s, %s', async (build, _what, spec) => {
      const rows = randomRowsOf(spec, 700, 1)
      const schedule = { orderings: 2, masks: 3, singleOrdering: 'natural', seed: 3 } as const
      const list = connectivityList(spec, schedule, 6)
      const results = await Promise.all(
        [1, 2, 3, 5].map(async (threads) => {
          const session = await engine(build, threads).open({ spec, parameters: randomParameters(spec, 1) }, ADAM)
          await session.setData(rows)
          const minibatches = Array.from({ length: 12 }, (_, i) =>
            Uint32Array.from({ length: 57 + i }, (_, j) => (i * 61 + j) % 700),
          )
          const losses = await session.train(
            minibatches,
            minibatches.map((_, i) => list[i % 6]),
          )
          const scored = await session.logLikelihood(rows, list.slice(0, 2))
          const drawn = await session.sample({ count: 150, first: 0, seed: 1, connectivity: list[1] })
          const state = await session.readState()
          await session.close()
          return { losses, scored, words: drawn.rows.words, state }
        }),
      )
      for (const result of results.slice(1)) expect(result).toEqual(results[0])
    })

    it.each(Object.entries(WIDE_SPECS))(
      'score many rows under other masks with the parameters as they are: %s',
      async (_what, spec) => {
        const list = connectivityList(spec, { orderings: 2, masks: 2, singleOrdering: 'natural', seed: 4 }, 2)
        const rows = randomRowsOf(spec, 1200, 3)
        const session = await engine(addon.builds()[0], 2).open({ spec, parameters: randomParameters(spec, 1) }, ADAM)
        const first = await session.logLikelihood(rows, list)
        await session.writeState({ ...(await session.readState()), parameters: randomParameters(spec, 2) })
        const second = await session.logLikelihood(rows, list)
        await session.close()
        const other = await engine(addon.builds()[0], 1).open({ spec, parameters: randomParameters(spec, 2) }, ADAM)
        // Few rows at a time are scored with the weights where they lie.
        const few = [rows.slice(0, 400), rows.slice(400, 800), rows.slice(800, 1200)]
        const parts = [
          await other.logLikelihood(few[0], list),
          await other.logLikelihood(few[1], list),
          await other.logLikelihood(few[2], list),
        ]
        await other.close()
        expect(second).toEqual(list.map((_, k) => Float64Array.from(parts.flatMap((part) => [...part[k]]))))
        expect(second).not.toEqual(first)
      },
    )

    it.each(Object.entries(WIDE_SPECS))(
      'agree with the TypeScript engine over many updates: %s',
      async (_what, spec) => {
        const rows = randomRowsOf(spec, 500, 2)
        const list = connectivityList(spec, { orderings: 1, masks: 2, singleOrdering: 'random', seed: 5 }, 2)
        const run = async (cpu: CpuEngine): Promise<Float64Array> => {
          const session = await cpu.open({ spec, parameters: randomParameters(spec, 2) }, { ...ADAM, l2: 1e-4 })
          await session.setData(rows)
          const minibatches = Array.from({ length: 40 }, (_, i) =>
            Uint32Array.from({ length: 50 }, (_, j) => (i * 53 + j) % 500),
          )
          const losses = await session.train(
            minibatches,
            minibatches.map((_, i) => list[i % 2]),
          )
          await session.close()
          return losses
        }
        const expected = await run(new CpuEngine('test processor'))
        for (const build of addon.builds()) {
          const losses = await run(engine(build, 2))
          losses.forEach((loss, i) => expect(Math.abs(loss - expected[i])).toBeLessThan(2e-3))
        }
      },
    )

    it.each(addon.builds())(
      'agree with the TypeScript engine on any model and schedule: %s',
      { timeout: 120_000 },
      (build) =>
        fc.assert(
          fc.asyncProperty(trainings, async ({ spec: shape, schedule, optimizer, steps, l2, sizes, threads, seed }) => {
            const rows = randomRowsOf(shape, 300, seed)
            const connectivities = connectivityList(shape, schedule, sizes.length)
            const minibatches = sizes.map((size, i) =>
              Uint32Array.from({ length: size }, (_, j) => (i * 61 + j * 7 + seed) % 300),
            )
            const start = randomParameters(shape, seed)
            const run = async (cpu: CpuEngine) => {
              const session = await cpu.open({ spec: shape, parameters: start }, { optimizer, schedule: steps, l2 })
              await session.setData(rows)
              // In two goes, as an application trains: the second begins with another connectivity than the first.
              const early = await session.train(minibatches.slice(0, 2), connectivities.slice(0, 2))
              const late = await session.train(minibatches.slice(2), connectivities.slice(2))
              const [scored] = await session.logLikelihood(rows, connectivities.slice(-1))
              const state = await session.readState()
              await session.close()
              return { losses: [...early, ...late], scored, state }
            }
            const expected = await run(new CpuEngine('test processor'))
            const actual = await run(engine(build, threads))
            expect(actual.state.update).toBe(sizes.length)
            // Where a pre-activation is within rounding of the kink of ReLU, one row's share may go another way.
            const tolerance = shape.activation === 'relu' ? 5 * AFTER_UPDATES : AFTER_UPDATES
            closeTo(actual.losses, expected.losses, tolerance)
            closeTo(actual.scored, expected.scored, tolerance)
            sameWay(start, actual.state.parameters, expected.state.parameters)
            if (shape.activation === 'relu') return
            for (const [tensor, values] of expected.state.parameters)
              closeTo(tensorOf(actual.state.parameters, tensor), values, tolerance)
            for (const [slot, tensors] of expected.state.slots)
              for (const [tensor, values] of tensors)
                closeTo(tensorOf(actual.state.slots.get(slot) ?? new Map(), tensor), values, tolerance)
          }),
          { numRuns: 25 },
        ),
    )

    it('need no more memory after thirty thousand updates', { timeout: 120_000 }, async () => {
      const shape = { ...spec, inputs: 20, hidden: [30, 10] }
      const list = connectivityList(shape, { orderings: 8, masks: 8, singleOrdering: 'random', seed: 1 }, 8)
      const session = await engine(addon.builds()[0], 2).open(
        { spec: shape, parameters: randomParameters(shape, 1) },
        ADAM,
      )
      await session.setData(randomRows(200, 20, 1))
      const train = async (updates: number): Promise<void> => {
        for (let done = 0; done < updates; done += 50) {
          // Minibatches that grow and shrink, so that room for them is made again and again.
          const minibatches = Array.from({ length: 50 }, (_, i) =>
            Uint32Array.from({ length: i % 25 === 0 ? 200 : 7 }, (_, j) => j),
          )
          await session.train(
            minibatches,
            minibatches.map((_, i) => list[(done + i) % 8]),
          )
          await session.sample({ count: 3, first: 0, seed: done, connectivity: list[0] })
          await session.logLikelihood(randomRows(3, 20, 1), list.slice(0, 2))
        }
      }
      // What JavaScript has thrown away is not kept by the kernels.
      setFlagsFromString('--expose-gc')
      const collectGarbage = runInNewContext('gc') as () => void
      const used = (): number => {
        collectGarbage()
        return process.memoryUsage().rss / 2 ** 20
      }
      await train(3000)
      const before = used()
      await train(30_000)
      const grown = used() - before
      await session.close()
      // A kilobyte kept by every update would be thirty megabytes; the heap of JavaScript itself moves by some.
      expect(grown).toBeLessThan(20)
    })

    it('refuse an instruction set that is not there, and a model that was closed', async () => {
      await expect(
        engine('mmx' as NativeBuild, 1).open({ spec, parameters: randomParameters(spec, 1) }, ADAM),
      ).rejects.toThrow('does not have that instruction set')
      const session = await engine('baseline', 2).open({ spec, parameters: randomParameters(spec, 1) }, ADAM)
      await session.close()
      await expect(session.setData(new BitMatrix(2, 131))).rejects.toThrow('closed')
    })
  })
}

describe('the number of threads', () => {
  /** How often each number is taken in so many calls that take `timeOf(threads)` milliseconds for a unit. */
  const countCalls = (
    choice: ThreadChoice,
    calls: number,
    timeOf: (threads: number) => number,
  ): Map<number, number> => {
    const counts = new Map<number, number>()
    for (let i = 0; i < calls; i++) {
      const threads = choice.next()
      counts.set(threads, (counts.get(threads) ?? 0) + 1)
      choice.measured(threads, 50 * timeOf(threads), 50)
    }
    return counts
  }

  it('is the faster of all and one', () => {
    expect(countCalls(new ThreadChoice(8), 200, (threads) => 1 / threads).get(8)).toBeGreaterThan(190)
    expect(countCalls(new ThreadChoice(8), 200, (threads) => threads).get(1)).toBeGreaterThan(190)
    expect(new ThreadChoice(1).next()).toBe(1)
  })

  it('changes when the cores do', () => {
    const choice = new ThreadChoice(2)
    countCalls(choice, 100, (threads) => threads)
    countCalls(choice, 100, (threads) => 1 / threads)
    expect(countCalls(choice, 100, (threads) => 1 / threads).get(2)).toBeGreaterThan(90)
  })

  it('changes soon for short calls too, at the price of a few slow ones', () => {
    const choice = new ThreadChoice(2)
    const work = (calls: number, timeOf: (threads: number) => number): number => {
      let slow = 0
      for (let i = 0; i < calls; i++) {
        const threads = choice.next()
        choice.measured(threads, timeOf(threads), 1)
        if (timeOf(threads) > Math.min(timeOf(1), timeOf(2))) slow++
      }
      return slow
    }
    // Three milliseconds of 0.5 make a time, and there are 25 such lengths of 0.25 between two of them.
    expect(work(10_000, (threads) => 0.25 * threads)).toBeLessThan(0.02 * 10_000)
    work(2000, (threads) => 0.5 / threads)
    expect(choice.favourite).toBe(2)
  })

  it('is not decided by one short call that was interrupted', () => {
    const choice = new ThreadChoice(2)
    for (let i = 0; i < 1000; i++) {
      const threads = choice.next()
      choice.measured(threads, threads === 2 ? (i % 20 === 0 ? 2 : 0.1) : 0.3, 1)
    }
    expect(choice.favourite).toBe(2)
  })
})

/** Equal up to `tolerance`, relative to values above one. */
function closeTo(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length)
  for (let i = 0; i < actual.length; i++)
    if (!(Math.abs(actual[i] - expected[i]) <= tolerance * (1 + Math.abs(expected[i]))))
      expect.fail(`value ${i} is ${actual[i]}, not ${expected[i]}`)
}

/**
 * That training moved all parameters together in the same direction and as far: single values may differ by a row's
 * share behind a kink of ReLU, their sum of squares hardly does.
 */
function sameWay(start: Tensors, actual: Tensors, expected: Tensors): void {
  let moved = 0
  let off = 0
  for (const [tensor, values] of expected)
    values.forEach((value, i) => {
      moved += (value - tensorOf(start, tensor)[i]) ** 2
      off += (value - tensorOf(actual, tensor)[i]) ** 2
    })
  expect(Math.sqrt(off)).toBeLessThan(0.02 * Math.sqrt(moved) + 1e-6)
}
