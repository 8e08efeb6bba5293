import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  closeRange,
  listedEpochs,
  LossSeries,
  smooth,
  smoothingFor,
  tailRange,
} from '../../src/renderer/logic/loss-series'

describe('LossSeries', () => {
  it('keeps every loss while there are few', () => {
    const series = new LossSeries(10)
    series.add(1, [5, 4])
    series.add(3, [3])
    expect(series.values()).toEqual([
      { update: 1, loss: 5 },
      { update: 2, loss: 4 },
      { update: 3, loss: 3 },
    ])
  })

  it('stays within its bound, in order, and keeps the mean', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { maxLength: 40 }), { maxLength: 40 }),
        (batches) => {
          const series = new LossSeries(16)
          let update = 1
          for (const batch of batches) {
            series.add(update, batch)
            update += batch.length
          }
          const points = series.values()
          expect(points.length).toBeLessThanOrEqual(16)
          for (let i = 1; i < points.length; i++) expect(points[i].update).toBeGreaterThan(points[i - 1].update)
          const all = batches.flat()
          for (const { loss } of points) {
            expect(loss).toBeGreaterThanOrEqual(Math.min(...all) - 1e-9)
            expect(loss).toBeLessThanOrEqual(Math.max(...all) + 1e-9)
          }
        },
      ),
    )
  })

  it('replaces what is told again after a checkpoint', () => {
    const series = new LossSeries(100)
    series.add(1, [9, 8, 7, 6])
    series.add(3, [1, 2])
    expect(series.values().map(({ loss }) => loss)).toEqual([9, 8, 1, 2])
  })

  it('goes on after points that were means already', () => {
    const series = new LossSeries(100)
    series.load(Array.from({ length: 10 }, (_, i) => ({ update: 5 * (i + 1), loss: i })))
    series.add(51, [1, 1, 1, 1, 1])
    expect(series.values().at(-1)).toEqual({ update: 55, loss: 1 })
    expect(series.values()).toHaveLength(11)
  })
})

describe('smooth', () => {
  it('leaves a constant and, without smoothing, everything as it is', () => {
    for (const value of smooth(Array<number>(20).fill(3), 0.9)) expect(value).toBeCloseTo(3, 12)
    expect(Array.from(smooth([3, 1, 2], 0))).toEqual([3, 1, 2])
  })

  it('does not lag behind a straight line', () => {
    const line = Array.from({ length: 101 }, (_, i) => 100 - i)
    expect(smooth(line, 0.8)[50]).toBeCloseTo(50, 2)
  })

  it('does not follow the last value at the end', () => {
    const noisy = [...Array<number>(200).fill(5), 15]
    expect(smooth(noisy, 0.95).at(-1)).toBeLessThan(6)
  })

  it('smooths longer curves more', () => {
    expect(smoothingFor(10)).toBe(0)
    expect(smoothingFor(2000)).toBeGreaterThan(smoothingFor(200))
  })
})

describe('tailRange', () => {
  it('leaves out the steep beginning', () => {
    const points = Array.from({ length: 100 }, (_, i) => ({ x: i, y: i < 10 ? 500 : 100 - i / 10 }))
    const range = tailRange(points)
    expect(range?.most).toBeLessThan(110)
    expect(range?.least).toBeLessThan(90.2)
  })

  it('has the floor in it, and stays close to a curve that has come near', () => {
    const points = Array.from({ length: 100 }, (_, i) => ({ x: i, y: 3.4 + 5 * Math.exp(-i) }))
    const range = tailRange(points, 3.38)
    expect(range?.least).toBeLessThan(3.38)
    expect(range?.least).toBeGreaterThan(3.3)
    expect(range?.most).toBeLessThan(3.5)
    expect(tailRange(points)?.least).toBeGreaterThan(2.8)
  })

  it('shows what came before a run exploded', () => {
    const points = Array.from({ length: 20 }, (_, i) => ({ x: i, y: i < 15 ? 40 - i : 10 ** i }))
    const range = tailRange(points)
    expect(range?.least).toBeLessThan(26)
    expect(range?.most).toBeLessThan(300)
  })

  it('waits for enough points', () => {
    expect(tailRange([{ x: 1, y: 1 }])).toBeNull()
  })
})

describe('closeRange', () => {
  /** A fall from 540 nats within a tenth of an epoch, seen until `end`. */
  const fall = (end: number): { x: number; y: number }[] =>
    Array.from({ length: 400 }, (_, i) => (end * (i + 1)) / 400).map((x) => ({ x, y: 90 + 450 * Math.exp(-30 * x) }))

  it('shows the whole fall in the first epoch, and eases into the close-up', () => {
    const [first, second, third, last] = [0.8, 2, 3, 5].map((end) => closeRange(fall(end)))
    expect(first?.most).toBeGreaterThan(480)
    expect(last).toEqual(tailRange(fall(5)))
    const heights = [first, second, third, last].map((range) => (range ? range.most - range.least : 0))
    expect(heights).toEqual(heights.toSorted((a, b) => b - a))
    expect(heights[1]).toBeGreaterThan(heights[2])
  })

  it('shows a run that is bad from the beginning, however far it is from what is possible', () => {
    const points = Array.from({ length: 80 }, (_, i) => ({ x: i / 2000, y: 80 + (i % 5) }))
    const range = closeRange(points, 3.38)
    expect(range?.least).toBeLessThan(3.38)
    expect(range?.most).toBeGreaterThan(84)
  })

  it('has no room for a run that explodes', () => {
    const points = fall(0.8).map(({ x, y }, i) => ({ x, y: i > 390 ? 1e30 : y }))
    expect(closeRange(points)?.most).toBeLessThan(1000)
  })
})

it('a curve is told in a list of bearable length, with its best and its newest epoch', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3000 }), fc.nat(), (count, seed) => {
      const best = count === 0 ? 0 : 1 + (seed % count)
      const epochs = Array.from({ length: count }, (_, i) => ({
        epoch: i + 1,
        update: i,
        trainNll: 1,
        validNll: 1,
        isBest: i + 1 === best,
        seconds: 1,
      }))
      const listed = listedEpochs(epochs).map(({ epoch }) => epoch)
      expect(listed.length).toBeLessThanOrEqual(42)
      expect(listed).toEqual(listed.toSorted((a, b) => a - b))
      if (count > 0) expect(listed).toEqual(expect.arrayContaining([1, best, count]))
      if (count <= 40) expect(listed).toHaveLength(count)
    }),
  )
})
