import { describe, expect, it } from 'vitest'
import { BitMatrix } from '../../src/data/bit-matrix'
import { findEngine } from '../../src/engine/find'
import type { Session } from '../../src/engine/contract'
import { variablesOf } from '../../src/made/variables'
import { givenSamples } from '../../src/training/given-samples'
import { readOracle, type Oracle } from '../reference/oracle'

/** The fixture: a label of ten values, which leads, and six bits. */
const [CLASSES, BITS] = [10, 6]

async function withLabelFirst(work: (oracle: Oracle, session: Session) => Promise<void>): Promise<void> {
  const oracle = await readOracle('label-first')
  expect(variablesOf(oracle.model.spec)).toMatchObject({ count: 1 + BITS, columns: CLASSES + BITS })
  const session = await (await findEngine('cpu', {})).open(oracle.model, null)
  try {
    await work(oracle, session)
  } finally {
    await session.close()
  }
}

/** Every configuration, `[10 · 64, 16]`: that of label y and bits b in row 64 y + b. */
function everything(): BitMatrix {
  const all = new BitMatrix(CLASSES * 2 ** BITS, CLASSES + BITS)
  for (let row = 0; row < all.rows; row++) {
    all.set(row, row >>> BITS)
    for (let bit = 0; bit < BITS; bit++) if ((row >>> bit) & 1) all.set(row, CLASSES + bit)
  }
  return all
}

/** p(configuration | those that `holds` is true of) by enumeration, `[10 · 64]`. */
async function enumerated(
  { model }: Oracle,
  session: Session,
  connectivity: number,
  holds: (row: number) => boolean,
): Promise<Float64Array> {
  const [logs] = await session.logLikelihood(everything(), [model.connectivities[connectivity]])
  const joint = Float64Array.from(logs, (log, row) => (holds(row) ? Math.exp(log) : 0))
  const sum = joint.reduce((all, p) => all + p, 0)
  return joint.map((p) => p / sum)
}

function frequencies(rows: BitMatrix): Float64Array {
  const found = new Float64Array(CLASSES * 2 ** BITS)
  for (let row = 0; row < rows.rows; row++) {
    const [label, ...bits] = rows.onesOf(row)
    found[(label << BITS) + bits.reduce((sum, column) => sum + 2 ** (column - CLASSES), 0)] += 1 / rows.rows
  }
  return found
}

/** Half the sum of absolute differences, 0 to 1. */
function distance(p: Float64Array, q: Float64Array): number {
  return p.reduce((sum, one, i) => sum + Math.abs(one - q[i]), 0) / 2
}

function given(columns: readonly number[], ones: readonly number[]): { bits: BitMatrix; known: BitMatrix } {
  const [bits, known] = [new BitMatrix(1, CLASSES + BITS), new BitMatrix(1, CLASSES + BITS)]
  for (const column of columns) known.set(0, column)
  for (const column of ones) bits.set(0, column)
  return { bits, known }
}
const LABEL = Array.from({ length: CLASSES }, (_, y) => y)

describe('samples of which something is given', () => {
  it('are exactly those of the model where a leading label is given: their shares are those by enumeration', () =>
    withLabelFirst(async (oracle, session) => {
      const { model } = oracle
      const count = 20_000
      for (const [label, index] of [
        [3, 0],
        [7, model.connectivities.length - 1],
      ] as const) {
        const connectivity = model.connectivities[index]
        const order = { connectivity, seed: 5 }
        const { isExact, draw } = givenSamples(session, model.spec, given(LABEL, [label]), order)
        expect(isExact).toBe(true)
        const { rows } = await draw(0, count)
        const expected = await enumerated(oracle, session, index, (row) => row >>> BITS === label)
        // What 20,000 draws from 64 configurations are off by: about √(64 / (2π · 20,000)).
        expect(distance(frequencies(rows), expected)).toBeLessThan(0.03)
      }
    }))

  it('are told to be an approximation where it does not come first, and are a good one', () =>
    withLabelFirst(async (oracle, session) => {
      const { model } = oracle
      const [connectivity] = model.connectivities
      const count = 4000
      const last = variablesOf(model.spec).first[connectivity.ordering.indexOf(1 + BITS)]
      const values = given([last], [last])
      const { isExact, draw } = givenSamples(session, model.spec, values, { connectivity, seed: 5 })
      expect(isExact).toBe(false)
      const { rows } = await draw(0, count)
      for (let row = 0; row < count; row++) expect(rows.get(row, last)).toBe(1)
      const holds = (row: number): boolean => ((row >>> (last - CLASSES)) & 1) === 1
      const expected = await enumerated(oracle, session, 0, holds)
      const found = frequencies(rows)
      const marginal = (p: Float64Array, bit: number): number =>
        p.reduce((sum, one, row) => sum + ((row >>> bit) & 1) * one, 0)
      for (let bit = 0; bit < BITS; bit++)
        expect(Math.abs(marginal(found, bit) - marginal(expected, bit))).toBeLessThan(0.03)
      // A draw that only what comes after the given bit would look at is another distribution.
      const prior = await enumerated(oracle, session, 0, () => true)
      expect(distance(found, expected)).toBeLessThan(distance(prior, expected))
    }))

  it('are the same drawn at once or page by page', () =>
    withLabelFirst(async ({ model }, session) => {
      const [connectivity] = model.connectivities
      const last = variablesOf(model.spec).first[connectivity.ordering.indexOf(1 + BITS)]
      for (const values of [given(LABEL, [4]), given([last], [])]) {
        const { draw } = givenSamples(session, model.spec, values, { connectivity, seed: 8 })
        const whole = (await draw(0, 300)).rows
        const [first, second] = [(await draw(0, 130)).rows, (await draw(130, 170)).rows]
        expect(whole.slice(0, 130).words).toEqual(first.words)
        expect(whole.slice(130, 300).words).toEqual(second.words)
      }
    }))
})
