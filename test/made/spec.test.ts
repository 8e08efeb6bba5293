import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { modelSize } from '../../src/made/size'
import { DEFAULT_OPTIMIZERS } from '../../src/made/optimizer'
import {
  parameterCount,
  parameterTensors,
  tensorOf,
  validateSpec,
  zeroTensors,
  type Activation,
  type ModelSpec,
} from '../../src/made/spec'
import { specs } from './arbitraries'
import { expectFailure } from '../base/expect-failure'

const spec: ModelSpec = {
  inputs: 4,
  hidden: [5, 3],
  activation: 'relu',
  directConnections: true,
  conditioningWeights: true,
}

describe('the tensors of a model', () => {
  it('have the names, shapes and order of the model file', () => {
    expect(parameterTensors(spec).map(({ name, kind, shape }) => `${name} ${kind} ${shape.join('×')}`)).toEqual([
      'hidden.0.weight weight 5×4',
      'hidden.0.bias bias 5',
      'hidden.0.conditioning conditioning 5×4',
      'hidden.1.weight weight 3×5',
      'hidden.1.bias bias 3',
      'hidden.1.conditioning conditioning 3×5',
      'output.weight weight 4×3',
      'output.bias bias 4',
      'output.conditioning conditioning 4×3',
      'direct.weight weight 4×4',
    ])
    const bare = { ...spec, directConnections: false, conditioningWeights: false }
    expect(parameterTensors(bare).some(({ name }) => /direct|conditioning/.test(name))).toBe(false)
  })

  it('are as long as their shapes say, and as many numbers as are counted', () => {
    fc.assert(
      fc.property(specs, (anySpec) => {
        const zeros = zeroTensors(anySpec)
        let count = 0
        for (const { name, shape, length } of parameterTensors(anySpec)) {
          expect(shape.reduce((product, size) => product * size, 1)).toBe(length)
          expect(zeros.get(name)).toEqual(new Float32Array(length))
          count += length
        }
        expect(zeros.size).toBe(parameterTensors(anySpec).length)
        expect(parameterCount(anySpec)).toBe(count)
      }),
    )
  })

  it('is a fault of the program to ask for one that is absent', () => {
    expect(() => tensorOf(new Map(), 'direct.weight')).toThrow('direct.weight')
  })

  it('cost four bytes each in a file, in training four times that and three times more for every slot of the optimizer', () => {
    const floats = parameterCount(spec) * 4
    const bytes = (kind: keyof typeof DEFAULT_OPTIMIZERS): number =>
      modelSize(spec, DEFAULT_OPTIMIZERS[kind], 0).trainingBytes
    expect(modelSize(spec, DEFAULT_OPTIMIZERS.sgd, 100).fileBytes).toBe(floats)
    expect([bytes('sgd'), bytes('adagrad'), bytes('adam')]).toEqual([4 * floats, 7 * floats, 10 * floats])
    expect(modelSize(spec, DEFAULT_OPTIMIZERS.sgd, 100).trainingBytes).toBeGreaterThan(4 * floats)
  })
})

describe('validateSpec', () => {
  it('accepts every small architecture, and the paper’s largest', () => {
    fc.assert(fc.property(specs, (anySpec) => validateSpec(anySpec)))
    expect(() => validateSpec({ ...spec, inputs: 784, hidden: [8000, 8000] })).not.toThrow()
  })

  it.each<[string, Partial<ModelSpec>, 'invalid-model' | 'too-large', RegExp]>([
    ['one input', { inputs: 1 }, 'invalid-model', /number of inputs is 1/],
    ['NaN inputs', { inputs: NaN }, 'invalid-model', /NaN/],
    ['half an input', { inputs: 2.5 }, 'invalid-model', /2\.5/],
    ['very many inputs', { inputs: 65_537 }, 'too-large', /65537/],
    ['no hidden layer', { hidden: [] }, 'invalid-model', /hidden layers is 0/],
    ['33 hidden layers', { hidden: Array<number>(33).fill(1) }, 'too-large', /hidden layers is 33/],
    ['a layer without units', { hidden: [5, 0] }, 'invalid-model', /hidden layer 2 is 0/],
    ['a negative layer', { hidden: [-3] }, 'invalid-model', /hidden layer 1 is -3/],
    ['a million units', { hidden: [1_000_000] }, 'too-large', /hidden layer 1 is 1000000/],
    ['infinitely many units', { hidden: [Infinity] }, 'too-large', /Infinity/],
    ['too many parameters', { hidden: [60_000, 60_000] }, 'too-large', /parameters/],
  ])('refuses %s', async (_what, change, code, sentence) => {
    await expectFailure(() => validateSpec({ ...spec, ...change }), code, sentence)
  })

  it('refuses an unknown activation', async () => {
    const activation = String('step') as Activation
    await expectFailure(() => validateSpec({ ...spec, activation }), 'invalid-model', /"step"/)
  })
})
