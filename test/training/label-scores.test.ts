import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BitMatrix } from '../../src/data/bit-matrix'
import { findEngine } from '../../src/engine/find'
import { labelColumns, variablesOf } from '../../src/made/variables'
import { logLikelihoods } from '../../src/training/evaluation'
import { givenLabel } from '../../src/training/given-label'
import { classify, labelsIn, scoreLabels } from '../../src/training/label-scores'
import { tally, unlikelyChiSquare } from '../made/chi-square'
import { readOracle } from '../reference/oracle'

const nothing = (): Promise<void> => Promise.resolve()

describe('a label that leads', () => {
  it('has the posterior of an independent program, and p(x) is the sum of p(x, y) over its classes', async () => {
    const { model, rows, posterior, ensemble } = await readOracle('label-first')
    const label = labelColumns(model.spec)
    if (!label || !posterior) throw new Error('the fixture has no label')
    const session = await (await findEngine('cpu', {})).open(model, null)
    try {
      const scores = await scoreLabels(session, rows, label, model.connectivities, nothing)
      posterior.flat().forEach((chance, i) => expect(scores.posterior[i]).toBeCloseTo(chance, 6))
      const classes = labelsIn(rows, label)
      const joint = await logLikelihoods(session, rows, model.connectivities, nothing)
      classes.forEach((y, row) => {
        expect(joint[row]).toBeCloseTo(ensemble[row], 5)
        expect(joint[row] - scores.logEvidence[row]).toBeCloseTo(Math.log(posterior[row][y]), 5)
      })
    } finally {
      await session.close()
    }
  })

  it('given, makes rows as enumeration says they are', async () => {
    const { model } = await readOracle('label-first')
    const label = labelColumns(model.spec)
    if (!label) throw new Error('the fixture has no label')
    const session = await (await findEngine('cpu', {})).open(model, null)
    const [connectivity] = model.connectivities
    const given = 3
    const count = 6000
    try {
      // All 64 rows of that class, and how likely each is beside the others.
      const all = new BitMatrix(64, model.spec.inputs)
      for (let row = 0; row < 64; row++) {
        all.set(row, given)
        for (let bit = 0; bit < 6; bit++) if ((row >> bit) & 1) all.set(row, 10 + bit)
      }
      const [logs] = await session.logLikelihood(all, [connectivity])
      const evidence = logs.reduce((sum, log) => sum + Math.exp(log), 0)
      const { rows, known } = givenLabel(model.spec, given, count)
      const drawn = await session.complete(rows, known, { first: 0, count, seed: 5, connectivity })
      const numbers = Array.from({ length: count }, (_, row) => {
        expect(drawn.rows.onesOf(row)[0]).toBe(given)
        return Array.from({ length: 6 }, (__, bit) => drawn.rows.get(row, 10 + bit) << bit).reduce((a, b) => a + b)
      })
      const counts = tally(numbers)
      const chiSquare = Array.from(logs).reduce((sum, log, row) => {
        const expected = (count * Math.exp(log)) / evidence
        return sum + ((counts.get(row) ?? 0) - expected) ** 2 / expected
      }, 0)
      expect(chiSquare).toBeLessThan(unlikelyChiSquare(63))
    } finally {
      await session.close()
    }
  })

  it('is told by what is known of a row, whatever stands in place of the rest', async () => {
    const { model, rows, posterior } = await readOracle('label-first')
    const label = labelColumns(model.spec)
    if (!label || !posterior) throw new Error('the fixture has no label')
    const session = await (await findEngine('cpu', {})).open(model, null)
    const known = new BitMatrix(rows.rows, 7)
    for (let row = 0; row < rows.rows; row++) for (let v = 0; v < 7; v++) known.set(row, v)
    const score = (some: BitMatrix): ReturnType<typeof scoreLabels> =>
      scoreLabels(session, some, label, model.connectivities, nothing, known)
    try {
      const whole = await score(rows)
      posterior.flat().forEach((chance, i) => expect(whole.posterior[i]).toBeCloseTo(chance, 6))
      const other = rows.select(Uint32Array.from({ length: rows.rows }, (_, row) => row))
      for (let row = 0; row < rows.rows; row++) {
        known.clear(row, 4)
        if (rows.get(row, 13) === 1) other.clear(row, 13)
        else other.set(row, 13)
      }
      const [one, two] = [await score(rows), await score(other)]
      expect(one.posterior).toEqual(two.posterior)
      expect(one.logEvidence).toEqual(two.logEvidence)
      one.logEvidence.forEach((log, row) => expect(log).toBeGreaterThan(whole.logEvidence[row]))
    } finally {
      await session.close()
    }
  })

  it('is the one variable that leads, if it is a category', () => {
    const spec = {
      inputs: 5,
      variables: [
        { kind: 'binary', count: 2 },
        { kind: 'categorical', categories: 3 },
      ],
    } as const
    expect(labelColumns({ ...spec, leading: [2] })).toEqual({ first: 2, end: 5 })
    expect(labelColumns({ ...spec, leading: [1] })).toBeNull()
    expect(labelColumns({ ...spec, leading: [1, 2] })).toBeNull()
    expect(labelColumns(spec)).toBeNull()
    expect(variablesOf(spec).count).toBe(3)
  })
})

describe('a classification', () => {
  const told = fc.integer({ min: 2, max: 5 }).chain((classes) =>
    fc.array(
      fc.record({
        truth: fc.nat(classes - 1),
        weights: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: classes, maxLength: classes }),
      }),
      { minLength: 1, maxLength: 40 },
    ),
  )

  it('counts every row once, those off the diagonal as errors', () => {
    fc.assert(
      fc.property(told, (rows) => {
        const classes = rows[0].weights.length
        const posterior = Float64Array.from(
          rows.flatMap(({ weights }) => {
            const all = weights.reduce((sum, weight) => sum + weight, 0)
            return weights.map((weight) => weight / all)
          }),
        )
        const truth = rows.map((row) => row.truth)
        const found = classify({ classes, posterior }, truth)
        const counted = found.confusion.reduce((sum, count) => sum + count, 0)
        const right = Array.from({ length: classes }, (_, y) => found.confusion[y * classes + y]).reduce(
          (a, b) => a + b,
          0,
        )
        expect(counted).toBe(rows.length)
        expect(found.error).toBeCloseTo(1 - right / rows.length, 12)
        expect(found.calibrationError).toBeGreaterThanOrEqual(0)
        expect(found.calibrationError).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('is calibrated where what is said to be so likely is right so often', () => {
    const scores = (chance: number): Float64Array =>
      Float64Array.from({ length: 200 }, (_, i) => (i % 2 ? 1 - chance : chance))
    const truth = Array.from({ length: 100 }, (_, row) => (row < 80 ? 0 : 1))
    const of = (chance: number): number => classify({ classes: 2, posterior: scores(chance) }, truth).calibrationError
    expect(of(0.8)).toBeCloseTo(0, 12)
    expect(of(0.95)).toBeCloseTo(0.15, 12)
  })
})
