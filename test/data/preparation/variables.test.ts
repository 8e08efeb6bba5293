import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { atOnce } from '../../../src/base/steps'
import { logBinWidth, numberInBin, writtenBin, type Bins } from '../../../src/data/preparation/bins'
import { codeRows } from '../../../src/data/preparation/coded-rows'
import { rowBits, tellOnes } from '../../../src/data/preparation/coding'
import { columnsWithPlaces, drawnColumns } from '../../../src/data/preparation/drawn-values'
import { prepare, type Prepared } from '../../../src/data/preparation/prepare'
import type { Preparation } from '../../../src/data/preparation/preparation'
import { suggestedPreparation } from '../../../src/data/preparation/suggestion'
import { variablesOfCoding } from '../../../src/data/preparation/variables'
import { SPLITS } from '../../../src/data/split'
import { cellOf, NO_LABEL, type Column, type Table } from '../../../src/data/table'
import { variablesOf } from '../../../src/made/variables'
import { expectFailure } from '../../base/expect-failure'
import { sentencesOf } from '../readers/table-values'
import { countingTable, numberColumn, rowSet, tableOf, wordColumn } from './tables'

const SPLIT: Preparation['split'] = {
  keepGiven: true,
  amounts: { kind: 'counts', valid: 1, test: 1 },
  order: 'file',
  seed: 0,
}

function tableWith(rows: number, ...columns: Column[]): Table {
  return tableOf({ kind: 'columns', columns }, rows)
}

function prepared(table: Table, change: Partial<Preparation> = {}): Prepared {
  return atOnce(prepare(table, { ...suggestedPreparation(table), split: SPLIT, ...change }))
}

const LEAST_ROWS = 4
const tables = fc.integer({ min: LEAST_ROWS, max: 60 }).chain((rows) => {
  const list = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(value, { minLength: rows, maxLength: rows })
  return fc
    .tuple(
      list(fc.constantFrom('a', 'b', 'c', null)),
      list(fc.option(fc.integer({ min: -300, max: 300 }))),
      list(
        fc.option(
          fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).map((x) => Number(x.toFixed(3))),
        ),
      ),
      list(fc.constantFrom(0, 1, null)),
      list(fc.constantFrom(0, 0, 0, 0, 0, 17, 99)),
    )
    .map(([words, whole, decimal, bits, skewed]) =>
      tableWith(
        rows,
        wordColumn('w', words),
        numberColumn('n', whole),
        numberColumn('x', decimal),
        numberColumn('b', bits),
        numberColumn('s', skewed),
        wordColumn(
          'two',
          words.map((_, row) => (row % 2 === 0 ? 'even' : 'odd')),
        ),
        wordColumn(
          'three',
          words.map((_, row) => 'xyz'[row % 3]),
        ),
      ),
    )
})
const changes = fc.record({
  missing: fc.constantFrom('drop', 'category', 'common', 'model' as const),
  numberBits: fc.integer({ min: 1, max: 8 }),
})

/** A preparation that leaves some rows; undefined where it does not. */
function preparedOrNot(table: Table, change: Partial<Preparation>): Prepared | null {
  try {
    const made = prepared(table, change)
    return made.tooFew === null ? made : null
  } catch {
    return null
  }
}

describe('the columns of a table as variables', () => {
  it('have exactly one value of each categorical variable in every row', () => {
    fc.assert(
      fc.property(tables, changes, (table, change) => {
        const made = preparedOrNot(table, change)
        fc.pre(made !== null)
        const { coding, splits } = made
        const { kinds, first, count } = variablesOf({ inputs: rowBits(coding), ...variablesOfCoding(coding) })
        for (const split of SPLITS) {
          const bits = splits[split]
          expect(bits.columns).toBe(first[count])
          for (let row = 0; row < bits.rows; row++)
            for (let v = 0; v < count; v++) {
              let ones = 0
              for (let d = first[v]; d < first[v + 1]; d++) ones += bits.get(row, d)
              if (kinds[v] === 'categorical') expect(ones).toBe(1)
            }
        }
      }),
    )
  })

  it('are drawn as values that the column could have: the bits of a row say its own words, and numbers of its own bin', () => {
    fc.assert(
      fc.property(tables, changes, fc.double({ min: 0, max: 0.999999, noNaN: true }), (table, change, uniform) => {
        const made = preparedOrNot(table, { ...change, missing: 'drop' })
        fc.pre(made !== null)
        const { coding, splits } = made
        const columns = table.values.kind === 'columns' ? table.values.columns : []
        const complete = Array.from({ length: table.rows }, (_, row) => row).filter((row) =>
          columns.every((column) => cellOf(column, row) !== null),
        )
        const drawn = drawnColumns(coding)
        if (!drawn || coding.kind !== 'columns') throw new Error('these are columns')
        const { train } = splits
        for (let row = 0; row < train.rows; row++) {
          const values = drawn.values(
            (bit) => train.get(row, bit) === 1,
            () => 0.5,
            () => uniform,
          )
          columnsWithPlaces(coding).forEach(({ column }, i) => {
            const there = cellOf(columns.find(({ name }) => name === column.name) ?? columns[0], complete[row])
            const value = values[i]
            if (column.kind !== 'bins') return expect(value).toBe(there)
            const codeOf = (number: number): number => column.levels.filter((level) => number > level).length
            expect(codeOf(Number(value))).toBe(codeOf(Number(there)))
            expect(Number(value)).toBeGreaterThanOrEqual(column.least)
            expect(Number(value)).toBeLessThanOrEqual(column.most)
            expect(String(value).replace(/^-?\d+\.?/, '').length).toBeLessThanOrEqual(column.decimals)
          })
        }
      }),
    )
  })

  it('tell a bit that is missing as a third value of the same variable, and of one value nothing', () => {
    const table = tableWith(
      5,
      { name: 'b', kind: 'bits', words: rowSet(5, [1, 4]), missing: rowSet(5, [2]) },
      wordColumn('same', ['a', 'a', 'a', 'a', 'a']),
      wordColumn('w', ['x', 'y', 'x', 'y', 'x']),
    )
    const { coding, columnNames } = prepared(table, { omitted: [] })
    expect(columnNames.map((name) => (typeof name === 'string' ? name : name.english))).toEqual([
      'b = 0',
      'b = 1',
      'b is missing',
      'w = x',
      'w = y',
    ])
    expect(variablesOfCoding(coding)).toEqual({
      variables: [
        { kind: 'categorical', categories: 3 },
        { kind: 'categorical', categories: 2 },
      ],
    })
  })

  it('of zeros and ones are binary, which needs no word', () => {
    expect(variablesOfCoding(prepared(countingTable(9)).coding)).toEqual({})
  })
})

describe('bins', () => {
  const rows = (values: readonly number[]): Bins => {
    const { coding } = prepared(
      tableWith(
        values.length,
        numberColumn('n', values),
        wordColumn(
          'w',
          values.map((_, i) => 'ab'[i % 2]),
        ),
      ),
      { categorical: [] },
    )
    const [column] = coding.kind === 'columns' ? coding.columns : []
    if (column?.kind !== 'bins') throw new Error('no bins')
    return column
  }

  it('hold about as many rows each, but for a number that is more frequent, which has one for itself', () => {
    const even = rows(Array.from({ length: 802 }, (_, i) => (i * 37) % 802))
    expect(even.levels).toHaveLength(7)
    even.levels.forEach((level, i) => expect(Math.abs(level - 100 * (i + 1))).toBeLessThanOrEqual(3))
    const skewed = rows(Array.from({ length: 802 }, (_, i) => (i % 10 === 3 ? i : 0)))
    expect(skewed.levels[0]).toBe(0)
    expect(skewed.levels).toHaveLength(7)
    expect(numberInBin(skewed, 0, 0.99)).toBe(0)
  })

  it('are drawn from evenly: every number that a bin can hold, with the decimals of the column', () => {
    const bins: Bins = { kind: 'bins', levels: [0.5, 2], least: 0.1, most: 2.3, decimals: 1 }
    const all = (code: number, count: number): number[] =>
      Array.from({ length: count }, (_, i) => numberInBin(bins, code, (i + 0.5) / count))
    expect(all(0, 5)).toEqual([0.1, 0.2, 0.3, 0.4, 0.5])
    expect(all(1, 15)).toEqual([0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 2])
    expect(all(2, 3)).toEqual([2.1, 2.2, 2.3])
    expect(logBinWidth(bins, 1)).toBeCloseTo(Math.log(1.5), 12)
    expect(logBinWidth({ kind: 'bins', levels: [4], least: 1, most: 9, decimals: 0 }, 0)).toBeCloseTo(Math.log(4), 12)
  })
})

describe('the numbers of a bin in words', () => {
  const bins = (change: Partial<Bins>): Bins => ({
    kind: 'bins',
    levels: [10],
    least: 0,
    most: 20,
    decimals: 0,
    ...change,
  })
  const all = (one: Bins): string[] => Array.from({ length: one.levels.length + 1 }, (_, code) => writtenBin(one, code))

  it('go from the least to the most of them', () => {
    expect(all(bins({ levels: [0, 10] }))).toEqual(['0', '1–10', '11–20'])
    expect(all(bins({ decimals: 2 }))).toEqual(['0.00–10.00', '10.01–20.00'])
    expect(all(bins({ levels: [-1.5], least: -2, most: 3, decimals: 1 }))).toEqual(['-2.0 – -1.5', '-1.4 – 3.0'])
    expect(all(bins({ decimals: 9, levels: [1 / 3] }))).toEqual(['0–0.33333', '0.33333–20'])
  })

  it('are dates where they are', () => {
    const days = { unit: 'day', format: { order: 'ymd', hasTime: false, hasSeconds: false } } as const
    expect(all(bins({ dates: days }))).toEqual(['1970-01-01 – 1970-01-11', '1970-01-12 – 1970-01-21'])
  })
})

describe('a label that is learnt', () => {
  const words = Array.from({ length: 30 }, (_, i) => 'abc'[i % 3])
  const table = tableWith(
    30,
    wordColumn(
      'x',
      words.map((_, i) => 'pq'[i % 2]),
    ),
    wordColumn(
      'y',
      words.map((word, i) => (i === 4 ? null : word)),
    ),
    wordColumn(
      'z',
      words.map((_, i) => 'rs'[(i >> 1) % 2]),
    ),
  )
  const learnt = { label: 1, learnsLabel: true }

  it('comes last in the columns and first in every ordering, and rows without one are left out', () => {
    const { coding, splits, labels, columnNames, notes } = prepared(table, learnt)
    expect(coding.label).toEqual({ name: 'y', words: ['a', 'b', 'c'] })
    expect(variablesOfCoding(coding)).toEqual({
      variables: [
        { kind: 'categorical', categories: 2, count: 2 },
        { kind: 'categorical', categories: 3 },
      ],
      leading: [2],
    })
    expect(columnNames.slice(4)).toEqual(['y = a', 'y = b', 'y = c'])
    expect(SPLITS.map((split) => splits[split].rows)).toEqual([27, 1, 1])
    expect(sentencesOf({ notes })).toEqual(['1 row lacks a value and is left out.'])
    splits.train.toBytes().forEach((bit, i) => {
      const [row, d] = [Math.floor(i / 7), i % 7]
      if (d >= 4) expect(bit).toBe(labels?.codes.train[row] === d - 4 ? 1 : 0)
    })
    expect(labels?.codes.train).not.toContain(NO_LABEL)
  })

  it('is unknown where a row has none and rows are learnt from by what they know', () => {
    const { splits, known, coding } = prepared(table, { ...learnt, missing: 'observed' })
    expect([splits.train.rows, known?.train.columns]).toEqual([28, 3])
    for (let row = 0; row < 28; row++) {
      expect([...(known?.train.onesOf(row) ?? [])]).toEqual(row === 4 ? [0, 1] : [0, 1, 2])
      // An engine takes rows of one value each alone.
      expect(splits.train.onesOf(row)).toHaveLength(3)
    }
    const same = atOnce(codeRows(table, coding))
    expect([same.leftOut, same.known?.onesOf(4).length]).toEqual([0, 2])
  })

  it('is not learnt unless that is chosen, and stands in its own column where rows are drawn', () => {
    expect(prepared(table, { label: 1 }).coding.label).toBeUndefined()
    const { coding, splits } = prepared(table, learnt)
    const drawn = drawnColumns(coding)
    expect(drawn?.names).toEqual(['x', 'y', 'z'])
    expect(
      drawn?.values(
        (bit) => splits.train.get(2, bit) === 1,
        () => 0,
        () => 0,
      ),
    ).toEqual(['p', 'c', 's'])
  })

  it('is read in other rows by its name, and is unknown where there is none', () => {
    const { coding, splits } = prepared(table, learnt)
    const same = atOnce(codeRows(table, coding))
    expect(same.bits.slice(0, 27).words).toEqual(splits.train.words)
    expect([same.lacksLabel, same.leftOut]).toEqual([false, 1])
    const columns = table.values.kind === 'columns' ? table.values.columns : []
    const without = atOnce(codeRows(tableWith(30, columns[0], columns[2]), coding))
    expect([without.lacksLabel, without.numbers.length]).toEqual([true, 30])
    expect(without.bits.onesOf(0)).toHaveLength(2)
    const other = atOnce(codeRows(tableWith(3, columns[0], wordColumn('y', ['a', 'new', 'b']), columns[2]), coding))
    expect(other.numbers).toEqual(Uint32Array.of(0, 2))
    expect(sentencesOf(other)).toEqual(['1 row has “new” in the column “y”, which the model has never seen; left out.'])
  })

  it('is refused where it is no class', async () => {
    const names = Array.from({ length: 60 }, (_, i) => `name ${i % 45}`)
    const people = tableWith(
      60,
      wordColumn('who', names),
      wordColumn(
        'x',
        names.map((_, i) => 'ab'[i % 2]),
      ),
    )
    await expectFailure(
      () => prepared(people, { label: 0, learnsLabel: true }),
      'invalid-settings',
      /45 different values in 60 rows it looks like a number or a name/,
    )
    const same = tableWith(9, wordColumn('y', Array<string>(9).fill('a')), wordColumn('x', names.slice(0, 9)))
    await expectFailure(
      () => prepared(same, { omitted: [], label: 0, learnsLabel: true }),
      'invalid-settings',
      /all rows have the same/,
    )
  })

  it('tells its ones as those of a category', () => {
    const ones: number[] = []
    tellOnes({ kind: 'categories', values: ['a', 'b'] }, 1, (bit) => ones.push(bit))
    expect(ones).toEqual([1])
  })
})
