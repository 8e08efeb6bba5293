import fc from 'fast-check'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { BitMatrix } from '../../src/data/bit-matrix'
import type { DataSet } from '../../src/data/data-set'
import type { Engine, Session } from '../../src/engine/contract'
import { CpuEngine } from '../../src/engine/cpu/cpu-engine'
import { loadAddon } from '../../src/engine/cpu/load-addon'
import { loadWasm } from '../../src/engine/cpu/wasm-files'
import { WasmKernels } from '../../src/engine/cpu/wasm-kernels'
import type { Connectivity } from '../../src/made/connectivity'
import { RandomStream } from '../../src/made/random'
import { UNLIMITED } from '../../src/made/schedule'
import type { RunProgress } from '../../src/shared/run'
import { Interruption } from '../../src/training/control'
import { evaluate } from '../../src/training/evaluation'
import type { Trainer } from '../../src/training/trainer'
import { newRun, smallConfig, smallData, temporaryFolder, trainerOn } from './small-run'

/** A request is answered when the call to the engine that it meets is over, so none may take longer. */
const PROMPT_SECONDS = 0.1

/** What a session was asked to do, one call after another. */
interface Call {
  readonly name: 'train' | 'logLikelihood' | 'sample'
  /** Updates, or rows times connectivities, or rows. */
  readonly units: number
}

/** An engine as it is, with a look at every call before it is made. */
function watched(engine: Engine, before: (call: Call) => void): Engine {
  const watch = (session: Session): Session => ({
    setData: (rows) => session.setData(rows),
    train: (minibatches, connectivities) => {
      before({ name: 'train', units: minibatches.length })
      return session.train(minibatches, connectivities)
    },
    logLikelihood: (rows, connectivities) => {
      before({ name: 'logLikelihood', units: rows.rows * connectivities.length })
      return session.logLikelihood(rows, connectivities)
    },
    conditionals: (rows, connectivity) => session.conditionals(rows, connectivity),
    sample: (request) => {
      before({ name: 'sample', units: request.count })
      return session.sample(request)
    },
    complete: (rows, known, request) => session.complete(rows, known, request),
    particles: (request) => session.particles(request),
    readState: () => session.readState(),
    writeState: (state) => session.writeState(state),
    close: () => session.close(),
  })
  return {
    id: engine.id,
    device: engine.device,
    heads: engine.heads,
    open: async (model, optimizer) => watch(await engine.open(model, optimizer)),
  }
}

afterEach(() => vi.restoreAllMocks())

/** A clock that only the work of a machine moves, so that how fast the machine is decides everything and this one nothing. */
function simulatedClock(): { pass(seconds: number): void } {
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  return { pass: (seconds) => void (now += 1000 * seconds) }
}

/** Machines that take 2^fastest to 2^slowest seconds for a unit of work. */
const machines = (
  fastest: number,
  slowest: number,
): fc.Arbitrary<{ perUnit: number; perCall: number; slower: number; atCall: number }> =>
  fc.record({
    perUnit: fc.integer({ min: fastest, max: slowest }).map((exponent) => 2 ** exponent),
    /** For any call, however small. */
    perCall: fc.constantFrom(0, 1e-4, 4e-3),
    /** It becomes so many times slower at that call: another program has begun. */
    slower: fc.constantFrom(1, 2, 5),
    atCall: fc.integer({ min: 2, max: 20 }),
  })

describe('a request during an evaluation', () => {
  it('meets no call that a machine of any speed takes long for', async () => {
    await fc.assert(
      fc.asyncProperty(
        machines(-20, -5),
        fc.integer({ min: 1, max: 4000 }),
        fc.integer({ min: 1, max: 1200 }),
        async ({ perUnit, perCall, slower, atCall }, rows, count) => {
          const clock = simulatedClock()
          const calls: { readonly units: number; readonly seconds: number }[] = []
          const session = {
            logLikelihood: (slice: BitMatrix, connectivities: readonly Connectivity[]): Promise<Float64Array[]> => {
              const units = slice.rows * connectivities.length
              const seconds = perCall + units * perUnit * (calls.length >= atCall ? slower : 1)
              calls.push({ units, seconds })
              clock.pass(seconds)
              return Promise.resolve(connectivities.map(() => new Float64Array(slice.rows).fill(-1)))
            },
          }
          const connectivities = Array.from({ length: count }, () => ({ ordering: new Int32Array(), degrees: [] }))
          // How much goes into a call is found within a few hundred calls if at all.
          const enough = 400
          const ended = await evaluate(session, new BitMatrix(rows, 1), connectivities, () =>
            calls.length < enough ? Promise.resolve() : Promise.reject(new Interruption('stop')),
          ).then(
            () => true,
            () => false,
          )
          calls.forEach(({ units, seconds }, i) => {
            // Nothing is known before the first. A machine that becomes slower is noticed by one call, or by the next one
            // where that was the short last one of a slice.
            const isNew = i >= atCall && i < atCall + 2
            if (i === 0) expect(units).toBeLessThanOrEqual(10)
            else if (units > 1)
              expect(seconds, `call ${i} of ${units}`).toBeLessThanOrEqual(PROMPT_SECONDS * (isNew ? slower : 1))
          })
          // Nor are there many small ones where few do.
          const work = calls.reduce((sum, { seconds }) => sum + seconds, 0)
          if (ended) expect(calls.length).toBeLessThanOrEqual(40 + rows / 25 + (5 * work) / (PROMPT_SECONDS / 2))
        },
      ),
      { numRuns: 100 },
    )
  })
})

describe('a request during training', () => {
  it('meets no list that a machine of any speed takes long for, and nothing is begun after it', async () => {
    await fc.assert(
      fc.asyncProperty(
        machines(-10, -4),
        fc.integer({ min: 1, max: 30 }),
        fc.constantFrom('suspend', 'stop'),
        async ({ perUnit, perCall, slower, atCall }, requestAt, request) => {
          const clock = simulatedClock()
          const lists: { readonly units: number; readonly seconds: number }[] = []
          let after = 0
          const engine = watched(new CpuEngine('test'), ({ name, units }) => {
            if (name !== 'train') return
            if (lists.length > requestAt) after++
            const seconds = perCall + units * perUnit * (lists.length >= atCall ? slower : 1)
            lists.push({ units, seconds })
            clock.pass(seconds)
            if (lists.length === requestAt) trainer.ask(request)
          })
          const folder = await newRun(
            await temporaryFolder(),
            smallConfig({ hidden: [3], batchSize: 1, epochs: 2, validationPairs: 1, testPairs: 1 }),
          )
          const trainer: Trainer = await trainerOn(engine, folder)
          await trainer.run()
          expect(after).toBe(0)
          expect(lists.length).toBeLessThanOrEqual(requestAt)
          lists.forEach(({ units, seconds }, i) => {
            const isNew = i === atCall
            if (units > 1)
              expect(seconds, `list ${i} of ${units}`).toBeLessThanOrEqual(PROMPT_SECONDS * (isNew ? slower : 1))
          })
        },
      ),
      { numRuns: 30, examples: [[{ perUnit: 2 ** -7, perCall: 0, slower: 5, atCall: 5 }, 30, 'suspend']] },
    )
  })
})

describe('the beginning of a run', () => {
  it('lets others have their turn while the parameters of a large model are drawn', async () => {
    let [all, inTurn, most] = [0, 0, 0]
    const uniform: (this: RandomStream) => number = Reflect.get(RandomStream.prototype, 'uniform')
    RandomStream.prototype.uniform = function () {
      all++
      inTurn++
      return uniform.call(this)
    }
    onTestFinished(() => {
      RandomStream.prototype.uniform = uniform
    })
    const look = (): void => {
      most = Math.max(most, inTurn)
      inTurn = 0
      if (isWorking) setImmediate(look)
    }
    let isWorking = true
    setImmediate(look)
    const config = smallConfig({ hidden: [40_000], epochs: 1 })
    const folder = await newRun(await temporaryFolder(), config, smallData(50))
    const trainer = await trainerOn(new CpuEngine('test'), folder, smallData(50))
    trainer.ask('suspend')
    await trainer.run()
    isWorking = false
    expect(all).toBeGreaterThanOrEqual(4_000_000)
    expect(most).toBeLessThanOrEqual(2 ** 18)
  })
})

describe('a large model on the kernels of this machine', () => {
  const kernels = largeModelEngine()

  it(
    'begins nothing more after a request, in a list of minibatches, in drawing orderings, or in an evaluation over many',
    { timeout: 180_000 },
    async () => {
      const config = smallConfig({
        hidden: [8000],
        batchSize: 100,
        orderings: UNLIMITED,
        masks: UNLIMITED,
        validationPairs: 300,
        optimizer: { kind: 'sgd', learningRate: 0.01, decay: 0, momentum: 0 },
        epochs: 2,
      })
      const data: DataSet = smallData(784)
      const folder = await newRun(await temporaryFolder(), config, data)
      // In the second list, while the orderings to average over are drawn, in the first and the third call of the evaluation.
      const scorings = (calls: readonly Call[]): number => calls.filter(({ name }) => name === 'logLikelihood').length
      const moments: ((calls: readonly Call[], phase: RunProgress['phase']) => boolean)[] = [
        (calls) => calls.length === 2,
        (_, phase) => phase === 'validating',
        (calls) => scorings(calls) === 1,
        (calls) => scorings(calls) === 3,
      ]
      for (const isMoment of moments) {
        const calls: Call[] = []
        let phase: RunProgress['phase'] = 'training'
        let requestedAt: number | null = null
        const look = (): void => {
          if (requestedAt !== null || !isMoment(calls, phase)) return
          requestedAt = calls.length
          setImmediate(() => trainer.ask('suspend'))
        }
        const engine = watched(kernels, (call) => {
          calls.push(call)
          look()
        })
        const trainer: Trainer = await trainerOn(engine, folder, data, (event) => {
          if (event.type === 'state' && event.state.kind === 'training') phase = event.state.progress.phase
          look()
        })
        expect((await trainer.run()).kind).toBe('paused')
        expect(requestedAt).not.toBeNull()
        expect(calls.length).toBe(requestedAt)
      }
    },
  )
})

function largeModelEngine(): Engine {
  const { addon } = loadAddon()
  if (addon !== null) return new CpuEngine('test', { kind: 'native', addon, build: addon.builds()[0], threads: 2 })
  const { files } = loadWasm()
  if (files === null) throw new Error('There are no kernels here.')
  const wasm = new WasmKernels(files)
  return new CpuEngine('test', { kind: 'wasm', kernels: wasm, build: wasm.builds()[0], threads: 2 })
}
