import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { sentenceOf } from '../../../src/base/advice'
import { StudioError } from '../../../src/base/failure'
import { readTable } from '../../../src/data/readers/read-table'
import { unpacked, type Packing } from '../../../src/data/readers/unpacking'
import { expectFailure } from '../../base/expect-failure'
import { inPieces, joinedBytes, randomDigits, xzOf, zstdOf } from './packed-bytes'
import { partRows, readFiles, rowsOfTable } from './table-values'

const PACKED = join(import.meta.dirname, '..', '..', 'fixtures', 'readers', 'packed')
const bytesOf = (name: string): Uint8Array => new Uint8Array(readFileSync(join(PACKED, name)))

describe('a compressed file', () => {
  it.each(['bz2', 'xz', 'zst'])('is read as what is in it: .%s', async (ending) => {
    const table = await readFiles({ [`x.csv.${ending}`]: bytesOf(`train.csv.${ending}`) })
    const plain = await readFiles({ 'x.csv': bytesOf('train.csv') })
    expect(rowsOfTable(table)).toEqual(rowsOfTable(plain))
    expect(sentenceOf(table.format).english).toMatch(/^CSV, compressed with (bzip2|xz|zstd)$/)
  })

  it('is found in its set, however the others are compressed', async () => {
    const table = await readFiles({
      'train.csv.bz2': bytesOf('train.csv.bz2'),
      'test.csv.gz': gzipSync(bytesOf('test.csv')),
    })
    expect(partRows(table)).toEqual({ train: 400, test: 100 })
  })

  it.each(['bz2', 'xz', 'zst'])('that is cut off or changed is refused: .%s', async (ending) => {
    const bytes = bytesOf(`train.csv.${ending}`)
    await expectFailure(
      () => readFiles({ x: bytes.subarray(0, bytes.length - 20) }),
      'damaged-file',
      /cannot be unpacked|too early/,
    )
    const changed = bytes.slice()
    changed[Math.floor(bytes.length / 2)] ^= 255
    const outcome = await readFiles({ x: changed }).then(
      ({ rows }) => rows,
      (cause: unknown) => (cause instanceof StudioError ? cause.code : cause),
    )
    // zstd has no checksum unless it was asked for: what was changed may be read, or be no table.
    expect(['damaged-file', ...(ending === 'zst' ? ['invalid-data', 400] : [])]).toContain(outcome)
  })
})

describe('unpacking', () => {
  it.each(['bz2', 'zst'])('goes on piece by piece, however much a small file becomes: .%s', async (ending) => {
    const bytes = bytesOf(`zeros.${ending}`)
    const before = process.memoryUsage().arrayBuffers
    let [length, held] = [0, 0]
    for await (const piece of unpacked(inPieces(bytes, 1 << 18), ending === 'bz2' ? 'bzip2' : 'zstd', 'x')) {
      length += piece.length
      held = Math.max(held, process.memoryUsage().arrayBuffers - before)
      if (length > 100e6) break
    }
    expect(length).toBeGreaterThan(100e6)
    expect(held).toBeLessThan(400e6)
  })

  const WHOLE = randomDigits(2_000_000)
  const PACKED_WHOLE: Readonly<Record<Packing, () => Uint8Array>> = {
    gzip: () => gzipSync(WHOLE),
    xz: () => xzOf(WHOLE),
    zstd: () => zstdOf(WHOLE),
    bzip2: () => joinedBytes(Array.from({ length: 3_000 }, () => bytesOf('train.csv.bz2'))),
  }

  it.each(Object.keys(PACKED_WHOLE) as Packing[])('may be given up while there is more: %s', async (packing) => {
    const bytes = PACKED_WHOLE[packing]()
    for (const pieces of [1, 2, 3]) {
      let taken = 0
      let isLeft = false
      const source = inPieces(bytes, 1 << 18, () => (isLeft = true))
      for await (const piece of unpacked(source, packing, 'x')) {
        expect(piece.length).toBeGreaterThan(0)
        if (++taken === pieces) break
      }
      // What goes wrong after would be an exception of the process that nobody can catch.
      await new Promise((resolve) => setTimeout(resolve, 20))
      expect(isLeft).toBe(true)
    }
  })

  const TRAIN = bytesOf('train.csv')
  const CONTENTS: Readonly<Record<Packing, Uint8Array>> = {
    gzip: WHOLE,
    xz: WHOLE,
    zstd: WHOLE,
    bzip2: joinedBytes(Array.from({ length: 3_000 }, () => TRAIN)),
  }

  it.each(Object.keys(CONTENTS) as Packing[])(
    'gives what was packed, several files in one too: %s',
    async (packing) => {
      const pieces: Uint8Array[] = []
      for await (const piece of unpacked(inPieces(PACKED_WHOLE[packing](), 5_000), packing, 'x'))
        pieces.push(piece.slice())
      expect(Buffer.compare(joinedBytes(pieces), CONTENTS[packing])).toBe(0)
    },
  )

  it('of bzip2 goes on in several files by turns', async () => {
    const files = [1, 2].map(() => unpacked(inPieces(joinedBytes([bytesOf('train.csv.bz2'), bytesOf('train.csv.bz2')]), 7), 'bzip2', 'x')) // prettier-ignore
    for (let turn = 0; turn < 2; turn++) for (const file of files) expect((await file.next()).value).toEqual(TRAIN)
    for (const file of files) expect(await file.next()).toMatchObject({ done: true })
  })
})

describe('a tar file', () => {
  it.each(['set.tar', 'set.tar.gz', 'set.tar.xz'])('holds the files of a set: %s', async (name) => {
    const table = await readTable(join(PACKED, name))
    expect(partRows(table)).toEqual({ train: 400, test: 100 })
    expect(sentenceOf(table.format).english).toContain('in a tar file')
  })

  it('holds pictures as a folder does', async () => {
    const [packed, folder] = [
      await readTable(join(PACKED, 'pictures.tar.bz2')),
      await readTable(join(PACKED, '..', 'pictures')),
    ]
    expect(rowsOfTable(packed)).toEqual(rowsOfTable(folder))
    expect(packed.labels?.words).toEqual(folder.labels?.words)
  })

  it('that is cut off is refused', async () => {
    await expectFailure(() => readFiles({ 'x.tar': bytesOf('set.tar').subarray(0, 3000) }), 'damaged-file', /tar file/)
  })

  it('in a zip file is refused in words', async () => {
    await expectFailure(
      () => readTable(join(PACKED, 'nested.zip')),
      'unknown-format',
      /^The zip file nested\.zip holds another archive, set\.tar\.gz\.$/,
    )
  })
})
