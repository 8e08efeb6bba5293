import util from 'node:util'
import { expect, it } from 'vitest'
import type { Engine, Session } from '../../src/engine/contract'
import { CpuEngine } from '../../src/engine/cpu/cpu-engine'
import { loadTensorFlow } from '../../src/engine/tensorflow/library'
import { TensorFlowSession } from '../../src/engine/tensorflow/session'
import { slotNames, type Optimizer } from '../../src/made/optimizer'
import { connectivityList } from '../../src/made/schedule'
import { parameterTensors, tensorOf, type ModelSpec } from '../../src/made/spec'
import { stepSchedule } from '../../src/made/step-schedule'
import { VARIABLE_KINDS } from '../../src/made/variables'
import { longOr } from '../long'
import { randomConnectivity, randomParameters, randomRows } from '../reference/random-models'
import { ADAM } from '../reference/training-settings'
import { engineConformance } from './conformance'
import { describeTensorFlow, tensorFlowEngine } from './found-tensorflow'

const SPEC: ModelSpec = {
  inputs: 131,
  hidden: [70, 45],
  activation: 'softplus',
  directConnections: true,
  conditioningWeights: true,
}
const CONNECTIVITY = randomConnectivity(SPEC, 1)
const SMOOTH: readonly Optimizer[] = [
  { kind: 'sgd', learningRate: 0.05, decay: 0.01, momentum: 0.9 },
  { kind: 'adagrad', learningRate: 0.02, epsilon: 1e-3 },
  { kind: 'adadelta', rho: 0.95, epsilon: 1e-4 },
  { kind: 'adam', learningRate: 0.005, beta1: 0.9, beta2: 0.999, epsilon: 1e-2 },
]
/** What single precision may be off by after forty updates that are smooth functions of the gradient. */
const AFTER_UPDATES = 5e-5

describeTensorFlow('the tensorflow engine', (folder) => {
  // As Node.js 23 and newer are.
  it('loads where Node.js has no isNullOrUndefined', () => {
    Reflect.set(util, 'isNullOrUndefined', undefined)
    const tf = loadTensorFlow(folder)
    expect(tf.getBackend()).toBe('tensorflow')
    expect(tf.sum(tf.tensor1d([1, 2, 3])).dataSync()[0]).toBe(6)
    tf.disposeVariables()
  })

  engineConformance('tensorflow', () => Promise.resolve(tensorFlowEngine(folder)), { heads: VARIABLE_KINDS })

  it.each(SMOOTH)('agrees with the cpu engine over many updates: $kind', async (optimizer) => {
    const rows = randomRows(500, 131, 2)
    const list = connectivityList(SPEC, { orderings: 2, masks: 3, singleOrdering: 'random', seed: 5 }, 6)
    const minibatches = Array.from({ length: 40 }, (_, i) =>
      Uint32Array.from({ length: 50 }, (_, j) => (i * 53 + j) % 500),
    )
    const run = async (engine: Engine) => {
      const training = { optimizer, schedule: stepSchedule('cosine', 50), l2: 1e-3 }
      const session = await engine.open({ spec: SPEC, parameters: randomParameters(SPEC, 2) }, training)
      await session.setData(rows)
      const losses = await session.train(
        minibatches,
        minibatches.map((_, i) => list[i % 6]),
      )
      const scored = await session.logLikelihood(rows, list)
      const state = await session.readState()
      await session.close()
      return { losses, scored, state }
    }
    const [expected, actual] = [await run(new CpuEngine('test')), await run(tensorFlowEngine(folder))]
    near(actual.losses, expected.losses)
    actual.scored.forEach((values, i) => near(values, expected.scored[i]))
    expect(actual.state.update).toBe(40)
    for (const [name, values] of expected.state.parameters) near(tensorOf(actual.state.parameters, name), values)
    for (const slot of slotNames(optimizer))
      for (const [name, values] of expected.state.slots.get(slot) ?? [])
        near(tensorOf(actual.state.slots.get(slot) ?? new Map(), name), values)
  })

  it('draws bit for bit what the cpu engine draws, in blocks that do not divide the inputs', async () => {
    const draw = async (engine: Engine) => {
      const session = await engine.open({ spec: SPEC, parameters: randomParameters(SPEC, 7) }, ADAM)
      const request = { count: 1100, first: 3, seed: 11, connectivity: randomConnectivity(SPEC, 7) }
      const free = await session.sample(request)
      const completed = await session.complete(randomRows(1100, 131, 8), randomRows(1100, 131, 9), request)
      await session.close()
      return [free.rows.words, completed.rows.words]
    }
    expect(await draw(tensorFlowEngine(folder))).toEqual(await draw(new CpuEngine('test')))
  })

  it('keeps no tensor of many updates, scores, draws and checkpoints, and none after it is closed', async () => {
    const { memory } = loadTensorFlow(folder)
    const before = memory()
    const spec = { ...SPEC, inputs: 20, hidden: [30, 10] }
    const list = connectivityList(spec, { orderings: 4, masks: 4, singleOrdering: 'random', seed: 1 }, 4)
    const session = await tensorFlowEngine(folder).open({ spec, parameters: randomParameters(spec, 1) }, ADAM)
    await session.setData(randomRows(200, 20, 1))
    await work(session, list, 0)
    const started = memory()
    for (let i = 1; i <= longOr(40, 8); i++) {
      await work(session, list, i)
      expect(memory().numTensors).toBe(started.numTensors)
      expect(memory().numBytes).toBe(started.numBytes)
    }
    await expect(session.train([Uint32Array.of(1)], [])).rejects.toThrow()
    await expect(session.writeState({ ...(await session.readState()), slots: new Map() })).rejects.toMatchObject({
      code: 'damaged-file',
    })
    await session.conditionals(randomRows(1, 20, 1), list[3])
    expect(memory().numTensors).toBe(started.numTensors)
    await session.close()
    expect(memory()).toMatchObject({ numTensors: before.numTensors, numBytes: before.numBytes })
  })

  it('copies what it is given, and what it gives', async () => {
    const parameters = randomParameters(SPEC, 3)
    const session = await tensorFlowEngine(folder).open({ spec: SPEC, parameters }, ADAM)
    for (const values of parameters.values()) values.fill(9)
    const state = await session.readState()
    await session.writeState(state)
    for (const values of state.parameters.values()) values.fill(7)
    const { parameters: kept } = await session.readState()
    for (const [name, values] of randomParameters(SPEC, 3)) near(tensorOf(kept, name), values)
    await session.close()
  })

  it('says in words that the memory does not suffice, and stays as it was', async () => {
    const tf = loadTensorFlow(folder)
    // Where the rows of a minibatch are gathered, 640 gigabytes are asked for.
    const greedy = { ...tf, gather: () => tf.fill([400_000, 400_000], 1) } as unknown as typeof tf
    const session = new TensorFlowSession(greedy, { spec: SPEC, parameters: randomParameters(SPEC, 1) }, ADAM)
    await session.setData(randomRows(10, 131, 1))
    await session.conditionals(randomRows(1, 131, 1), CONNECTIVITY)
    const { numTensors } = tf.memory()
    await expect(session.train([Uint32Array.of(0)], [CONNECTIVITY])).rejects.toMatchObject({
      code: 'too-large',
      message: expect.stringContaining('ran out of memory'),
    })
    expect(tf.memory().numTensors).toBe(numTensors)
    expect((await session.readState()).update).toBe(0)
    await session.close()
  })

  it('stays as it was where an update fails after some of its tensors', async () => {
    const tf = loadTensorFlow(folder)
    let roots = 0
    const failing = {
      ...tf,
      sqrt: (x: Parameters<typeof tf.sqrt>[0]) => (++roots === 3 ? tf.fill([400_000, 400_000], 1) : tf.sqrt(x)),
    } as unknown as typeof tf
    const session = new TensorFlowSession(failing, { spec: SPEC, parameters: randomParameters(SPEC, 1) }, ADAM)
    await session.setData(randomRows(10, 131, 1))
    await session.conditionals(randomRows(1, 131, 1), CONNECTIVITY)
    const [before, { numTensors }] = [await session.readState(), tf.memory()]
    await expect(session.train([Uint32Array.of(0)], [CONNECTIVITY])).rejects.toMatchObject({ code: 'too-large' })
    expect(tf.memory().numTensors).toBe(numTensors)
    expect(await session.readState()).toEqual(before)
    await session.close()
  })

  it('lets its process answer within all that takes long', async () => {
    const session = await tensorFlowEngine(folder).open({ spec: SPEC, parameters: randomParameters(SPEC, 1) }, ADAM)
    const tensors = parameterTensors(SPEC).length
    await session.setData(randomRows(100, 131, 1))
    const minibatches = Array.from({ length: 20 }, () => Uint32Array.from({ length: 100 }, (_, j) => j))
    const others = [2, 3].map((seed) => randomConnectivity(SPEC, seed))
    // After the masks, and after the gradients and the update of every tensor but the last.
    expect(
      await turnsDuring(() =>
        session.train(
          minibatches,
          minibatches.map(() => CONNECTIVITY),
        ),
      ),
    ).toBeGreaterThanOrEqual(20 * (1 + tensors))
    // After the masks, and after each block of a thousand rows.
    expect(await turnsDuring(() => session.logLikelihood(randomRows(2500, 131, 1), others))).toBeGreaterThanOrEqual(
      2 * 3,
    )
    // √131 is between 11 and 12.
    expect(
      await turnsDuring(() => session.sample({ count: 10, first: 0, seed: 1, connectivity: CONNECTIVITY })),
    ).toBeGreaterThanOrEqual(11)
    expect(await turnsDuring(() => session.readState())).toBeGreaterThanOrEqual(3 * tensors)
    await session.close()
  })
})

/** How often others get their turn while work is done. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0
  let isWorking = true
  const count = (): void => {
    if (!isWorking) return
    turns++
    setImmediate(count)
  }
  setImmediate(count)
  await work()
  isWorking = false
  return turns
}

/** Fifty updates under several connectivities, with all else that a session does. */
async function work(session: Session, list: ReturnType<typeof connectivityList>, seed: number): Promise<void> {
  const minibatches = Array.from({ length: 50 }, (_, i) =>
    Uint32Array.from({ length: i % 10 === 0 ? 200 : 7 }, (_, j) => j),
  )
  await session.train(
    minibatches,
    minibatches.map((_, i) => list[i % 4]),
  )
  await session.sample({ count: 3, first: 0, seed, connectivity: list[1] })
  await session.complete(randomRows(3, 20, 1), randomRows(3, 20, 2), {
    count: 3,
    first: 0,
    seed,
    connectivity: list[2],
  })
  await session.logLikelihood(randomRows(3, 20, 1), list)
  await session.conditionals(randomRows(3, 20, 1), list[0])
  await session.setData(randomRows(200, 20, seed))
  await session.writeState(await session.readState())
  // The masks of one connectivity stay on the device: always those of the same one when tensors are counted.
  await session.conditionals(randomRows(1, 20, 1), list[3])
}

/** Equal up to single precision, relative to values above one. */
function near(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(actual.length).toBe(expected.length)
  for (let i = 0; i < actual.length; i++)
    if (!(Math.abs(actual[i] - expected[i]) <= AFTER_UPDATES * (1 + Math.abs(expected[i]))))
      expect.fail(`value ${i} is ${actual[i]}, not ${expected[i]}`)
}
