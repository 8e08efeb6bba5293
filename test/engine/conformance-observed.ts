import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BitMatrix } from '../../src/data/bit-matrix'
import type { Connectivity } from '../../src/made/connectivity'
import { DEFAULT_OPTIMIZERS } from '../../src/made/optimizer'
import { parameterTensors, tensorOf, type ModelSpec } from '../../src/made/spec'
import { variableCount, variablesOf } from '../../src/made/variables'
import { denseLogLikelihood, denseMeanNll } from '../reference/dense-made'
import { randomConnectivity, randomParameters, randomRowsOf, rowArrays, specsOver } from '../reference/random-models'
import { close, everyRow, opened, openedToScore, WHOLE_STEP, type EngineUnderTest } from './engine-under-test'

const seeds = fc.integer({ min: 0, max: 2 ** 31 })

/** A connectivity for rows of which the variables at some first places are known. */
function partly(spec: ModelSpec, seed: number): Connectivity & { readonly observed: number } {
  const { ordering, degrees } = randomConnectivity(spec, seed)
  return { ordering, degrees, observed: 1 + (seed % variableCount(spec)) }
}

/** The same rows, but for what is not known: that is as in other rows. */
function otherwise(
  spec: ModelSpec,
  rows: BitMatrix,
  others: BitMatrix,
  { ordering, observed }: ReturnType<typeof partly>,
): BitMatrix {
  const { first } = variablesOf(spec)
  const changed = rows.select(everyRow(rows))
  ordering.forEach((place, v) => {
    if (place <= observed) return
    for (let row = 0; row < rows.rows; row++)
      for (let d = first[v]; d < first[v + 1]; d++)
        if (others.get(row, d) === 1) changed.set(row, d)
        else changed.clear(row, d)
  })
  return changed
}

/** Rows of which the variables at the first places alone are known. */
export function observedConformance(engine: EngineUnderTest): void {
  const { name, runs, tolerance, heads } = engine
  const specs = specsOver(heads)
  describe(`${name} takes rows that are known in part`, () => {
    it('by the terms of what is known, whatever stands in the place of the rest', () =>
      fc.assert(
        fc.asyncProperty(specs, seeds, fc.integer({ min: 1, max: 40 }), async (spec, seed, count) => {
          const parameters = randomParameters(spec, seed)
          const rows = randomRowsOf(spec, count, seed)
          const connectivity = partly(spec, seed)
          const session = await openedToScore(engine, spec, parameters)
          const [scored] = await session.logLikelihood(rows, [connectivity])
          const dense = rowArrays(rows).map((row) => denseLogLikelihood(spec, parameters, connectivity, row))
          close(scored, dense, tolerance * spec.inputs)
          const others = otherwise(spec, rows, randomRowsOf(spec, count, seed + 1), connectivity)
          close((await session.logLikelihood(others, [connectivity]))[0], [...scored], tolerance)
          await session.close()
        }),
        { numRuns: Math.ceil(runs / 2) },
      ))

    it('with the gradients of these terms, and learns nothing of the rest', () =>
      fc.assert(
        fc.asyncProperty(specs, seeds, fc.integer({ min: 1, max: 20 }), async (drawn, seed, count) => {
          const spec = drawn.activation === 'relu' ? { ...drawn, activation: 'tanh' as const } : drawn
          const parameters = randomParameters(spec, seed)
          const rows = randomRowsOf(spec, count, seed)
          const connectivity = partly(spec, seed)
          const step = async (
            data: BitMatrix,
            optimizer = WHOLE_STEP,
          ): Promise<{ loss: number; after: typeof parameters }> => {
            const session = await opened(engine, spec, parameters, optimizer)
            await session.setData(data)
            const [loss] = await session.train([everyRow(data)], [connectivity])
            const { parameters: after } = await session.readState()
            await session.close()
            return { loss, after }
          }
          const { loss, after } = await step(rows)
          close([loss], [denseMeanNll(spec, parameters, connectivity, rowArrays(rows))], tolerance * spec.inputs)
          const exact = new Map([...parameters].map(([tensor, values]) => [tensor, Float64Array.from(values)]))
          for (const { name: tensor, length } of parameterTensors(spec)) {
            const values = exact.get(tensor) ?? new Float64Array()
            const i = seed % length
            const nllAt = (change: number): number => {
              const kept = values[i]
              values[i] = kept + change
              const nll = denseMeanNll(spec, exact, connectivity, rowArrays(rows))
              values[i] = kept
              return nll
            }
            const slope = (nllAt(1e-4) - nllAt(-1e-4)) / 2e-4
            close([tensorOf(parameters, tensor)[i] - tensorOf(after, tensor)[i]], [slope], tolerance)
          }
          const others = otherwise(spec, rows, randomRowsOf(spec, count, seed + 1), connectivity)
          const [one, other] = [
            await step(rows, DEFAULT_OPTIMIZERS.adagrad),
            await step(others, DEFAULT_OPTIMIZERS.adagrad),
          ]
          expect(other.loss).toBeCloseTo(one.loss, 4)
          for (const { name: tensor } of parameterTensors(spec))
            close(tensorOf(other.after, tensor), [...tensorOf(one.after, tensor)], 10 * tolerance)
        }),
        { numRuns: Math.ceil(runs / 4) },
      ))
  })
}
