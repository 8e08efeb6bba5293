import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DispatchLimit, productTile, runsOf, updateTile } from '../../src/engine/webgpu/cut'
import { SETTING_LIMITS } from '../../src/shared/setting-limits'

const sizes = fc.record({
  rows: fc.integer({ min: 1, max: SETTING_LIMITS.batchSize.most }),
  columns: fc.integer({ min: 1, max: 65_536 }),
  terms: fc.integer({ min: 1, max: 65_536 }),
})

describe('the dispatches of a product', () => {
  it('have no more work than they may, and each tile is in one of them', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 1e9 }),
        (columns, rows, work) => {
          const most = new DispatchLimit().work
          const done = new Uint8Array(columns * rows)
          for (const { first, count, top, height } of runsOf(columns, rows, work, most)) {
            if (count * height * work > most) expect.fail(`${count} by ${height} tiles of ${work}`)
            for (let c = first; c < first + count; c++) for (let r = top; r < top + height; r++) done[c * rows + r]++
          }
          expect(done.every((times) => times === 1)).toBe(true)
        },
      ),
    ))

  it('take no more than 50 ms on a GPU of 50 billion multiply-adds a second, for any minibatch and any layer', () =>
    fc.assert(
      fc.property(sizes, ({ rows, columns, terms }) => {
        const { work } = new DispatchLimit()
        for (const tile of [productTile(rows, columns, terms), updateTile(columns, terms)]) {
          const ofTile = tile.rows * tile.columns * Math.max(terms, rows)
          for (const { count, height } of runsOf(
            Math.ceil(columns / tile.columns),
            Math.ceil(rows / tile.rows),
            ofTile,
            work,
          ))
            if ((1000 * count * height * ofTile) / 50e9 > 50) expect.fail(`${count} by ${height} tiles of ${ofTile}`)
        }
      }),
      { numRuns: 20 },
    ))

  it('grow and shrink with the speed that the GPU has shown', () => {
    const limit = new DispatchLimit()
    limit.took(5e12, 1000)
    expect(limit.work).toBe(1.5e11)
    limit.took(2e10, 1000)
    expect(limit.work).toBe(6e8)
    limit.took(1, 1000)
    expect(limit.work).toBe(2.5e8)
  })
})
