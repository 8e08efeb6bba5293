import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import type { BitMatrix } from '../../src/data/bit-matrix'
import type { Engine } from '../../src/engine/contract'
import { CpuEngine } from '../../src/engine/cpu/cpu-engine'
import { findEngine } from '../../src/engine/find'
import { cutOf, DispatchLimit, updateTile } from '../../src/engine/webgpu/cut'
import { GpuDevice } from '../../src/engine/webgpu/gpu-device'
import { defineKernel, reads, writes } from '../../src/engine/webgpu/kernel'
import { Readback } from '../../src/engine/webgpu/readback'
import { Recorder } from '../../src/engine/webgpu/recorder'
import { BUFFER_USAGE } from '../../src/engine/webgpu/usage'
import { WebGpuEngine } from '../../src/engine/webgpu/webgpu-engine'
import { PHILOX_WGSL } from '../../src/engine/webgpu/wgsl/philox'
import { LARGE_TILE, TALL_TILE } from '../../src/engine/webgpu/wgsl/tile'
import type { Connectivity } from '../../src/made/connectivity'
import { slotNames, type Optimizer } from '../../src/made/optimizer'
import { philox } from '../../src/made/philox'
import { connectivityList, UNLIMITED, type Schedule } from '../../src/made/schedule'
import { ACTIVATIONS, tensorOf, type ModelSpec } from '../../src/made/spec'
import { CONSTANT_STEPS, type StepSchedule } from '../../src/made/step-schedule'
import { randomConnectivity, randomParameters, randomRows } from '../reference/random-models'
import { isLong, longName, longOr } from '../long'
import { ADAM } from '../reference/training-settings'
import { engineConformance } from './conformance'
import { describeWebGpu } from './found-webgpu'
import { VARIABLE_KINDS } from '../../src/made/variables'

// A GPU that the processor plays is slow, and slower beside other work.
vi.setConfig({ testTimeout: 180_000 })

/** Optimizers whose step is a smooth function of the gradient, so that rounding does not decide which way a weight moves. */
const SMOOTH: readonly Optimizer[] = [
  { kind: 'sgd', learningRate: 0.05, decay: 0.01, momentum: 0.9 },
  { kind: 'adagrad', learningRate: 0.02, epsilon: 1e-3 },
  { kind: 'adadelta', rho: 0.95, epsilon: 1e-3 },
  { kind: 'adam', learningRate: 0.005, beta1: 0.9, beta2: 0.999, epsilon: 1e-2 },
]
const AFTER_UPDATES = 1e-4

/** No width is a multiple of a tile; three schedules, so that weights are used in place and through sorted copies. */
const trainings = fc.record({
  spec: fc.record<ModelSpec>({
    inputs: fc.integer({ min: 2, max: 75 }),
    hidden: fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 3 }),
    activation: fc.constantFrom(...ACTIVATIONS.filter((name) => name !== 'relu')),
    directConnections: fc.boolean(),
    conditioningWeights: fc.boolean(),
  }),
  schedule: fc.record<Schedule>({
    orderings: fc.constantFrom(1, 3, UNLIMITED),
    masks: fc.constantFrom(1, 2, UNLIMITED),
    singleOrdering: fc.constantFrom('natural', 'random'),
    seed: fc.nat(1000),
  }),
  optimizer: fc.constantFrom(...SMOOTH),
  steps: fc.constantFrom<StepSchedule>(CONSTANT_STEPS, { kind: 'cosine', updates: 7 }),
  l2: fc.constantFrom(0, 0.01),
  sizes: fc.array(fc.integer({ min: 1, max: 70 }), { minLength: 3, maxLength: 6 }),
  seed: fc.nat(1_000_000),
})

const LARGE: ModelSpec = {
  inputs: 101,
  hidden: [1103, 1300],
  activation: 'tanh',
  directConnections: true,
  conditioningWeights: false,
}
const SMALL: ModelSpec = {
  inputs: 20,
  hidden: [30, 10],
  activation: 'relu',
  directConnections: true,
  conditioningWeights: true,
}

describeWebGpu('the webgpu engine', (engine, gpu) => {
  engineConformance('webgpu', () => Promise.resolve(engine), {
    runs: longOr(12, 6),
    heads: VARIABLE_KINDS,
    // Drawing with each activation, bits and categories takes a shader of its own, which SwiftShader compiles for seconds.
    drawnActivation: ({ activation, variables }) => longOr(activation, variables === undefined ? 'relu' : 'tanh'),
  })

  it('agrees with the cpu engine on any model, schedule and optimizer', () =>
    fc.assert(
      fc.asyncProperty(trainings, async ({ spec, schedule, optimizer, steps, l2, sizes, seed }) => {
        const rows = randomRows(90, spec.inputs, seed)
        const connectivities = connectivityList(spec, schedule, sizes.length)
        const minibatches = sizes.map((size, i) =>
          Uint32Array.from({ length: size }, (_, j) => (i * 61 + j * 7 + seed) % 90),
        )
        const run = async (which: Engine) => {
          const training = { optimizer, schedule: steps, l2 }
          const session = await which.open({ spec, parameters: randomParameters(spec, seed) }, training)
          await session.setData(rows)
          const early = await session.train(minibatches.slice(0, 2), connectivities.slice(0, 2))
          const late = await session.train(minibatches.slice(2), connectivities.slice(2))
          const scored = await session.logLikelihood(rows, connectivities.slice(-2))
          const state = await session.readState()
          await session.close()
          return { losses: [...early, ...late], scored, state }
        }
        const [expected, actual] = [await run(new CpuEngine('test')), await run(engine)]
        near(actual.losses, expected.losses, AFTER_UPDATES)
        actual.scored.forEach((values, i) => near(values, expected.scored[i], AFTER_UPDATES))
        for (const [name, values] of expected.state.parameters)
          near(tensorOf(actual.state.parameters, name), values, AFTER_UPDATES)
        for (const slot of slotNames(optimizer))
          for (const [name, values] of expected.state.slots.get(slot) ?? [])
            near(tensorOf(actual.state.slots.get(slot) ?? new Map(), name), values, AFTER_UPDATES)
      }),
      { numRuns: 15 },
    ))

  it.each([[100, TALL_TILE], ...longOr([[128, LARGE_TILE] as const], [])] as const)(
    'agrees with the cpu engine where products are large, and cut into parts: %d rows',
    async (count, tile) => {
      const cut = cutOf(count, LARGE.hidden[1], LARGE.hidden[0])
      expect(cut.tile).toBe(tile)
      expect(cut.parts).toBeGreaterThan(1)
      const rows = randomRows(count, LARGE.inputs, 1)
      const list = connectivityList(LARGE, { orderings: 1, masks: 2, singleOrdering: 'random', seed: 5 }, 2)
      const run = async (which: Engine) => {
        const session = await which.open(
          { spec: LARGE, parameters: randomParameters(LARGE, 2) },
          { ...ADAM, optimizer: SMOOTH[3] },
        )
        await session.setData(rows)
        const every = Uint32Array.from({ length: count }, (_, i) => i)
        const losses = [...(await session.train([every], [list[0]])), ...(await session.train([every], [list[1]]))]
        const { parameters } = await session.readState()
        await session.close()
        return { losses, parameters }
      }
      const [expected, actual] = [await run(await findEngine('cpu', {})), await run(engine)]
      near(actual.losses, expected.losses, AFTER_UPDATES)
      for (const [name, values] of expected.parameters) near(tensorOf(actual.parameters, name), values, AFTER_UPDATES)
    },
  )

  it.runIf(isLong)(longName('agrees with the cpu engine where updates are large'), async () => {
    const spec: ModelSpec = {
      ...SMALL,
      inputs: 40,
      hidden: [1920, 2050],
      activation: 'sigmoid',
      conditioningWeights: false,
    }
    expect(updateTile(spec.hidden[1], spec.hidden[0])).toBe(LARGE_TILE)
    const list = connectivityList(spec, { orderings: 1, masks: 2, singleOrdering: 'random', seed: 5 }, 2)
    const run = async (which: Engine) => {
      const session = await which.open(
        { spec, parameters: randomParameters(spec, 2) },
        { ...ADAM, optimizer: SMOOTH[3] },
      )
      await session.setData(randomRows(19, 40, 1))
      const two = [0, 1].map((i) => Uint32Array.from({ length: 19 }, (_, j) => (i + 2 * j) % 19))
      await session.train(two, [list[0], list[0]])
      await session.train([two[0]], [list[1]])
      const { parameters } = await session.readState()
      await session.close()
      return parameters
    }
    const [expected, actual] = [await run(new CpuEngine('test')), await run(engine)]
    for (const [name, values] of expected) near(tensorOf(actual, name), values, AFTER_UPDATES)
  })

  it.each([
    ['several blocks of places', { ...SMALL, inputs: 150, hidden: [200, 90] }, 0],
    ['blocks too wide for workgroup memory', { ...SMALL, inputs: 40, hidden: [1500, 1100] }, 3],
  ] as const)('draws what the cpu engine draws: %s', async (_, spec, degree) => {
    const drawn = randomConnectivity(spec, 7)
    // Most units become final at one place, or all at several.
    const connectivity: Connectivity =
      degree === 0
        ? drawn
        : { ...drawn, degrees: drawn.degrees.map((degrees) => degrees.map((m, k) => (k % 9 === 0 ? m : degree))) }
    const draw = async (which: Engine): Promise<Uint32Array[]> => {
      const session = await which.open({ spec, parameters: randomParameters(spec, 7) }, ADAM)
      const request = { count: 21, first: 2 ** 32 - 5, seed: 2 ** 40 + 11, connectivity }
      const free = await session.sample(request)
      const completed = await session.complete(randomRows(21, spec.inputs, 8), randomRows(21, spec.inputs, 9), request)
      await session.close()
      return [free.rows.words, completed.rows.words]
    }
    expect(await draw(engine)).toEqual(await draw(new CpuEngine('test')))
  })

  it('makes the same updates bit for bit however a list is cut', async () => {
    const rows = randomRows(200, 20, 1)
    const list = connectivityList(SMALL, { orderings: 2, masks: 3, singleOrdering: 'natural', seed: 3 }, 6)
    const minibatches = Array.from({ length: 12 }, (_, i) =>
      Uint32Array.from({ length: 9 + i }, (_, j) => (i * 31 + j) % 200),
    )
    const run = async (lengths: readonly number[]) => {
      const session = await engine.open({ spec: SMALL, parameters: randomParameters(SMALL, 1) }, ADAM)
      await session.setData(rows)
      const losses: number[] = []
      for (const length of lengths) {
        const some = minibatches.slice(losses.length, losses.length + length)
        losses.push(
          ...(await session.train(
            some,
            some.map((_, i) => list[(losses.length + i) % 6]),
          )),
        )
      }
      const state = await session.readState()
      await session.close()
      return { losses, state }
    }
    const whole = await run([12])
    expect(await run([1, 3, 1, 7])).toEqual(whole)
    expect(await run([2, 1, 1, 1, 6, 1])).toEqual(whole)
  })

  it('computes the same bit for bit however work is cut into dispatches', async () => {
    const spec: ModelSpec = { ...SMALL, inputs: 75, hidden: [90, 70] }
    const rows = randomRows(80, 75, 1)
    const list = [1, 2].map((i) => randomConnectivity(spec, i))
    const every = Uint32Array.from({ length: 80 }, (_, i) => i)
    const run = async () => {
      const session = await engine.open({ spec, parameters: randomParameters(spec, 1) }, ADAM)
      await session.setData(rows)
      // The first two in place, the third through sorted copies.
      const losses = [
        ...(await session.train([every, every], [list[0], list[0]])),
        ...(await session.train([every], [list[1]])),
      ]
      const scored = await session.logLikelihood(rows, list)
      const logits = await session.conditionals(rows, list[1])
      const request = { count: 80, first: 0, seed: 1, connectivity: list[1] }
      const drawn = await session.sample(request)
      const completed = await session.complete(rows, randomRows(80, 75, 2), request)
      const state = await session.readState()
      await session.close()
      return { losses, scored, logits, drawn, completed, state }
    }
    const whole = await run()
    for (const most of [1, 250_000]) {
      // A tile or a row to a dispatch; then some.
      const limit = vi.spyOn(DispatchLimit.prototype, 'work', 'get').mockReturnValue(most)
      expect(await run()).toEqual(whole)
      expect(limit).toHaveBeenCalled()
      limit.mockRestore()
    }
  })

  it('makes lists longer than a submission, and minibatches longer than one', async () => {
    const spec: ModelSpec = { ...SMALL, hidden: [6], conditioningWeights: false }
    const rows = randomRows(300, 20, 1)
    const list = connectivityList(spec, { orderings: 200, masks: 1, singleOrdering: 'natural', seed: 3 }, 200)
    const minibatches = [
      ...Array.from({ length: 200 }, () => Uint32Array.of(1, 2, 3)),
      Uint32Array.from({ length: 17_000 }, (_, i) => i % 300),
    ]
    const run = async (which: Engine): Promise<Float64Array> => {
      const session = await which.open(
        { spec, parameters: randomParameters(spec, 1) },
        { ...ADAM, optimizer: SMOOTH[1] },
      )
      await session.setData(rows)
      const losses = await session.train(
        minibatches,
        minibatches.map((_, i) => list[i % 200]),
      )
      await session.close()
      return losses
    }
    near(await run(engine), await run(new CpuEngine('test')), AFTER_UPDATES)
  })

  it('keeps no buffer of many lists, scores, draws and checkpoints', async () => {
    const held = new Set<GPUBuffer>()
    const { device } = await engine.usableDevice()
    const create = device.createBuffer.bind(device)
    const watched = vi.spyOn(device, 'createBuffer').mockImplementation((descriptor) => {
      const buffer = create(descriptor)
      held.add(buffer)
      const destroy = buffer.destroy.bind(buffer)
      buffer.destroy = () => {
        held.delete(buffer)
        return destroy()
      }
      return buffer
    })
    const session = await engine.open({ spec: SMALL, parameters: randomParameters(SMALL, 1) }, ADAM)
    const rows = randomRows(200, 20, 1)
    const list = connectivityList(SMALL, { orderings: 4, masks: 4, singleOrdering: 'random', seed: 1 }, 4)
    const work = async (seed: number): Promise<number> => {
      await session.setData(rows)
      const minibatches = Array.from({ length: 6 }, (_, i) =>
        Uint32Array.from({ length: i === 3 ? 100 : 7 }, (_, j) => j),
      )
      await session.train(
        minibatches,
        minibatches.map((_, i) => list[i % 4]),
      )
      await session.logLikelihood(rows, list)
      await session.conditionals(rows, list[0])
      await session.sample({ count: 3 + (seed % 2), first: 0, seed, connectivity: list[seed % 4] })
      await session.writeState(await session.readState())
      return held.size
    }
    await work(0)
    const before = await work(1)
    for (let i = 2; i < 7; i++) expect(await work(i)).toBe(before)
    await session.close()
    expect(held.size).toBe(0)
    watched.mockRestore()
  })

  it('refuses what is too large for its buffers in words, before it allocates anything', async () => {
    const wide: ModelSpec = { ...SMALL, inputs: 2, hidden: [60_000, 60_000] }
    const parameters = new Map<string, Float32Array>()
    await expect(engine.open({ spec: wide, parameters }, ADAM)).rejects.toMatchObject({
      code: 'too-large',
      message: expect.stringContaining('hidden.1'),
    })
    expect(() => engine.requireFit(wide)).toThrow(expect.objectContaining({ code: 'too-large' }))
    engine.requireFit(SMALL)
    const session = await engine.open({ spec: SMALL, parameters: randomParameters(SMALL, 1) }, ADAM)
    await session.setData(randomRows(10, 20, 1))
    await expect(session.train([new Uint32Array(40_000_000)], [randomConnectivity(SMALL, 1)])).rejects.toMatchObject({
      code: 'too-large',
    })
    // It is as good as before.
    expect(await session.train([Uint32Array.of(1, 2)], [randomConnectivity(SMALL, 1)])).toHaveLength(1)
    await session.close()
  })

  it('says that the GPU was lost, and opens again on a new device', async () => {
    const own = await WebGpuEngine.find(gpu)
    const session = await own.open({ spec: SMALL, parameters: randomParameters(SMALL, 1) }, ADAM)
    await session.setData(randomRows(10, 20, 1))
    const { device } = await own.usableDevice()
    device.destroy()
    await device.lost
    await expect(session.train([Uint32Array.of(1, 2)], [randomConnectivity(SMALL, 1)])).rejects.toMatchObject({
      code: 'process-lost',
    })
    await expect(session.readState()).rejects.toMatchObject({ code: 'process-lost' })
    await session.close()
    const again = await own.open({ spec: SMALL, parameters: randomParameters(SMALL, 1) }, ADAM)
    await again.setData(randomRows(10, 20, 1))
    expect(await again.train([Uint32Array.of(1, 2)], [randomConnectivity(SMALL, 1)])).toHaveLength(1)
    await again.close()
    await own.close()
  })

  it('opens one device for sessions that are opened at once', async () => {
    const own = await WebGpuEngine.find(gpu)
    const opened = vi.spyOn(GpuDevice, 'open')
    const model = { spec: SMALL, parameters: randomParameters(SMALL, 1) }
    const sessions = await Promise.all([own.open(model, null), own.open(model, null)])
    expect(opened).toHaveBeenCalledTimes(1)
    opened.mockRestore()
    for (const session of sessions) await session.close()
    await own.close()
  })

  it('turns an error of validation into words', async () => {
    const { device, recorder, readback, results } = await bench(gpu)
    const bad = defineKernel('bad', { count: 'u32' }, { results: writes('u32') }, 'this is no WGSL')
    recorder.add(bad, { results }, { count: 1 }, [1], 1)
    await expect(readback.read(recorder, [{ buffer: results, bytes: 16 }])).rejects.toMatchObject({ code: 'internal' })
    device.close()
  })

  it('knows SwiftShader for what it is', () => {
    if (process.env['VK_ICD_FILENAMES']?.includes('swiftshader'))
      expect(engine).toMatchObject({ isSoftware: true, device: { kind: 'cpu' } })
  })

  it('has the Philox of all engines', async () => {
    const { device, recorder, readback, results, questions } = await bench(gpu)
    const kernel = defineKernel(
      'philox',
      { count: 'u32' },
      { questions: reads('u32'), results: writes('vec4u') },
      /* wgsl */ `${PHILOX_WGSL}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= d.count) { return; }
  let q = 6u * id.x;
  results[id.x] = philox(vec4u(questions[q], questions[q + 1u], questions[q + 2u], questions[q + 3u]), vec2u(questions[q + 4u], questions[q + 5u]));
}`,
    )
    // Random123's known answers, the edges of a word's halves, and anything.
    const edges = [0, 1, 0xffff, 0x10000, 0xffff_ffff]
    const asked = [
      [0, 0, 0, 0, 0, 0],
      Array.from({ length: 6 }, () => 0xffff_ffff),
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0],
      ...edges.flatMap((a) => edges.map((b) => [a, b, b, a, a, b])),
      ...fc.sample(fc.array(fc.integer({ min: 0, max: 0xffff_ffff }), { minLength: 6, maxLength: 6 }), 100),
    ]
    device.device.queue.writeBuffer(questions.buffer, 0, Uint32Array.from(asked.flat()))
    recorder.add(kernel, { questions, results }, { count: asked.length }, [Math.ceil(asked.length / 64)], 1)
    const answers = new Uint32Array(await readback.read(recorder, [{ buffer: results, bytes: 16 * asked.length }]))
    expect([...answers.subarray(0, 4)]).toEqual([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8])
    expect([...answers.subarray(4, 8)]).toEqual([0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd])
    expect([...answers.subarray(8, 12)]).toEqual([0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1])
    asked.forEach(([a, b, c, e, f, g], i) => {
      const expected = new Uint32Array(4)
      philox([a, b, c, e], [f, g], expected)
      expect(answers.subarray(4 * i, 4 * i + 4)).toEqual(expected)
    })
    device.close()
  })

  it('scores rows in stretches as it scores them one by one', async () => {
    const spec: ModelSpec = { ...SMALL, hidden: [12] }
    const rows = randomRows(2500, 20, 3)
    const list = [0, 1, 2].map((i) => randomConnectivity(spec, 3, i))
    const score = async (which: Engine, some: BitMatrix): Promise<Float64Array[]> => {
      const session = await which.open({ spec, parameters: randomParameters(spec, 3) }, ADAM)
      const scored = await session.logLikelihood(some, list)
      await session.close()
      return scored
    }
    const [expected, actual] = [await score(new CpuEngine('test'), rows), await score(engine, rows)]
    actual.forEach((values, i) => near(values, expected[i], 2e-5))
  })
})

/** A device of one's own with what a kernel needs to be tried. */
async function bench(gpu: GPU) {
  const adapter = await gpu.requestAdapter()
  if (!adapter) throw new Error('no adapter')
  const device = await GpuDevice.open(adapter, gpu.wgslLanguageFeatures)
  const [results, questions] = ['results', 'questions'].map((name) =>
    device.createBuffer(name, 1 << 14, BUFFER_USAGE.storage),
  )
  return { device, recorder: new Recorder(device), readback: new Readback(device), results, questions }
}

/** Equal up to `tolerance`, relative to values above one. */
function near(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length)
  for (let i = 0; i < actual.length; i++)
    if (!(Math.abs(actual[i] - expected[i]) <= tolerance * (1 + Math.abs(expected[i]))))
      expect.fail(`value ${i} is ${actual[i]}, not ${expected[i]}`)
}
