import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  INITIALISATIONS,
  initialisationSteps,
  initialParameters,
  validateInitialisation,
} from '../../src/made/initialisation'
import { parameterTensors, tensorOf, type ModelSpec } from '../../src/made/spec'
import { seeds, specs } from './arbitraries'
import { expectFailure } from '../base/expect-failure'

const wide: ModelSpec = {
  inputs: 150,
  hidden: [100, 60],
  activation: 'relu',
  directConnections: true,
  conditioningWeights: true,
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function variance(values: Float32Array): number {
  const middle = mean(values)
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / values.length
}

describe('initial parameters', () => {
  it.each(INITIALISATIONS)('fill every tensor, biases with zeros (%s)', (initialisation) => {
    fc.assert(
      fc.property(specs, seeds, (spec, seed) => {
        const parameters = initialParameters(spec, initialisation, seed)
        expect([...parameters.keys()]).toEqual(parameterTensors(spec).map(({ name }) => name))
        for (const { name, kind, length } of parameterTensors(spec)) {
          const tensor = tensorOf(parameters, name)
          expect(tensor.length).toBe(length)
          expect(tensor.every(Number.isFinite)).toBe(true)
          if (kind === 'bias') expect(tensor).toEqual(new Float32Array(length))
          else if (length > 1) expect(tensor).not.toEqual(new Float32Array(length))
        }
      }),
      { numRuns: 30 },
    )
  })

  it.each(INITIALISATIONS)('are fixed by the seed, and differ between seeds and tensors (%s)', (initialisation) => {
    const first = initialParameters(wide, initialisation, 1)
    expect(initialParameters(wide, initialisation, 1)).toEqual(first)
    const other = initialParameters(wide, initialisation, 2)
    for (const { name, kind } of parameterTensors(wide))
      if (kind !== 'bias') expect(tensorOf(other, name)).not.toEqual(tensorOf(first, name))
    expect(tensorOf(first, 'hidden.0.weight')).not.toEqual(tensorOf(first, 'hidden.0.conditioning'))
  })

  it('come in pieces too, of a quarter of a million draws at the most', () => {
    const steps = initialisationSteps({ ...wide, hidden: [3000], directConnections: false }, 'uniform', 1)
    const pieces = [...steps]
    // Weights and conditioning weights, 3000·150 each way.
    expect(pieces).toHaveLength(4 * Math.ceil((3000 * 150) / 2 ** 18))
  })

  it('stay within ±√(6/(in+out)) and fill it evenly (uniform)', () => {
    const parameters = initialParameters(wide, 'uniform', 1)
    for (const { name, kind, shape } of parameterTensors(wide)) {
      if (kind === 'bias') continue
      const tensor = tensorOf(parameters, name)
      const bound = Math.sqrt(6 / (shape[0] + (shape[1] ?? 0)))
      const most = tensor.reduce((a, b) => Math.max(a, Math.abs(b)), 0)
      expect(most).toBeLessThanOrEqual(Math.fround(bound))
      expect(most).toBeGreaterThan(0.99 * bound)
      expect(Math.abs(mean(tensor))).toBeLessThan((4 * bound) / Math.sqrt(3 * tensor.length))
      expect(variance(tensor) / (bound ** 2 / 3)).toBeCloseTo(1, 1)
    }
  })

  it('have the variance 2/(in+out) (gaussian)', () => {
    const parameters = initialParameters(wide, 'gaussian', 1)
    for (const { name, kind, shape } of parameterTensors(wide)) {
      if (kind === 'bias') continue
      const tensor = tensorOf(parameters, name)
      const expected = 2 / (shape[0] + (shape[1] ?? 0))
      expect(Math.abs(mean(tensor))).toBeLessThan(4 * Math.sqrt(expected / tensor.length))
      expect(variance(tensor) / expected).toBeCloseTo(1, 1)
      const most = tensor.reduce((a, b) => Math.max(a, Math.abs(b)), 0)
      expect(most).toBeGreaterThan(3 * Math.sqrt(expected))
    }
  })

  it('have orthonormal rows or columns, whichever are fewer (orthogonal)', () => {
    const parameters = initialParameters(wide, 'orthogonal', 1)
    for (const { name, kind, shape } of parameterTensors(wide)) {
      if (kind === 'bias') continue
      const tensor = tensorOf(parameters, name)
      const [rows, columns = 1] = shape
      const at = (vector: number, i: number): number =>
        rows <= columns ? tensor[vector * columns + i] : tensor[i * columns + vector]
      const [count, length] = [Math.min(rows, columns), Math.max(rows, columns)]
      for (let a = 0; a < count; a++)
        for (let b = 0; b <= a; b++) {
          let dot = 0
          for (let i = 0; i < length; i++) dot += at(a, i) * at(b, i)
          if (Math.abs(dot - (a === b ? 1 : 0)) > 1e-5)
            expect.fail(`${name}: rows ${a} and ${b} have the product ${dot}`)
        }
    }
  })

  it('are refused as too large for an orthogonal start of very wide layers', async () => {
    const spec = { ...wide, inputs: 3000, hidden: [2049] }
    await expectFailure(() => validateInitialisation(spec, 'orthogonal'), 'too-large', /2048 units/)
    await expectFailure(() => initialParameters(spec, 'orthogonal', 1), 'too-large')
    expect(() => validateInitialisation(spec, 'uniform')).not.toThrow()
    expect(() =>
      validateInitialisation({ ...spec, hidden: [2048], directConnections: false }, 'orthogonal'),
    ).not.toThrow()
  })
})
