import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CpuEngine } from '../../src/engine/cpu/cpu-engine'
import type { Session } from '../../src/engine/contract'
import type { ModelSpec, Tensors } from '../../src/made/spec'
import { AveragedWeights } from '../../src/training/averaged-weights'
import { randomParameters } from '../reference/random-models'
import { ADAM } from '../reference/training-settings'

const SPEC: ModelSpec = {
  inputs: 5,
  hidden: [4],
  activation: 'tanh',
  directConnections: true,
  conditioningWeights: false,
}

async function opened(): Promise<Session> {
  return new CpuEngine('test').open({ spec: SPEC, parameters: randomParameters(SPEC, 1) }, ADAM)
}

/** What training an epoch leaves: other weights. */
async function trained(session: Session, epoch: number): Promise<void> {
  await session.writeState({ ...(await session.readState()), update: epoch, parameters: randomParameters(SPEC, epoch) })
}

async function weightsOf(session: Session): Promise<Tensors> {
  return (await session.readState()).parameters
}

/** How much each of the first n epochs counts: all alike up to `span`; then the newest 1/span, and the others what is left. */
function shares(epochs: number, span: number): number[] {
  if (epochs <= span) return Array.from({ length: epochs }, () => 1 / epochs)
  return [...shares(epochs - 1, span).map((share) => share * (1 - 1 / span)), 1 / span]
}

describe('weights averaged over epochs', () => {
  it('are what the shares of the epochs say, while an epoch is judged and in a checkpoint', () =>
    fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 1, max: 12 }), async (span, epochs) => {
        const session = await opened()
        const averaged = new AveragedWeights(span)
        expect(averaged.current).toBeNull()
        for (let epoch = 1; epoch <= epochs; epoch++) {
          await trained(session, epoch)
          const judged = await averaged.atEpochEnd(session, epoch, () => weightsOf(session))
          const counts = shares(epoch, span)
          for (const [name, values] of judged)
            values.forEach((value, i) => {
              const expected = counts.reduce(
                (sum, share, e) => sum + share * (randomParameters(SPEC, e + 1).get(name)?.[i] ?? NaN),
                0,
              )
              expect(value).toBeCloseTo(expected, 5)
            })
          expect(averaged.current).toEqual(judged)
          expect(await weightsOf(session)).toEqual(randomParameters(SPEC, epoch))
        }
        await session.close()
      }),
      { numRuns: 20 },
    ))

  it('are those of the last epoch where none are averaged', async () => {
    const session = await opened()
    const averaged = new AveragedWeights(1)
    await trained(session, 2)
    expect(await averaged.atEpochEnd(session, 2, () => weightsOf(session))).toEqual(randomParameters(SPEC, 2))
    expect(averaged.current).toBeNull()
    await session.close()
  })

  it('are never taken for what training goes on from, and count an epoch once', async () => {
    const session = await opened()
    const averaged = new AveragedWeights(3)
    await trained(session, 1)
    await averaged.atEpochEnd(session, 1, () => Promise.resolve())
    await trained(session, 2)
    const state = await session.readState()
    const judge = async (isBrokenOff: boolean): Promise<Tensors> => {
      expect(await averaged.readState(session)).toEqual(state)
      const weights = await weightsOf(session)
      expect(weights).not.toEqual(state.parameters)
      if (isBrokenOff) throw new Error('broken off')
      return weights
    }
    await expect(averaged.atEpochEnd(session, 2, () => judge(true))).rejects.toThrow('broken off')
    expect(averaged.current).toEqual(randomParameters(SPEC, 1))
    expect(await averaged.readState(session)).toEqual(state)
    const again = await averaged.atEpochEnd(session, 2, () => judge(false))
    const whole = new AveragedWeights(3)
    whole.begin(randomParameters(SPEC, 1))
    expect(await whole.atEpochEnd(session, 2, () => weightsOf(session))).toEqual(again)
    await session.close()
  })
})
