/**
 * The frames of a GIF file: a header with the size of the whole, then blocks, each an extension, a frame with a place and a
 * size of its own, or the end. What blocks hold comes in pieces of up to 255 bytes, each behind its length.
 */

const HEADER_BYTES = 13
const [EXTENSION, FRAME] = [0x21, 0x2c]
const FRAME_BYTES = 10

/** Whether all frames lie within the size that the file states in its header. What cannot be followed is looked at no further. */
export function holdsItsFrames(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [width, height] = [view.getUint16(6, true), view.getUint16(8, true)]
  let at = HEADER_BYTES + colourBytes(bytes[10])
  for (;;) {
    if (bytes[at] === EXTENSION) at = afterPieces(bytes, at + 2)
    else if (bytes[at] === FRAME && at + FRAME_BYTES <= bytes.length) {
      const [left, top, across, down] = [1, 3, 5, 7].map((offset) => view.getUint16(at + offset, true))
      if (left + across > width || top + down > height) return false
      // Behind its colours stands a byte on how its pixels are packed.
      at = afterPieces(bytes, at + FRAME_BYTES + colourBytes(bytes[at + 9]) + 1)
    } else return true
  }
}

/** How many bytes a table of colours takes, as the byte of flags before it says. */
function colourBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1)
}

/** Where the pieces that begin at `start` end; an empty one is the last. */
function afterPieces(bytes: Uint8Array, start: number): number {
  let at = start
  while (at < bytes.length && bytes[at] !== 0) at += 1 + bytes[at]
  return at + 1
}
