import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { atOnce } from '../../../src/base/steps'
import { hashOf, type DataSet } from '../../../src/data/data-set'
import { preparationOf } from '../../../src/data/model-data'
import { codeRows, dividedRows, type CodedRows } from '../../../src/data/preparation/coded-rows'
import { rowBits, type ModelPreparation } from '../../../src/data/preparation/coding'
import type { Preparation } from '../../../src/data/preparation/preparation'
import { prepare } from '../../../src/data/preparation/prepare'
import { VALUE_VIEWS } from '../../../src/data/preparation/preparation'
import { suggestedPreparation } from '../../../src/data/preparation/suggestion'
import { SPLITS } from '../../../src/data/split'
import type { Column, Table } from '../../../src/data/table'
import { decodeModelPreparation, encodeModelPreparation } from '../../../src/shared/model-preparation'
import { expectFailure } from '../../base/expect-failure'
import { AS_BITS, countingTable, numberColumn, rowSet, tableOf, wordColumn } from './tables'
import { sentencesOf } from '../readers/table-values'

function columnTable(columns: readonly Column[], rows: number): Table {
  return tableOf({ kind: 'columns', columns }, rows)
}

function columnsOf({ values }: Table): readonly Column[] {
  return values.kind === 'columns' ? values.columns : []
}

/** What a model file says of a model that was trained on this table. */
function carried(table: Table, change: Partial<Preparation> = {}): ModelPreparation {
  const preparation = { ...suggestedPreparation(table), ...change }
  const prepared = atOnce(prepare(table, preparation))
  const data: DataSet = {
    name: table.name,
    source: { kind: 'file', path: '/nowhere/table.csv', preparation },
    columns: prepared.splits.train.columns,
    picture: preparation.picture,
    splits: prepared.splits,
    coding: prepared.coding,
    table,
    hash: hashOf(prepared.splits),
  }
  const stored = preparationOf(data)
  if (stored === null) throw new Error('the set knows no preparation')
  return decodeModelPreparation(encodeModelPreparation(stored), rowBits(stored.coding))
}

function coded(table: Table, { coding }: ModelPreparation, leavesOutGaps = false): CodedRows {
  return atOnce(codeRows(table, coding, leavesOutGaps))
}

function lines({ bits }: CodedRows): string[] {
  return Array.from({ length: bits.rows }, (_, row) =>
    Array.from({ length: bits.columns }, (__, d) => bits.get(row, d)).join(''),
  )
}

const cells = fc.record({
  word: fc.option(fc.constantFrom('a', 'b', 'c', '7'), { nil: null }),
  age: fc.option(fc.integer({ min: -5, max: 300 }), { nil: null }),
  few: fc.option(fc.integer({ min: 1, max: 4 }), { nil: null }),
  share: fc.option(
    fc.double({ min: -2, max: 2, noNaN: true }).map((share) => share + 0),
    { nil: null },
  ),
  flag: fc.constantFrom(0, 1),
})
/** Tables of columns of every kind, of which the first rows are complete. */
const tables = fc.array(cells, { maxLength: 60 }).map((some) => {
  const whole = Array.from({ length: 20 }, (_, i) => ({
    word: 'abc'[i % 3],
    age: 7 * i,
    few: 1 + (i % 4),
    share: i / 7 - 1,
    flag: i % 2,
  }))
  const rows = [...whole, ...some]
  const columns = [
    wordColumn(
      'word',
      rows.map(({ word }) => word),
    ),
    numberColumn(
      'age',
      rows.map(({ age }) => age),
    ),
    numberColumn(
      'few',
      rows.map(({ few }) => few),
    ),
    numberColumn(
      'share',
      rows.map(({ share }) => share),
    ),
    numberColumn(
      'flag',
      rows.map(({ flag }) => flag),
    ),
  ]
  return columnTable(columns, rows.length)
})
const changes = fc.record({
  missing: fc.constantFrom('drop', 'category', 'common', 'model' as const),
  valuesAs: fc.constantFrom(...VALUE_VIEWS),
  numberBits: fc.integer({ min: 1, max: 5 }),
  omitted: fc.subarray([1, 3, 4]),
  categorical: fc.constantFrom([], [2]),
})

describe('rows coded as a model file says', () => {
  it('are those that the model was trained on, of its own data, whatever becomes of missing values', () => {
    fc.assert(
      fc.property(tables, changes, (table, change) => {
        const preparation = { ...suggestedPreparation(table), ...change }
        const { splits } = atOnce(prepare(table, preparation))
        const stored = carried(table, change)
        const parts = dividedRows(table, coded(table, stored), stored).bits
        for (const split of SPLITS) expect(parts[split].words).toEqual(splits[split].words)
        expect(hashOf(parts)).toBe(stored.data.hash)
      }),
    )
  })

  it('are the same whatever the order of the columns and of the words, and whatever stands beside them', () => {
    fc.assert(
      fc.property(tables, changes, fc.infiniteStream(fc.nat()), (table, change, numbers) => {
        const stored = carried(table, change)
        const order = columnsOf(table).map((column) => ({ column, place: numbers.next().value ?? 0 }))
        const shuffled = order.sort((a, b) => a.place - b.place).map(({ column }) => turned(column))
        const other = columnTable([...shuffled, numberColumn('more', Array<number>(table.rows).fill(3))], table.rows)
        const [a, b] = [coded(table, stored), coded(other, stored)]
        expect(b.bits.words).toEqual(a.bits.words)
        expect(sentencesOf(b)).toEqual([
          'The model does not know the column “more” of table, which was passed over.',
          ...sentencesOf(a),
        ])
      }),
    )
  })

  /** The same column, its words in another order. */
  function turned(column: Column): Column {
    if (column.kind !== 'categories') return column
    const words = column.words.toReversed()
    return { ...column, words, codes: column.codes.map((code) => words.length - 1 - code) }
  }

  it('keep the bounds of the training data, however far from them the others are', () => {
    const own = columnTable(
      [
        numberColumn(
          'h',
          Array.from({ length: 40 }, (_, i) => i / 2),
        ),
        wordColumn(
          'w',
          Array.from({ length: 40 }, (_, i) => 'ab'[i % 2]),
        ),
      ],
      40,
    )
    const stored = carried(own, { ...AS_BITS, numberBits: 3 })
    const far = columnTable([numberColumn('h', [-1e9, 1e9, 3.5]), wordColumn('w', ['b', 'a', 'b'])], 3)
    expect(lines(coded(far, stored)).map((line) => line.slice(0, 3))).toEqual(['000', '111', '000'])
  })

  const fruit = columnTable(
    [
      wordColumn('fruit', ['fig', 'pear', 'fig', 'pear', 'fig', 'pear']),
      numberColumn('n', [1, 2, 3, 1, 2, 3]),
      { name: 'yes', kind: 'bits', words: rowSet(6, [1, 3, 4]), missing: null },
    ],
    6,
  )

  it('are left out, and told, where they lack a value or hold one that the model has never seen', () => {
    const other = columnTable(
      [
        wordColumn('fruit', ['fig', 'kiwi', 'plum', null, 'pear', 'kiwi']),
        numberColumn('n', [1, 1, 9, 1, 2, 2]),
        numberColumn('yes', [0, 1, 0, 1, 7, null]),
      ],
      6,
    )
    const rows = coded(other, carried(fruit))
    expect([Array.from(rows.numbers), rows.leftOut]).toEqual([[0], 5])
    expect(sentencesOf(rows)).toEqual([
      '2 rows have no value in “fruit” and “yes”; left out.',
      '3 rows have “kiwi” and “plum” in the column “fruit”, which the model has never seen; left out.',
      '1 row has “9” in the column “n”, which the model has never seen; left out.',
      '1 row has “7” in the column “yes”, which the model has never seen; left out.',
    ])
  })

  it('are refused without a column, with words for numbers, of another width, and where none is left', async () => {
    const stored = carried(fruit)
    const [word, number, flag] = columnsOf(fruit)
    const refused = (columns: readonly Column[], rows: number, sentence: RegExp): Promise<void> =>
      expectFailure(() => coded(columnTable(columns, rows), stored), 'invalid-data', sentence)
    await refused([word, flag], 6, /^table has no column “n”, which the model was trained on\.$/)
    await refused([flag], 6, /^table has no columns “fruit” and “n”, which/)
    await refused(
      [word, number, wordColumn('yes', ['yes', 'no'])],
      6,
      /column “yes” of table holds words such as “yes”/,
    )
    await refused(
      [wordColumn('fruit', ['kiwi']), numberColumn('n', [1]), numberColumn('yes', [1])],
      1,
      /^No row of table can be read .*“kiwi” in the column “fruit”/,
    )
    const grey = tableOf({ kind: 'grey', columns: 3, pixels: Uint8Array.of(1, 2, 3) }, 1)
    await expectFailure(
      () => coded(grey, stored),
      'invalid-data',
      /holds pictures; the model was trained on the columns/,
    )
  })

  it('are taken in the order of the columns where only one of both names them', async () => {
    const named = columnsOf(fruit)
    const unnamed = named.map((column, number) => ({ ...column, name: `column ${number + 1}` }))
    const expected = lines(coded(fruit, carried(fruit)))
    for (const [own, other] of [
      [named, unnamed],
      [unnamed, named],
    ]) {
      const rows = coded(columnTable(other, 6), carried(columnTable(own, 6)))
      expect(lines(rows)).toEqual(expected)
      expect(sentencesOf(rows)).toEqual([
        'The columns of table were taken in their order: only one of the file and the model names them.',
      ])
    }
    await expectFailure(
      () => coded(columnTable(unnamed.slice(0, 2), 6), carried(fruit)),
      'invalid-data',
      /table has 2 columns; the data that the model was trained on had 3/,
    )
  })

  it('of bits and of greys are those columns that were kept, and each may stand for the other', () => {
    const bits = countingTable(20)
    const stored = carried(bits, { omitted: [0, 5] })
    expect(lines(coded(bits, stored))[7]).toBe('11000000')
    const pixels = Uint8Array.from({ length: 20 * 10 }, (_, i) => (i * 37) % 256)
    const grey = tableOf({ kind: 'grey', columns: 10, pixels }, 20)
    const random = carried(grey, { omitted: [2], binarization: { kind: 'random', seed: 9 } })
    const { splits } = atOnce(
      prepare(grey, {
        ...suggestedPreparation(grey),
        omitted: [2],
        binarization: { kind: 'random', seed: 9 },
      }),
    )
    expect(dividedRows(grey, coded(grey, random), random).bits.test.words).toEqual(splits.test.words)
    const asBits = coded(bits, random)
    expect(lines(asBits)[6]).toBe('010000000')
    expect(sentencesOf(asBits)).toEqual(['table holds zeros and ones, which were taken as they are.'])
    const asGreys = coded(grey, stored)
    expect(lines(asGreys)[0]).toBe(
      [...pixels.slice(1, 5), ...pixels.slice(6, 10)].map((value) => (value >= 128 ? 1 : 0)).join(''),
    )
    expect(sentencesOf(asGreys)).toEqual([
      'The model was trained on zeros and ones: greys from 128 on were taken for ones.',
    ])
  })

  it('can leave out all that lack a value, where the model has a bit for it', () => {
    const gappy = columnTable([wordColumn('a', ['x', null, 'y', 'x', 'y']), numberColumn('b', [1, 0, 1, 0, 1])], 5)
    const stored = carried(gappy)
    expect(coded(gappy, stored).leftOut).toBe(0)
    expect(Array.from(coded(gappy, stored, true).numbers)).toEqual([0, 2, 3, 4])
  })
})
