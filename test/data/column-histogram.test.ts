import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { atOnce } from '../../src/base/steps'
import { columnHistogram, type ColumnHistogram } from '../../src/data/column-histogram'
import type { Column } from '../../src/data/table'
import { numberColumn, rowSet, wordColumn } from './preparation/tables'

function histogram(column: Column, rows: readonly number[], levels: readonly number[] = []): ColumnHistogram {
  return atOnce(columnHistogram(column, Uint32Array.from(rows), levels, false))
}

function everyRow(count: number): number[] {
  return Array.from({ length: count }, (_, row) => row)
}

/** What a bar of numbers says, as numbers. */
function endsOf(says: string): readonly [number, number] {
  const [least, most = least] = says.split(' – ').map(Number)
  return [least, most]
}

describe('how often the values of a column occur', () => {
  it('is a plain count of its words, in their order, and of what is missing', () =>
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'b', 'c', 'd', null), { minLength: 1, maxLength: 60 }),
        fc.infiniteStream(fc.boolean()),
        (values, chosen) => {
          const rows = everyRow(values.length).filter(() => chosen.next().value)
          const seen = rows.map((row) => values[row])
          const column = wordColumn('w', values)
          const { bars, missing, others, rows: all, ends } = histogram(column, rows)
          const words = [...new Set(values.filter((value) => value !== null))]
          expect(bars).toEqual(words.map((says) => ({ says, rows: seen.filter((value) => value === says).length })))
          expect([missing, others, all, ends]).toEqual([
            seen.filter((value) => value === null).length,
            0,
            seen.length,
            null,
          ])
        },
      ),
    ))

  it('is of whole numbers a plain count of each interval, and every number is in one', () =>
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.integer({ min: -200, max: 200 })), { minLength: 1, maxLength: 80 }),
        (values) => {
          const known = values.filter((value) => value !== null)
          fc.pre(known.length > 0)
          const { bars, missing, ends } = histogram(numberColumn('n', values), everyRow(values.length))
          expect(bars.length).toBeLessThanOrEqual(24)
          for (const { says, rows } of bars) {
            const [least, most] = endsOf(says)
            expect(rows).toBe(known.filter((value) => value >= least && value <= most).length)
          }
          expect(bars.reduce((sum, { rows }) => sum + rows, missing)).toBe(values.length)
          expect(ends).toEqual([String(Math.min(...known)), String(Math.max(...known))])
        },
      ),
    ))

  it('is of decimals a count that loses none, with the cuts where they are between least and most', () => {
    const values = [0, 0.25, 0.5, 1.5, 2.4, 2.4, null]
    const { bars, cuts, missing } = histogram(numberColumn('x', values), everyRow(7), [0.6, 1.2, 9])
    expect(bars).toHaveLength(24)
    expect(bars.reduce((sum, { rows }) => sum + rows, 0)).toBe(6)
    expect([bars[0].rows, bars[23].rows, missing]).toEqual([1, 2, 1])
    expect(cuts).toHaveLength(2)
    expect(cuts[0]).toBeCloseTo(0.25, 12)
    expect(cuts[1]).toBeCloseTo(0.5, 12)
  })

  it('shows of very many words the commonest ones in their order, and the rest as one', () => {
    const words = Array.from({ length: 100 }, (_, i) => `w${i}`)
    const values = words.flatMap((word, i) => Array<string>(i % 3 === 0 ? 5 : 1).fill(word))
    const { bars, others, values: different } = histogram(wordColumn('w', values), everyRow(values.length))
    expect(bars.map(({ says }) => says)).toEqual(words.filter((_, i) => i % 3 === 0).slice(0, 32))
    expect([others, different]).toEqual([values.length - 32 * 5, 100])
  })

  it('writes dates as dates, and bits as zeros and ones', () => {
    const dates: Column = {
      name: 'd',
      kind: 'integers',
      values: Int32Array.of(0, 31, 60),
      missing: null,
      dates: { unit: 'day', format: { order: 'ymd', hasTime: false, hasSeconds: false } },
    }
    expect(histogram(dates, everyRow(3)).ends).toEqual(['1970-01-01', '1970-03-02'])
    const bits: Column = { name: 'b', kind: 'bits', words: rowSet(4, [1, 2]), missing: rowSet(4, [3]) }
    expect(histogram(bits, everyRow(4))).toMatchObject({
      bars: [
        { says: '0', rows: 1 },
        { says: '1', rows: 2 },
      ],
      missing: 1,
    })
  })
})
