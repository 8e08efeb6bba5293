import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bitsPerDimension, ensembleLogLikelihood, sigmoid, softplus } from '../../src/made/likelihood'

describe('softplus and σ', () => {
  it('are exact where they are easy and finite where they are not', () => {
    expect(softplus(0)).toBeCloseTo(Math.LN2, 15)
    expect(softplus(1)).toBeCloseTo(Math.log(1 + Math.E), 14)
    expect(softplus(800)).toBe(800)
    expect(softplus(-800)).toBe(0)
    expect([sigmoid(-800), sigmoid(0), sigmoid(800)]).toEqual([0, 0.5, 1])
  })

  it('belong together: the two probabilities of a bit sum to one, and −log σ(z) is softplus(−z)', () => {
    fc.assert(
      fc.property(fc.double({ min: -30, max: 30, noNaN: true }), (z) => {
        expect(Math.exp(z - softplus(z)) + Math.exp(-softplus(z))).toBeCloseTo(1, 12)
        expect(-Math.log(sigmoid(z))).toBeCloseTo(softplus(-z), 10)
      }),
    )
  })
})

describe('the ensemble', () => {
  it('averages probabilities, not their logarithms', () => {
    const rows = ensembleLogLikelihood([Float64Array.of(Math.log(0.2), -3), Float64Array.of(Math.log(0.6), -3)])
    expect(rows[0]).toBeCloseTo(Math.log(0.4), 14)
    expect(rows[1]).toBeCloseTo(-3, 14)
  })

  it('keeps its footing far below what a double can hold', () => {
    const [value] = ensembleLogLikelihood([Float64Array.of(-5000), Float64Array.of(-5001)])
    expect(value).toBeCloseTo(-5000 + Math.log1p(Math.exp(-1)) - Math.LN2, 10)
    expect(ensembleLogLikelihood([Float64Array.of(-Infinity)])[0]).toBe(-Infinity)
  })

  it('in bits per dimension is the value over D·ln 2', () => {
    expect(bitsPerDimension(10 * Math.LN2, 5)).toBeCloseTo(2, 14)
  })
})
