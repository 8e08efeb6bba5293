import { describe, expect, it } from 'vitest'
import { hasHeads } from '../../src/engine/session-checks'
import { OPTIMIZER_KINDS, slotNames } from '../../src/made/optimizer'
import { CONSTANT_STEPS, stepSchedule } from '../../src/made/step-schedule'
import { parameterTensors, tensorOf, type ModelSpec } from '../../src/made/spec'
import { randomConnectivity, randomParameters, randomRowsOf } from '../reference/random-models'
import { ORACLE_OPTIMIZERS } from './conformance-oracle'
import { close, MOMENTUM, opened, type EngineUnderTest } from './engine-under-test'

const SPECS: readonly ModelSpec[] = [
  { inputs: 17, hidden: [23, 11], activation: 'tanh', directConnections: true, conditioningWeights: true },
  {
    inputs: 12,
    hidden: [19],
    activation: 'tanh',
    directConnections: true,
    conditioningWeights: false,
    variables: [
      { kind: 'categorical', categories: 5 },
      { kind: 'binary', count: 7 },
    ],
  },
]
const PLANNED = 5
const STATED = [...OPTIMIZER_KINDS.map((kind) => ORACLE_OPTIMIZERS[kind]), MOMENTUM]

/** An engine makes its steps as long as the schedule says. */
export function stepConformance(engine: EngineUnderTest): void {
  const { heads, tolerance } = engine
  describe.each(SPECS.filter((spec) => hasHeads({ heads }, spec)))(
    `${engine.name} makes the steps of a cosine, with $inputs inputs`,
    (spec) =>
      it.each(STATED)('from whole ones to none: $kind, momentum $momentum', async (optimizer) => {
        const rows = randomRowsOf(spec, 60, 4)
        const minibatches = Array.from({ length: PLANNED + 1 }, (_, i) => Uint32Array.of(i, 7 + i, 20 + i, 50 - i))
        const connectivities = minibatches.map((_, i) => randomConnectivity(spec, 4, i % 2))
        const open = (schedule = CONSTANT_STEPS) =>
          opened(engine, spec, randomParameters(spec, 4), optimizer, { schedule })
        const [whole, scaled] = [await open(), await open(stepSchedule('cosine', PLANNED))]
        for (const session of [whole, scaled]) await session.setData(rows)
        for (let t = 0; t <= PLANNED; t++) {
          const before = await scaled.readState()
          await whole.writeState(before)
          const one = [[minibatches[t]], [connectivities[t]]] as const
          expect(await scaled.train(...one)).toEqual(await whole.train(...one))
          const [after, full] = [await scaled.readState(), await whole.readState()]
          // ½(1 + cos 2x) = cos² x.
          const factor = Math.cos((Math.PI * t) / (2 * PLANNED)) ** 2
          for (const { name } of parameterTensors(spec)) {
            const w = tensorOf(before.parameters, name)
            const moved = (to: typeof after): number[] =>
              [...tensorOf(to.parameters, name)].map((value, i) => value - w[i])
            // Relative to the length of the longest step, which may be short.
            const longest = Math.max(...moved(full).map(Math.abs), 1e-6)
            close(
              moved(after).map((step) => step / longest),
              moved(full).map((step) => (factor * step) / longest),
              Math.max(tolerance, 4e-7 / longest),
            )
          }
          for (const slot of slotNames(optimizer)) expect(after.slots.get(slot)).toEqual(full.slots.get(slot))
        }
        for (const session of [whole, scaled]) await session.close()
      }),
  )

  it(`${engine.name} makes the same cosine run in one list and in several`, async () => {
    const [spec] = SPECS
    const rows = randomRowsOf(spec, 60, 9)
    const minibatches = Array.from({ length: PLANNED }, (_, i) => Uint32Array.of(i, 9 + i, 30 + i))
    const connectivities = minibatches.map(() => randomConnectivity(spec, 9))
    const states = []
    for (const cut of [0, 2]) {
      const session = await opened(engine, spec, randomParameters(spec, 9), ORACLE_OPTIMIZERS.adam, {
        schedule: stepSchedule('cosine', PLANNED),
      })
      await session.setData(rows)
      await session.train(minibatches.slice(0, cut), connectivities.slice(0, cut))
      await session.train(minibatches.slice(cut), connectivities.slice(cut))
      states.push(await session.readState())
      await session.close()
    }
    expect(states[1]).toEqual(states[0])
  })
}
