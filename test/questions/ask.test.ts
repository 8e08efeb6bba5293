import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withFirst } from '../../src/made/connectivity'
import type { ModelSpec } from '../../src/made/spec'
import { variablesOf, VARIABLE_KINDS } from '../../src/made/variables'
import { ask, type AskOptions } from '../../src/questions/ask'
import type { Answer } from '../../src/questions/answer'
import { prefixesFor } from '../../src/questions/assignments'
import type { Evidence } from '../../src/questions/evidence'
import { mostProbable } from '../../src/questions/most-probable'
import { surprises } from '../../src/questions/surprise'
import { denseLogits, denseLogLikelihood, denseProbabilities } from '../reference/dense-made'
import { hasQueries, ORACLE_NAMES, readOracle } from '../reference/oracle'
import { allRowsOf, randomEvidence, randomRowsOf, rowArrays, smallSpecsOver } from '../reference/random-models'
import { longOr } from '../long'
import { asked, enumerated, evidenceOf, meets, randomModel } from './questions'

const seeds = fc.integer({ min: 0, max: 2 ** 31 })
const OPTIONS: AskOptions = { seed: 3, accuracy: 0.01, seconds: 20, draws: 0 }
/** So that nothing is enumerated but what is one way. */
const ESTIMATED: AskOptions = { ...OPTIONS, mostWays: 0, draws: 1 }

function close(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length)
  for (let i = 0; i < actual.length; i++) expect(Math.abs(actual[i] - expected[i])).toBeLessThanOrEqual(tolerance)
}

function oneGroup(spec: ModelSpec, seed: number): Evidence {
  const { rows: bits, known } = randomEvidence(spec, 1, seed)
  return { bits, known }
}

/** How many of the numbers of an estimate are within three of their standard errors, and of how many. */
function within(answer: Answer, truth: ReturnType<typeof enumerated>): { readonly hits: number; readonly all: number } {
  const p = Math.exp(answer.evidence.logProbability)
  const told = [
    Math.abs(p - truth.evidence) <= 3 * p * answer.evidence.relativeError + 1e-6,
    ...Array.from(
      answer.marginals,
      (marginal, d) => Math.abs(marginal - truth.marginals[d]) <= 3 * answer.standardErrors[d] + 1e-6,
    ),
  ]
  return { hits: told.filter((hit) => hit).length, all: told.length }
}

describe('a question', () => {
  it.each(ORACLE_NAMES.filter(hasQueries))('of %s is answered exactly as an independent program does', async (name) => {
    const { model, queries } = await readOracle(name)
    expect(queries.length).toBeGreaterThan(0)
    await asked(model, async (session) => {
      for (const query of queries) {
        const evidence = evidenceOf(
          model.spec,
          query.known_variables.map((variable, i) => [variable, query.values[i]] as const),
        )
        const answer = await ask(session, { ...model, schedule: undefined }, evidence, OPTIONS)
        expect(answer.evidence).toMatchObject({ method: 'exact', relativeError: 0 })
        close([Math.exp(answer.evidence.logProbability)], [query.p_evidence], 1e-5)
        close(answer.marginals, query.marginals_given_evidence, 1e-5)
        expect(answer.standardErrors.every((error) => error === 0)).toBe(true)
      }
    })
  })

  it.each(ORACLE_NAMES.filter(hasQueries))('of %s is estimated by particles within its own error', async (name) => {
    const { model, queries } = await readOracle(name)
    let [hits, all] = [0, 0]
    await asked(model, async (session) => {
      for (const query of queries) {
        const evidence = evidenceOf(
          model.spec,
          query.known_variables.map((variable, i) => [variable, query.values[i]] as const),
        )
        const answer = await ask(session, { ...model, schedule: undefined }, evidence, ESTIMATED)
        const truth = { evidence: query.p_evidence, marginals: Float64Array.from(query.marginals_given_evidence) }
        const found = within(answer, truth)
        hits += found.hits
        all += found.all
      }
    })
    expect(hits / all).toBeGreaterThan(0.98)
  })

  it('of models and evidence of any kind is estimated within three standard errors, 99 times of 100', async () => {
    const count = longOr(300, 60)
    const specs = fc.sample(smallSpecsOver(VARIABLE_KINDS), { seed: 11, numRuns: count })
    let [hits, all] = [0, 0]
    for (const [seed, spec] of specs.entries()) {
      const model = randomModel(spec, seed, {}, 1 + (seed % 3))
      const evidence = oneGroup(spec, seed)
      const truth = enumerated(model, model.connectivities, evidence)
      const answer = await asked(model, (session) => ask(session, model, evidence, { ...ESTIMATED, seed }))
      const found = within(answer, truth)
      hits += found.hits
      all += found.all
    }
    console.log(`${hits} of ${all} numbers within three standard errors`)
    expect(hits / all).toBeGreaterThanOrEqual(0.99)
  })

  it('is exact where what is open can be enumerated, whatever values a variable may have', () =>
    fc.assert(
      fc.asyncProperty(smallSpecsOver(VARIABLE_KINDS), seeds, async (spec, seed) => {
        const model = randomModel(spec, seed, {}, 1 + (seed % 3))
        const evidence = oneGroup(spec, seed)
        const truth = enumerated(model, model.connectivities, evidence)
        const answer = await asked(model, (session) => ask(session, model, evidence, OPTIONS), 'typescript')
        expect(answer.evidence.method).toBe('exact')
        close([Math.exp(answer.evidence.logProbability)], [truth.evidence], 1e-5)
        close(answer.marginals, truth.marginals, 2e-5)
      }),
      { numRuns: longOr(100, 25) },
    ))

  it('to a model of fresh orderings has the evidence first, and each variable right behind it', () =>
    fc.assert(
      fc.asyncProperty(smallSpecsOver(VARIABLE_KINDS), seeds, async (spec, seed) => {
        const model = randomModel(spec, seed, { orderings: -1, masks: -1 }, 3)
        const { rows: bits, known } = randomEvidence(spec, 1, seed, { severalValues: false })
        const evidence = { bits, known }
        const variables = variablesOf(spec)
        const isFirst = (v: number): boolean => known.get(0, variables.first[v]) === 1
        fc.pre(variables.kinds.some((_, v) => isFirst(v)) && variables.kinds.some((_, v) => !isFirst(v)))
        fc.pre((spec.leading ?? []).every(isFirst))
        const answer = await asked(model, (session) => ask(session, model, evidence, { ...OPTIONS, mostWays: 8 }))
        // By the definition: log p_o(evidence) of each ordering, and what the next place then says.
        const ordered = model.connectivities.map((connectivity) => withFirst(connectivity, isFirst))
        const observed = variables.kinds.filter((_, v) => isFirst(v)).length
        const row = rowArrays(bits)[0]
        for (let v = 0; v < variables.count; v++)
          if (!isFirst(v) && variables.kinds[v] === 'categorical') row[variables.first[v]] = 1
        const logs = ordered.map((one) => denseLogLikelihood(spec, model.parameters, { ...one, observed }, row))
        const worth = logs.map((log) => Math.exp(log))
        const total = worth.reduce((sum, p) => sum + p, 0)
        close([Math.exp(answer.evidence.logProbability)], [total / worth.length], 1e-5)
        for (let v = 0; v < variables.count; v++) {
          if (isFirst(v)) continue
          const expected = new Float64Array(spec.inputs)
          for (const [k, connectivity] of model.connectivities.entries()) {
            const next = withFirst(
              withFirst(connectivity, (u) => u === v),
              isFirst,
            )
            const p = denseProbabilities(spec, denseLogits(spec, model.parameters, next, row))
            p.forEach((one, d) => (expected[d] += (one * worth[k]) / total))
          }
          const [first, end] = [variables.first[v], variables.first[v + 1]]
          close(answer.marginals.subarray(first, end), expected.subarray(first, end), 2e-5)
        }
        expect(answer.standardErrors.every((error) => error === 0)).toBe(true)
      }),
      { numRuns: longOr(100, 25) },
    ))

  it('about what comes right behind the evidence is answered exactly, whatever comes after it', () =>
    fc.assert(
      fc.asyncProperty(smallSpecsOver(VARIABLE_KINDS), seeds, async (spec, seed) => {
        const model = randomModel(spec, seed, {}, 1)
        const { first, count } = variablesOf(spec)
        const { byPlace } = prefixesFor(model, evidenceOf(spec, []))[0]
        const places = seed % count
        const evidence = evidenceOf(
          spec,
          Array.from(byPlace.subarray(0, places), (variable) => [variable, 0] as const),
        )
        const truth = enumerated(model, model.connectivities, evidence)
        // As if all the rest were too much to be enumerated.
        const options = { ...OPTIONS, mostWays: 1, accuracy: 1 }
        const answer = await asked(model, (session) => ask(session, model, evidence, options), 'typescript')
        const [from, end] = [first[byPlace[places]], first[byPlace[places] + 1]]
        close(answer.marginals.subarray(from, end), truth.marginals.subarray(from, end), 2e-5)
        expect(answer.standardErrors.subarray(from, end).every((error) => error === 0)).toBe(true)
      }),
      { numRuns: longOr(100, 25) },
    ))

  it('is answered with rows that meet the evidence, as often as they are likely', async () => {
    const [spec] = fc.sample(smallSpecsOver(VARIABLE_KINDS), { seed: 5, numRuns: 1 })
    const model = randomModel(spec, 5, {}, 2)
    for (const mostWays of [0, 8192]) {
      const evidence = oneGroup(spec, 9)
      const { marginals } = enumerated(model, model.connectivities, evidence)
      const options = { ...OPTIONS, mostWays, accuracy: 0.003, draws: 4000 }
      const { draws } = await asked(model, (session) => ask(session, model, evidence, options))
      const rows = rowArrays(draws)
      expect(rows.length).toBe(4000)
      expect(rows.every((row) => meets(spec, row, evidence))).toBe(true)
      const shares = marginals.map((_, d) => rows.filter((row) => row[d] === 1).length / rows.length)
      close(shares, marginals, 0.05)
    }
  })

  it('about one variable is answered as soon as that one is known, and not before', async () => {
    const [spec] = fc.sample(smallSpecsOver(VARIABLE_KINDS), { seed: 21, numRuns: 1 })
    const model = randomModel(spec, 21, { orderings: -1, masks: -1 }, 2)
    const { count, first } = variablesOf(spec)
    const evidence = evidenceOf(spec, [[0, 0]])
    const last = count - 1
    const heard: Answer[] = []
    // No time at all: what is asked for is told all the same.
    const options = {
      ...OPTIONS,
      mostWays: 2,
      seconds: 0,
      of: [last],
      onAnswer: (answer: Answer) => heard.push(answer),
    }
    const answer = await asked(model, (session) => ask(session, model, evidence, options))
    for (const { marginals } of [...heard, answer])
      expect([...marginals.subarray(first[last])].every(Number.isFinite)).toBe(true)
    expect(heard.length).toBeGreaterThan(0)
    const whole = await asked(model, (session) =>
      ask(session, model, evidence, { ...OPTIONS, mostWays: 2, seconds: 0 }),
    )
    expect([...whole.marginals].every(Number.isFinite)).toBe(true)
  })

  it('hears of answers that become better, and can be given up', async () => {
    const [spec] = fc.sample(smallSpecsOver(VARIABLE_KINDS), { seed: 21, numRuns: 1 })
    const model = randomModel(spec, 21, {}, 1)
    const evidence = evidenceOf(spec, [
      [prefixesFor(model, evidenceOf(spec, []))[0].byPlace[variablesOf(spec).count - 1], 0],
    ])
    await asked(model, async (session) => {
      const errors: number[] = []
      const onAnswer = ({ evidence: { relativeError } }: Answer): unknown => errors.push(relativeError)
      await ask(session, model, evidence, { ...ESTIMATED, accuracy: 0, particles: 40_000, onAnswer })
      expect(errors.length).toBeGreaterThan(3)
      expect(errors[errors.length - 1]).toBeLessThan(errors[1])
      const control = new AbortController()
      control.abort()
      const given = ask(session, model, evidence, { ...ESTIMATED, accuracy: 0, signal: control.signal })
      await expect(given).rejects.toThrow()
    })
  })
})

describe('the likeliest row', () => {
  it('is at least as likely as the search says, and where the beam holds everything it is the likeliest', () =>
    fc.assert(
      fc.asyncProperty(smallSpecsOver(VARIABLE_KINDS), seeds, async (spec, seed) => {
        const model = randomModel(spec, seed, {}, 1)
        const evidence = oneGroup(spec, seed)
        const { row, logProbability } = await asked(model, (session) => mostProbable(session, model, evidence))
        const [found] = rowArrays(row)
        expect(meets(spec, found, evidence)).toBe(true)
        const logOf = (bits: Uint8Array): number =>
          denseLogLikelihood(spec, model.parameters, model.connectivities[0], bits)
        close([logProbability], [logOf(found)], 1e-4)
        const all = rowArrays(allRowsOf(spec)).filter((bits) => meets(spec, bits, evidence))
        const most = Math.max(...all.map(logOf))
        expect(logProbability).toBeLessThanOrEqual(most + 1e-4)
        if (all.length <= 16) close([logProbability], [most], 1e-4)
      }),
      { numRuns: longOr(100, 25) },
    ))
})

describe('the surprise of a row', () => {
  it('is the sum of that of its variables: its NLL under one connectivity', () =>
    fc.assert(
      fc.asyncProperty(smallSpecsOver(VARIABLE_KINDS), seeds, async (spec, seed) => {
        const model = randomModel(spec, seed, {}, 2)
        const rows = randomRowsOf(spec, 5, seed)
        const { terms, sums } = await asked(model, (session) => surprises(session, model, rows))
        const { count } = variablesOf(spec)
        const expected = rowArrays(rows).map(
          (row) =>
            -model.connectivities.reduce(
              (sum, connectivity) => sum + denseLogLikelihood(spec, model.parameters, connectivity, row),
              0,
            ) / model.connectivities.length,
        )
        close(sums, expected, 1e-3)
        expected.forEach((nll, row) =>
          expect(terms.subarray(row * count, (row + 1) * count).reduce((sum, term) => sum + term, 0)).toBeCloseTo(
            nll,
            3,
          ),
        )
      }),
      { numRuns: longOr(60, 15) },
    ))
})
