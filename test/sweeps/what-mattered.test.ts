import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matteredSentence } from '../../src/sweeps/setting-words'
import { whatMattered, type JudgedPoint } from '../../src/sweeps/what-mattered'

const RATES = [0.001, 0.01, 0.1]
const HIDDEN = [[100], [500, 500]]

/** Every combination, each of which loses what is said. */
function grid(loss: (rate: number, layers: number, i: number) => number): JudgedPoint[] {
  return RATES.flatMap((rate, r) =>
    HIDDEN.flatMap((hidden, h) =>
      [1, 2].map((seed) => ({
        settings: { 'optimizer.learningRate': rate, hidden, seed },
        validNll: loss(rate, hidden.length, r * 100 + h * 10 + seed),
      })),
    ),
  )
}

describe('what mattered', () => {
  it('is the setting that the losses follow, with its best and worst value by their medians', () => {
    const points = grid((rate, layers, i) => 20 + (rate === 0.01 ? 0 : rate === 0.1 ? 3 : 1) + 0.1 * layers + i / 1e5)
    const mattered = whatMattered(points)
    expect(mattered).toMatchObject({ path: 'optimizer.learningRate', best: 0.01, worst: 0.1 })
    expect(mattered?.nats).toBeCloseTo(3, 2)
    expect(mattered?.share).toBeGreaterThan(0.8)
    expect(matteredSentence(mattered, points.length).english).toMatch(
      /^“Step size” mattered most: 0\.01 was better than 0\.1 by 3\.00 nats, comparing medians\. It explains about \d+% of the differences between 12 runs\.$/,
    )
  })

  it('is not decided by one run that went astray', () => {
    const points = grid((_rate, layers, i) => (i === 1 ? 1e9 : 20 + layers))
    expect(whatMattered(points)).toMatchObject({ path: 'hidden', best: [100], worst: [500, 500] })
  })

  it('is nothing where chance alone decides, and where there are too few runs to tell', () => {
    expect(whatMattered(grid(() => 5))).toBeNull()
    expect(whatMattered(grid((rate) => rate).slice(0, 5))).toBeNull()
    expect(matteredSentence(null, 12).english).toMatch(/^No single setting mattered clearly/)
    const seldom = [1, 2, 3, 4, 5, 6, 7, 8].filter((turn) => {
      const random = (i: number): number => Math.sin(i * 12.9898 + turn * 78.233) * 43758.5453
      return whatMattered(grid((_rate, _layers, i) => random(i) - Math.floor(random(i)))) !== null
    })
    expect(seldom.length).toBeLessThan(5)
  })

  it('is the same whatever unit the losses are in, and in whatever order the runs come', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ a: fc.nat(2), b: fc.nat(2), nll: fc.integer({ min: 0, max: 30 }) }), { minLength: 6 }),
        fc.nat(),
        (drawn, turn) => {
          const points = drawn.map(({ a, b, nll }) => ({ settings: { a, b }, validNll: nll }))
          const turned = points.map((_, i) => points[(i + turn) % points.length])
          const [one, other] = [whatMattered(points), whatMattered(turned)]
          expect(other?.path).toBe(one?.path)
          const scaled = whatMattered(points.map((point) => ({ ...point, validNll: 4 * point.validNll })))
          expect(scaled?.share).toBe(one?.share)
          if (one) expect([one.share >= 0.1, one.share <= 1, one.nats >= 0]).toEqual([true, true, true])
        },
      ),
    )
  })
})
