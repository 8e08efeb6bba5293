import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { StudioError, type FailureCode } from '../../src/made/failure'
import { decodeModel, encodeModel, type Model } from '../../src/made/model-file'
import { bytesSource, encodeSafetensors, SafetensorsFile } from '../../src/made/safetensors'
import { concatenated, container, modelOf, rawContainer, smallModelFile, takenApart, type ContainerHeader } from './container'
import { expectFailure, failureFrom } from './expect-failure'

const SENSIBLE: readonly FailureCode[] = ['unknown-format', 'damaged-file', 'invalid-model', 'too-large', 'invalid-settings']
const good = smallModelFile()
const { header: goodHeader, headerEnd, data: goodData } = takenApart(good)
const goodMetadata = goodHeader.__metadata__ as Record<string, string>

function decode(bytes: Uint8Array): Promise<Model> {
  return decodeModel(bytesSource(bytes))
}

/** The small model with its header changed. */
function withHeader(change: (header: ContainerHeader) => void): Uint8Array {
  const header = structuredClone(goodHeader)
  change(header)
  return container(header, goodData)
}

function withEntry(name: string, change: object): Uint8Array {
  return withHeader((header) => Object.assign(header[name] as object, change))
}

function withMetadata(change: Record<string, unknown>): Uint8Array {
  return withHeader((header) => (header.__metadata__ = { ...goodMetadata, ...change }))
}

function withNumber(tensor: string, index: number, set: (view: DataView, offset: number) => void): Uint8Array {
  const data = goodData.slice()
  const { data_offsets: offsets } = goodHeader[tensor] as { data_offsets: [number, number] }
  set(new DataView(data.buffer), offsets[0] + 4 * index)
  return container(goodHeader, data)
}

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

describe('what is not a safetensors file', () => {
  it('is refused, whatever its bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        expect(SENSIBLE).toContain((await failureFrom(() => decode(bytes))).code)
      }),
    )
  })

  it('is refused, whatever JSON its header is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), fc.uint8Array({ maxLength: 30 }), async (json, data) => {
        expect(SENSIBLE).toContain((await failureFrom(() => decode(container(json, data)))).code)
      }),
    )
  })

  it('is refused, whatever stands in place of a part of its header', async () => {
    const part = fc.constantFrom('__metadata__', 'hidden.0.weight', 'connectivity.0.ordering')
    const hostile = fc.oneof(fc.jsonValue(), fc.constant({ dtype: { toString: null, valueOf: null }, shape: [1] }))
    await fc.assert(
      fc.asyncProperty(part, hostile, async (name, value) => {
        const bytes = withHeader((header) => (header[name] = value))
        expect(SENSIBLE).toContain((await failureFrom(() => decode(bytes))).code)
      }),
    )
  })

  it.each<[string, Uint8Array, FailureCode, RegExp]>([
    ['an empty file', new Uint8Array(), 'unknown-format', /too short/],
    ['text', new TextEncoder().encode('hello, this is no model'), 'unknown-format', /header length/],
    ['a header length beyond the file', rawContainer(new Uint8Array(10), new Uint8Array(), 1000n), 'damaged-file', /inside its header/],
    ['a header of 2^40 bytes', rawContainer(new Uint8Array(10), new Uint8Array(), 2n ** 40n), 'unknown-format', /out of range/],
    ['a header of 2^64 − 1 bytes', rawContainer(new Uint8Array(10), new Uint8Array(), 2n ** 64n - 1n), 'unknown-format', /out of range/],
    ['a header that is not JSON', container('{"hidden.0.weight": '), 'unknown-format', /not JSON/],
    ['a header that is not UTF-8', rawContainer(Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d), new Uint8Array()), 'unknown-format', /not JSON/],
    ['a header that is a list', container('[[[[]]]]'), 'unknown-format', /not a JSON object/],
    ['a header nested a million deep', container('['.repeat(1_000_000)), 'unknown-format', /not JSON/],
    ['a tensor whose name is a page long', container({ ['x\n'.repeat(9999)]: {} }), 'damaged-file', /^.{1,200}$/],
    ['metadata that are not text', container({ __metadata__: { format: 1 } }), 'damaged-file', /not text/],
  ])('is refused in words: %s', async (_what, bytes, code, sentence) => {
    await expectFailure(() => decode(bytes), code, sentence)
  })
})

describe('lying tensor entries', () => {
  const weight = 'hidden.0.weight'
  it.each<[string, Uint8Array, RegExp]>([
    ['an unknown type', withEntry(weight, { dtype: 'F16' }), /type "F16"/],
    ['a type that cannot be written as text', withEntry(weight, { dtype: { toString: null } }), /has the type/],
    ['the other type', withEntry(weight, { dtype: 'I32' }), /is I32, not F32/],
    ['the other type of degrees', withEntry('connectivity.0.degrees.0', { dtype: 'F32' }), /is F32, not I32/],
    ['another shape of the same size', withEntry(weight, { shape: [2, 1] }), /\[2, 1\], not \[1, 2\]/],
    ['a shape of another size', withEntry(weight, { shape: [2, 2] }), /does not fill/],
    ['a negative size', withEntry(weight, { shape: [-1, -2] }), /no valid shape/],
    ['a broken size', withEntry(weight, { shape: [0.5, 4] }), /no valid shape/],
    ['sizes whose product overflows', withEntry(weight, { shape: [2 ** 52, 2 ** 52] }), /does not fill/],
    ['too many dimensions', withEntry(weight, { shape: [1, 1, 1, 1, 2] }), /no valid shape/],
    ['no shape', withEntry(weight, { shape: null }), /no valid shape/],
    ['an overlap', withEntry('hidden.0.bias', { data_offsets: [4, 8] }), /overlaps/],
    ['a gap', withEntry('connectivity.0.degrees.0', { data_offsets: [44, 48] }), /gap/],
    ['a place from end to start', withEntry(weight, { data_offsets: [8, 0] }), /does not fill/],
    ['a place beyond the file', withEntry('connectivity.0.degrees.0', { data_offsets: [2 ** 50, 2 ** 50 + 4] }), /gap/],
    ['three offsets', withEntry(weight, { data_offsets: [0, 4, 8] }), /no valid place/],
    ['an entry that is null', withHeader((header) => (header[weight] = null)), /has the type/],
  ])('are refused: %s', async (_what, bytes, sentence) => {
    await expectFailure(() => decode(bytes), 'damaged-file', sentence)
  })

  it('include a tensor that is missing', async () => {
    for (const name of Object.keys(goodHeader).filter((key) => key !== '__metadata__')) {
      const renamed = withHeader((header) => {
        header[`other.${name}`] = header[name]
        delete header[name]
      })
      await expectFailure(() => decode(renamed), 'damaged-file', /missing|no ordering/)
    }
  })
})

describe('a model that does not fit together', () => {
  it.each<[string, Uint8Array, FailureCode, RegExp]>([
    ['no metadata', withHeader((header) => delete header.__metadata__), 'unknown-format', /not a MADE model/],
    ['another format', withMetadata({ format: 'pt' }), 'unknown-format', /not a MADE model/],
    ['a later version', withMetadata({ version: '2' }), 'unknown-format', /version "2"/],
    ['no specification', withHeader((h) => (h.__metadata__ = { format: 'made', version: '1' })), 'damaged-file', /architecture/],
    ['a specification that is not JSON', withMetadata({ spec: '{' }), 'damaged-file', /not JSON/],
    ['a specification that is a number', withMetadata({ spec: '5' }), 'damaged-file', /not JSON/],
    ['hidden sizes that are no list', withMetadata({ spec: '{"inputs":2,"hidden":3,"activation":"relu"}' }), 'damaged-file', /cannot be read/],
    ['an unknown activation', withMetadata({ spec: '{"inputs":2,"hidden":[1],"activation":"step"}' }), 'invalid-model', /step/],
    ['one input', withMetadata({ spec: '{"inputs":1,"hidden":[1],"activation":"relu"}' }), 'invalid-model', /inputs is 1/],
    ['10⁹ hidden units', withMetadata({ spec: '{"inputs":2,"hidden":[1e9],"activation":"relu"}' }), 'too-large', /hidden layer 1/],
    ['an architecture larger than its tensors', withMetadata({ spec: '{"inputs":9,"hidden":[60000],"activation":"relu"}' }), 'damaged-file', /not \[60000, 9\]/],
    ['NaN', withNumber('hidden.0.weight', 1, (view, at) => view.setFloat32(at, NaN, true)), 'damaged-file', /"hidden.0.weight"/],
    ['−∞', withNumber('output.bias', 0, (view, at) => view.setFloat32(at, -Infinity, true)), 'damaged-file', /"output.bias"/],
    ['an ordering with a repetition', withNumber('connectivity.0.ordering', 0, (view, at) => view.setInt32(at, 2, true)), 'damaged-file', /permutation/],
    ['a place of −1', withNumber('connectivity.0.ordering', 0, (view, at) => view.setInt32(at, -1, true)), 'damaged-file', /permutation/],
    ['a degree of 0', withNumber('connectivity.0.degrees.0', 0, (view, at) => view.setInt32(at, 0, true)), 'damaged-file', /degree 0/],
    ['a degree of D', withNumber('connectivity.0.degrees.0', 0, (view, at) => view.setInt32(at, 2, true)), 'damaged-file', /degree 2/],
    ['a schedule that is not JSON', withMetadata({ schedule: 'daily' }), 'damaged-file', /schedule is missing or is not JSON/],
    ['a schedule of text', withMetadata({ schedule: '{"orderings":"1","masks":1,"seed":1,"singleOrdering":"natural"}' }), 'damaged-file', /schedule/],
    ['an unknown single ordering', withMetadata({ schedule: '{"orderings":1,"masks":1,"seed":1,"singleOrdering":"x"}' }), 'damaged-file', /schedule/],
    ['a negative seed', withMetadata({ schedule: '{"orderings":1,"masks":1,"seed":-1,"singleOrdering":"natural"}' }), 'damaged-file', /seed/],
    ['a schedule of −7 orderings', withMetadata({ schedule: '{"orderings":-7,"masks":1,"seed":1,"singleOrdering":"natural"}' }), 'invalid-settings', /-7/],
  ])('is refused: %s', async (_what, bytes, code, sentence) => {
    await expectFailure(() => decode(bytes), code, sentence)
  })

  it('is refused where it holds a tensor that would silently be left out', async () => {
    const spec = { inputs: 3, hidden: [2], activation: 'relu', directConnections: true, conditioningWeights: true } as const
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

describe('the container', () => {
  it('gives back tensors of any shape, and what else there is to know', async () => {
    const tensors = [
      { name: 'a', shape: [2, 0, 3], data: new Float32Array() },
      { name: 'b', shape: [], data: Int32Array.of(-7) },
      { name: '__proto__', shape: [2], data: Float32Array.of(1, 2) },
    ]
    const file = await SafetensorsFile.open(bytesSource(concatenated(encodeSafetensors(tensors.slice(0, 2), { note: 'ü' }))))
    expect(file.names).toEqual(['a', 'b'])
    expect(file.metadata).toEqual({ note: 'ü' })
    expect(file.shapeOf('a')).toEqual([2, 0, 3])
    expect(await file.integers('b', [])).toEqual(Int32Array.of(-7))
    expect(await file.floats('a', [2, 0, 3])).toEqual(new Float32Array())
    await expectFailure(() => file.floats('__proto__', [2]), 'damaged-file', /missing/)
  })
})
