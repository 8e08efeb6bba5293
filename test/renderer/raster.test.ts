import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  aloneShape,
  BoundedCache,
  cellAt,
  greyPalette,
  gridShape,
  layoutGrid,
  layoutSheet,
  scaleFor,
  thresholdPalette,
  visibleRows,
} from '../../src/renderer/logic/raster'

const DIGIT = { width: 28, height: 28 }

describe('the scale', () => {
  it('draws small pictures about as large as digits, and no others', () => {
    expect([scaleFor(2, DIGIT), scaleFor(2, { width: 4, height: 4 }), scaleFor(1, { width: 8, height: 3 })]).toEqual([
      2, 14, 3,
    ])
    expect([scaleFor(2, { width: 64, height: 64 }), scaleFor(2, null)]).toEqual([2, 2])
  })
})

describe('the grid', () => {
  it('draws every pixel of a picture at the same whole size, within the width', () => {
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 4000 }), fc.integer({ min: 1, max: 12 }), (available, scale) => {
        const { perRow, cellWidth, cellHeight, gap, inset } = layoutGrid(DIGIT, available, scale, 4)
        expect(cellWidth % 28).toBe(0)
        expect(cellHeight).toBe(cellWidth)
        expect(inset + perRow * (cellWidth + gap) - gap).toBeLessThanOrEqual(available)
      }),
    )
  })

  it('finds the cell under a point that lies in it, and none between cells', () => {
    const layout = layoutGrid(DIGIT, 800, 2, 4)
    const { perRow, cellWidth, cellHeight, gap, gapAcross, inset } = layout
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 499 }), fc.nat(cellWidth - 1), fc.nat(cellHeight - 1), (index, dx, dy) => {
        const x = inset + (index % perRow) * (cellWidth + gapAcross) + dx
        const y = gap + Math.floor(index / perRow) * (cellHeight + gap) + dy
        expect(cellAt(layout, 500, x, y)).toBe(index)
      }),
    )
    expect(cellAt(layout, 500, inset + cellWidth + 1, gap + 5)).toBeNull()
    expect(cellAt(layout, 3, inset + 5 * (cellWidth + gap), gap + 5)).toBeNull()
  })

  it('shows only the rows that are in sight', () => {
    const layout = layoutGrid(DIGIT, 800, 2, 4)
    expect(visibleRows(layout, 50_000, 0, 600)).toEqual({ first: 0, last: 10 })
    expect(visibleRows(layout, 13, 0, 600).last).toBe(0)
    expect(visibleRows(layout, 0, 0, 600).last).toBe(-1)
  })

  it('puts short strips side by side', () => {
    const layout = layoutGrid({ width: 16, height: 1 }, 800, 2, 4)
    expect(layout).toMatchObject({ perRow: 5, cellWidth: 128, cellHeight: 8 })
    expect(cellAt(layout, 50, layout.inset + 5, layout.gap + layout.cellHeight + 1)).toBe(0)
    expect(layout.inset + 5 * layout.cellWidth + 4 * layout.gapAcross).toBeLessThanOrEqual(800)
  })

  it('draws rows without a picture as strips, squeezed where they are too long', () => {
    expect(gridShape(123, null)).toEqual({ width: 123, height: 1 })
    expect(aloneShape(123, null)).toEqual({ width: 12, height: 11 })
    expect(layoutGrid({ width: 123, height: 1 }, 800, 2, 4)).toMatchObject({ perRow: 1, cellWidth: 738 })
    expect(layoutGrid({ width: 5000, height: 1 }, 800, 2, 4)).toMatchObject({ perRow: 1, cellWidth: 792 })
  })
})

describe('the sheet', () => {
  it('shows all where they fit comfortably, and otherwise fewer that can be seen', () => {
    expect(layoutSheet(DIGIT, 64, { width: 470, height: 600 }, 2, 2)).toMatchObject({
      perRow: 8,
      rows: 8,
      cellWidth: 56,
    })
    expect(layoutSheet(DIGIT, 64, { width: 252, height: 500 }, 2, 2)).toMatchObject({
      perRow: 4,
      rows: 8,
      cellWidth: 56,
    })
    expect(layoutSheet(DIGIT, 64, { width: 252, height: 120 }, 2, 2)).toMatchObject({
      perRow: 8,
      rows: 8,
      cellWidth: 28,
    })
  })
})

describe('palettes', () => {
  it('go from paper to ink, and a threshold cuts them in two', () => {
    const palette = greyPalette([255, 255, 255], [0, 0, 0])
    expect([palette[0], palette[255]]).toEqual([0xffffffff, 0xff000000])
    const cut = thresholdPalette(palette, 128)
    expect([cut[127], cut[128]]).toEqual([palette[0], palette[255]])
  })
})

describe('BoundedCache', () => {
  it('forgets what was used longest ago', () => {
    const cache = new BoundedCache<number, string>(2)
    cache.set(1, 'a')
    cache.set(2, 'b')
    cache.get(1)
    cache.set(3, 'c')
    expect([cache.get(1), cache.get(2), cache.get(3)]).toEqual(['a', undefined, 'c'])
  })
})
