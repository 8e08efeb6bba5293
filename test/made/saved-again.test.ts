import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { decodeModel, type Model } from '../../src/made/model-file'
import { bytesSource } from '../../src/made/safetensors'
import { expectFailure } from '../base/expect-failure'
import { concatenated, container, takenApart } from './container'

const ORIGINAL = new Uint8Array(
  readFileSync(join(import.meta.dirname, '..', 'fixtures', 'oracle', 'two-layer-direct.safetensors')),
)

interface Tensor {
  readonly dtype: string
  readonly shape: readonly number[]
  readonly data_offsets: readonly [number, number]
}

type Write = (value: number) => Uint8Array

function bytesOf(size: number, put: (view: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(size)
  put(new DataView(bytes.buffer))
  return bytes
}

const AS_F64: Write = (value) => bytesOf(8, (view) => view.setFloat64(0, value, true))
const AS_I64: Write = (value) => bytesOf(8, (view) => view.setBigInt64(0, BigInt(value), true))
/** Cut off after 8 bits of fraction, as PyTorch's bfloat16 is without its rounding. */
const AS_BF16: Write = (value) => bytesOf(4, (view) => view.setFloat32(0, value, true)).slice(2)

/** The model with its tensors in other types, as another program saves them again. */
function savedAgain(types: Readonly<Record<string, readonly [dtype: string, write: Write]>>): Uint8Array {
  const { header, data } = takenApart(ORIGINAL)
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const written: Record<string, unknown> = { __metadata__: header.__metadata__ }
  const pieces: Uint8Array[] = []
  let at = 0
  for (const [name, value] of Object.entries(header)) {
    if (name === '__metadata__') continue
    const { dtype, shape, data_offsets: [start, end] } = value as Tensor // prettier-ignore
    const [type, write] = types[dtype] ?? [dtype, null]
    const piece = write
      ? concatenated(
          Array.from({ length: (end - start) / 4 }, (_, i) =>
            write(dtype === 'F32' ? view.getFloat32(start + 4 * i, true) : view.getInt32(start + 4 * i, true)),
          ),
        )
      : data.slice(start, end)
    written[name] = { dtype: type, shape, data_offsets: [at, at + piece.length] }
    pieces.push(piece)
    at += piece.length
  }
  return container(written, concatenated(pieces))
}

function weights({ parameters }: Model): number[] {
  return Object.values(parameters)
    .flat(2)
    .flatMap((value: unknown) => (value instanceof Float32Array ? [...value] : []))
}

const decode = (bytes: Uint8Array): Promise<Model> => decodeModel(bytesSource(bytes))

describe('a model that PyTorch saved again', () => {
  it('in float64 and int64 is the same model', async () => {
    const again = await decode(savedAgain({ F32: ['F64', AS_F64], I32: ['I64', AS_I64] }))
    expect(again).toEqual(await decode(ORIGINAL))
  })

  it('in bfloat16 is nearly the same', async () => {
    const [first, again] = [await decode(ORIGINAL), await decode(savedAgain({ F32: ['BF16', AS_BF16] }))].map(weights)
    expect(again.length).toBe(first.length)
    first.forEach((value, i) => expect(Math.abs(again[i] - value)).toBeLessThanOrEqual(Math.abs(value) / 128))
  })

  it('in another type is not called damaged', async () => {
    await expectFailure(
      () => decode(savedAgain({ F32: ['F8_E4M3', () => new Uint8Array(1)] })),
      'unknown-format',
      /has the type "F8_E4M3", which is not read/,
    )
  })

  it('with a number beyond the range of its type is refused', async () => {
    await expectFailure(
      () => decode(savedAgain({ I32: ['I64', (value) => AS_I64(value + 2 ** 33)] })),
      'damaged-file',
      /beyond I32/,
    )
  })
})
