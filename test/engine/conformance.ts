import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BitMatrix } from '../../src/data/bit-matrix'
import type { Engine } from '../../src/engine/contract'
import { hasHeads, requireRows } from '../../src/engine/session-checks'
import { ensembleLogLikelihood } from '../../src/made/likelihood'
import { masksOf } from '../../src/made/mask'
import { DEFAULT_OPTIMIZERS, OPTIMIZER_KINDS, slotNames } from '../../src/made/optimizer'
import { variablesByPlace } from '../../src/made/ordering'
import { fillUniforms, PURPOSE } from '../../src/made/random'
import { parameterTensors, tensorOf, type ModelSpec, type Tensors } from '../../src/made/spec'
import { placesOfColumns, variablesOf, VARIABLE_KINDS } from '../../src/made/variables'
import { stepSchedule } from '../../src/made/step-schedule'
import { denseLogits, denseLogLikelihood, denseMeanNll, denseProbabilities } from '../reference/dense-made'
import { longOr } from '../long'
import {
  allRowsOf,
  randomConnectivity,
  randomKnownOf,
  randomParameters,
  randomRows,
  randomRowsOf,
  rowArrays,
  smallSpecsOver,
  specsOver,
  WIDE_SPECS,
} from '../reference/random-models'
import { observedConformance } from './conformance-observed'
import { ORACLE_OPTIMIZERS, oracleConformance } from './conformance-oracle'
import { particleConformance } from './conformance-particles'
import { sessionConformance } from './conformance-session'
import { stepConformance } from './conformance-steps'
import { close, everyRow, MOMENTUM, opened, openedToScore, WHOLE_STEP, type EngineUnderTest } from './engine-under-test'

/** Models that are stopped and gone on with. */
const RESUMED_SPECS: readonly ModelSpec[] = [
  {
    inputs: 17,
    hidden: [23, 11],
    activation: 'relu',
    directConnections: true,
    conditioningWeights: true,
  },
  {
    inputs: 32,
    hidden: [23, 11],
    activation: 'relu',
    directConnections: true,
    conditioningWeights: true,
    variables: [
      { kind: 'categorical', categories: 5 },
      { kind: 'binary', count: 4 },
      { kind: 'categorical', categories: 23 },
    ],
    leading: [5],
  },
]

const seeds = fc.integer({ min: 0, max: 2 ** 31 })

/** What every engine must do. */
export function engineConformance(
  name: string,
  makeEngine: () => Promise<Engine>,
  options: Partial<Omit<EngineUnderTest, 'name' | 'makeEngine'>> = {},
): void {
  const engine: EngineUnderTest = {
    name,
    makeEngine,
    runs: longOr(40, 16),
    tolerance: 2e-5,
    heads: VARIABLE_KINDS,
    drawnActivation: ({ activation }) => activation,
    ...options,
  }
  const { runs, tolerance, heads } = engine
  const specs = specsOver(heads)

  oracleConformance(engine)
  observedConformance(engine)
  particleConformance(engine)

  describe(`${engine.name} agrees with the definition`, () => {
    it('in logits and log-likelihoods of any model', () =>
      fc.assert(
        fc.asyncProperty(specs, seeds, fc.integer({ min: 1, max: 257 }), async (spec, seed, count) => {
          const parameters = randomParameters(spec, seed)
          const rows = randomRowsOf(spec, count, seed)
          const connectivities = [randomConnectivity(spec, seed, 0), randomConnectivity(spec, seed, 1)]
          const session = await openedToScore(engine, spec, parameters)
          const logits = await session.conditionals(rows, connectivities[0])
          close(
            logits,
            rowArrays(rows).flatMap((row) => denseLogits(spec, parameters, connectivities[0], row)),
            tolerance,
          )
          const scored = await session.logLikelihood(rows, connectivities)
          connectivities.forEach((connectivity, i) =>
            close(
              scored[i],
              rowArrays(rows).map((row) => denseLogLikelihood(spec, parameters, connectivity, row)),
              tolerance * spec.inputs,
            ),
          )
          await session.close()
        }),
        { numRuns: runs },
      ))

    it('in gradients, which equal finite differences', () =>
      fc.assert(
        fc.asyncProperty(specs, seeds, fc.integer({ min: 1, max: 9 }), async (spec, seed, count) => {
          // Kinks of ReLU have no derivative; the other activations are smooth everywhere.
          const smooth = spec.activation === 'relu' ? { ...spec, activation: 'tanh' as const } : spec
          const parameters = randomParameters(smooth, seed)
          const rows = randomRowsOf(smooth, count, seed)
          const connectivity = randomConnectivity(smooth, seed)
          const session = await opened(engine, smooth, parameters, WHOLE_STEP)
          await session.setData(rows)
          await session.train([everyRow(rows)], [connectivity])
          const after = (await session.readState()).parameters
          const exact = new Map([...parameters].map(([tensor, values]) => [tensor, Float64Array.from(values)]))
          for (const { name: tensor, length } of parameterTensors(smooth)) {
            const values = exact.get(tensor) ?? new Float64Array()
            const i = seed % length
            const difference = (step: number): number => {
              const kept = values[i]
              values[i] = kept + step
              const nll = denseMeanNll(smooth, exact, connectivity, rowArrays(rows))
              values[i] = kept
              return nll
            }
            const slope = (difference(1e-4) - difference(-1e-4)) / 2e-4
            close([tensorOf(parameters, tensor)[i] - tensorOf(after, tensor)[i]], [slope], tolerance)
          }
          await session.close()
        }),
        { numRuns: Math.ceil(runs / 2) },
      ))

    it('in the likelihood of rows that it is certain of, to float accuracy however large it is', async () => {
      const spec: ModelSpec = {
        inputs: 40,
        hidden: [1],
        activation: 'relu',
        directConnections: false,
        conditioningWeights: false,
      }
      const row = randomRows(1, 40, 3)
      // The biases alone decide each output: a bit that is as they say costs e^-300 nats, one that is not costs 300.
      const certain = new Map(
        [...randomParameters(spec, 3)].map(([tensor, values]) => [tensor, new Float32Array(values.length)]),
      )
      tensorOf(certain, 'output.bias').forEach((_, d, biases) => (biases[d] = row.get(0, d) === 1 ? 300 : -300))
      const [bits] = rowArrays(row)
      const flipped = Array.from({ length: 40 }, (_, at) => bits.map((bit, d) => (d === at ? 1 - bit : bit)))
      const session = await openedToScore(engine, spec, certain)
      for (const index of [0, 1]) {
        const connectivity = randomConnectivity(spec, 3, index)
        const [[alone]] = await session.logLikelihood(row, [connectivity])
        expect(Math.abs(alone)).toBeLessThan(1e-6)
        const rows = BitMatrix.fromBytes(42, 40, Uint8Array.from([bits, ...flipped, bits].flatMap((each) => [...each])))
        const [scored] = await session.logLikelihood(rows, [connectivity])
        expect(Math.abs(scored[0])).toBeLessThan(1e-6)
        expect(Math.abs(scored[41])).toBeLessThan(1e-6)
        // One unit in the last place of a float is 3e-5 there.
        scored.slice(1, 41).forEach((score, at) => expect(Math.abs(score + 300), `bit ${at}`).toBeLessThan(1e-4))
      }
      await session.close()
    })

    it('in the probabilities of all configurations, which sum to one', () =>
      fc.assert(
        fc.asyncProperty(smallSpecsOver(heads), seeds, async (small, seed) => {
          const session = await openedToScore(engine, small, randomParameters(small, seed))
          const connectivities = [randomConnectivity(small, seed, 0), randomConnectivity(small, seed, 1)]
          const scored = await session.logLikelihood(allRowsOf(small), connectivities)
          for (const values of [...scored, ensembleLogLikelihood(scored)])
            expect(values.reduce((sum, value) => sum + Math.exp(value), 0)).toBeCloseTo(1, 4)
          await session.close()
        }),
        { numRuns: runs },
      ))

    it('in what the outputs of a variable may see: nothing at or after its own place', () =>
      fc.assert(
        fc.asyncProperty(specs, seeds, async (spec, seed) => {
          const connectivity = randomConnectivity(spec, seed)
          const session = await openedToScore(engine, spec, randomParameters(spec, seed))
          const variables = variablesOf(spec)
          const changed = seed % variables.count
          const [start, end] = [variables.first[changed], variables.first[changed + 1]]
          const [row] = rowArrays(randomRowsOf(spec, 1, seed))
          // A bit is flipped; of several values the next one is taken.
          const other = row.map((bit, d) =>
            d < start || d >= end ? bit : end === start + 1 ? 1 - bit : row[d === start ? end - 1 : d - 1],
          )
          // Each row by itself: vector instructions may round the same sum differently in another row of one call.
          const logitsOf = (bits: ArrayLike<number>): Promise<Float32Array> =>
            session.conditionals(BitMatrix.fromBytes(1, spec.inputs, bits), connectivity)
          const [before, after] = [await logitsOf(row), await logitsOf(other)]
          const places = placesOfColumns(variables, connectivity.ordering)
          for (let d = 0; d < spec.inputs; d++)
            if (places[d] <= connectivity.ordering[changed]) expect(after[d]).toBe(before[d])
          await session.close()
        }),
        { numRuns: runs },
      ))
  })

  describe(`${engine.name} draws in one pass what a pass for each variable draws`, () => {
    it('from nothing, and around given bits', () =>
      fc.assert(
        fc.asyncProperty(
          specs,
          seeds,
          fc.integer({ min: 1, max: 130 }),
          fc.boolean(),
          async (shape, seed, count, given) => {
            const spec = { ...shape, activation: engine.drawnActivation(shape) }
            const parameters = randomParameters(spec, seed)
            const connectivity = randomConnectivity(spec, seed)
            const session = await openedToScore(engine, spec, parameters)
            const request = { count, first: seed % 1000, seed, connectivity }
            const { first } = variablesOf(spec)
            const rows = randomRowsOf(spec, count, seed + 1)
            const known = given ? randomKnownOf(spec, count, seed + 2) : new BitMatrix(count, spec.inputs)
            const drawn = given ? await session.complete(rows, known, request) : await session.sample(request)
            const order = variablesByPlace(connectivity.ordering)
            const uniforms = new Float32Array(order.length)
            requireRows(spec, drawn.rows)
            for (let s = 0; s < count; s += 17) {
              const x = new Uint8Array(spec.inputs)
              fillUniforms(seed, PURPOSE.sample, request.first + s, uniforms)
              for (const v of order) {
                const columns = Array.from({ length: first[v + 1] - first[v] }, (_, c) => first[v] + c)
                const all = denseProbabilities(spec, denseLogits(spec, parameters, connectivity, x))
                const p = columns.map((d) => all[d])
                columns.forEach((d, c) =>
                  expect(Math.abs(drawn.probabilities[s * spec.inputs + d] - p[c])).toBeLessThan(tolerance),
                )
                // A uniform that falls within rounding of where a value ends may go either way; the engine's choice is then followed.
                const { bits, undecided } = choice(p, uniforms[v], tolerance)
                const isKnown = known.get(s, first[v]) === 1
                columns.forEach((d, c) => {
                  if (isKnown || !undecided) expect(drawn.rows.get(s, d)).toBe(isKnown ? rows.get(s, d) : bits[c])
                  x[d] = drawn.rows.get(s, d)
                })
              }
            }
            await session.close()
          },
        ),
        { numRuns: runs },
      ))

    it.skipIf(!heads.includes('categorical'))(
      'one value of every variable, even from weights that are no numbers',
      async () => {
        const spec = WIDE_SPECS.table
        const parameters = randomParameters(spec, 5)
        tensorOf(parameters, 'output.bias').fill(NaN, 0, 100)
        const session = await openedToScore(engine, spec, parameters)
        const connectivity = randomConnectivity(spec, 5)
        requireRows(spec, (await session.sample({ count: 40, first: 0, seed: 1, connectivity })).rows)
        await session.close()
      },
    )

    it('the same sample whatever it is drawn together with', async () => {
      const spec: ModelSpec = {
        inputs: 30,
        hidden: [40, 20],
        activation: 'relu',
        directConnections: true,
        conditioningWeights: false,
      }
      const session = await openedToScore(engine, spec, randomParameters(spec, 5))
      const request = { seed: 9, connectivity: randomConnectivity(spec, 5) }
      const together = await session.sample({ ...request, first: 0, count: 250 })
      const alone = await session.sample({ ...request, first: 201, count: 1 })
      expect(alone.rows.words).toEqual(together.rows.select([201]).words)
      await session.close()
    })
  })

  describe(`${engine.name} trains`, () => {
    it.each([...OPTIMIZER_KINDS.map((kind) => ORACLE_OPTIMIZERS[kind]), MOMENTUM])(
      'without touching what the masks cut: $kind, momentum $momentum',
      (optimizer) =>
        fc.assert(
          fc.asyncProperty(specs, seeds, async (spec, seed) => {
            const parameters = randomParameters(spec, seed)
            const session = await opened(engine, spec, parameters, optimizer, { l2: 0.01 })
            const rows = randomRowsOf(spec, 20, seed)
            await session.setData(rows)
            // A first update under another connectivity fills the slots, so that leftover momentum would show.
            const before = randomConnectivity(spec, seed, 0)
            const connectivity = randomConnectivity(spec, seed, 1)
            await session.train([everyRow(rows)], [before])
            const start = await session.readState()
            await session.train([everyRow(rows)], [connectivity])
            const end = await session.readState()
            for (const [tensor, mask] of masksOf(spec, connectivity)) {
              if (!parameters.has(tensor)) continue
              for (const [a, b] of [
                [start.parameters, end.parameters],
                ...slotNames(optimizer).map((slot) => [start.slots.get(slot), end.slots.get(slot)]),
              ])
                tensorOf(a ?? new Map(), tensor).forEach((value, i) => {
                  if (mask.kept[i] === 0) expect(tensorOf(b ?? new Map(), tensor)[i]).toBe(value)
                })
            }
            await session.close()
          }),
          { numRuns: Math.ceil(runs / 4) },
        ),
    )

    it('with an L2 penalty on weights, not on biases', async () => {
      const spec: ModelSpec = {
        inputs: 6,
        hidden: [5, 4],
        activation: 'tanh',
        directConnections: true,
        conditioningWeights: true,
      }
      const parameters = randomParameters(spec, 3)
      const connectivity = randomConnectivity(spec, 3)
      const rows = randomRows(10, 6, 3)
      const step = async (l2: number): Promise<Tensors> => {
        const session = await opened(engine, spec, parameters, WHOLE_STEP, { l2 })
        await session.setData(rows)
        await session.train([everyRow(rows)], [connectivity])
        const state = await session.readState()
        await session.close()
        return state.parameters
      }
      const [without, penalised] = [await step(0), await step(0.25)]
      const masks = masksOf(spec, connectivity)
      for (const { name: tensor, kind } of parameterTensors(spec)) {
        const w = tensorOf(parameters, tensor)
        close(
          tensorOf(without, tensor).map((value, i) => value - tensorOf(penalised, tensor)[i]),
          w.map((value, i) => (kind === 'bias' ? 0 : 0.25 * value * (masks.get(tensor)?.kept[i] ?? 0))),
          tolerance,
        )
      }
    })

    describe.each(RESUMED_SPECS.filter((spec) => hasHeads({ heads }, spec)))(
      'on from a saved state, with $inputs inputs',
      (spec) =>
        it.each([...OPTIMIZER_KINDS.map((kind) => ORACLE_OPTIMIZERS[kind]), MOMENTUM])(
          'exactly as if it had never stopped: $kind, momentum $momentum',
          async (optimizer) => {
            const rows = randomRowsOf(spec, 120, 4)
            const schedule = stepSchedule('cosine', 8)
            const minibatches = [0, 1, 2, 3, 4, 5].map((i) => Uint32Array.from({ length: 20 }, (_, j) => i * 20 + j))
            const connectivities = minibatches.map((_, i) => randomConnectivity(spec, 4, i % 3))
            const whole = await opened(engine, spec, randomParameters(spec, 4), optimizer, { schedule })
            await whole.setData(rows)
            const losses = await whole.train(minibatches, connectivities)
            const first = await opened(engine, spec, randomParameters(spec, 4), optimizer, { schedule })
            await first.setData(rows)
            const early = await first.train(minibatches.slice(0, 2), connectivities.slice(0, 2))
            const saved = await first.readState()
            expect(saved.update).toBe(2)
            const second = await opened(engine, spec, randomParameters(spec, 99), optimizer, { schedule })
            await second.setData(rows)
            await second.writeState(saved)
            const late = await second.train(minibatches.slice(2), connectivities.slice(2))
            expect([...early, ...late]).toEqual([...losses])
            expect(await second.readState()).toEqual(await whole.readState())
          },
        ),
    )

    it('towards a smaller loss', async () => {
      const spec: ModelSpec = {
        inputs: 8,
        hidden: [32],
        activation: 'relu',
        directConnections: false,
        conditioningWeights: false,
      }
      // Four equally likely rows: the entropy is log 4.
      const patterns = [0b11110000, 0b00001111, 0b10101010, 0b11001100]
      const rows = new BitMatrix(40, 8)
      for (let i = 0; i < rows.rows; i++) rows.words[i] = patterns[i % 4]
      const session = await opened(engine, spec, randomParameters(spec, 1), {
        ...DEFAULT_OPTIMIZERS.adam,
        learningRate: 0.05,
      })
      await session.setData(rows)
      const connectivity = randomConnectivity(spec, 1)
      const minibatches = Array.from({ length: 150 }, () => everyRow(rows))
      await session.train(
        minibatches,
        minibatches.map(() => connectivity),
      )
      const [scored] = await session.logLikelihood(rows, [connectivity])
      const nll = -scored.reduce((a, b) => a + b, 0) / rows.rows
      expect(nll).toBeGreaterThan(Math.log(4) - 1e-6)
      expect(nll).toBeLessThan(Math.log(4) + 0.01)
      await session.close()
    })
  })

  stepConformance(engine)
  sessionConformance(engine)
}

/** What a uniform draws of a variable whose columns have these probabilities, and whether rounding decides. */
function choice(p: readonly number[], u: number, tolerance: number): { bits: number[]; undecided: boolean } {
  if (p.length === 1) return { bits: [u < p[0] ? 1 : 0], undecided: Math.abs(u - p[0]) < tolerance }
  const ends = p.map((_, c) => p.slice(0, c + 1).reduce((sum, value) => sum + value, 0))
  const one = ends.findIndex((end) => end > u)
  return {
    bits: p.map((_, c) => (c === one ? 1 : 0)),
    undecided: ends.some((end) => Math.abs(end - u) < tolerance * p.length),
  }
}
