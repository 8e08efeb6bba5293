import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foresee } from '../../src/compute/foreseeing'
import { CpuEngine } from '../../src/engine/cpu/cpu-engine'
import { columnsByPlace, variablesOf } from '../../src/made/variables'
import { allRowsOf, randomConnectivity, randomParameters, randomRowsOf } from '../reference/random-models'
import { anySpecs, seeds } from '../made/arbitraries'

/** So that a mean over them is off by less than 0.05 in all but one of a billion. */
const WAYS = 8192

describe('what is expected of the rest while a sample is born', () => {
  it('is what the model gives it, summed over all rows that go on from there', () =>
    fc.assert(
      fc.asyncProperty(anySpecs, seeds, async (spec, seed) => {
        const connectivity = randomConnectivity(spec, seed)
        const session = await new CpuEngine('test').open({ spec, parameters: randomParameters(spec, seed) }, null)
        const row = randomRowsOf(spec, 1, seed)
        const born = { row, connectivity, seed: 3, given: 0 }
        const { steps, probabilities } = await foresee(session, spec, born, undefined, { moments: 3, ways: WAYS })

        const all = allRowsOf(spec)
        const [logs] = await session.logLikelihood(all, [connectivity])
        const order = columnsByPlace(variablesOf(spec), connectivity.ordering)
        const places = variablesOf(spec)
        steps.forEach((step, moment) => {
          const drawn = drawnColumns(places, connectivity.ordering, step)
          const agrees = (i: number): boolean => drawn.every((d) => all.get(i, d) === row.get(0, d))
          const weights = Array.from(logs, (log, i) => (agrees(i) ? Math.exp(log) : 0))
          const sum = weights.reduce((total, weight) => total + weight, 0)
          for (const column of order) {
            const exact = weights.reduce((total, weight, i) => total + weight * all.get(i, column), 0) / sum
            expect(probabilities[moment * spec.inputs + column] / 255).toBeGreaterThan(exact - 0.06)
            expect(probabilities[moment * spec.inputs + column] / 255).toBeLessThan(exact + 0.06)
          }
        })
        await session.close()
      }),
      { numRuns: 25 },
    ))

  it('looks at moments from nothing to nearly all, each once, and knows what was given before', async () => {
    const spec = {
      inputs: 9,
      hidden: [4],
      activation: 'relu',
      directConnections: false,
      conditioningWeights: false,
    } as const
    const connectivity = randomConnectivity(spec, 1)
    const session = await new CpuEngine('test').open({ spec, parameters: randomParameters(spec, 1) }, null)
    const row = randomRowsOf(spec, 1, 1)
    const seen = await foresee(session, spec, { row, connectivity, seed: 1, given: 2 })
    expect([...seen.steps]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
    const few = await foresee(session, spec, { row, connectivity, seed: 1, given: 0 }, undefined, {
      moments: 4,
      ways: 2,
    })
    expect([...few.steps]).toEqual([0, 2, 4, 6])
    const given = columnsByPlace(variablesOf(spec), connectivity.ordering).slice(0, 2)
    for (const column of given) expect(seen.probabilities[column]).toBe(255 * row.get(0, column))
  })
})

/** The columns of the variables of the first places. */
function drawnColumns({ first }: ReturnType<typeof variablesOf>, ordering: Int32Array, step: number): number[] {
  return [...ordering.entries()]
    .filter(([, place]) => place <= step)
    .flatMap(([variable]) =>
      Array.from({ length: first[variable + 1] - first[variable] }, (_, column) => first[variable] + column),
    )
}
