import { crc32 } from 'node:zlib'

/** Bytes that look like a table of zeros and ones and hardly repeat, since what is packed of them is to be long. */
export function randomDigits(length: number): Uint8Array {
  let state = 1
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return 48 + (state >>> 31)
  })
}

/** Several one after another. */
export function joinedBytes(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}

/** Bytes piece by piece. @param onLeft is told once nobody reads on */
export async function* inPieces(bytes: Uint8Array, size: number, onLeft?: () => void): AsyncGenerator<Uint8Array> {
  try {
    for (let start = 0; start < bytes.length; start += size) {
      await Promise.resolve()
      yield bytes.subarray(start, start + size)
    }
  } finally {
    onLeft?.()
  }
}

const littleEndian = (value: number): Uint8Array => Uint8Array.of(value, value >>> 8, value >>> 16, value >>> 24)
const withChecksum = (bytes: Uint8Array): Uint8Array => joinedBytes([bytes, littleEndian(crc32(bytes))])
const padded = (bytes: Uint8Array): Uint8Array => joinedBytes([bytes, new Uint8Array(-bytes.length & 3)])

/** A number as .xz writes it, seven bits at a time. */
function multibyte(value: number): number[] {
  return value < 128 ? [value] : [128 | (value & 127), ...multibyte(value >>> 7)]
}

/** An .xz file with the bytes as they are (the .xz file format 1.2, LZMA2 chunks without compression). */
export function xzOf(bytes: Uint8Array): Uint8Array {
  const flags = Uint8Array.of(0, 1)
  const head = withChecksum(Uint8Array.of(2, 0, 0x21, 1, 0x16, 0, 0, 0))
  const chunks: Uint8Array[] = []
  for (let start = 0; start < bytes.length; start += 65_536) {
    const chunk = bytes.subarray(start, start + 65_536)
    chunks.push(Uint8Array.of(start === 0 ? 1 : 2, (chunk.length - 1) >>> 8, (chunk.length - 1) & 255), chunk)
  }
  const block = joinedBytes([head, ...chunks, Uint8Array.of(0)])
  const index = withChecksum(
    padded(Uint8Array.from([0, 1, ...multibyte(block.length + 4), ...multibyte(bytes.length)])),
  )
  const end = joinedBytes([littleEndian(index.length / 4 - 1), flags])
  return joinedBytes([
    Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, ...withChecksum(flags)),
    padded(block),
    littleEndian(crc32(bytes)),
    index,
    littleEndian(crc32(end)),
    end,
    Uint8Array.of(0x59, 0x5a),
  ])
}

/** A .zst file with the bytes as they are (RFC 8878, raw blocks). */
export function zstdOf(bytes: Uint8Array): Uint8Array {
  const blocks: Uint8Array[] = []
  for (let start = 0; start < bytes.length; start += 131_072) {
    const block = bytes.subarray(start, start + 131_072)
    const isLast = start + block.length === bytes.length
    blocks.push(littleEndian((block.length << 3) | Number(isLast)).subarray(0, 3), block)
  }
  // One window of 128 KiB, no length, no checksum.
  return joinedBytes([Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, 0x38), ...blocks])
}
