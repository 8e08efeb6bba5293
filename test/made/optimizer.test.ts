import { describe, expect, it } from 'vitest'
import { DEFAULT_OPTIMIZERS, OPTIMIZER_KINDS, slotNames, updateRule, type Optimizer } from '../../src/made/optimizer'
import { PURPOSE, RandomStream } from '../../src/made/random'

const COUNT = 12
const STEPS = 8

/** Gradients of several sizes and signs, per step; float64. */
const gradients = Array.from({ length: STEPS }, (_, step) => {
  const stream = new RandomStream(17, PURPOSE.shuffle, step)
  return Float64Array.from({ length: COUNT }, (_, i) => stream.gaussian() * 10 ** ((i % 5) - 3))
})
const start = Float32Array.from({ length: COUNT }, (_, i) => (i - 5) / 4)

/** By what the step of update t is multiplied where it is. */
const fading = (t: number): number => 1 / (1 + t)
const whole = (_t: number): number => 1

/** One weight over all steps, straight from the formulas of docs/mathematics.md, Optimizers, in float64. */
function expected(optimizer: Optimizer, w: number, history: readonly number[], factor = whole): number {
  let [velocity, squares, deltas, first, second] = [0, 0, 0, 0, 0]
  history.forEach((g, t) => {
    switch (optimizer.kind) {
      case 'sgd':
        velocity = optimizer.momentum * velocity + g
        w = w - ((factor(t) * optimizer.learningRate) / (1 + optimizer.decay * t)) * velocity
        break
      case 'adagrad':
        squares = squares + g ** 2
        w = w - (factor(t) * optimizer.learningRate * g) / Math.sqrt(squares + optimizer.epsilon)
        break
      case 'adadelta': {
        squares = optimizer.rho * squares + (1 - optimizer.rho) * g ** 2
        const delta = (Math.sqrt(deltas + optimizer.epsilon) / Math.sqrt(squares + optimizer.epsilon)) * g
        deltas = optimizer.rho * deltas + (1 - optimizer.rho) * delta ** 2
        w = w - factor(t) * delta
        break
      }
      case 'adam': {
        first = optimizer.beta1 * first + (1 - optimizer.beta1) * g
        second = optimizer.beta2 * second + (1 - optimizer.beta2) * g ** 2
        const firstHat = first / (1 - Math.pow(optimizer.beta1, t + 1))
        const secondHat = second / (1 - Math.pow(optimizer.beta2, t + 1))
        w = w - (factor(t) * optimizer.learningRate * firstHat) / (Math.sqrt(secondHat) + optimizer.epsilon)
        break
      }
    }
  })
  return w
}

const indices = Int32Array.from({ length: COUNT }, (_, i) => i)

const cases: [string, Optimizer][] = [
  ['sgd', { kind: 'sgd', learningRate: 0.1, decay: 0, momentum: 0 }],
  ['sgd with decay', { kind: 'sgd', learningRate: 0.1, decay: 0.3, momentum: 0 }],
  ['sgd with momentum', { kind: 'sgd', learningRate: 0.02, decay: 0, momentum: 0.9 }],
  ['sgd with momentum and decay', { kind: 'sgd', learningRate: 0.02, decay: 0.3, momentum: 0.5 }],
  ['adagrad', { kind: 'adagrad', learningRate: 0.05, epsilon: 1e-6 }],
  ['adagrad with a large ε', { kind: 'adagrad', learningRate: 0.05, epsilon: 0.5 }],
  ['adadelta', { kind: 'adadelta', rho: 0.95, epsilon: 1e-5 }],
  ['adadelta with another ρ', { kind: 'adadelta', rho: 0.5, epsilon: 1e-3 }],
  ['adam', DEFAULT_OPTIMIZERS.adam],
  ['adam with other constants', { kind: 'adam', learningRate: 0.1, beta1: 0.5, beta2: 0.7, epsilon: 0.1 }],
]

function newSlots(optimizer: Optimizer, length: number): Float32Array[] {
  return slotNames(optimizer).map(() => new Float32Array(length))
}

describe('update rules', () => {
  it.each(
    cases.flatMap(([name, optimizer]) => [
      [name, 'whole steps', optimizer, whole] as const,
      [name, 'shorter and shorter ones', optimizer, fading] as const,
    ]),
  )('follow the formula over several updates: %s, %s', (_name, _steps, optimizer, factor) => {
    const w = start.slice()
    const slots = newSlots(optimizer, COUNT)
    gradients.forEach((g, t) => updateRule(optimizer, t, factor(t))(w, slots, 0, indices, g, COUNT))
    for (let i = 0; i < COUNT; i++) {
      const history = gradients.map((g) => g[i])
      const moved = expected(optimizer, start[i], history, factor) - start[i]
      expect(Math.abs(w[i] - start[i] - moved)).toBeLessThan(2e-6 * STEPS + 1e-4 * Math.abs(moved))
      expect(moved).not.toBe(0)
    }
  })

  it.each(cases)('touch only the weights that are named: %s', (_name, optimizer) => {
    const w = new Float32Array(20).fill(1)
    const slots = newSlots(optimizer, 20)
    const g = Float64Array.of(0.5, -0.25, 9, 9)
    updateRule(optimizer, 0, 1)(w, slots, 4, Int32Array.of(1, 7, 2, 3), g, 2)
    expect(w[5]).toBeCloseTo(expected(optimizer, 1, [0.5]), 5)
    expect(w[11]).toBeCloseTo(expected(optimizer, 1, [-0.25]), 5)
    for (const values of [w.map((value) => value - 1), ...slots])
      expect([...values.keys()].filter((i) => values[i] !== 0)).toEqual([5, 11])
  })

  it('keep one slot per running mean', () => {
    const names = Object.fromEntries(OPTIMIZER_KINDS.map((kind) => [kind, slotNames(DEFAULT_OPTIMIZERS[kind])]))
    expect(names).toEqual({
      sgd: [],
      adagrad: ['squares'],
      adadelta: ['squares', 'deltas'],
      adam: ['mean', 'squares'],
    })
    expect(slotNames({ ...DEFAULT_OPTIMIZERS.sgd, momentum: 0.9 })).toEqual(['velocity'])
  })

  it('have the usual constants by default', () => {
    expect(DEFAULT_OPTIMIZERS.adadelta).toEqual({ kind: 'adadelta', rho: 0.95, epsilon: 1e-6 })
    expect(DEFAULT_OPTIMIZERS.adagrad.epsilon).toBe(1e-6)
    expect(DEFAULT_OPTIMIZERS.adam).toMatchObject({ beta1: 0.9, beta2: 0.999, epsilon: 1e-8 })
  })
})
