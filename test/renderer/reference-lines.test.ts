import fc from 'fast-check'
import { expect, it } from 'vitest'
import { freeBox, type Box } from '../../src/renderer/views/train/reference-lines'

const boxes = fc.array(
  fc.record({
    right: fc.constant(500),
    top: fc.integer({ min: 0, max: 60 }),
    width: fc.integer({ min: 40, max: 160 }),
  }),
  { maxLength: 6 },
)

it('names of references never cover each other, and stay where they are if none is in the way', () =>
  fc.assert(
    fc.property(boxes, (wanted) => {
      const written: Box[] = []
      for (const box of wanted) written.push(freeBox(written, box))
      written.forEach((a, i) =>
        written.slice(0, i).forEach((b) => {
          const apart = Math.abs(a.top - b.top) >= 14 || a.right <= b.right - b.width || b.right <= a.right - a.width
          expect(apart).toBe(true)
        }),
      )
      expect(written[0]).toEqual(wanted[0])
      written.forEach((box, i) => expect([box.top, box.width]).toEqual([wanted[i].top, wanted[i].width]))
    }),
  ))
