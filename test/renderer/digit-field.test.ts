import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inputsDrawn, layoutField, type FieldPlace } from '../../src/renderer/logic/digit-field'

const SHAPE = { width: 28, height: 28 }

const area = fc.record({ width: fc.integer({ min: 60, max: 1400 }), height: fc.integer({ min: 60, max: 900 }) })

/** Whether two pictures share a pixel. */
function overlap(a: FieldPlace, b: FieldPlace): boolean {
  const apart = (at: 'x' | 'y', side: 'width' | 'height'): boolean =>
    a[at] + SHAPE[side] * a.scale <= b[at] || b[at] + SHAPE[side] * b.scale <= a[at]
  return !apart('x', 'width') && !apart('y', 'height')
}

describe('a field of digits', () => {
  it('has one large digit in its middle and small ones around it, none over another or over the edge', () => {
    fc.assert(
      fc.property(area, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 2, max: 12 }), (room, scale, gap) => {
        const { large, small } = layoutField(room, SHAPE, scale, gap)
        const all = [large, ...small]
        const isInside = all.every(
          ({ x, y, scale: own }) =>
            x >= 0 && y >= 0 && x + SHAPE.width * own <= room.width && y + SHAPE.height * own <= room.height,
        )
        expect(isInside).toBe(true)
        expect(all.some((one, i) => all.slice(i + 1, i + 60).some((other) => overlap(one, other)))).toBe(false)
        expect(all.some((one) => one !== large && overlap(one, large))).toBe(false)
        expect(Math.abs(2 * large.x + SHAPE.width * large.scale - room.width)).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('gives the large digit the room, and is large alone where little is left', () => {
    const { large, small } = layoutField({ width: 800, height: 690 }, SHAPE, 2, 8)
    expect(large.scale).toBeGreaterThan(8)
    expect(small.length).toBeGreaterThan(50)
    expect(layoutField({ width: 200, height: 200 }, SHAPE, 2, 8).small).toEqual([])
  })
})

it('a digit is drawn input after input, from none to all', () => {
  fc.assert(
    fc.property(fc.integer({ min: -5000, max: 20_000 }), fc.integer({ min: 1, max: 5000 }), (elapsed, inputs) => {
      const drawn = inputsDrawn(elapsed, 7000, inputs)
      expect(drawn).toBeGreaterThanOrEqual(0)
      expect(drawn).toBeLessThanOrEqual(inputs)
      expect(inputsDrawn(elapsed + 16, 7000, inputs)).toBeGreaterThanOrEqual(drawn)
      if (elapsed <= 0) expect(drawn).toBe(0)
      if (elapsed >= 7000) expect(drawn).toBe(inputs)
    }),
  )
})
