import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sharedRange, validationCurve } from '../../src/renderer/logic/compared-curves'
import { comparedSettings } from '../../src/renderer/logic/compared-settings'
import { decimate } from '../../src/renderer/logic/decimate'
import { lineStyles } from '../../src/shared/line-styles'
import { pairedTest, pairingOf } from '../../src/shared/paired-test'
import type { RunCurve } from '../../src/shared/run'
import { DEFAULT_RUN_CONFIG } from '../../src/shared/run-config'
import { summaryOf } from './run-summary'

const values = fc.array(fc.oneof({ weight: 9, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) }, { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity) }), { maxLength: 300 }) // prettier-ignore

it('decimated, no column of pixels loses its extremes, and the order stays', () => {
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 40 }), (y, columns) => {
      const x = y.map((_, i) => i)
      const points = decimate({ x, y }, columns)
      const finite = x.filter((i) => Number.isFinite(y[i]))
      expect(points.length).toBeLessThanOrEqual(4 * columns)
      expect(points.every((point, i) => i === 0 || point.x > points[i - 1].x)).toBe(true)
      expect(points.every((point) => y[point.x] === point.y)).toBe(true)
      expect([points.at(0)?.x, points.at(-1)?.x]).toEqual([finite.at(0), finite.at(-1)])
      const width = ((finite.at(-1) ?? 0) - (finite.at(0) ?? 0)) / columns
      const columnOf = (i: number): number =>
        width > 0 ? Math.min(columns - 1, Math.floor((i - (finite.at(0) ?? 0)) / width)) : 0
      for (let column = 0; column < columns; column++) {
        const whole = finite.filter((i) => columnOf(i) === column).map((i) => y[i])
        const drawn = points.filter((point) => columnOf(point.x) === column).map((point) => point.y)
        expect([Math.min(...drawn), Math.max(...drawn)]).toEqual([Math.min(...whole), Math.max(...whole)])
      }
    }),
  )
})

it('few points stay as they are', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 9, noNaN: true }), { minLength: 1, maxLength: 20 }), (y) => {
      const x = y.map((_, i) => i)
      expect(decimate({ x, y }, 100)).toEqual(y.map((value, i) => ({ x: i, y: value })))
    }),
  )
})

function curveOf(losses: readonly number[]): RunCurve {
  const numbers = losses.map((_, i) => i + 1)
  return {
    epoch: Float64Array.from(numbers),
    update: Float64Array.from(numbers, (number) => 10 * number),
    seconds: Float64Array.from(numbers, (number) => (number * (number + 1)) / 2),
    validNll: Float64Array.from(losses),
    sampleEpochs: [],
  }
}

it('curves are over epochs, updates, or the time so far', () => {
  const run = curveOf([9, 5, 4])
  expect(Array.from(validationCurve(run, 'epoch', 0).x)).toEqual([1, 2, 3])
  expect(Array.from(validationCurve(run, 'update', 0).x)).toEqual([10, 20, 30])
  expect(Array.from(validationCurve(run, 'time', 0).x)).toEqual([1, 3, 6])
  expect(Array.from(validationCurve(run, 'epoch', 0).y)).toEqual([9, 5, 4])
  const [first, , last] = Array.from(validationCurve(run, 'epoch', 0.9).y)
  expect(first - last).toBeLessThan(1)
})

it('the close-up shows the tails of all', () => {
  const rangeOf = (...all: number[][]): ReturnType<typeof sharedRange> =>
    sharedRange(all.map((losses) => validationCurve(curveOf(losses), 'epoch', 0)))
  expect(rangeOf([9], [])).toBeNull()
  const range = rangeOf([50, 20, 10, 9, 8, 8, 8, 8], [90, 70, 41, 40, 40, 40, 40, 40])
  expect(range?.least).toBeLessThan(8)
  expect(range?.most).toBeGreaterThan(41)
  // One that is too short for a close-up is not out of sight.
  const short = rangeOf([9, 8, 8, 8, 8, 8, 8, 8], [300, 200])
  expect(short?.most).toBeGreaterThan(200)
})

it('runs are drawn by different lines as long as a hue has lines left', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12 }), { maxLength: 20 }), (ids) => {
      const styles = lineStyles(ids)
      for (const hue of new Set(styles.map((style) => style.hue))) {
        const ofHue = styles.filter((style) => style.hue === hue)
        const told = new Set(ofHue.map(({ dash }) => dash.join(' ')))
        expect(told.size).toBe(Math.min(6, ofHue.length))
      }
    }),
  )
  expect(lineStyles(['a', 'b']).map(({ dash }) => dash)).toEqual([[], [8, 4]])
})

it('of settings is told what differs', () => {
  const other = { ...DEFAULT_RUN_CONFIG, seed: 2, hidden: [100, 50] }
  const settings = comparedSettings([summaryOf('a'), summaryOf('b', { config: other })])
  expect(settings.filter(({ differs }) => differs)).toEqual([
    { label: 'Hidden layers', values: ['500', '100, 50'], numbers: null, differs: true },
    { label: 'Seed', values: ['1', '2'], numbers: [1, 2], differs: true },
  ])
  expect(comparedSettings([summaryOf('a'), summaryOf('b')]).some(({ differs }) => differs)).toBe(false)
  expect(comparedSettings([])).toEqual([])
})

it('runs are paired on the rows that most of them have, and it is said why others are not', () => {
  const runs = [
    summaryOf('a', { dataHash: 'x' }),
    summaryOf('b', { dataHash: 'y' }),
    summaryOf('c', { dataHash: 'y' }),
    summaryOf('d', { dataHash: 'y', hasBest: false }),
    summaryOf('e', { dataHash: '' }),
  ]
  const { runs: paired, others } = pairingOf(runs)
  expect(paired.map(({ id }) => id)).toEqual(['b', 'c'])
  expect(Object.fromEntries(others)).toEqual({ a: 'other-data', d: 'no-model', e: 'no-data' })
  expect(pairingOf([]).runs).toEqual([])
})

it('without the label that is learnt, runs with one and runs without are on the same rows', () => {
  const references = { independent: 1, entropy: null, mixture: null, withoutLabel: { hash: 'x', independent: 1 } }
  const runs = [summaryOf('a', { dataHash: 'x' }), summaryOf('b', { dataHash: 'labelled', references })]
  expect(pairingOf(runs, 'whole').runs.map(({ id }) => id)).toEqual(['a'])
  expect(pairingOf(runs, 'unlabelled').runs.map(({ id }) => id)).toEqual(['a', 'b'])
})

it('each run is compared with the best', () => {
  const nats = (...values: number[]): { nats: Float64Array } => ({ nats: Float64Array.from(values) })
  const test = pairedTest(
    new Map([
      ['a', nats(5, 7, 9)],
      ['b', nats(1, 2, 3)],
      ['c', nats(3, 2, 1)],
    ]),
  )
  expect(test?.bestId).toBe('b')
  expect([...(test?.differences.keys() ?? [])]).toEqual(['a', 'c'])
  expect(test?.differences.get('a')).toMatchObject({ mean: 5, isTied: false })
  expect(test?.differences.get('c')).toMatchObject({ mean: 0, isTied: true })
  expect(pairedTest(new Map())).toBeNull()
})
