import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placeLabels } from '../../src/renderer/logic/verdict-bar'

describe('labels of a bar', () => {
  it('stay on it, and none covers another', () => {
    const label = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      width: fc.double({ min: 0.01, max: 1, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(label, { maxLength: 6 }), (labels) => {
        const placed = placeLabels(labels)
        placed.forEach(({ left, row }, i) => {
          expect(left).toBeGreaterThanOrEqual(0)
          expect(left + labels[i].width).toBeLessThanOrEqual(1 + 1e-9)
          placed.slice(i + 1).forEach((other, j) => {
            if (other.row !== row) return
            const [a, b] = [left, other.left]
            const isApart = a + labels[i].width <= b + 1e-9 || b + labels[i + 1 + j].width <= a + 1e-9
            expect(isApart).toBe(true)
          })
        })
      }),
    )
  })
})
