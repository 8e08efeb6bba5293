import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bitNames, bitCount, tellOnes, type ModelPreparation } from '../../../src/data/preparation/coding'
import { codesOf } from '../../../src/data/preparation/coded-column'
import { filledTable, findGaps, valuesOf } from '../../../src/data/preparation/gaps'
import type { Preparation } from '../../../src/data/preparation/preparation'
import { VALUE_VIEWS } from '../../../src/data/preparation/preparation'
import { suggestedPreparation } from '../../../src/data/preparation/suggestion'
import { prepare } from '../../../src/data/preparation/prepare'
import { SPLITS } from '../../../src/data/split'
import { atOnce } from '../../../src/base/steps'
import { cellOf, type CellValue, type Column, type Table } from '../../../src/data/table'
import { expectFailure } from '../../base/expect-failure'
import { countingTable, numberColumn, tableOf, wordColumn } from './tables'
import { sentencesOf } from '../readers/table-values'

const SPLIT: Preparation['split'] = {
  keepGiven: true,
  amounts: { kind: 'counts', valid: 1, test: 1 },
  order: 'file',
  seed: 0,
}

/** Rows of a word, a whole number and a real number, any of which may be missing; the first eight rows are complete. */
const tables = fc
  .array(
    fc.tuple(
      fc.option(fc.constantFrom('a', 'b', 'c'), { nil: null }),
      fc.option(fc.integer({ min: -5, max: 90 }), { nil: null }),
      // A zero with a minus sign is a zero.
      fc.option(
        fc.double({ min: -2, max: 2, noNaN: true, noDefaultInfinity: true }).map((share) => share + 0),
        { nil: null },
      ),
      fc.option(fc.constantFrom(0, 1), { nil: null }),
    ),
    { maxLength: 40 },
  )
  .map((some) => {
    const whole = Array.from({ length: 8 }, (_, i) => ['abc'[i % 3], 10 * i, i / 7 - 0.4, i % 2] as const)
    const rows = [...whole, ...some]
    return columnTable(
      wordColumn(
        'word',
        rows.map(([word]) => word),
      ),
      numberColumn(
        'age',
        rows.map(([, age]) => age),
      ),
      numberColumn(
        'share',
        rows.map(([, , share]) => share),
      ),
      numberColumn(
        'flag',
        rows.map(([, , , flag]) => flag),
      ),
    )
  })

function columnTable(...list: Column[]): Table {
  const [{ kind, ...first }] = list
  const rows =
    kind === 'categories' && 'codes' in first ? first.codes.length : 'values' in first ? first.values.length : 0
  return tableOf({ kind: 'columns', columns: list }, rows)
}

function columnsOf(table: Table): readonly Column[] {
  if (table.values.kind !== 'columns') throw new Error('the table has no columns')
  return table.values.columns
}

function cells(table: Table): (CellValue | null)[][] {
  return columnsOf(table).map((column) => Array.from({ length: table.rows }, (_, row) => cellOf(column, row)))
}

function later(table: Table, change: Partial<Preparation> = {}): Preparation {
  return { ...suggestedPreparation(table), missing: 'model', split: SPLIT, ...change }
}

/** How a model knows rows that is trained on this table. */
function taught(table: Table, preparation: Preparation): Pick<ModelPreparation, 'coding' | 'missing'> {
  const { coding } = atOnce(prepare(table, preparation))
  return { coding, missing: preparation.missing }
}

describe('rows that the model is to fill in', () => {
  it('are in no part, and are counted', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const { splits, rowsToFill, columnNames } = atOnce(prepare(table, later(table)))
        const lacking = cells(table)[0].filter((_, row) => cells(table).some((column) => column[row] === null)).length
        expect(rowsToFill).toBe(lacking)
        expect(SPLITS.reduce((sum, split) => sum + splits[split].rows, 0)).toBe(table.rows - lacking)
        expect(columnNames.filter((name) => typeof name !== 'string')).toEqual([])
        expect(findGaps(table, taught(table, later(table))).rows.length).toBe(lacking)
      }),
    )
  })

  it('are known in all bits of the columns that have a value, and coded as rows without gaps are', () => {
    fc.assert(
      fc.property(
        tables,
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom(...VALUE_VIEWS),
        (table, numberBits, valuesAs) => {
          const preparation = later(table, { numberBits, valuesAs })
          const { bits, known, rows, columns } = findGaps(table, taught(table, preparation))
          for (const { column, coding, first } of columns)
            rows.forEach((number, row) => {
              const ones = new Set<number>()
              if (cellOf(column, number) !== null)
                tellOnes(coding, codesOf(coding, column)(number), (bit) => ones.add(bit))
              Array.from({ length: bitCount(coding) }, (_, bit) => {
                expect(known.get(row, first + bit)).toBe(cellOf(column, number) === null ? 0 : 1)
                expect(bits.get(row, first + bit)).toBe(ones.has(bit) ? 1 : 0)
              })
            })
        },
      ),
    )
  })

  it('are refused where missing values were made into something else', async () => {
    const table = columnTable(wordColumn('w', ['a', 'b', 'a', null]), wordColumn('v', ['x', 'y', 'x', 'y']))
    await expectFailure(
      () => findGaps(table, taught(table, later(table, { missing: 'category' }))),
      'invalid-settings',
      /into something else/,
    )
    expect(atOnce(prepare(countingTable(9), later(countingTable(9)))).rowsToFill).toBe(0)
  })
})

describe('a drawn value', () => {
  const table = columnTable(
    wordColumn('w', ['a', 'b', 'c', 'a', 'b', 'c', null]),
    numberColumn('n', [1, 2, 10, 20, 31, 2, 1]),
    numberColumn('x', [0.25, 0.5, 0.75, 1, 2, 0.25, 0.25]),
  )
  const preparation = later(table, { valuesAs: 'bits', categorical: [], numberBits: 3 })
  const drawn = (ones: readonly number[], probabilities: readonly number[] = []): (CellValue | null | undefined)[] => {
    const gaps = findGaps(table, taught(table, preparation))
    const bits = gaps.bits.slice(0, 1)
    ones.forEach((bit) => bits.set(0, bit))
    const values = valuesOf(
      gaps,
      bits,
      Float32Array.from({ length: bits.columns }, (_, d) => probabilities[d] ?? 0.5),
      1,
    )
    return [0, 1, 2].map((number) => values.get(number)?.[0])
  }

  it('is the category of the only one, or the most probable where there are none or several', () => {
    expect(drawn([1])[0]).toBe('b')
    expect(drawn([], [0.2, 0.1, 0.4])[0]).toBe('c')
    expect(drawn([0, 1], [0.9, 0.3, 0.1])[0]).toBe('a')
  })

  it('is the mean of the training values of its range, whole for whole numbers', () => {
    // Rows 0–3 are the training rows.
    const { columns } = findGaps(table, taught(table, preparation))
    const [n] = columns.filter(({ number }) => number === 1)
    const levels = bitNames(n.coding).map((name) =>
      Number((typeof name === 'string' ? name : name.english).replace('n > ', '')),
    )
    const values = [1, 2, 10, 20]
    for (let code = 0; code <= levels.length; code++) {
      const within = values.filter(
        (value) => (code === 0 || value > levels[code - 1]) && (code === levels.length || value <= levels[code]),
      )
      const mean = within.reduce((sum, value) => sum + value, 0) / within.length
      const ones = Array.from({ length: code }, (_, bit) => n.first + bit)
      expect(drawn(ones)[1]).toBe(Math.round(mean))
    }
  })
})

describe('a table filled in', () => {
  it('has every value that it had, and none missing', () => {
    fc.assert(
      fc.property(tables, fc.array(fc.boolean(), { minLength: 500, maxLength: 500 }), (table, coins) => {
        const gaps = findGaps(table, taught(table, later(table)))
        const { rows, columns } = gaps.bits
        for (let row = 0; row < rows; row++)
          for (let d = 0; d < columns; d++)
            if (gaps.known.get(row, d) === 0 && coins[(row * columns + d) % 500]) gaps.bits.set(row, d)
        const filled = filledTable(table, gaps.rows, valuesOf(gaps, gaps.bits, new Float32Array(rows * columns), 1))
        const [before, after] = [cells(table), cells(filled)]
        before.forEach((column, number) =>
          column.forEach((value, row) =>
            value === null ? expect(after[number][row]).not.toBeNull() : expect(after[number][row]).toBe(value),
          ),
        )
        columnsOf(filled).forEach(({ name, kind }, number) =>
          expect([name, kind]).toEqual([columnsOf(table)[number].name, kind]),
        )
      }),
    )
  })
})

describe('another file', () => {
  const own = columnTable(wordColumn('w', ['a', 'b', 'a', 'b', 'a']), numberColumn('n', [1, 2, 1, 2, 3]))
  const model = taught(own, later(own))

  it('is read as the model knows its columns, found by their names; what it never saw conditions nothing, and is told', () => {
    const other = columnTable(
      numberColumn('n', [2, null, 3, null, 9]),
      wordColumn('w', ['b', 'a', null, 'new', null]),
      wordColumn('more', ['x', 'y', 'z', 'x', 'y']),
    )
    const { rows, bits, known, notes } = findGaps(other, model)
    expect(Array.from(rows)).toEqual([1, 2, 3, 4])
    // w = a, w = b, n = 1, n = 2, n = 3
    const bitsOf = (matrix: typeof bits): string[] =>
      Array.from({ length: 4 }, (_, row) => Array.from({ length: 5 }, (__, d) => matrix.get(row, d)).join(''))
    expect(bitsOf(known)).toEqual(['11000', '00111', '00000', '00000'])
    expect(bitsOf(bits)).toEqual(['10000', '00001', '00000', '00000'])
    expect(sentencesOf({ notes })).toEqual([
      'The model does not know the column “more” of table, which was passed over.',
      '1 row has “new” in the column “w”, which the model has never seen; the rest is drawn without it.',
      '1 row has “9” in the column “n”, which the model has never seen; the rest is drawn without it.',
    ])
  })

  it('is refused without those columns, or with words for numbers', async () => {
    const numbers = columnTable(numberColumn('n', [null, 2, 1]), numberColumn('m', [1, 2, 3]))
    await expectFailure(() => findGaps(numbers, model), 'invalid-data', /no column “w”/)
    const many = columnTable(wordColumn('w', ['a', 'b', 'a', 'b', 'a']), numberColumn('x', [0.5, 20, 300, 4, 1]))
    const words = columnTable(wordColumn('w', ['a', 'b', null]), wordColumn('x', ['one', '2', null]))
    await expectFailure(
      () => findGaps(words, taught(many, later(many))),
      'invalid-data',
      /column “x” of table holds words such as “one”/,
    )
  })
})
