import type { Draws } from '../draws'

/** So much is put in, taken out or moved at a time, in bytes. */
const MOST_MOVED = 64
/** No input grows beyond it, in bytes: what is looked for is in how things fit together, not in their size. */
export const MOST_BYTES = 256 * 1024

/** Numbers at which a length, an offset or a count goes wrong. */
export const NUMBERS = [
  0,
  1,
  2,
  3,
  7,
  8,
  9,
  15,
  16,
  31,
  32,
  33,
  63,
  64,
  127,
  128,
  255,
  256,
  257,
  1023,
  1024,
  4095,
  4096,
  32767,
  32768,
  65535,
  65536,
  65537,
  100_000,
  1_000_000,
  0x7fff_ffff,
  0x8000_0000,
  0xffff_fffe,
  0xffff_ffff,
  2 ** 32,
  2 ** 53 - 1,
  2 ** 53,
] as const

type Change = (bytes: Uint8Array, other: Uint8Array, draws: Draws) => Uint8Array

/** Changes one thing in bytes. @param other bytes that a piece may be taken from */
export function changeBytes(bytes: Uint8Array, other: Uint8Array, draws: Draws): Uint8Array {
  const changed = draws.pick(CHANGES)(bytes, other, draws)
  return changed.length > MOST_BYTES ? changed.subarray(0, MOST_BYTES) : changed
}

const CHANGES: readonly Change[] = [
  // A bit.
  (bytes, _other, draws) => {
    const at = draws.below(bytes.length)
    return overwritten(bytes, at, Uint8Array.of((bytes[at] ?? 0) ^ (1 << draws.below(8))))
  },
  // A byte, to anything.
  (bytes, _other, draws) => overwritten(bytes, draws.below(bytes.length), draws.bytes(1)),
  // Numbers of any width and order, twice as likely as anything else.
  changeNumber,
  changeNumber,
  // Cut off.
  (bytes, _other, draws) => bytes.subarray(0, draws.below(bytes.length)),
  // Something taken out.
  (bytes, _other, draws) => {
    const at = draws.below(bytes.length)
    return joined(bytes.subarray(0, at), bytes.subarray(at + draws.between(1, MOST_MOVED)))
  },
  // Something put in.
  (bytes, _other, draws) => inserted(bytes, draws.below(bytes.length + 1), draws.bytes(draws.between(1, 16))),
  // The same again.
  (bytes, _other, draws) => inserted(bytes, draws.below(bytes.length + 1), piece(bytes, draws)),
  // A piece of another.
  (bytes, other, draws) => inserted(bytes, draws.below(bytes.length + 1), piece(other, draws)),
  // A piece over another.
  (bytes, other, draws) =>
    overwritten(bytes, draws.below(bytes.length), piece(draws.chance(0.5) ? other : bytes, draws)),
  // The beginning of one and the end of another.
  (bytes, other, draws) =>
    joined(bytes.subarray(0, draws.below(bytes.length + 1)), other.subarray(draws.below(other.length + 1))),
  // A stretch of one value.
  (bytes, _other, draws) =>
    overwritten(
      bytes,
      draws.below(bytes.length),
      new Uint8Array(draws.between(1, MOST_MOVED)).fill(draws.pick([0, 1, 0x20, 0x30, 0x7f, 0x80, 0xff])),
    ),
  // More of nothing behind it.
  (bytes, _other, draws) => joined(bytes, new Uint8Array(draws.between(1, MOST_MOVED))),
]

/** A number of one to eight bytes becomes another: one of `NUMBERS`, one near it, or one of the length of all. */
function changeNumber(bytes: Uint8Array, _other: Uint8Array, draws: Draws): Uint8Array {
  const width = draws.pick([1, 2, 4, 4, 8])
  if (bytes.length < width) return draws.bytes(width)
  const at = draws.below(bytes.length - width + 1)
  const copy = bytes.slice()
  const view = new DataView(copy.buffer, copy.byteOffset + at, width)
  const little = draws.chance(0.5)
  const old = little
    ? bytesAsNumber(copy.subarray(at, at + width))
    : bytesAsNumber(copy.slice(at, at + width).reverse())
  const value = draws.pick([
    draws.pick(NUMBERS),
    old + draws.pick([-1, 1, 2, -8, 8]),
    2 * old,
    Math.floor(old / 2),
    bytes.length + draws.pick([-1, 0, 1]) - draws.pick([0, 8, at]),
  ])
  const whole = BigInt.asUintN(64, BigInt(Number.isSafeInteger(value) ? value : 2 ** 53))
  for (let i = 0; i < width; i++) view.setUint8(little ? i : width - 1 - i, Number((whole >> BigInt(8 * i)) & 0xffn))
  return copy
}

function bytesAsNumber(littleEndian: Uint8Array): number {
  return littleEndian.reduceRight((sum, byte) => 256 * sum + byte, 0)
}

function piece(bytes: Uint8Array, draws: Draws): Uint8Array {
  const at = draws.below(bytes.length)
  return bytes.subarray(at, at + draws.between(1, MOST_MOVED))
}

function overwritten(bytes: Uint8Array, at: number, values: Uint8Array): Uint8Array {
  const copy = bytes.slice()
  copy.set(values.subarray(0, Math.max(0, copy.length - at)), Math.min(at, copy.length))
  return copy
}

function inserted(bytes: Uint8Array, at: number, values: Uint8Array): Uint8Array {
  return joined(bytes.subarray(0, at), values, bytes.subarray(at))
}

/** Bytes one behind the other. */
export function joined(...pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const one of pieces) {
    all.set(one, at)
    at += one.length
  }
  return all
}
