/** Reads bits; `null` goes on to the next whole byte. */
declare module 'unbzip2-stream/lib/bit_iterator' {
  interface Bits {
    (count: number | null): number
    /** Of how many bytes some bits have been read. */
    readonly bytesRead: number
  }
  /** @param next gives the next piece, which is not empty */
  function bitsOf(next: () => Uint8Array): Bits
  export default bitsOf
}

declare module 'unbzip2-stream/lib/bzip2' {
  import type { Bits } from 'unbzip2-stream/lib/bit_iterator'
  const bzip2: {
    /** Reads the header of a file. @returns the size of its blocks in hundreds of thousands of bytes */
    header(bits: Bits): number
    /**
     * Unpacks a block. @param words room for `length` numbers
     * @returns the checksum of the blocks so far; null where the file ends instead
     */
    decompress(
      bits: Bits,
      take: (byte: number) => void,
      words: Int32Array,
      length: number,
      checksum: number,
    ): number | null
  }
  export default bzip2
}
