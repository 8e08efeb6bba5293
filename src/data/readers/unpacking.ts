import { createRequire } from 'node:module'
import { pipeline, Readable } from 'node:stream'
import { constants, createGunzip } from 'node:zlib'
import { Decompress } from 'fzstd'
import { StudioError } from '../../base/failure'
import { say } from '../../words/say'
import { unpackedBlocks } from './bzip2-blocks'
import { damagedFile } from './reading'

/** What a file may be compressed with as a whole. */
export type Packing = 'gzip' | 'bzip2' | 'xz' | 'zstd'

/** How much is unpacked at a time, in bytes. */
const CHUNK_BYTES = 256 * 1024
/** Of zstd so much is unpacked at a time: four bytes may become 128 KiB, these 32 MiB. */
const ZSTD_BYTES = 1024
const MARKS: readonly (readonly [Packing, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b, 8]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
]
/** So many bytes tell how a file is compressed. */
export const PACKING_MARK_BYTES = 6

/** What a file that begins with these bytes is compressed with; null if with nothing. */
export function packingOf(start: Uint8Array): Packing | null {
  return MARKS.find(([, mark]) => mark.every((byte, i) => start[i] === byte))?.[0] ?? null
}

/** What comes out of compressed bytes, piece by piece; no more than a few pieces are held. @throws StudioError 'damaged-file' */
export async function* unpacked(
  packed: AsyncGenerator<Uint8Array>,
  packing: Packing,
  name: string,
): AsyncGenerator<Uint8Array> {
  try {
    yield* UNPACKERS[packing](packed)
  } catch (cause) {
    if (cause instanceof StudioError) throw cause
    const isShort = cause instanceof Error && /unexpected (end|EOF)|EOF|premature|end of/i.test(cause.message)
    const why = isShort ? say('read.table.why.ends-early') : say('read.archive.why.not-unpacked')
    throw damagedFile(name, packing, why, cause)
  }
}

const UNPACKERS: Readonly<Record<Packing, (packed: AsyncGenerator<Uint8Array>) => AsyncGenerator<Uint8Array>>> = {
  async *gzip(packed) {
    const unzip = createGunzip({ chunkSize: CHUNK_BYTES, finishFlush: constants.Z_FINISH })
    pipeline(Readable.from(packed, { objectMode: false }), unzip, () => undefined)
    for await (const chunk of unzip) yield chunk as Uint8Array
  },
  bzip2: unpackedBlocks,
  async *xz(packed) {
    // Not Readable.toWeb, which throws where nobody can catch it if it is given up while it reads.
    const source = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const next = await packed.next()
        if (next.done) controller.close()
        else controller.enqueue(next.value)
      },
      async cancel() {
        await packed.return(undefined)
      },
    })
    // A module of the older kind in one piece, whose exports Node.js cannot name.
    const { XzReadableStream } = createRequire(import.meta.url)('xz-decompress') as typeof import('xz-decompress')
    const reader = new XzReadableStream(source).getReader()
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
    } finally {
      await reader.cancel().catch(() => undefined)
    }
  },
  async *zstd(packed) {
    const pieces: Uint8Array[] = []
    let isEnded = false
    const unzip = new Decompress((piece, isLast) => {
      pieces.push(piece)
      isEnded = isLast ?? false
    })
    for await (const chunk of packed)
      for (let start = 0; start < chunk.length; start += ZSTD_BYTES) {
        unzip.push(chunk.subarray(start, start + ZSTD_BYTES))
        yield* pieces.splice(0)
      }
    unzip.push(new Uint8Array(), true)
    yield* pieces.splice(0)
    if (!isEnded) throw new Error('unexpected end')
  },
}
