import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnEdges, columnsWithin, rowsWithin, scrollToRow } from '../../src/renderer/logic/table-layout'
import type { TableColumn } from '../../src/shared/table-view'

const ROW = 28
const columns = fc.array(
  fc.record({
    name: fc.string({ maxLength: 50 }),
    holds: fc.constantFrom<TableColumn['holds']>('words', 'numbers', 'dates'),
    letters: fc.integer({ min: 1, max: 500 }),
    isLabel: fc.boolean(),
    isUsed: fc.boolean(),
  }),
  { minLength: 1, maxLength: 40 },
)

describe('the columns of a table', () => {
  it('lie side by side, each wide enough to be read, and fill the window where they nearly do', () =>
    fc.assert(
      fc.property(columns, fc.integer({ min: 0, max: 4000 }), (list, available) => {
        const edges = columnEdges(list, available)
        const widths = list.map((_, i) => edges[i + 1] - edges[i])
        expect(edges[0]).toBe(0)
        widths.forEach((width, i) => expect(width).toBeGreaterThanOrEqual(list[i].holds === 'words' ? 76 : 92))
        const natural = columnEdges(list, 0).at(-1) ?? 0
        if (natural > available) expect(edges.at(-1)).toBe(natural)
        else expect(edges.at(-1)).toBeLessThanOrEqual(available)
      }),
    ))

  it('show a whole date, however wide figures are', () => {
    const [, end] = columnEdges([{ name: 'when', holds: 'dates', letters: 10, isLabel: false, isUsed: true }], 0)
    // Eight figures and two hyphens of a wide font at 13 pixels, and what is kept free beside them.
    expect(end).toBeGreaterThanOrEqual(8 * 8.3 + 2 * 4.7 + 20)
  })

  it('are all there that show', () =>
    fc.assert(
      fc.property(columns, fc.nat(3000), fc.integer({ min: 1, max: 1500 }), (list, left, width) => {
        const edges = columnEdges(list, 0)
        const { first, end } = columnsWithin(edges, left, width, 0)
        list.forEach((_, i) => {
          if (edges[i + 1] > left && edges[i] < left + width) expect(i >= first && i < end).toBe(true)
        })
        expect([first >= 0, end <= list.length]).toEqual([true, true])
      }),
    ))
})

describe('the rows of a table', () => {
  const shown = fc.integer({ min: ROW, max: 2000 })

  it('are where they would be if all were there, while they are not too many', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        shown,
        (count, share, height) => {
          const all = count * ROW
          const top = Math.floor(share * Math.max(0, all - height))
          const window = rowsWithin(count, ROW, top, height, 3)
          expect(window.height).toBe(all)
          expect(window.top).toBeCloseTo(window.rows.first * ROW, 6)
          expect(window.rows.first * ROW).toBeLessThanOrEqual(top)
          expect(window.rows.end * ROW).toBeGreaterThanOrEqual(Math.min(all, top + height))
        },
      ),
    ))

  it('can all be reached, however many there are', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        shown,
        (count, share, height) => {
          const row = Math.min(count - 1, Math.floor(share * count))
          for (const from of [0, Math.max(0, rowsWithin(count, ROW, 0, height, 0).height - height)]) {
            const to = scrollToRow(row, count, ROW, from, height) ?? from
            const { rows, top } = rowsWithin(count, ROW, to, height, 0)
            expect(row >= rows.first && row < rows.end).toBe(true)
            const place = top + (row - rows.first) * ROW - to
            expect(place).toBeGreaterThan(-1)
            expect(place + ROW).toBeLessThan(height + 1)
          }
        },
      ),
    ))
})
