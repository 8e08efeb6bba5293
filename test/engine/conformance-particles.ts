import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BitMatrix } from '../../src/data/bit-matrix'
import type { ParticleRequest, Particles, Session } from '../../src/engine/contract'
import { CpuEngine } from '../../src/engine/cpu/cpu-engine'
import type { Connectivity } from '../../src/made/connectivity'
import { logSum } from '../../src/made/likelihood'
import { variablesByPlace } from '../../src/made/ordering'
import type { ModelSpec, Tensors } from '../../src/made/spec'
import { variablesOf } from '../../src/made/variables'
import { denseLogits, denseLogLikelihood, denseProbabilities } from '../reference/dense-made'
import {
  allRowsOf,
  randomConnectivity,
  randomEvidence,
  randomParameters,
  rowArrays,
  smallSpecsOver,
  specsOver,
} from '../reference/random-models'
import { close, openedToScore, type EngineUnderTest } from './engine-under-test'

const seeds = fc.integer({ min: 0, max: 2 ** 31 })
const EACH = 32

/** Whether a row has what is known, of a categorical variable one of the values that it may have. */
function meets(spec: ModelSpec, row: Uint8Array, { rows, known }: ParticleRequest['given'], group = 0): boolean {
  const { count, first, kinds } = variablesOf(spec)
  return Array.from({ length: count }, (_, v) => v).every((v) => {
    if (known.get(group, first[v]) === 0) return true
    if (kinds[v] === 'binary') return row[first[v]] === rows.get(group, first[v])
    for (let d = first[v]; d < first[v + 1]; d++) if (row[d] === 1 && rows.get(group, d) === 0) return false
    return true
  })
}

/** log p(evidence) by adding up all rows that meet it. */
function enumeratedEvidence(
  spec: ModelSpec,
  parameters: Tensors,
  connectivity: Connectivity,
  given: ParticleRequest['given'],
): number {
  const met = rowArrays(allRowsOf(spec)).filter((row) => meets(spec, row, given))
  return logSum(Float64Array.from(met, (row) => denseLogLikelihood(spec, parameters, connectivity, row)))
}

function repeated({ rows, known }: ParticleRequest['given'], groups: number): ParticleRequest['given'] {
  const ofEach = new Uint32Array(groups)
  return { rows: rows.select(ofEach), known: known.select(ofEach) }
}

/** The same particles drawn by passes of the engine in plain TypeScript. */
async function reference(spec: ModelSpec, parameters: Tensors, request: ParticleRequest): Promise<Particles> {
  const session = await new CpuEngine('plain TypeScript').open({ spec, parameters }, null)
  try {
    return await session.particles(request)
  } finally {
    await session.close()
  }
}

/** Drawing what is not known given what is, whatever comes first. */
export function particleConformance(engine: EngineUnderTest): void {
  const { name, runs, tolerance, heads } = engine
  const asDrawn = (spec: ModelSpec): ModelSpec => ({ ...spec, activation: engine.drawnActivation(spec) })
  const opened = async <T>(spec: ModelSpec, parameters: Tensors, use: (session: Session) => Promise<T>): Promise<T> => {
    const session = await openedToScore(engine, spec, parameters)
    try {
      return await use(session)
    } finally {
      await session.close()
    }
  }

  describe(`${name} draws particles`, () => {
    it('that meet the evidence, one value of each variable, with the probabilities that they were drawn with', () =>
      fc.assert(
        fc.asyncProperty(specsOver(heads).map(asDrawn), seeds, async (spec, seed) => {
          const parameters = randomParameters(spec, seed)
          const connectivity = randomConnectivity(spec, seed)
          const given = randomEvidence(spec, 3, seed)
          const request = { given, each: EACH, first: seed % 1000, seed, connectivity }
          const drawn = await opened(spec, parameters, (session) => session.particles(request))
          const rows = rowArrays(drawn.rows)
          expect([rows.length, drawn.logWeights.length, drawn.origins.length]).toEqual(Array(3).fill(3 * EACH))
          rows.forEach((row, i) => expect(meets(spec, row, given, Math.floor(i / EACH))).toBe(true))
          const expected = rows.flatMap((row) =>
            denseProbabilities(spec, denseLogits(spec, parameters, connectivity, row)),
          )
          close(drawn.probabilities, expected, 10 * tolerance)
          expect([...drawn.origins].every((origin) => origin >= 0 && origin < EACH)).toBe(true)
        }),
        { numRuns: Math.ceil(runs / 2) },
      ))

    it('whose mean weight is the probability of the evidence', () =>
      fc.assert(
        fc.asyncProperty(smallSpecsOver(heads).map(asDrawn), seeds, async (spec, seed) => {
          const parameters = randomParameters(spec, seed)
          const connectivity = randomConnectivity(spec, seed)
          const given = randomEvidence(spec, 1, seed)
          const expected = enumeratedEvidence(spec, parameters, connectivity, given)
          const groups = 64
          const request = { given: repeated(given, groups), each: EACH, first: 0, seed, connectivity }
          const { logWeights } = await opened(spec, parameters, (session) => session.particles(request))
          const worth = Array.from({ length: groups }, (_, g) =>
            Math.exp(logSum(logWeights.slice(g * EACH, (g + 1) * EACH)) - Math.log(EACH) - expected),
          )
          const mean = worth.reduce((sum, value) => sum + value, 0) / groups
          const variance = worth.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (groups - 1)
          expect(Math.abs(mean - 1)).toBeLessThan(6 * Math.sqrt(variance / groups) + 1e-3)
        }),
        { numRuns: Math.ceil(runs / 2) },
      ))

    it('of equal weight where the evidence comes first, which is its probability then', () =>
      fc.assert(
        fc.asyncProperty(specsOver(heads).map(asDrawn), seeds, async (spec, seed) => {
          const parameters = randomParameters(spec, seed)
          const connectivity = randomConnectivity(spec, seed)
          const { first, columns, count } = variablesOf(spec)
          const known = new BitMatrix(1, columns)
          const observed = 1 + (seed % count)
          for (const variable of variablesByPlace(connectivity.ordering).subarray(0, observed))
            for (let d = first[variable]; d < first[variable + 1]; d++) known.set(0, d)
          const { rows } = randomEvidence(spec, 1, seed, { severalValues: false })
          const request = { given: { rows, known }, each: EACH, first: 0, seed, connectivity }
          const [{ logWeights, origins }, [expected]] = await opened(spec, parameters, async (session) => [
            await session.particles(request),
            (await session.logLikelihood(rows, [{ ...connectivity, observed }]))[0],
          ])
          close(logWeights, Array<number>(EACH).fill(expected), tolerance * columns)
          expect([...origins]).toEqual(Array.from({ length: EACH }, (_, i) => i))
        }),
        { numRuns: Math.ceil(runs / 2) },
      ))

    it('the same as by passes in plain TypeScript, but where rounding decides', async () => {
      const some = fc.sample(specsOver(heads).map(asDrawn), { seed: 7, numRuns: Math.max(10, runs / 2) })
      let same = 0
      for (const [seed, spec] of some.entries()) {
        const parameters = randomParameters(spec, seed)
        const connectivity = randomConnectivity(spec, seed)
        const request = { given: randomEvidence(spec, 4, seed), each: EACH, first: 5 * seed, seed, connectivity }
        const drawn = await opened(spec, parameters, (session) => session.particles(request))
        const expected = await reference(spec, parameters, request)
        const isSame =
          drawn.rows.words.every((word, i) => word === expected.rows.words[i]) &&
          drawn.origins.every((origin, i) => origin === expected.origins[i])
        if (!isSame) continue
        same++
        close(drawn.logWeights, expected.logWeights, 10 * tolerance * spec.inputs)
      }
      expect(same / some.length).toBeGreaterThan(0.8)
    })
  })
}
