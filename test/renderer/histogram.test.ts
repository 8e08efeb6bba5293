import { expect, it } from 'vitest'
import { histogramBoxes, histogramWords, shortDates } from '../../src/renderer/logic/histogram'
import type { ColumnHistogram } from '../../src/shared/table-view'

const WORK: ColumnHistogram = {
  bars: [
    { says: 'Private', rows: 60 },
    { says: 'Own', rows: 0 },
    { says: 'State', rows: 20 },
    { says: 'Farm', rows: 1 },
  ],
  others: 4,
  missing: 15,
  rows: 100,
  cuts: [],
  values: 9,
  ends: null,
}

it('bars are as high as they are frequent, what occurs at all can be seen, and what is missing stands beside them', () => {
  const { bars, others, missing } = histogramBoxes(WORK)
  expect(bars.map(({ height }) => height)).toEqual([1, 0, 20 / 60, 0.04])
  expect(missing.height).toBe(15 / 60)
  const all = [...bars, ...others]
  all.forEach(({ x, width }, i) => {
    expect(x).toBeGreaterThan(i === 0 ? 0 : all[i - 1].x + all[i - 1].width)
    expect(x + width).toBeLessThan(100)
  })
})

it('a histogram in words tells the commonest values and what is missing, of numbers from where to where they go', () => {
  expect(histogramWords(WORK)).toBe('Private 60.0% · State 20.0% · Farm 1.0% · 15.0% missing')
  const numbers = { ...WORK, bars: [{ says: '1 – 4', rows: 85 }], others: 0, values: null, ends: ['1', '4'] } as const
  expect(histogramWords(numbers)).toBe('from 1 to 4 · 1 – 4 85.0% · 15.0% missing')
})

it.each([
  ['2010-01-01', '2021-08-26', ['2010', '2021']],
  ['2010-01-01', '2010-08-26', ['2010-01', '2010-08']],
  ['2010-01-01', '2010-01-26', ['01-01', '01-26']],
  ['2010-01-01 10:20', '2010-01-01 11:05', ['10:20', '11:05']],
  ['2010-Q1', '2012-Q3', ['2010-Q1', '2012-Q3']],
  ['08:15', '17:40', ['08:15', '17:40']],
])('the dates %s and %s are told by what tells them apart', (from, to, short) => {
  expect(shortDates(from, to)).toEqual(short)
})
