import { describe, expect, it } from 'vitest'
import { BitMatrix } from '../../src/data/bit-matrix'
import type { ModelSpec } from '../../src/made/spec'
import { variablesOf } from '../../src/made/variables'
import { completeRows, type Candidate } from '../../src/questions/completion'
import { allRowsOf } from '../reference/random-models'
import { asked, evidenceOf, randomModel } from './questions'

const BASE = { hidden: [12], activation: 'tanh', directConnections: true, conditioningWeights: false } as const
/** Forty towns, and behind them a code: what is missing comes before what is known. */
const TOWNS: ModelSpec = {
  ...BASE,
  inputs: 80,
  variables: [
    { kind: 'categorical', categories: 40 },
    { kind: 'categorical', categories: 40 },
  ],
}
/** So many bits before the one that is known that nobody tries all ways. */
const BITS: ModelSpec = { ...BASE, inputs: 13 }

describe('a row of which the last is known', () => {
  it.each([
    { name: 'in few ways, by enumeration', spec: TOWNS, known: [[1, 7]] as const, within: 1 / 128 + 1e-6 },
    { name: 'in very many ways, by particles', spec: BITS, known: [[12, 1]] as const, within: 0.05 },
  ])('is completed as the model does: $name', async ({ spec, known, within }) => {
    const model = randomModel(spec, 5, { singleOrdering: 'natural' }, 1)
    const evidence = evidenceOf(spec, known)
    const rows = 300
    const [all, wanted] = [allRowsOf(spec), variablesOf(spec).first[1]]
    await asked(model, async (session) => {
      const [logs] = await session.logLikelihood(all, model.connectivities)
      const agrees = (row: number): boolean =>
        evidence.known.onesOf(0).every((d) => all.get(row, d) === evidence.bits.get(0, d))
      const weights = Array.from(logs, (log, row) => (agrees(row) ? Math.exp(log) : 0))
      const total = weights.reduce((sum, weight) => sum + weight, 0)
      const exact = Array.from(
        { length: wanted },
        (_, d) => weights.reduce((sum, weight, row) => sum + weight * all.get(row, d), 0) / total,
      )
      const [bits, mask] = [evidence.bits, evidence.known].map((one) => one.select(new Uint32Array(rows)))
      const told: number[][] = []
      const onRow = (_: number, candidates: readonly Candidate[]): void => void told.push(shares(candidates, wanted))
      const { rows: completed } = await completeRows(session, model, { bits, known: mask }, { seed: 3, onRow })
      const drawn = Array.from({ length: wanted }, (_, d) => completed.columnCounts()[d] / rows)
      exact.forEach((p, d) => {
        // Each row by itself where all ways are tried, so that rows which know the same are told the same.
        if (spec === TOWNS) for (const row of told) expect(Math.abs(row[d] - p)).toBeLessThan(within)
        const mean = told.reduce((sum, row) => sum + row[d], 0) / rows
        expect(Math.abs(mean - p)).toBeLessThan(within)
        expect(Math.abs(drawn[d] - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / rows) + 0.02)
      })
    })
  })

  it('is the same beside other rows, of which some are told by enumeration and some by particles', async () => {
    const model = randomModel(BITS, 5, { singleOrdering: 'natural' }, 1)
    const [few, many] = [evidenceOf(BITS, [[3, 1]]), evidenceOf(BITS, [[12, 1]])]
    const list = [few, many, many, few, many, few, few, many]
    const stacked = (of: 'bits' | 'known', from: number): BitMatrix =>
      BitMatrix.fromBytes(
        list.length - from,
        BITS.inputs,
        list.slice(from).flatMap((one) => [...one[of].toBytes()]),
      )
    await asked(model, async (session) => {
      const complete = async (from: number): Promise<Uint8Array> => {
        const evidence = { bits: stacked('bits', from), known: stacked('known', from) }
        return (await completeRows(session, model, evidence, { seed: 3, first: from })).rows.toBytes()
      }
      const together = await complete(0)
      for (const from of [1, 3, 6]) expect(await complete(from)).toEqual(together.subarray(from * BITS.inputs))
    })
  })
})

/** How often each of the first columns is a one among ways that weigh what they do. */
function shares(candidates: readonly Candidate[], columns: number): number[] {
  const weights = candidates.map(({ logWeight }) => Math.exp(logWeight - candidates[0].logWeight))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return Array.from(
    { length: columns },
    (_, d) =>
      candidates.reduce((sum, { words }, i) => sum + (((words[d >> 5] >>> (d & 31)) & 1) === 1 ? weights[i] : 0), 0) /
      total,
  )
}
