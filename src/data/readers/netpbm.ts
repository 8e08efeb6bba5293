import type { PictureShape } from '../table'

/** A picture of the Netpbm family (PBM, PGM, PPM), as its header states it. */
export interface NetpbmHeader extends PictureShape {
  /** The digit of its mark P1 … P6. */
  readonly kind: number
  /** The largest sample; 1 of a bitmap. */
  readonly most: number
  /** Where the samples begin. */
  readonly dataAt: number
}

/** Reads the header of a Netpbm picture, with its remarks; null if the bytes are none. */
export function netpbmHeader(bytes: Uint8Array): NetpbmHeader | null {
  const kind = (bytes[1] ?? 0) - 48
  if (bytes[0] !== 0x50 || kind < 1 || kind > 6) return null
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096)).toString('latin1')
  const blank = '(?:\\s|#[^\\n]*\\n)+'
  const isBitmap = kind === 1 || kind === 4
  const pattern = new RegExp(`^P\\d${blank}(\\d{1,6})${blank}(\\d{1,6})${isBitmap ? '' : `${blank}(\\d{1,5})`}\\s`)
  const match = pattern.exec(text)
  if (!match) return null
  const most = isBitmap ? 1 : Number(match[3])
  if (most < 1 || most > 65_535) return null
  return { kind, width: Number(match[1]), height: Number(match[2]), most, dataAt: match[0].length }
}

/**
 * The greys of a Netpbm picture, `[height, width]`, 0 (black) to 255 (white).
 * @param greyOf makes a grey of red, green and blue, each 0..255
 * @returns null if samples are lacking, or are none
 */
export function decodeNetpbm(
  bytes: Uint8Array,
  header: NetpbmHeader,
  greyOf: (red: number, green: number, blue: number) => number,
): Uint8Array | null {
  const { kind, width, height, most } = header
  const channels = kind === 3 || kind === 6 ? 3 : 1
  const samples = kind <= 3 ? plainSamples(bytes, header, channels) : rawSamples(bytes, header, channels)
  if (samples === null) return null
  const grey = new Uint8Array(width * height)
  const level = (value: number): number => Math.round((255 * Math.min(value, most)) / most)
  const isBitmap = kind === 1 || kind === 4
  for (let i = 0; i < grey.length; i++) {
    // In a bitmap a one is black.
    if (isBitmap) grey[i] = samples[i] === 0 ? 255 : 0
    else if (channels === 1) grey[i] = level(samples[i])
    else grey[i] = greyOf(level(samples[3 * i]), level(samples[3 * i + 1]), level(samples[3 * i + 2]))
  }
  return grey
}

/** Samples written as text; those of a bitmap need no blanks between them. */
function plainSamples(
  bytes: Uint8Array,
  { kind, width, height, dataAt }: NetpbmHeader,
  channels: number,
): Uint16Array | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + dataAt, bytes.length - dataAt)
    .toString('latin1')
    .replace(/#[^\n]*/g, '')
  const samples = new Uint16Array(width * height * channels)
  let count = 0
  for (const [word] of text.matchAll(kind === 1 ? /[01]/g : /\d{1,5}/g)) {
    if (count === samples.length) break
    samples[count++] = Number(word)
  }
  return count === samples.length ? samples : null
}

function rawSamples(
  bytes: Uint8Array,
  { kind, width, height, most, dataAt }: NetpbmHeader,
  channels: number,
): Uint16Array | null {
  const samples = new Uint16Array(width * height * channels)
  if (kind === 4) {
    const rowBytes = Math.ceil(width / 8)
    if (bytes.length < dataAt + rowBytes * height) return null
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        samples[y * width + x] = (bytes[dataAt + y * rowBytes + (x >> 3)] >> (7 - (x & 7))) & 1
    return samples
  }
  const isWide = most > 255
  if (bytes.length < dataAt + samples.length * (isWide ? 2 : 1)) return null
  for (let i = 0; i < samples.length; i++)
    samples[i] = isWide ? (bytes[dataAt + 2 * i] << 8) | bytes[dataAt + 2 * i + 1] : bytes[dataAt + i]
  return samples
}
