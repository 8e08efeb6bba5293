import { encode } from 'fast-png'
import { describe, expect, it } from 'vitest'
import { decodePicture } from '../../../src/data/readers/picture-file'

describe('a picture', () => {
  it('that is turned into grey in several strips is whole', async () => {
    const [width, height] = [1100, 2300]
    const data = Uint8Array.from({ length: width * height }, (_, i) => (3 * Math.floor(i / width) + (i % width)) % 256)
    const picture = await decodePicture(encode({ width, height, data, channels: 1 }), 'x.png')
    expect([picture.width, picture.height]).toEqual([width, height])
    expect(Buffer.compare(picture.pixels, data)).toBe(0)
  })
})
