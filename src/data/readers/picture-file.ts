import { crc32 } from 'node:zlib'
import type * as Canvas from '@napi-rs/canvas'
import { sentenceOf, type Text } from '../../base/advice'
import { StudioError } from '../../base/failure'
import { say, type Sentence } from '../../words/say'
import type { PictureShape } from '../table'
import { latin1 } from './field'
import { holdsItsFrames } from './gif-frames'
import { decodeNetpbm, netpbmHeader } from './netpbm'
import { tiffSize, type TiffDecoder } from './tiff'

/** A grey picture, `[height, width]`, row-major, 0 (black) to 255 (white). */
export interface GreyPicture extends PictureShape {
  readonly pixels: Uint8Array
}

/** Larger pictures are refused before they are decoded, in pixels. */
const MOST_PIXELS = 2 ** 25
/** So many pixels are turned into grey at a time. */
const STRIP_PIXELS = 2 ** 20
const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
/** The weights of red, green and blue in a grey (ITU-R 601), as sixteenths of 65536: what most programs use. */
const [RED, GREEN, BLUE] = [19595, 38470, 7471]

type PictureFormat = 'PNG' | 'JPEG' | 'GIF' | 'BMP' | 'WebP' | 'TIFF' | 'Netpbm'

/** The format and size that a picture file states in its beginning; null if it is none of the formats that are read. */
export function pictureHeader(bytes: Uint8Array): ({ readonly format: PictureFormat } & PictureShape) | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (PNG_SIGNATURE.every((byte, i) => bytes[i] === byte) && bytes.length >= 24)
    return { format: 'PNG', width: view.getUint32(16), height: view.getUint32(20) }
  const start = latin1(bytes, 0, Math.min(6, bytes.length))
  if ((start === 'GIF87a' || start === 'GIF89a') && bytes.length >= 10)
    return { format: 'GIF', width: view.getUint16(6, true), height: view.getUint16(8, true) }
  if (start.startsWith('BM') && bytes.length >= 26 && view.getUint32(14, true) >= 12) {
    const isOld = view.getUint32(14, true) === 12
    const width = isOld ? view.getUint16(18, true) : view.getInt32(18, true)
    const height = isOld ? view.getUint16(20, true) : Math.abs(view.getInt32(22, true))
    return { format: 'BMP', width, height }
  }
  if (start.startsWith('RIFF') && bytes.length >= 30) return webpHeader(bytes, view)
  if (start.startsWith('II*\0') || start.startsWith('MM\0*')) {
    const size = tiffSize(bytes)
    return size && { format: 'TIFF', ...size }
  }
  const netpbm = netpbmHeader(bytes)
  if (netpbm) return { format: 'Netpbm', width: netpbm.width, height: netpbm.height }
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff ? jpegHeader(view) : null
}

/** The size in the first chunk of a WebP file, of whichever of its three kinds. */
function webpHeader(bytes: Uint8Array, view: DataView): ReturnType<typeof pictureHeader> {
  const format = 'WebP'
  const chunk = latin1(bytes, 8, 16)
  switch (chunk) {
    case 'WEBPVP8 ':
      return { format, width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
    case 'WEBPVP8L': {
      const bits = view.getUint32(21, true)
      return { format, width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) }
    }
    case 'WEBPVP8X':
      return {
        format,
        width: 1 + (view.getUint32(24, true) & 0xffffff),
        height: 1 + (view.getUint16(27, true) | (view.getUint8(29) << 16)),
      }
    default:
      return null
  }
}

/** Follows the segments of a JPEG file to the frame header (SOF). */
function jpegHeader(view: DataView): ReturnType<typeof pictureHeader> {
  let at = 2
  while (at + 9 < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) return { format: 'JPEG', height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2)
  }
  return null
}

/**
 * Decodes a picture file (of several pictures the first) to grey; what is transparent becomes white.
 * @param name the picture's name, for the sentence of a failure
 * @param tiffs decodes those that are TIFF
 * @throws StudioError 'unknown-format', 'damaged-file', 'too-large' or 'cancelled'
 */
export async function decodePicture(bytes: Uint8Array, name: Text, tiffs: TiffDecoder): Promise<GreyPicture> {
  const header = pictureHeader(bytes)
  if (!header) throw notPicture(name)
  const { width, height } = requireModest(header, name)
  if (!isWhole(bytes, header.format)) throw damagedPicture(name, header.format, say('read.picture.why.cut'))
  // A decoder would make the picture as large as that.
  if (header.format === 'GIF' && !holdsItsFrames(bytes))
    throw damagedPicture(name, header.format, say('read.picture.why.larger'))
  try {
    if (header.format === 'Netpbm') return { width, height, pixels: netpbmPixels(bytes) }
    if (header.format === 'TIFF') return { width, height, pixels: greyOnWhite(await tiffs.rgba(bytes), width * height) }
    // Large, and needed for pictures alone.
    const canvas = await import('@napi-rs/canvas')
    const image = await canvas.loadImage(bytes)
    if (image.width !== width || image.height !== height) throw new Error('the size differs')
    return { width, height, pixels: greyOf(canvas, image, width, height) }
  } catch (cause) {
    if (cause instanceof StudioError) throw cause
    throw damagedPicture(name, header.format, say('read.picture.why.undecodable'), cause)
  }
}

/** @throws Error where samples are lacking */
function netpbmPixels(bytes: Uint8Array): Uint8Array {
  const header = netpbmHeader(bytes)
  const pixels = header && decodeNetpbm(bytes, header, greyOfColour)
  if (!pixels) throw new Error('samples are lacking')
  return pixels
}

/** @param rgba four bytes a pixel @throws Error where they are not as many as the picture has */
function greyOnWhite(rgba: Uint8Array, area: number): Uint8Array {
  if (rgba.length !== 4 * area) throw new Error('the size differs')
  return Uint8Array.from({ length: area }, (_, i) => {
    const opacity = rgba[4 * i + 3] / 255
    return Math.round(255 * (1 - opacity) + opacity * greyOfColour(rgba[4 * i], rgba[4 * i + 1], rgba[4 * i + 2]))
  })
}

function greyOfColour(red: number, green: number, blue: number): number {
  return (RED * red + GREEN * green + BLUE * blue + 0x8000) >>> 16
}

/** @throws StudioError 'damaged-file' or 'too-large' for a size that no picture of data has */
export function requireModest(header: { readonly format: string } & PictureShape, name: Text): PictureShape {
  const { width, height, format } = header
  if (width < 1 || height < 1) throw damagedPicture(name, format, say('read.picture.why.size', { width, height }))
  if (width * height > MOST_PIXELS)
    throw new StudioError(
      'too-large',
      say('read.picture.many-pixels', { name: sentenceOf(name), width, height, most: MOST_PIXELS }),
      say('read.picture.smaller.hint'),
    )
  return { width, height }
}

export function notPicture(name: Text): StudioError {
  return new StudioError(
    'unknown-format',
    say('read.picture.not', { name: sentenceOf(name) }),
    say('read.picture.not.hint'),
  )
}

/** @param why a clause that follows a colon, without its full stop */
function damagedPicture(name: Text, format: string, why: Sentence, cause?: unknown): StudioError {
  return new StudioError(
    'damaged-file',
    say('read.picture.damaged', { format, name: sentenceOf(name), why }),
    say('read.picture.damaged.hint'),
    { cause },
  )
}

/** Whether a file goes on to its end mark; the checksums of a PNG are checked. Decoders draw half a picture otherwise. */
function isWhole(bytes: Uint8Array, format: PictureFormat): boolean {
  switch (format) {
    case 'PNG':
      return isWholePng(bytes)
    case 'JPEG':
      return bytes.lastIndexOf(0xd9) > 0 && bytes[bytes.lastIndexOf(0xd9) - 1] === 0xff
    case 'GIF':
      return bytes.lastIndexOf(0x3b) > bytes.length - 16
    case 'BMP':
      return new DataView(bytes.buffer, bytes.byteOffset).getUint32(2, true) <= bytes.length
    case 'WebP':
      return new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true) + 8 <= bytes.length
    case 'TIFF':
    case 'Netpbm':
      // What is lacking shows when they are decoded.
      return true
  }
}

function isWholePng(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = PNG_SIGNATURE.length; at + 12 <= bytes.length;) {
    const end = at + 8 + view.getUint32(at)
    if (end + 4 > bytes.length || crc32(bytes.subarray(at + 4, end)) !== view.getUint32(end)) return false
    if (latin1(bytes, at + 4, at + 8) === 'IEND') return true
    at = end + 4
  }
  return false
}

/** On white, strip by strip: a large picture in full colour is held only once. */
function greyOf(
  { createCanvas }: Pick<typeof Canvas, 'createCanvas'>,
  image: Canvas.Image,
  width: number,
  height: number,
): Uint8Array {
  const grey = new Uint8Array(width * height)
  const stripHeight = Math.min(height, Math.max(1, Math.floor(STRIP_PIXELS / width)))
  const context = createCanvas(width, stripHeight).getContext('2d')
  context.fillStyle = 'white'
  for (let top = 0; top < height; top += stripHeight) {
    const rows = Math.min(stripHeight, height - top)
    context.fillRect(0, 0, width, rows)
    context.drawImage(image, 0, -top)
    const rgba = context.getImageData(0, 0, width, rows).data
    for (let i = top * width, at = 0; at < rgba.length; i++, at += 4)
      grey[i] = greyOfColour(rgba[at], rgba[at + 1], rgba[at + 2])
  }
  return grey
}

/**
 * A picture made to fit a size: scaled as a whole (each pixel the mean of what it covers, weighted by a triangle), put in
 * the middle, with the mean of its edge around it.
 */
export function fitPicture(picture: GreyPicture, size: PictureShape): Uint8Array {
  if (picture.width === size.width && picture.height === size.height) return picture.pixels
  const scale = Math.min(size.width / picture.width, size.height / picture.height)
  const width = Math.max(1, Math.round(scale * picture.width))
  const height = Math.max(1, Math.round(scale * picture.height))
  const scaled = resize(picture, width, height)
  const fitted = new Uint8Array(size.width * size.height).fill(edgeMean(picture))
  const left = Math.floor((size.width - width) / 2)
  const top = Math.floor((size.height - height) / 2)
  for (let y = 0; y < height; y++)
    fitted.set(scaled.subarray(y * width, (y + 1) * width), (top + y) * size.width + left)
  return fitted
}

function edgeMean({ width, height, pixels }: GreyPicture): number {
  let sum = 0
  let count = 0
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x += y === 0 || y === height - 1 ? 1 : Math.max(1, width - 1)) {
      sum += pixels[y * width + x]
      count++
    }
  return Math.round(sum / count)
}

function resize({ width, height, pixels }: GreyPicture, newWidth: number, newHeight: number): Uint8Array {
  const across = weights(width, newWidth)
  const down = weights(height, newHeight)
  const rows = new Float64Array(height * newWidth)
  for (let y = 0; y < height; y++)
    across.forEach(({ first, shares }, x) => {
      for (let i = 0; i < shares.length; i++) rows[y * newWidth + x] += shares[i] * pixels[y * width + first + i]
    })
  const resized = new Uint8Array(newWidth * newHeight)
  down.forEach(({ first, shares }, y) => {
    for (let x = 0; x < newWidth; x++) {
      let sum = 0
      for (let i = 0; i < shares.length; i++) sum += shares[i] * rows[(first + i) * newWidth + x]
      resized[y * newWidth + x] = Math.round(sum)
    }
  })
  return resized
}

/** Of which old pixels each new one is made, and with what shares (they sum to one). */
function weights(
  oldLength: number,
  newLength: number,
): { readonly first: number; readonly shares: readonly number[] }[] {
  const step = oldLength / newLength
  const reach = Math.max(1, step)
  return Array.from({ length: newLength }, (_, i) => {
    const center = (i + 0.5) * step
    const first = Math.max(0, Math.floor(center - reach + 0.5))
    const end = Math.min(oldLength, Math.floor(center + reach + 0.5))
    const raw = Array.from({ length: end - first }, (_, j) =>
      Math.max(0, 1 - Math.abs(first + j + 0.5 - center) / reach),
    )
    const sum = raw.reduce((total, share) => total + share, 0)
    return { first, shares: raw.map((share) => share / sum) }
  })
}
