import bitsOf from 'unbzip2-stream/lib/bit_iterator'
import bzip2 from 'unbzip2-stream/lib/bzip2'

/** Of what a block of the largest kind may be made, in bytes; where so much is there, a block can be unpacked whole. */
const BLOCK_STEP_BYTES = 100_000
const BLOCK_MARGIN_BYTES = 25_000

/**
 * What comes out of a file of bzip2, or of several one after another, a block at a time. The stream of the library would
 * unpack all blocks it has been given at once, which of a file of 1,426 bytes may be 2 GB; a block is 46 MB at the most.
 * @throws Error in the library's words
 */
export async function* unpackedBlocks(packed: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const pieces: Uint8Array[] = []
  let given = 0
  let isWhole = false
  const take = async (): Promise<void> => {
    const next = await packed.next()
    if (next.done) isWhole = true
    else if (next.value.length > 0) {
      pieces.push(next.value)
      given += next.value.length
    }
  }
  const shifted = (): Uint8Array => {
    const piece = pieces.shift()
    if (!piece) throw new Error('unexpected end')
    return piece
  }
  await take()
  const bits = bitsOf(shifted)
  // The library keeps the tables of a block in the object that reads it: each file has its own.
  const reader = Object.create(bzip2) as typeof bzip2
  // The file that is being read, of which there may be several.
  let file: { readonly size: number; readonly checksum: number } | null = null
  try {
    for (;;) {
      const wanted = BLOCK_MARGIN_BYTES + BLOCK_STEP_BYTES * (file?.size ?? 0)
      while (!isWhole && given - bits.bytesRead < wanted) await take()
      if (given <= bits.bytesRead) break
      if (file === null) {
        file = { size: reader.header(bits), checksum: 0 }
        continue
      }
      const block = new Block()
      const words = new Int32Array(BLOCK_STEP_BYTES * file.size)
      const checksum = reader.decompress(bits, (byte) => block.add(byte), words, words.length, file.checksum)
      file = checksum === null ? null : { size: file.size, checksum }
      if (block.length > 0) yield block.bytes()
    }
    if (file !== null) throw new Error('unexpected end')
  } finally {
    await packed.return(undefined)
  }
}

/** Bytes that come one by one. */
class Block {
  length = 0
  private room = new Uint8Array(1 << 20)

  add(byte: number): void {
    if (this.length === this.room.length) {
      const wider = new Uint8Array(2 * this.room.length)
      wider.set(this.room)
      this.room = wider
    }
    this.room[this.length++] = byte
  }

  bytes(): Uint8Array {
    return this.room.subarray(0, this.length)
  }
}
