import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { encode } from 'fast-png'
import { describe, expect, it } from 'vitest'
import { decodePicture } from '../../../src/data/readers/picture-file'
import { Reading } from '../../../src/data/readers/reading'
import { TiffDecoder } from '../../../src/data/readers/tiff'
import { expectFailure } from '../../base/expect-failure'

const TIFFS = new TiffDecoder(new Reading({}, 1))

describe('a picture', () => {
  it('that is turned into grey in several strips is whole', async () => {
    const [width, height] = [1100, 2300]
    const data = Uint8Array.from({ length: width * height }, (_, i) => (3 * Math.floor(i / width) + (i % width)) % 256)
    const picture = await decodePicture(encode({ width, height, data, channels: 1 }), 'x.png', TIFFS)
    expect([picture.width, picture.height]).toEqual([width, height])
    expect(Buffer.compare(picture.pixels, data)).toBe(0)
  })

  it('in a GIF file that is larger than the file says is refused before memory is taken for it', async () => {
    const path = join(import.meta.dirname, '..', '..', 'fixtures', 'readers', 'pictures', 'train', 'cats', '3.gif')
    const gif = new Uint8Array(readFileSync(path))
    expect(await decodePicture(gif, 'x.gif', TIFFS)).toMatchObject({ width: 8, height: 6 })
    const frame = 13 + 3 * 2 ** ((gif[10] & 7) + 1)
    expect(gif[frame]).toBe(0x2c)
    for (const [offset, value] of [
      [2, 0x40],
      [4, 0x40],
      [6, 0x40],
      [8, 0x40],
      [1, 1],
    ]) {
      const changed = gif.slice()
      changed[frame + offset] = value
      const before = process.resourceUsage().maxRSS
      await expectFailure(
        () => decodePicture(changed, 'x.gif', TIFFS),
        'damaged-file',
        /holds a picture that is larger/,
      )
      expect(process.resourceUsage().maxRSS - before).toBeLessThan(100 * 1024)
    }
  })
})
