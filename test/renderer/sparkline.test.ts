import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { largest } from '../../src/base/extremes'
import { HUES, hueOf } from '../../src/shared/run-hue'
import { sparkline, wholeCurve } from '../../src/renderer/logic/sparkline'

describe('a small curve', () => {
  it('stays in its box but for what is far above, and is lower where the loss is', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.double(), fc.constant(NaN)), { maxLength: 60 }), (values) => {
        const points = sparkline(values, 90, 26)
        const known = values.filter(Number.isFinite)
        expect(points).toHaveLength(known.length < 2 ? 0 : known.length)
        // The better half is always in it.
        const inside = points.filter(({ y }) => y >= 0).length
        expect(inside).toBeGreaterThan(Math.floor((points.length - 1) / 2))
        points.forEach(({ x, y }, i) => {
          expect(x).toBeGreaterThanOrEqual(i === 0 ? 0 : points[i - 1].x)
          expect(x).toBeLessThanOrEqual(90)
          expect(y).toBeGreaterThanOrEqual(-50 * 26)
          expect(y).toBeLessThanOrEqual(26)
          if (i > 0 && known[i] < known[i - 1]) expect(y).toBeGreaterThanOrEqual(points[i - 1].y)
        })
      }),
    )
  })

  it('is not flattened by the loss of the first epoch', () => {
    const points = sparkline([5000, 100, 90, 85, 82, 80], 100, 100)
    // It comes down from above, and is level nowhere.
    expect(points[0].y).toBeLessThan(-100)
    expect(points[2].y - points[1].y).toBeGreaterThan(10)
    expect(points[5]).toEqual({ x: 100, y: 100 })
  })
})

describe('the small curve of a share', () => {
  it('is in its box altogether, from the top to the bottom, and lower where the share is', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 60 }), (values) => {
        const points = wholeCurve(values, 90, 26)
        expect(points).toHaveLength(values.length)
        const heights = points.map(({ y }) => y)
        for (const y of heights) {
          expect(y).toBeGreaterThanOrEqual(0)
          expect(y).toBeLessThanOrEqual(26)
        }
        const most = heights[values.indexOf(largest(values))]
        if (new Set(heights).size > 1) expect([most, largest(heights)]).toEqual([0, 26])
      }),
    )
  })
})

describe('the hue of a run', () => {
  it('is its own on every computer, and one of the hues there are', () => {
    const hues = Array.from({ length: 400 }, (_, i) => hueOf(`2026-11-26-run-${i.toString(16).padStart(6, '0')}`))
    expect(new Set(hues)).toEqual(new Set(Array.from({ length: HUES }, (_, hue) => hue)))
    for (let hue = 0; hue < HUES; hue++) expect(hues.filter((one) => one === hue).length).toBeGreaterThan(20)
    expect(hueOf('2026-11-26-first-3d4e5f')).toBe(hueOf('2026-11-26-first-3d4e5f'))
  })
})
