import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodePicture } from '../../../src/data/readers/picture-file'
import { Reading } from '../../../src/data/readers/reading'
import { TiffDecoder } from '../../../src/data/readers/tiff'

const TIFFS = new TiffDecoder(new Reading({}, 1))

const shape = fc.record({ width: fc.integer({ min: 1, max: 20 }), height: fc.integer({ min: 1, max: 12 }) })

/** A picture in one of the forms of the Netpbm family, written as its manual says, with a remark in the header. */
function written(
  kind: number,
  { width, height }: { width: number; height: number },
  pixels: readonly number[],
): Buffer {
  const header = `P${kind}\n# made here\n${width} ${height}\n${kind === 1 || kind === 4 ? '' : '255\n'}`
  const rows = Array.from({ length: height }, (_, y) => pixels.slice(y * width, (y + 1) * width))
  const thrice = pixels.flatMap((pixel) => [pixel, pixel, pixel])
  switch (kind) {
    case 1:
      return Buffer.from(header + rows.map((row) => row.map((pixel) => (pixel < 128 ? 1 : 0)).join('')).join('\n'))
    case 2:
      return Buffer.from(header + pixels.join(' '))
    case 3:
      return Buffer.from(header + thrice.join('\n'))
    case 4: {
      const packed = rows.flatMap((row) =>
        Array.from({ length: Math.ceil(width / 8) }, (_, byte) =>
          row.slice(8 * byte, 8 * byte + 8).reduce((bits, pixel, i) => bits | ((pixel < 128 ? 1 : 0) << (7 - i)), 0),
        ),
      )
      return Buffer.concat([Buffer.from(header), Buffer.from(packed)])
    }
    case 5:
      return Buffer.concat([Buffer.from(header), Buffer.from(pixels)])
    default:
      return Buffer.concat([Buffer.from(header), Buffer.from(thrice)])
  }
}

it('reads the pictures of the Netpbm family, as text and as bytes', async () => {
  const pictures = shape.chain((size) =>
    fc.tuple(
      fc.constant(size),
      fc.integer({ min: 1, max: 6 }),
      fc.array(fc.integer({ min: 0, max: 255 }), {
        minLength: size.width * size.height,
        maxLength: size.width * size.height,
      }),
    ),
  )
  await fc.assert(
    fc.asyncProperty(pictures, async ([size, kind, pixels]) => {
      const expected = kind === 1 || kind === 4 ? pixels.map((pixel) => (pixel < 128 ? 0 : 255)) : pixels
      const picture = await decodePicture(written(kind, size, pixels), 'x', TIFFS)
      expect(picture).toEqual({ ...size, pixels: Uint8Array.from(expected) })
      const whole = written(kind, size, pixels)
      // A sample at least is lacking, and nothing of the header.
      const lacking = kind === 2 || kind === 3 ? 4 : 1
      const header = written(kind, { width: size.width, height: 0 }, []).length + String(size.height).length - 1
      const short = whole.subarray(0, Math.max(header, whole.length - lacking))
      await expect(decodePicture(short, 'x', TIFFS)).rejects.toThrow(/damaged/)
    }),
    { examples: [[[{ width: 1, height: 1 }, 2, [0]]]] },
  )
})
