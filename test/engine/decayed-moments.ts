import { expect, it } from 'vitest'
import { BitMatrix } from '../../src/data/bit-matrix'
import type { Engine } from '../../src/engine/contract'
import { connectivityList } from '../../src/made/schedule'
import type { Optimizer } from '../../src/made/optimizer'
import { tensorOf, type ModelSpec } from '../../src/made/spec'
import { CONSTANT_STEPS } from '../../src/made/step-schedule'
import { randomParameters } from '../reference/random-models'

/** Below this a number of single precision has lost digits, and processors may take a hundred times as long for it. */
const LEAST_NORMAL = 2 ** -126

/** Optimizers whose moments decay, fast enough that a thousand updates take them to nothing. */
const DECAYING: readonly Optimizer[] = [
  { kind: 'adam', learningRate: 1e-3, beta1: 0.9, beta2: 0.9, epsilon: 1e-8 },
  { kind: 'sgd', learningRate: 1e-2, decay: 0, momentum: 0.9 },
  { kind: 'adadelta', rho: 0.9, epsilon: 1e-6 },
]

/** Moments whose gradients have stopped come to zero, and do not linger among the numbers that are slow to compute with. */
export function momentsDecayToZero(name: string, makeEngine: () => Engine): void {
  it.each(DECAYING)(`moments of $kind decay to zero: ${name}`, async (optimizer) => {
    const spec: ModelSpec = {
      inputs: 20,
      hidden: [33],
      activation: 'tanh',
      directConnections: false,
      conditioningWeights: false,
    }
    const [connectivity] = connectivityList(spec, { orderings: 1, masks: 1, singleOrdering: 'natural', seed: 1 }, 1)
    // The first input is on in the first row only.
    const rows = new BitMatrix(2, spec.inputs)
    rows.words.fill(0b1010_1010_1010_1010_1010)
    rows.words[0] |= 1
    const session = await makeEngine().open(
      { spec, parameters: randomParameters(spec, 1) },
      { optimizer, schedule: CONSTANT_STEPS, l2: 0 },
    )
    await session.setData(rows)
    const ofTheFirstInput = async (): Promise<number[][]> => {
      const { slots } = await session.readState()
      return [...slots.values()].map((slot) => {
        const weights = tensorOf(slot, 'hidden.0.weight')
        return Array.from({ length: 33 }, (_, unit) => weights[unit * spec.inputs])
      })
    }
    const train = (row: number, count: number): Promise<Float64Array> => {
      const minibatches = Array.from({ length: count }, () => Uint32Array.of(row))
      return session.train(
        minibatches,
        minibatches.map(() => connectivity),
      )
    }
    await train(0, 1)
    for (const moments of await ofTheFirstInput()) expect(moments.some((moment) => moment !== 0)).toBe(true)
    await train(1, 1500)
    for (const moments of await ofTheFirstInput()) expect(moments).toEqual(Array<number>(33).fill(0))
    for (const slot of (await session.readState()).slots.values())
      for (const moments of slot.values())
        expect([...moments].filter((moment) => moment !== 0 && Math.abs(moment) < LEAST_NORMAL)).toEqual([])
    await session.close()
  })
}
