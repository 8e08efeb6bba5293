import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FailureCode } from '../../src/base/failure'
import { bytesSource, encodeSafetensors, SafetensorsFile } from '../../src/made/safetensors'
import { concatenated, container, rawContainer } from './container'
import { decode, goodHeader, SENSIBLE, withEntry, withHeader } from './damaged-models'
import { expectFailure, failureFrom } from '../base/expect-failure'

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
    [
      'a header length beyond the file',
      rawContainer(new Uint8Array(10), new Uint8Array(), 1000n),
      'damaged-file',
      /inside its header/,
    ],
    [
      'a header of 2^40 bytes',
      rawContainer(new Uint8Array(10), new Uint8Array(), 2n ** 40n),
      'unknown-format',
      /out of range/,
    ],
    [
      'a header of 2^64 − 1 bytes',
      rawContainer(new Uint8Array(10), new Uint8Array(), 2n ** 64n - 1n),
      'unknown-format',
      /out of range/,
    ],
    ['a header that is not JSON', container('{"hidden.0.weight": '), 'unknown-format', /not JSON/],
    [
      'a header that is not UTF-8',
      rawContainer(Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d), new Uint8Array()),
      'unknown-format',
      /not JSON/,
    ],
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
    ['an unknown type', withEntry(weight, { dtype: 'F16' }), /does not fill its place/],
    ['a type that cannot be written as text', withEntry(weight, { dtype: { toString: null } }), /has no type/],
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
    ['an entry that is null', withHeader((header) => (header[weight] = null)), /has no type/],
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

describe('the container', () => {
  it('gives back tensors of any shape, and what else there is to know', async () => {
    const tensors = [
      { name: 'a', shape: [2, 0, 3], data: new Float32Array() },
      { name: 'b', shape: [], data: Int32Array.of(-7) },
      { name: '__proto__', shape: [2], data: Float32Array.of(1, 2) },
    ]
    const file = await SafetensorsFile.open(
      bytesSource(concatenated(encodeSafetensors(tensors.slice(0, 2), { note: 'ü' }))),
    )
    expect(file.names).toEqual(['a', 'b'])
    expect(file.metadata).toEqual({ note: 'ü' })
    expect(file.shapeOf('a')).toEqual([2, 0, 3])
    expect(await file.integers('b', [])).toEqual(Int32Array.of(-7))
    expect(await file.floats('a', [2, 0, 3])).toEqual(new Float32Array())
    await expectFailure(() => file.floats('__proto__', [2]), 'damaged-file', /missing/)
  })
})
