import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BitMatrix } from '../../src/data/bit-matrix'
import { Mixture, Responsibilities } from '../../src/data/mixture'
import { fitMixture, type MixtureProgress } from '../../src/data/mixture-fit'
import { bySplit } from '../../src/data/split'
import { independentNll } from '../../src/data/statistics'
import { PURPOSE, RandomStream } from '../../src/made/random'
import { expectFailure } from '../base/expect-failure'
import { bitMatrices } from './arbitraries'

const probability = fc.double({ min: 0.01, max: 0.99, noNaN: true })

/** A mixture as its definition has it, for rows of few bits. */
function directly(weights: readonly number[], means: readonly (readonly number[])[], row: readonly number[]): number {
  return weights.reduce(
    (sum, weight, k) => sum + weight * row.reduce((p, bit, d) => p * (bit === 1 ? means[k][d] : 1 - means[k][d]), 1),
    0,
  )
}

function allRows(columns: number): BitMatrix {
  const bytes = Array.from(
    { length: 2 ** columns * columns },
    (_, i) => (Math.floor(i / columns) >>> (i % columns)) & 1,
  )
  return BitMatrix.fromBytes(2 ** columns, columns, bytes)
}

/** Rows of a known mixture. */
function drawn(
  weights: readonly number[],
  means: readonly (readonly number[])[],
  rows: number,
  seed: number,
): BitMatrix {
  const matrix = new BitMatrix(rows, means[0].length)
  for (let row = 0; row < rows; row++) {
    const stream = new RandomStream(seed, PURPOSE.shuffle, row)
    let u = stream.uniform()
    const k = weights.findIndex((weight) => (u -= weight) < 0)
    means[Math.max(0, k)].forEach((p, d) => {
      if (stream.uniform() < p) matrix.set(row, d)
    })
  }
  return matrix
}

describe('a mixture of Bernoullis', () => {
  const mixtures = fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 7 }))
    .chain(([components, columns]) =>
      fc.record({
        weights: fc.array(probability, { minLength: components, maxLength: components }).map((raw) => {
          const total = raw.reduce((a, b) => a + b, 0)
          return raw.map((weight) => weight / total)
        }),
        means: fc.array(fc.array(probability, { minLength: columns, maxLength: columns }), {
          minLength: components,
          maxLength: components,
        }),
      }),
    )

  it('gives each row the probability of its definition, and all rows together one', () => {
    fc.assert(
      fc.property(mixtures, ({ weights, means }) => {
        const columns = means[0].length
        const mixture = new Mixture({ inputs: columns }, Float64Array.from(weights), Float64Array.from(means.flat()))
        const rows = allRows(columns)
        const logs = mixture.logLikelihood(rows)
        expect(logs.reduce((sum, log) => sum + Math.exp(log), 0)).toBeCloseTo(1, 10)
        logs.forEach((log, row) => {
          const bits = Array.from({ length: columns }, (_, d) => rows.get(row, d))
          expect(Math.exp(log)).toBeCloseTo(directly(weights, means, bits), 10)
        })
      }),
    )
  })
})

describe('EM', () => {
  it('never makes the rows less probable, and with smoothing never the rows and the prior', () => {
    fc.assert(
      fc.property(
        bitMatrices,
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom(1e-9, 0.1, 1),
        fc.nat(),
        (rows, components, smoothing, seed) => {
          const stream = new RandomStream(seed, PURPOSE.mixture, 0)
          const means = Float64Array.from({ length: components * rows.columns }, () => 0.25 + 0.5 * stream.uniform())
          let mixture = new Mixture({ inputs: rows.columns }, new Float64Array(components).fill(1 / components), means)
          let before = -Infinity
          for (let iteration = 0; iteration < 8; iteration++) {
            const gathered = new Responsibilities(mixture)
            for (let row = 0; row < rows.rows; row++) gathered.add(rows.onesOf(row))
            const objective = gathered.logLikelihood + smoothing * logPrior(mixture)
            expect(objective).toBeGreaterThanOrEqual(before - 1e-6)
            before = objective
            mixture = gathered.mixtureOf(smoothing)
          }
        },
      ),
    )
  })

  it('finds a known mixture again', async () => {
    const weights = [0.5, 0.3, 0.2]
    const means = [0, 1, 2].map((k) => Array.from({ length: 12 }, (_, d) => (d % 3 === k ? 0.9 : 0.15)))
    const splits = bySplit((split) => drawn(weights, means, split === 'train' ? 6000 : 3000, split.length))
    const found = await fitMixture(splits, { components: 3, seed: 1 })
    const truth = (rows: BitMatrix): number => {
      const logs = new Mixture(
        { inputs: 12 },
        Float64Array.from(weights),
        Float64Array.from(means.flat()),
      ).logLikelihood(rows)
      return -logs.reduce((a, b) => a + b, 0) / rows.rows
    }
    expect(Math.abs(found.nll.test - truth(splits.test))).toBeLessThan(0.02)
    expect(Math.abs(found.nll.train - truth(splits.train))).toBeLessThan(0.02)
    expect(found.nll.valid).toBeLessThan(independentNll(splits.train, splits.valid) - 0.3)
  })

  it('with one component is the model of independent bits', async () => {
    const splits = bySplit((split) => drawn([1], [[0.2, 0.5, 0.7]], 50, split.length))
    const { nll } = await fitMixture(splits, { components: 1, seed: 1, smoothing: 1 })
    expect(nll.valid).toBeCloseTo(independentNll(splits.train, splits.valid), 12)
    expect(nll.test).toBeCloseTo(independentNll(splits.train, splits.test), 12)
  })

  it('gives the same result from the same seed, and tells how far it is', async () => {
    const splits = bySplit((split) =>
      drawn(
        [0.5, 0.5],
        [
          [0.9, 0.9, 0.1],
          [0.1, 0.2, 0.8],
        ],
        20_000,
        split.length,
      ),
    )
    const told: MixtureProgress[] = []
    const one = await fitMixture(splits, { components: 20, seed: 4, onProgress: (progress) => told.push(progress) })
    expect(await fitMixture(splits, { components: 20, seed: 4 })).toEqual(one)
    expect(told.length).toBeGreaterThan(0)
    for (const { share, iteration } of told) {
      expect(share).toBeGreaterThanOrEqual(0)
      expect(share).toBeLessThanOrEqual(1)
      expect(iteration).toBeLessThanOrEqual(one.iterations)
    }
  })

  it('stops when it is told to', async () => {
    const splits = bySplit(() => drawn([1], [Array.from({ length: 60 }, () => 0.5)], 20_000, 1))
    const control = new AbortController()
    const fit = fitMixture(splits, {
      components: 100,
      seed: 1,
      signal: control.signal,
      onProgress: () => control.abort(),
    })
    await expectFailure(() => fit, 'cancelled')
  })

  it.each([0, 1.5, 51, 2000])('refuses %d components for 50 rows', async (components) => {
    const splits = bySplit(() => drawn([1], [[0.5, 0.5]], 50, 1))
    await expectFailure(() => fitMixture(splits, { components, seed: 1 }), 'invalid-settings', /components/)
  })
})

/** log of Π_kd p(1−p) Π_k π, up to a constant: what the objective has of the prior, times the smoothing. */
function logPrior(mixture: Mixture): number {
  const { components, columns } = mixture
  const zeros = new Float64Array(components)
  mixture.scores(new Uint32Array(), zeros)
  let log = 0
  const logits: number[][] = Array.from({ length: components }, () => [])
  for (let d = 0; d < columns; d++) {
    const one = new Float64Array(components)
    mixture.scores(Uint32Array.of(d), one)
    one.forEach((score, k) => logits[k].push(score - zeros[k]))
  }
  zeros.forEach((zero, k) => {
    const logZero = logits[k].map((logit) => -Math.log1p(Math.exp(logit)))
    log += logits[k].reduce((sum, logit, d) => sum + 2 * logZero[d] + logit, 0)
    log += zero - logZero.reduce((a, b) => a + b, 0)
  })
  return log
}
