import { StudioError } from '../../base/failure'
import { say, type Sentence } from '../../words/say'
import type { GreyImages } from '../grey-images'

/**
 * The IDX format of the original MNIST files: two zero bytes, a type byte (8 = unsigned byte), the number of dimensions,
 * one big-endian 32-bit size per dimension, then the values.
 */

const UNSIGNED_BYTE = 0x08

/**
 * Reads an IDX file of grey pictures: three dimensions, rows × height × width. The memory of `bytes` is shared.
 * @param name the file's name, for the sentence of a failure
 * @throws StudioError 'unknown-format', 'damaged-file' or 'invalid-data'
 */
export function readIdxImages(bytes: Uint8Array, name: string): GreyImages {
  const { sizes, values } = readIdx(bytes, 3, name)
  const [rows, height, width] = sizes
  return { rows, width, height, pixels: values }
}

/**
 * Reads an IDX file of labels: one dimension, one byte per row. The memory of `bytes` is shared.
 * @param name the file's name, for the sentence of a failure
 * @throws StudioError 'unknown-format', 'damaged-file' or 'invalid-data'
 */
export function readIdxLabels(bytes: Uint8Array, name: string): Uint8Array {
  return readIdx(bytes, 1, name).values
}

function readIdx(bytes: Uint8Array, dimensions: number, name: string): { sizes: number[]; values: Uint8Array } {
  if (bytes.length < 4 || bytes[0] !== 0 || bytes[1] !== 0)
    throw new StudioError('unknown-format', say('read.array.idx.not', { name }), say('read.array.idx.not.hint'))
  if (bytes[2] !== UNSIGNED_BYTE || bytes[3] !== dimensions)
    throw new StudioError(
      'unknown-format',
      say('read.array.idx.type', {
        name,
        type: bytes[2],
        dimensions: bytes[3],
        wanted: UNSIGNED_BYTE,
        wantedDimensions: dimensions,
      }),
      dimensions === 3 ? say('read.array.idx.pictures.hint') : say('read.array.idx.labels.hint'),
    )
  const start = 4 + 4 * dimensions
  if (bytes.length < start) throw damaged(name, say('read.array.short-header'))
  const header = new DataView(bytes.buffer, bytes.byteOffset, start)
  const sizes = Array.from({ length: dimensions }, (_, i) => header.getUint32(4 + 4 * i))
  if (sizes.includes(0))
    throw new StudioError(
      'invalid-data',
      say('read.array.idx.empty', { name, size: sizes.join(' × ') }),
      say('read.array.idx.empty.hint'),
    )
  const length = sizes.reduce((product, size) => product * size, 1)
  if (bytes.length - start !== length)
    throw damaged(name, say('read.array.idx.values', { values: bytes.length - start, expected: length }))
  return { sizes, values: bytes.subarray(start) }
}

function damaged(name: string, why: Sentence): StudioError {
  return new StudioError(
    'damaged-file',
    say('read.array.idx.damaged', { name, why }),
    say('read.array.idx.damaged.hint'),
  )
}
