import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutAbove, ticksIn, type Place } from '../../src/report/chart'
import { drawChart } from '../../src/report/chart-picture'
import { comparedChart, curvesCsv, lossChart } from '../../src/report/run-charts'
import { svgFile } from '../../src/report/svg'
import type { RunHistory } from '../../src/shared/run'
import { readerOf } from '../../src/words/reader'

const reader = readerOf(() => 'en')
const loss = fc.double({ min: 0, max: 1e6, noNaN: true })
const history: fc.Arbitrary<RunHistory> = fc
  .record({ losses: fc.array(loss, { maxLength: 120 }), valid: fc.array(loss, { maxLength: 12 }) })
  .map(({ losses, valid }) => ({
    losses: losses.map((value, i) => ({ update: i + 1, loss: value })),
    epochs: valid.map((validNll, i) => ({
      epoch: i + 1,
      update: 10 * (i + 1),
      trainNll: validNll,
      validNll,
      isBest: i === 0,
      seconds: 1,
    })),
    sampleEpochs: [],
    minibatchesPerEpoch: 10,
  }))

describe('a chart', () => {
  it('has all that it draws within its edges, whatever the losses are', () => {
    fc.assert(
      fc.property(history, fc.option(loss), (one, entropy) => {
        const { width, height, shapes } = lossChart(one, 'data', entropy, reader)
        for (const shape of shapes) {
          const places = shape.kind === 'line' ? shape.places : [shape.at]
          for (const [x, y] of places) {
            expect(x).toBeGreaterThanOrEqual(0)
            expect(x).toBeLessThanOrEqual(width)
            expect(y).toBeGreaterThanOrEqual(0)
            expect(y).toBeLessThanOrEqual(height)
          }
        }
      }),
      { numRuns: 30 },
    )
  })

  it('is an SVG file without a number that is none, and a name says nothing but itself', () => {
    fc.assert(
      fc.property(history, fc.string({ unit: 'grapheme' }), (one, name) => {
        const file = svgFile(comparedChart([{ id: 'a', name: `<script>${name}`, history: one }, { id: 'b', name, history: one }], reader)) // prettier-ignore
        expect(file).not.toMatch(/NaN|Infinity|<script|undefined/)
        expect(file.match(/<svg /g)).toHaveLength(1)
      }),
    )
  })

  it('is a PNG file', () => {
    const one: RunHistory = { losses: [{ update: 1, loss: 5 }], epochs: [], sampleEpochs: [], minibatchesPerEpoch: 1 }
    expect([...drawChart(lossChart(one, '소득', 1, reader)).subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47])
  })

  it('is as CSV a line for each epoch of each run', () => {
    fc.assert(
      fc.property(fc.array(history, { maxLength: 3 }), (several) => {
        const lines = curvesCsv(several.map((one, i) => ({ id: String(i), name: `run ${i}`, history: one }))).split(
          '\n',
        )
        expect(lines).toHaveLength(2 + several.reduce((sum, { epochs }) => sum + epochs.length, 0))
      }),
    )
  })
})

describe('an axis', () => {
  it('has round ticks within its range, neither too many nor too few', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
        (least, span) => {
          const ticks = ticksIn({ least, most: least + span }, 6)
          expect(ticks.length).toBeGreaterThanOrEqual(2)
          expect(ticks.length).toBeLessThanOrEqual(8)
          for (const { value, step } of ticks) {
            expect(value).toBeGreaterThanOrEqual(least - step * 1e-6)
            expect(value).toBeLessThanOrEqual(least + span + step * 1e-6)
          }
        },
      ),
    )
  })
})

describe('a curve that is cut', () => {
  const curve = fc
    .array(fc.double({ min: -100, max: 100, noNaN: true }))
    .map((values) => values.map((y, x): Place => [x, y]))

  it('has all its points below, no other ones, and meets the edge where it crosses it', () => {
    fc.assert(
      fc.property(curve, fc.double({ min: -50, max: 50, noNaN: true }), (points, most) => {
        const parts = cutAbove(points, most)
        const kept = parts.flat()
        for (const [, y] of kept) expect(y).toBeLessThanOrEqual(most)
        const below = points.filter(([, y]) => y <= most)
        expect(kept.filter(([x]) => Number.isInteger(x) && below.some(([other]) => other === x))).toEqual(expect.arrayContaining(below)) // prettier-ignore
        for (const part of parts) for (let i = 1; i < part.length; i++) expect(part[i][0]).toBeGreaterThanOrEqual(part[i - 1][0]) // prettier-ignore
      }),
    )
  })
})
