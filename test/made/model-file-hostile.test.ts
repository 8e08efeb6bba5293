import { describe, expect, it } from 'vitest'
import { StudioError, type FailureCode } from '../../src/base/failure'
import { encodeModel } from '../../src/made/model-file'
import { concatenated, container, modelOf, takenApart } from './container'
import { decode, good, goodMetadata, headerEnd, SENSIBLE, withHeader, withMetadata, withNumber } from './damaged-models'
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

/** The small model with its specification changed. */
function withSpec(change: object, version = '1'): Uint8Array {
  return withMetadata({ version, spec: JSON.stringify({ ...JSON.parse(goodMetadata['spec']), ...change }) })
}

const BINARY = { kind: 'binary' }

describe('variables that do not fit the model', () => {
  it('are read where they do', async () => {
    expect((await decode(withSpec({ variables: [BINARY, BINARY], leading: [] }, '2'))).spec).toEqual(
      (await decode(good)).spec,
    )
    expect((await decode(withSpec({ variables: [BINARY, BINARY] }, '2'))).spec).toEqual((await decode(good)).spec)
    expect((await decode(withSpec({ variables: [{ ...BINARY, count: 2 }], leading: [0] }, '2'))).spec.leading).toEqual([
      0,
    ])
  })

  it.each<[string, object, FailureCode, RegExp]>([
    ['none', {}, 'damaged-file', /variables cannot be read/],
    ['no list', { variables: { kind: 'binary', count: 2 } }, 'damaged-file', /variables cannot be read/],
    ['an empty list', { variables: [] }, 'invalid-model', /0 columns/],
    ['a list of nothing', { variables: [null, null] }, 'damaged-file', /one of its variables/],
    ['a list of numbers', { variables: [1, 1] }, 'damaged-file', /one of its variables/],
    ['an unknown kind', { variables: [BINARY, { kind: 'gaussian' }] }, 'damaged-file', /one of its variables/],
    [
      'the kind of another object',
      { variables: [BINARY, { kind: 'toString' }] },
      'damaged-file',
      /one of its variables/,
    ],
    [
      'categories without their number',
      { variables: [{ kind: 'categorical' }] },
      'damaged-file',
      /one of its variables/,
    ],
    [
      'a number of categories in words',
      { variables: [{ kind: 'categorical', categories: '2' }] },
      'damaged-file',
      /one of its variables/,
    ],
    ['a count in words', { variables: [{ kind: 'binary', count: '2' }] }, 'damaged-file', /number of its variables/],
    ['a count of nothing', { variables: [{ kind: 'binary', count: null }] }, 'damaged-file', /number of its variables/],
    ['too few', { variables: [BINARY] }, 'invalid-model', /1 columns/],
    ['too many', { variables: [BINARY, BINARY, BINARY] }, 'invalid-model', /3 columns/],
    ['a single one', { variables: [{ kind: 'categorical', categories: 2 }] }, 'invalid-model', /variables is 1/],
    ['10¹⁵ of them', { variables: [{ kind: 'binary', count: 1e15 }] }, 'too-large', /1000000000000000/],
    ['10⁹ categories', { variables: [{ kind: 'categorical', categories: 1e9 }] }, 'too-large', /1000000000/],
    [
      'a negative count beside a large one',
      {
        variables: [
          { kind: 'binary', count: 3 },
          { kind: 'binary', count: -1 },
        ],
      },
      'too-large',
      /is 3/,
    ],
    [
      'half a variable',
      {
        variables: [
          { kind: 'binary', count: 1.5 },
          { kind: 'binary', count: 0.5 },
        ],
      },
      'invalid-model',
      /1\.5/,
    ],
    [
      'a leading one that is no list',
      { variables: [BINARY, BINARY], leading: 0 },
      'damaged-file',
      /variables cannot be read/,
    ],
    ['a leading one in words', { variables: [BINARY, BINARY], leading: ['0'] }, 'damaged-file', /leading variables/],
    [
      'a leading one that is not there',
      { variables: [BINARY, BINARY], leading: [2] },
      'invalid-model',
      /not one of 0 to 1/,
    ],
    ['one that leads twice', { variables: [BINARY, BINARY], leading: [1, 1] }, 'invalid-model', /leads twice/],
    [
      'a leading one that comes second',
      { variables: [BINARY, BINARY], leading: [1] },
      'damaged-file',
      /do not come first/,
    ],
  ])('are refused: %s', async (_what, change, code, sentence) => {
    await expectFailure(() => decode(withSpec(change, '2')), code, sentence)
  })

  it('are refused where the ordering is one of columns', async () => {
    const spec = {
      inputs: 4,
      hidden: [2],
      activation: 'relu',
      directConnections: false,
      conditioningWeights: false,
    } as const
    const model = modelOf(spec, { orderings: 1, singleOrdering: 'natural', masks: 1, seed: 1 }, 1)
    const { header, data } = takenApart(concatenated(encodeModel(model)))
    const variables = [{ kind: 'categorical', categories: 2, count: 2 }]
    const metadata = { format: 'made', version: '2', spec: JSON.stringify({ ...spec, variables, leading: [] }) }
    const bytes = container({ ...header, __metadata__: metadata }, data)
    await expectFailure(() => decode(bytes), 'damaged-file', /not \[2\]/)
  })

  it('are refused where a degree is one of columns', async () => {
    const variables = [{ kind: 'categorical', categories: 2, count: 2 }] as const
    const spec = {
      inputs: 4,
      hidden: [2],
      activation: 'relu',
      directConnections: false,
      conditioningWeights: false,
      variables,
    } as const
    const model = modelOf(spec, { orderings: 1, singleOrdering: 'natural', masks: 1, seed: 1 }, 1)
    const [{ ordering }] = model.connectivities
    const bytes = concatenated(
      encodeModel({ ...model, connectivities: [{ ordering, degrees: [Int32Array.of(1, 2)] }] }),
    )
    await expectFailure(() => decode(bytes), 'damaged-file', /degree 2, outside 1 to 1/)
  })

  it('and a flipped bit in their description is refused, or means the same parameters', async () => {
    const spec = {
      inputs: 5,
      hidden: [1],
      activation: 'relu',
      directConnections: false,
      conditioningWeights: false,
      variables: [
        { kind: 'categorical', categories: 3 },
        { kind: 'binary', count: 2 },
      ],
      leading: [0],
    } as const
    const model = modelOf(spec, { orderings: 1, singleOrdering: 'natural', masks: 1, seed: 1 }, 1)
    const whole = concatenated(encodeModel(model))
    const { headerEnd: end } = takenApart(whole)
    for (let bit = 0; bit < 8 * end; bit++) {
      const bytes = whole.slice()
      bytes[bit >>> 3] ^= 1 << (bit & 7)
      try {
        expect((await decode(bytes)).parameters).toEqual(model.parameters)
      } catch (thrown) {
        if (!(thrown instanceof StudioError)) throw thrown
        expect(SENSIBLE).toContain(thrown.code)
      }
    }
  })
})

describe('a model that does not fit together', () => {
  it.each<[string, Uint8Array, FailureCode, RegExp]>([
    ['no metadata', withHeader((header) => delete header.__metadata__), 'unknown-format', /not a MADE model/],
    ['another format', withMetadata({ format: 'pt' }), 'unknown-format', /not a MADE model/],
    ['a later version', withMetadata({ version: '3' }), 'unknown-format', /version "3"/],
    [
      'variables in version 1',
      withSpec({ variables: [{ kind: 'binary', count: 2 }] }),
      'damaged-file',
      /version 1 does not have/,
    ],
    ['leading variables in version 1', withSpec({ leading: [0] }), 'damaged-file', /version 1 does not have/],
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
