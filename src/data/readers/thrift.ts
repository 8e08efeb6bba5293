/**
 * Thrift's compact protocol, in which Parquet describes itself, walked without reading what it says: the library that
 * reads it trusts the lengths in it, and one that is negative would send it round in circles.
 */

const [TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, STRUCT] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12]
const MOST_DEPTH = 32
const MOST_VARINT_BYTES = 10

/** Bytes are not a structure of Thrift, as its message says to programmers. */
export class ThriftError extends Error {
  override readonly name = 'ThriftError'
}

/**
 * Where the structure that begins at `start` ends.
 * @throws ThriftError where it goes beyond the bytes, or is not well-formed
 */
export function thriftEnd(bytes: Uint8Array, start: number): number {
  return new Walker(bytes, start).struct(0)
}

class Walker {
  constructor(
    private readonly bytes: Uint8Array,
    private at: number,
  ) {}

  struct(depth: number): number {
    if (depth > MOST_DEPTH) throw new ThriftError('a structure is nested too deeply')
    while (true) {
      const field = this.byte()
      const type = field & 0x0f
      if (type === 0) return this.at
      if (field >>> 4 === 0) this.varint()
      this.value(type, depth)
    }
  }

  private value(type: number, depth: number): void {
    switch (type) {
      case TRUE:
      case FALSE:
        return
      case BYTE:
        return this.skip(1)
      case I16:
      case I32:
      case I64:
        this.varint()
        return
      case DOUBLE:
        return this.skip(8)
      case BINARY:
        return this.skip(this.varint())
      case LIST:
        return this.list(depth)
      case STRUCT:
        this.struct(depth + 1)
        return
      default:
        throw new ThriftError(`a value has the unknown type ${type}`)
    }
  }

  private list(depth: number): void {
    const head = this.byte()
    const length = head >>> 4 === 15 ? this.varint() : head >>> 4
    const type = head & 0x0f
    if (length > this.bytes.length - this.at) throw new ThriftError(`a list has ${length} elements`)
    // In a list a truth value takes a byte of its own.
    for (let i = 0; i < length; i++) this.value(type === TRUE || type === FALSE ? BYTE : type, depth)
  }

  private varint(): number {
    let value = 0
    for (let i = 0; i < MOST_VARINT_BYTES; i++) {
      const byte = this.byte()
      value += (byte & 0x7f) * 2 ** (7 * i)
      if (byte < 0x80) return value
    }
    throw new ThriftError('a number is too long')
  }

  private byte(): number {
    if (this.at >= this.bytes.length) throw new ThriftError('it ends too early')
    return this.bytes[this.at++]
  }

  private skip(length: number): void {
    if (length > this.bytes.length - this.at) throw new ThriftError('it ends too early')
    this.at += length
  }
}
