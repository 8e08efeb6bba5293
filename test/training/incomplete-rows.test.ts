import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BitMatrix } from '../../src/data/bit-matrix'
import { findEngine } from '../../src/engine/find'
import { DEFAULT_OPTIMIZERS } from '../../src/made/optimizer'
import { connectivityAt } from '../../src/made/schedule'
import type { ModelSpec } from '../../src/made/spec'
import { variableCount, variablesOf } from '../../src/made/variables'
import { evaluate } from '../../src/training/evaluation'
import { affordablePairs, incompleteMinibatches, observedFirst, patternsOf } from '../../src/training/incomplete-rows'
import { denseLogLikelihood } from '../reference/dense-made'
import { allRowsOf, randomParameters, randomRowsOf, rowArrays } from '../reference/random-models'
import { ADAM } from '../reference/training-settings'

const knownRows = fc
  .record({ rows: fc.integer({ min: 1, max: 60 }), variables: fc.integer({ min: 2, max: 40 }) })
  .chain(({ rows, variables }) =>
    fc
      .array(fc.array(fc.boolean(), { minLength: variables, maxLength: variables }), {
        minLength: rows,
        maxLength: rows,
      })
      .map((cells) =>
        BitMatrix.fromBytes(
          rows,
          variables,
          cells.flatMap((row) => row.map((isKnown, v) => (isKnown || (row === cells[0] && v === 0) ? 1 : 0))),
        ),
      ),
  )

describe('the pairs that rows that lack values are scored under', () => {
  it('are those wanted where few patterns occur, and one at least', () => {
    expect(affordablePairs(300, 40, 'valid')).toBe(300)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 500_000 }), (wanted, patterns) => {
        const [valid, test] = [affordablePairs(wanted, patterns, 'valid'), affordablePairs(wanted, patterns, 'test')]
        expect(valid).toBeGreaterThanOrEqual(1)
        expect(valid).toBeLessThanOrEqual(test)
        expect(test).toBeLessThanOrEqual(wanted)
        if (valid > 1) expect(valid * patterns).toBeLessThanOrEqual(30_000)
        if (valid < wanted) expect((valid + 1) * patterns).toBeGreaterThan(30_000)
      }),
    )
  })
})

describe('minibatches of rows that lack values', () => {
  it('hold rows that know all that counts of them, under an ordering that has it first', () => {
    fc.assert(
      fc.property(knownRows, fc.integer({ min: 1, max: 20 }), fc.nat(), (known, batchSize, seed) => {
        const leading = known.columns > 3 ? [2] : []
        const minibatches = incompleteMinibatches(known, leading, batchSize, seed, 1)
        expect(minibatches).toHaveLength(Math.ceil(known.rows / batchSize))
        for (const { rows, ordering, observed } of minibatches) {
          expect(rows.length).toBeGreaterThan(0)
          expect(observed).toBeGreaterThan(0)
          expect(rows.length).toBeLessThanOrEqual(batchSize)
          expect(new Set(rows).size).toBe(rows.length)
          expect([...ordering].sort((a, b) => a - b)).toEqual(Array.from({ length: known.columns }, (_, i) => i + 1))
          for (const row of rows)
            ordering.forEach((place, v) => {
              if (place <= observed) expect(known.get(row, v)).toBe(1)
            })
          const [label] = leading
          if (label !== undefined && ordering[label] <= observed) expect(ordering[label]).toBe(1)
        }
        expect(incompleteMinibatches(known, leading, batchSize, seed, 1)).toEqual(minibatches)
      }),
    )
  })

  it('take all that complete rows know, and every row of them once an epoch', () => {
    const known = BitMatrix.fromBytes(47, 5, new Uint8Array(47 * 5).fill(1))
    const minibatches = incompleteMinibatches(known, [], 10, 3, 2)
    expect(minibatches.map(({ observed }) => observed)).toEqual([5, 5, 5, 5, 5])
    const rows = minibatches.flatMap((minibatch) => [...minibatch.rows])
    expect(new Set(rows).size).toBe(47)
  })

  it('lose little where values are missing at random, and nearly every row is in one', () => {
    const known = BitMatrix.fromBytes(
      2000,
      12,
      Uint8Array.from({ length: 24_000 }, (_, i) => ((i * 7919) % 101 < 70 ? 1 : 0)),
    )
    const minibatches = incompleteMinibatches(known, [], 50, 1, 1)
    const sizes = minibatches.map(({ rows }) => rows.length)
    expect(sizes.filter((size) => size === 50).length).toBeGreaterThan(0.9 * sizes.length)
    const used = minibatches.reduce((sum, { rows, observed }) => sum + rows.length * observed, 0)
    expect(used).toBeGreaterThan(0.5 * 0.7 * 24_000)
    expect(new Set(minibatches.flatMap(({ rows }) => [...rows])).size).toBeGreaterThan(0.6 * 2000)
  })
})

describe('rows that lack values', () => {
  const spec: ModelSpec = {
    inputs: 7,
    hidden: [9],
    activation: 'tanh',
    directConnections: true,
    conditioningWeights: false,
    variables: [
      { kind: 'binary', count: 2 },
      { kind: 'categorical', categories: 3 },
      { kind: 'binary', count: 2 },
    ],
  }

  it('are scored by the sum over all that they could be, under orderings that have first what they know', async () => {
    const parameters = randomParameters(spec, 5)
    const rows = randomRowsOf(spec, 12, 3)
    const variables = variableCount(spec)
    const known = BitMatrix.fromBytes(
      12,
      variables,
      Uint8Array.from({ length: 12 * variables }, (_, i) => (i % 3 === 1 || i >= 11 * variables ? 0 : 1)),
    )
    const schedule = { orderings: -1, masks: -1, singleOrdering: 'random', seed: 4 } as const
    const connectivities = [0, 1, 2].map((t) => connectivityAt(spec, schedule, t))
    const session = await (await findEngine('cpu', {})).open({ spec, parameters }, null)
    const found = await evaluate(session, rows, connectivities, () => Promise.resolve(), known)
    await session.close()
    const all = rowArrays(allRowsOf(spec))
    const { first } = variablesOf(spec)
    let nll = 0
    for (const { rows: numbers, isKnown } of patternsOf(known))
      for (const row of numbers) {
        const could = all.filter((other) =>
          [...isKnown].every(
            (is, v) =>
              is === 0 || other.slice(first[v], first[v + 1]).every((bit, c) => bit === rows.get(row, first[v] + c)),
          ),
        )
        const each = connectivities.map((connectivity) => {
          const { observed: _observed, ...whole } = observedFirst(connectivity, isKnown)
          return could.reduce((sum, other) => sum + Math.exp(denseLogLikelihood(spec, parameters, whole, other)), 0)
        })
        nll -= Math.log(each.reduce((a, b) => a + b, 0) / each.length) / rows.rows
      }
    expect(found.nll).toBeCloseTo(nll, 5)
    expect(found.connectivities).toBe(3)
  })

  it('teach the same whatever stands in the place of what they lack', async () => {
    const parameters = randomParameters(spec, 6)
    const known = BitMatrix.fromBytes(
      30,
      5,
      Uint8Array.from({ length: 150 }, (_, i) => ((i * 7) % 4 === 0 ? 0 : 1)),
    )
    const trained = async (rows: BitMatrix): Promise<number[]> => {
      const session = await (
        await findEngine('cpu', {})
      ).open({ spec, parameters }, { ...ADAM, optimizer: DEFAULT_OPTIMIZERS.sgd })
      await session.setData(rows)
      const minibatches = incompleteMinibatches(known, [], 8, 1, 1)
      const schedule = { orderings: -1, masks: -1, singleOrdering: 'random', seed: 4 } as const
      const losses = await session.train(
        minibatches.map(({ rows: numbers }) => numbers),
        minibatches.map(({ ordering, observed }, t) => ({
          ordering,
          degrees: connectivityAt(spec, schedule, t).degrees,
          observed,
        })),
      )
      await session.close()
      return [...losses]
    }
    const rows = randomRowsOf(spec, 30, 1)
    const others = randomRowsOf(spec, 30, 2)
    const { of } = variablesOf(spec)
    const mixed = new BitMatrix(30, 7)
    for (let row = 0; row < 30; row++)
      for (let d = 0; d < 7; d++) if ((known.get(row, of[d]) === 1 ? rows : others).get(row, d) === 1) mixed.set(row, d)
    const [one, other] = [await trained(rows), await trained(mixed)]
    one.forEach((loss, i) => expect(other[i]).toBeCloseTo(loss, 4))
  })
})
