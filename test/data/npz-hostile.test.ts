import { zipSync } from 'fflate'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tableOfArrays } from '../../src/data/readers/array-table'
import { lookInto } from '../../src/data/readers/content'
import { detectFormat } from '../../src/data/readers/detect'
import { npzFile } from '../../src/data/readers/npy-table'
import { Reading } from '../../src/data/readers/reading'
import { ZipArchive } from '../../src/data/readers/zip-archive'
import { columnCount, type Table } from '../../src/data/table'
import { StudioError, type FailureCode } from '../../src/base/failure'
import { bytesSource, type ByteSource } from '../../src/made/safetensors'
import { expectFailure, failureFrom } from '../base/expect-failure'
import { bytesArray, header, npy, npz } from './npy-files'
import { rowsOfTable } from './readers/table-values'

const arrays = { train: bytesArray(2, 3, [1, 0, 1]), valid: bytesArray(1, 3, [0, 1]), test: bytesArray(1, 3) }
const deflated = npz(arrays)
const stored = npz(arrays, 0)

const reading = new Reading({}, 1)

async function tableOf(source: ByteSource, mostArrayBytes?: number): Promise<Table> {
  const content = await lookInto(source, 'x.npz', reading)
  if (detectFormat(content) !== 'zip')
    throw new StudioError('unknown-format', 'This is no zip file.', 'Choose another.')
  const arrays = await npzFile(await ZipArchive.open(source, 'x.npz', reading), null, reading, mostArrayBytes)
  return tableOfArrays(arrays, { name: 'x.npz', format: 'NumPy', paths: [] }, reading)
}

async function bitsOf(bytes: Uint8Array): Promise<unknown> {
  const table = await tableOf(bytesSource(bytes))
  return [table.parts, rowsOfTable(table)]
}

const END = 0x06054b50
const DIRECTORY = 0x02014b50

/** The offset of a record in a zip file, the first from the start. */
function find(bytes: Uint8Array, signature: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 0; at + 4 <= bytes.length; at++) if (view.getUint32(at, true) === signature) return at
  throw new Error('no such record')
}

/** A copy with one field of a record changed; the record is the directory entry of "train" or the end record. */
function patched(bytes: Uint8Array, signature: number, field: number, width: 2 | 4, value: number): Uint8Array {
  const copy = bytes.slice()
  const view = new DataView(copy.buffer)
  const at = find(copy, signature) + field
  if (width === 2) view.setUint16(at, value, true)
  else view.setUint32(at, value, true)
  return copy
}

/** A source that counts the bytes that are asked of it. */
function counting(bytes: Uint8Array): ByteSource & { asked(): number } {
  const source = bytesSource(bytes)
  let asked = 0
  return {
    size: source.size,
    read: (offset, length) => {
      asked += length
      return source.read(offset, length)
    },
    asked: () => asked,
  }
}

describe('a .npz file cut off', () => {
  it.each([
    ['deflated', deflated],
    ['stored', stored],
  ])('is refused at every byte (%s)', async (_name, bytes) => {
    for (let length = 0; length < bytes.length; length++) {
      const { code } = await failureFrom(() => bitsOf(bytes.slice(0, length)))
      expect(code).toBe(length === 0 ? 'invalid-data' : length < 4 ? 'unknown-format' : 'damaged-file')
    }
  })

  it('or joined to something else is refused', async () => {
    await expectFailure(() => bitsOf(new Uint8Array([...deflated, 0])), 'damaged-file', /extra bytes at the end/)
    await expectFailure(() => bitsOf(new Uint8Array([0, ...deflated])), 'unknown-format', /in no format/)
  })
})

describe('a .npz file with flipped bits', () => {
  it.each([
    ['deflated', deflated],
    ['stored', stored],
  ])('is refused, or holds the same rows (%s)', async (_name, bytes) => {
    const rows = await bitsOf(bytes)
    let refused = 0
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      const flipped = bytes.slice()
      flipped[bit >>> 3] ^= 1 << (bit & 7)
      try {
        expect(await bitsOf(flipped)).toEqual(rows)
      } catch (thrown) {
        if (!(thrown instanceof StudioError)) throw thrown
        refused++
      }
    }
    // What may change without harm: dates, versions and the like.
    expect(refused).toBeGreaterThan(0.7 * 8 * bytes.length)
  })

  it('or whole stretches of nonsense is refused, or holds the same rows', async () => {
    const rows = await bitsOf(deflated)
    const change = fc.tuple(fc.nat(deflated.length - 1), fc.uint8Array({ minLength: 1, maxLength: 12 }))
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const bytes = deflated.slice()
        for (const [at, values] of changes) bytes.set(values.subarray(0, bytes.length - at), at)
        try {
          expect(await bitsOf(bytes)).toEqual(rows)
        } catch (thrown) {
          if (!(thrown instanceof StudioError)) throw thrown
        }
      }),
      // The header of the last array turns into that of a single number, and its name into that of a folder: both would be passed over.
      { numRuns: 400, examples: [[[[316, Uint8Array.of(154, 28)]]], [[[492, Uint8Array.of(47)]]]] },
    )
  })
})

describe('what is not a .npz file', () => {
  it('is refused, whatever its bytes', async () => {
    const start = fc.constantFrom<number[][]>([], [0x50, 0x4b, 3, 4], [0x50, 0x4b, 5, 6])
    await fc.assert(
      fc.asyncProperty(start, fc.uint8Array({ maxLength: 100 }), async (first, rest) => {
        await failureFrom(() => bitsOf(new Uint8Array([...first, ...rest])))
      }),
    )
  })

  it('is refused in words if it is empty', async () => {
    await expectFailure(() => bitsOf(new Uint8Array()), 'invalid-data', /^The file x\.npz is empty\.$/)
  })
})

describe('a directory that lies', () => {
  it.each<[string, Uint8Array, FailureCode, RegExp]>([
    ['a size too small', patched(deflated, DIRECTORY, 24, 4, 20), 'damaged-file', /"train\.npy" cannot be unpacked/],
    ['a size too large', patched(deflated, DIRECTORY, 24, 4, 2000), 'damaged-file', /"train\.npy" cannot be unpacked/],
    [
      'a size that cannot be',
      patched(deflated, DIRECTORY, 24, 4, 500_000_000),
      'damaged-file',
      /cannot unpack to 500,000,000 bytes/,
    ],
    [
      'a size beyond the limit',
      patched(deflated, DIRECTORY, 24, 4, 0xffff_fffe),
      'damaged-file',
      /cannot unpack to 4,294,967,294 bytes/,
    ],
    [
      'a stored size that differs',
      patched(stored, DIRECTORY, 24, 4, 2000),
      'damaged-file',
      /size mismatch for stored file/,
    ],
    ['a packed size beyond the file', patched(deflated, DIRECTORY, 20, 4, 100_000), 'damaged-file', /outside the file/],
    ['a place beyond the file', patched(deflated, DIRECTORY, 42, 4, 0xffff_fff0), 'damaged-file', /outside the file/],
    ['a place inside another entry', patched(deflated, DIRECTORY, 42, 4, 7), 'damaged-file', /cannot be unpacked/],
    ['a wrong checksum', patched(deflated, DIRECTORY, 16, 4, 1), 'damaged-file', /checksum of "train\.npy"/],
    ['another method', patched(deflated, DIRECTORY, 10, 2, 12), 'unknown-format', /method 12/],
    ['a password', patched(deflated, DIRECTORY, 8, 2, 1), 'unknown-format', /encrypted/],
    ['a name beyond the directory', patched(deflated, DIRECTORY, 28, 2, 60_000), 'damaged-file', /ends too early/],
    ['more entries than there are', patched(deflated, END, 10, 2, 9), 'damaged-file', /central directory|too early/],
    ['fewer entries than there are', patched(deflated, END, 10, 2, 2), 'damaged-file', /not what its end says/],
    ['a directory elsewhere', patched(deflated, END, 16, 4, 0), 'damaged-file', /central directory/],
    ['a directory of a gigabyte', patched(deflated, END, 12, 4, 2 ** 30), 'damaged-file', /not what its end says/],
    ['the mark of a zip64 file', patched(deflated, END, 16, 4, 0xffff_ffff), 'damaged-file', /ends too early/],
  ])('is refused: %s', async (_what, bytes, code, sentence) => {
    await expectFailure(() => bitsOf(bytes), code, sentence)
  })

  it('is refused where it names an array twice', async () => {
    const twin = zipSync({ 'train.npy': arrays.train, 'trait.npy': arrays.train, 'valid.npy': arrays.valid })
    const last = new TextDecoder('latin1').decode(twin).lastIndexOf('trait')
    twin.set(new TextEncoder().encode('train'), last)
    await expectFailure(() => bitsOf(twin), 'damaged-file', /holds "train\.npy" twice/)
  })
})

describe('a bomb', () => {
  const limit = 1024 * 1024
  const zeros = npy(header('|u1', '(16384, 1024)'), new Uint8Array(16 * limit))
  const bomb = npz({ train: zeros, valid: bytesArray(1, 1024), test: bytesArray(1, 1024) })

  it('is refused by what it says of its size, before any of it is read', async () => {
    const source = counting(bomb)
    await expectFailure(
      () => tableOf(source, limit),
      'too-large',
      /"train\.npy" of x\.npz unpacks to 16,777,\d+ bytes; the most is 1,048,576/,
    )
    // To recognise the file, to find its end, and for the beginning of the first array.
    expect(source.asked()).toBeLessThan(3 * bomb.length)
  })

  it('that lies about its size is refused as soon as it passes what it said', async () => {
    const lying = patched(bomb, DIRECTORY, 24, 4, 1000)
    await expectFailure(() => tableOf(bytesSource(lying), limit), 'damaged-file', /cannot be unpacked/)
  })

  it('is what it claims to be within the limit', async () => {
    const { parts, values } = await tableOf(bytesSource(bomb), 17 * limit)
    expect([parts[0], columnCount(values)]).toEqual([{ name: 'train', start: 0, end: 16_384 }, 1024])
  })
})
