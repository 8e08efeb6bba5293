import { decode } from 'fast-png'
import { describe, expect, it } from 'vitest'
import { BitMatrix } from '../../src/data/bit-matrix'
import { encodeSheet, inkOf, layOutSheet, type Sheet } from '../../src/data/sheet'
import { expectFailure } from '../base/expect-failure'

/** Three pictures of 2×2: blank, one pixel at the top right, all grey. */
const pictures = {
  columns: 4,
  picture: { width: 2, height: 2 },
  values: Uint8Array.of(0, 0, 0, 0, 0, 255, 0, 0, 100, 100, 100, 100),
}

/** A sheet as text: # ink, . paper, + hairline, o grey. */
function drawn({ width, height, pixels }: Sheet): string[] {
  const sign = (pixel: number): string => (pixel === 0 ? '#' : pixel === 255 ? '.' : pixel === 225 ? '+' : 'o')
  return Array.from({ length: height }, (_, y) => [...pixels.slice(y * width, (y + 1) * width)].map(sign).join(''))
}

describe('a sheet of pictures', () => {
  it('is dark on light, with hairlines, and blank where the pictures end', () => {
    expect(drawn(layOutSheet(pictures, { scale: 1 }))).toEqual([
      '+++++++',
      '+..+.#+',
      '+..+..+',
      '+++++++',
      '+oo+..+',
      '+oo+..+',
      '+++++++',
    ])
    expect(layOutSheet(pictures, { scale: 1 }).pixels[4 * 7 + 1]).toBe(155)
  })

  it('is scaled by whole numbers, with wider hairlines', () => {
    expect(drawn(layOutSheet(pictures, { scale: 2, perRow: 3 }))).toEqual([
      '++++++++++++++++++++',
      '++++++++++++++++++++',
      '++....++..##++oooo++',
      '++....++..##++oooo++',
      '++....++....++oooo++',
      '++....++....++oooo++',
      '++++++++++++++++++++',
      '++++++++++++++++++++',
    ])
  })

  it('chooses a scale that fits a screen', () => {
    const digits = (count: number): Sheet =>
      layOutSheet({ columns: 784, picture: { width: 28, height: 28 }, values: new Uint8Array(784 * count) })
    expect(digits(100).width).toBe(10 * (28 * 4 + 2) + 2)
    expect(digits(10_000).width).toBe(100 * 29 + 1)
  })
})

describe('a sheet of rows that are no pictures', () => {
  it('is a raster with one line per row', () => {
    const rows = { columns: 3, picture: null, values: Uint8Array.of(255, 0, 0, 0, 255, 255) }
    expect(drawn(layOutSheet(rows, { scale: 1 }))).toEqual(['#..', '.##'])
    expect(drawn(layOutSheet(rows, { scale: 2 }))).toEqual(['##....', '##....', '..####', '..####'])
  })
})

describe('a sheet as PNG', () => {
  it('is decoded to the same pixels', () => {
    const { width, height, pixels } = layOutSheet(pictures)
    const png = encodeSheet(pictures)
    expect([...png.slice(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
    expect(decode(png)).toMatchObject({ width, height, channels: 1, depth: 8, data: pixels })
  })

  it('draws a one in full ink', () => {
    expect(inkOf(BitMatrix.fromBytes(1, 3, [1, 0, 1]))).toEqual(Uint8Array.of(255, 0, 255))
  })

  it('is refused without rows, and where it would be enormous', async () => {
    const empty = { columns: 4, picture: null, values: new Uint8Array() }
    await expectFailure(() => encodeSheet(empty), 'invalid-data', /no rows/)
    const huge = { columns: 65_536, picture: null, values: new Uint8Array(65_536 * 1600) }
    await expectFailure(() => encodeSheet(huge), 'too-large', /65536×1600/)
  })
})
