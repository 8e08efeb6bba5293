import { describe, expect, it } from 'vitest'
import { StudioError, type FailureCode } from '../../src/base/failure'
import { encodeModel } from '../../src/made/model-file'
import { concatenated, container, modelOf, takenApart } from './container'
import { decode, good, headerEnd, SENSIBLE, withHeader, withMetadata, withNumber } from './damaged-models'
import { expectFailure, failureFrom } from '../base/expect-failure'

describe('a model file cut off', () => {
  it('is refused at every byte', async () => {
    for (let length = 0; length < good.length; length++) {
      const { code } = await failureFrom(() => decode(good.slice(0, length)))
      expect(code).toBe(length < 10 ? 'unknown-format' : 'damaged-file')
    }
    expect((await decode(good)).spec.inputs).toBe(2)
  })

  it('or followed by more is refused', async () => {
    await expectFailure(() => decode(concatenated([good, Uint8Array.of(0)])), 'damaged-file', /bytes of numbers/)
  })
})

describe('a model file with a flipped bit', () => {
  it('in its header is refused, or means the same parameters', async () => {
    const { parameters } = await decode(good)
    let refused = 0
    for (let bit = 0; bit < 8 * headerEnd; bit++) {
      const bytes = good.slice()
      bytes[bit >>> 3] ^= 1 << (bit & 7)
      try {
        expect((await decode(bytes)).parameters).toEqual(parameters)
      } catch (thrown) {
        if (!(thrown instanceof StudioError)) throw thrown
        expect(SENSIBLE).toContain(thrown.code)
        refused++
      }
    }
    expect(refused).toBeGreaterThan(0.8 * 8 * headerEnd)
  })
})

describe('a model that does not fit together', () => {
  it.each<[string, Uint8Array, FailureCode, RegExp]>([
    ['no metadata', withHeader((header) => delete header.__metadata__), 'unknown-format', /not a MADE model/],
    ['another format', withMetadata({ format: 'pt' }), 'unknown-format', /not a MADE model/],
    ['a later version', withMetadata({ version: '2' }), 'unknown-format', /version "2"/],
    [
      'no specification',
      withHeader((h) => (h.__metadata__ = { format: 'made', version: '1' })),
      'damaged-file',
      /architecture/,
    ],
    ['a specification that is not JSON', withMetadata({ spec: '{' }), 'damaged-file', /not JSON/],
    ['a specification that is a number', withMetadata({ spec: '5' }), 'damaged-file', /not JSON/],
    [
      'hidden sizes that are no list',
      withMetadata({ spec: '{"inputs":2,"hidden":3,"activation":"relu"}' }),
      'damaged-file',
      /cannot be read/,
    ],
    [
      'an unknown activation',
      withMetadata({ spec: '{"inputs":2,"hidden":[1],"activation":"step"}' }),
      'invalid-model',
      /step/,
    ],
    [
      'one input',
      withMetadata({ spec: '{"inputs":1,"hidden":[1],"activation":"relu"}' }),
      'invalid-model',
      /inputs is 1/,
    ],
    [
      '10⁹ hidden units',
      withMetadata({ spec: '{"inputs":2,"hidden":[1e9],"activation":"relu"}' }),
      'too-large',
      /hidden layer 1/,
    ],
    [
      'an architecture larger than its tensors',
      withMetadata({ spec: '{"inputs":9,"hidden":[60000],"activation":"relu"}' }),
      'damaged-file',
      /not \[60000, 9\]/,
    ],
    [
      'NaN',
      withNumber('hidden.0.weight', 1, (view, at) => view.setFloat32(at, NaN, true)),
      'damaged-file',
      /"hidden.0.weight"/,
    ],
    [
      '−∞',
      withNumber('output.bias', 0, (view, at) => view.setFloat32(at, -Infinity, true)),
      'damaged-file',
      /"output.bias"/,
    ],
    [
      'an ordering with a repetition',
      withNumber('connectivity.0.ordering', 0, (view, at) => view.setInt32(at, 2, true)),
      'damaged-file',
      /permutation/,
    ],
    [
      'a place of −1',
      withNumber('connectivity.0.ordering', 0, (view, at) => view.setInt32(at, -1, true)),
      'damaged-file',
      /permutation/,
    ],
    [
      'a degree of 0',
      withNumber('connectivity.0.degrees.0', 0, (view, at) => view.setInt32(at, 0, true)),
      'damaged-file',
      /degree 0/,
    ],
    [
      'a degree of D',
      withNumber('connectivity.0.degrees.0', 0, (view, at) => view.setInt32(at, 2, true)),
      'damaged-file',
      /degree 2/,
    ],
    [
      'a schedule that is not JSON',
      withMetadata({ schedule: 'daily' }),
      'damaged-file',
      /schedule is missing or is not JSON/,
    ],
    [
      'a schedule of text',
      withMetadata({ schedule: '{"orderings":"1","masks":1,"seed":1,"singleOrdering":"natural"}' }),
      'damaged-file',
      /schedule/,
    ],
    [
      'an unknown single ordering',
      withMetadata({ schedule: '{"orderings":1,"masks":1,"seed":1,"singleOrdering":"x"}' }),
      'damaged-file',
      /schedule/,
    ],
    [
      'a negative seed',
      withMetadata({ schedule: '{"orderings":1,"masks":1,"seed":-1,"singleOrdering":"natural"}' }),
      'damaged-file',
      /seed/,
    ],
    [
      'a schedule of −7 orderings',
      withMetadata({ schedule: '{"orderings":-7,"masks":1,"seed":1,"singleOrdering":"natural"}' }),
      'invalid-settings',
      /-7/,
    ],
  ])('is refused: %s', async (_what, bytes, code, sentence) => {
    await expectFailure(() => decode(bytes), code, sentence)
  })

  it('is refused where it holds a tensor that would silently be left out', async () => {
    const spec = {
      inputs: 3,
      hidden: [2],
      activation: 'relu',
      directConnections: true,
      conditioningWeights: true,
    } as const
    const model = modelOf(spec, { orderings: 3, singleOrdering: 'natural', masks: 1, seed: 1 }, 3)
    const { header, data } = takenApart(concatenated(encodeModel(model)))
    const metadata = header.__metadata__ as Record<string, string>
    for (const [option, tensor] of [
      ['directConnections', 'direct.weight'],
      ['conditioningWeights', 'hidden.0.conditioning'],
    ]) {
      const less = { ...metadata, spec: JSON.stringify({ ...spec, [option]: false }) }
      const bytes = container({ ...header, __metadata__: less }, data)
      await expectFailure(() => decode(bytes), 'damaged-file', new RegExp(`no place for the tensor "${tensor}"`))
    }
    const { 'connectivity.1.ordering': moved, ...others } = header
    const gap = container({ ...others, 'connectivity.9.ordering': moved }, data)
    await expectFailure(() => decode(gap), 'damaged-file', /no place for the tensor "connectivity/)
  })
})
