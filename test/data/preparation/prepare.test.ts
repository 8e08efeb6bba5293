import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BitMatrix } from '../../../src/data/bit-matrix'
import type { Preparation } from '../../../src/data/preparation/preparation'
import { suggestedPreparation } from '../../../src/data/preparation/suggestion'
import { prepare, type Prepared } from '../../../src/data/preparation/prepare'
import { SPLITS } from '../../../src/data/split'
import { atOnce } from '../../../src/base/steps'
import { NO_LABEL, type Column, type Table } from '../../../src/data/table'
import { expectFailure } from '../../base/expect-failure'
import { AS_BITS, countingTable, numberColumn, tableOf, wordColumn } from './tables'
import { sentencesOf } from '../readers/table-values'
import { say } from '../../../src/words/say'

const IN_ORDER: Preparation['split'] = {
  keepGiven: true,
  amounts: { kind: 'counts', valid: 1, test: 1 },
  order: 'file',
  seed: 0,
}

function prepared(table: Table, change: Partial<Preparation> = {}): Prepared {
  return atOnce(prepare(table, { ...suggestedPreparation(table), split: IN_ORDER, ...change }))
}

/** Rows of bits as text, one a row. */
function texts(bits: BitMatrix): string[] {
  return Array.from({ length: bits.rows }, (_, row) =>
    Array.from({ length: bits.columns }, (__, d) => bits.get(row, d)).join(''),
  )
}

/** The columns of a table of which the last two rows are for validation and test. */
function columns(...list: Column[]): Table {
  const { length } =
    list[0].kind === 'categories'
      ? list[0].codes
      : list[0].kind === 'text'
        ? []
        : 'values' in list[0]
          ? list[0].values
          : []
  return tableOf({ kind: 'columns', columns: list }, length)
}

function numberOf(bits: BitMatrix, row: number): number {
  return bits.words[row]
}

describe('the split', () => {
  const plans = fc.record({
    keepGiven: fc.boolean(),
    amounts: fc.oneof(
      fc.record({
        kind: fc.constant('counts' as const),
        valid: fc.integer({ min: 1, max: 30 }),
        test: fc.integer({ min: 1, max: 30 }),
      }),
      fc.record({
        kind: fc.constant('fractions' as const),
        valid: fc.double({ min: 0.01, max: 0.4, noNaN: true }),
        test: fc.double({ min: 0.01, max: 0.4, noNaN: true }),
      }),
    ),
    order: fc.constantFrom('random' as const, 'file' as const),
    seed: fc.nat(),
  })
  const tables = fc.constantFrom(
    countingTable(200),
    countingTable(200, { train: [0, 150], test: [150, 200] }),
    countingTable(200, { train: [0, 120], valid: [120, 150], test: [150, 200] }),
    countingTable(200, { valid: [0, 80], train: [80, 200] }),
  )

  it('gives every row to exactly one part, in the order of the file', () => {
    fc.assert(
      fc.property(tables, plans, (table, split) => {
        const { splits } = prepared(table, { split })
        const found = SPLITS.map((name) =>
          Array.from({ length: splits[name].rows }, (_, row) => numberOf(splits[name], row)),
        )
        for (const rows of found) expect(rows).toEqual([...rows].sort((a, b) => a - b))
        expect(found.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, row) => row))
      }),
    )
  })

  it('keeps the parts that the files name, and takes only what they lack from the training rows', () => {
    fc.assert(
      fc.property(tables, plans, (table, split) => {
        const { splits } = prepared(table, { split: { ...split, keepGiven: true } })
        for (const { name, start, end } of table.parts) {
          if (name !== 'valid' && name !== 'test') continue
          expect([splits[name].rows, numberOf(splits[name], 0)]).toEqual([end - start, start])
        }
      }),
    )
  })

  it('takes as many rows as were asked for, the last ones or by the seed', () => {
    const amounts = { kind: 'counts', valid: 20, test: 30 } as const
    const last = prepared(countingTable(200), { split: { keepGiven: true, amounts, order: 'file', seed: 0 } }).splits
    expect(SPLITS.map((name) => last[name].rows)).toEqual([150, 20, 30])
    expect([numberOf(last.valid, 0), numberOf(last.test, 0)]).toEqual([150, 170])
    const drawn = (seed: number): BitMatrix =>
      prepared(countingTable(200), { split: { keepGiven: true, amounts, order: 'random', seed } }).splits.test
    expect(drawn(1).words).toEqual(drawn(1).words)
    expect(drawn(1).words).not.toEqual(drawn(2).words)
    const shares = { kind: 'fractions', valid: 0.1, test: 0.25 } as const
    const parts = prepared(countingTable(200), {
      split: { keepGiven: true, amounts: shares, order: 'random', seed: 3 },
    }).splits
    expect(SPLITS.map((name) => parts[name].rows)).toEqual([130, 20, 50])
  })

  it('is refused where a part would be empty', async () => {
    const split = (valid: number, test: number): Partial<Preparation> => ({
      split: { ...IN_ORDER, amounts: { kind: 'counts', valid, test } },
    })
    await expectFailure(() => prepared(countingTable(10), split(5, 5)), 'invalid-settings', /training/)
    await expectFailure(() => prepared(countingTable(10), split(0, 5)), 'invalid-settings', /validation/)
    await expectFailure(() => prepared(countingTable(10), split(1, 0)), 'invalid-settings', /test/)
    await expectFailure(() => prepared(countingTable(2)), 'invalid-data', /only 2 rows/)
    await expectFailure(() => prepared(countingTable(1)), 'invalid-data', /only one row/)
  })
})

describe('columns', () => {
  it('of words become a bit a value, a missing one a value of its own', () => {
    const table = columns(
      wordColumn('colour', ['red', 'blue', null, 'red', 'blue']),
      wordColumn('size', ['s', 'm', 'l', 's', 'm']),
    )
    const { splits, columnNames } = prepared(table)
    expect(columnNames).toEqual([
      'colour = red',
      'colour = blue',
      say('prepare.bit.missing', { column: 'colour' }),
      'size = s',
      'size = m',
      'size = l',
    ])
    expect(texts(splits.train)).toEqual(['100100', '010010', '001001'])
    expect([texts(splits.valid), texts(splits.test)]).toEqual([['100100'], ['010010']])
  })

  it('with gaps drop the row, or take the commonest value of the training rows', () => {
    const table = columns(
      wordColumn('colour', ['blue', null, 'red', 'red', 'blue', 'blue', 'blue']),
      numberColumn('n', [1, 2, 1, 2, 1, 1, 2]),
    )
    const dropped = prepared(table, { ...AS_BITS, missing: 'drop' })
    expect(texts(dropped.splits.train)).toEqual(['100', '010', '011', '100'])
    expect(sentencesOf(dropped)).toEqual(['1 row lacks a value and is left out.'])
    // Rows 0–4 train: red and blue twice each; the first of equals is taken.
    expect(texts(prepared(table, { ...AS_BITS, missing: 'common' }).splits.train)[1]).toBe('101')
  })

  it('of numbers are compared with the median or quantiles of the training rows alone', () => {
    const values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1000, 2000]
    const table = columns(
      numberColumn('x', values),
      numberColumn(
        'y',
        values.map((x) => -x),
      ),
    )
    const halves = prepared(table, { ...AS_BITS, categorical: [] })
    expect(halves.columnNames).toEqual(['x > 5', 'y > -5'])
    expect(texts(halves.splits.train)).toEqual(['01', '01', '01', '01', '00', '10', '10', '10', '10'])
    const quarters = prepared(table, { ...AS_BITS, categorical: [], numberBits: 3 })
    expect(quarters.columnNames.slice(0, 3)).toEqual(['x > 3', 'x > 5', 'x > 7'])
    expect(texts(quarters.splits.train).map((row) => row.slice(0, 3))).toEqual([
      '000',
      '000',
      '000',
      '100',
      '100',
      '110',
      '110',
      '111',
      '111',
    ])
    expect(texts(quarters.splits.test)[0].slice(0, 3)).toBe('111')
  })

  it('of numbers may each have bits of their own, whatever the others have', () => {
    const values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1000, 2000]
    const table = columns(numberColumn('x', values), numberColumn('y', values), numberColumn('z', values))
    const own = prepared(table, { ...AS_BITS, categorical: [], numberBits: 2, ownBits: [{ column: 1, bits: 1 }] })
    expect(own.columnNames).toEqual(['x > 4', 'x > 7', 'y > 5', 'z > 4', 'z > 7'])
  })

  it('in which most rows have the largest value tell whether a row has it', () => {
    const table = columns(numberColumn('x', [0, 7, 7, 7, 7, 7, 7]), numberColumn('y', [1.5, 2, 2.5, 1, 3, 3, 3]))
    expect(texts(prepared(table, AS_BITS).splits.train).map((row) => row[0])).toEqual(['0', '1', '1', '1', '1'])
  })

  it('of whole numbers are categories where that is chosen', () => {
    const table = columns(numberColumn('n', [3, 1, 2, 3, 1]), numberColumn('m', [0, 1, 0, 1, 0]))
    expect(suggestedPreparation(table).categorical).toEqual([0])
    expect(prepared(table, AS_BITS).columnNames).toEqual(['n = 1', 'n = 2', 'n = 3', 'm > 0'])
    expect(texts(prepared(table, AS_BITS).splits.train)).toEqual(['0010', '1001', '0100'])
    expect(prepared(table, { ...AS_BITS, categorical: [] }).columnNames).toEqual(['n > 2', 'm > 0'])
  })

  it('that tell nothing are left out, and said to be', () => {
    const text: Column = { name: 'name', kind: 'text', missing: null }
    const table = columns(numberColumn('n', [3, 1, 2, 3, 1]), text, numberColumn('same', [4, 4, 4, 4, 4]))
    expect(suggestedPreparation(table).omitted).toEqual([1])
    const { notes, columnNames } = prepared(table, { omitted: [] })
    expect(columnNames).toHaveLength(3)
    expect(sentencesOf({ notes })).toEqual([
      expect.stringContaining('“name” is left out because its text'),
      expect.stringContaining('“same” is left out because all training rows have the same value'),
    ])
  })

  it('are left out where that is chosen, of bits too', async () => {
    expect(prepared(countingTable(8), { omitted: [0, 3, 4, 5, 6, 7, 8, 9] }).columnNames).toEqual(['b1', 'b2'])
    expect(texts(prepared(countingTable(8), { omitted: [0, 3, 4, 5, 6, 7, 8, 9] }).splits.train).slice(2)).toEqual([
      '10',
      '10',
      '01',
      '01',
    ])
    const { tooFew, splits } = prepared(countingTable(8), { omitted: [0, 1, 2, 3, 4, 5, 6, 7, 8] })
    expect([tooFew?.code, tooFew?.message]).toEqual(['invalid-data', expect.stringMatching(/^Only one/)])
    expect(splits.train.columns).toBe(1)
  })

  it('hold exactly one of the bits of a column of words, in every row; one without words has no bits', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c', 'd', null), { minLength: 3, maxLength: 40 }), (values) => {
        const table = columns(
          wordColumn('w', values),
          wordColumn(
            'v',
            values.map((_, i) => (i % 2 === 0 ? 'x' : 'y')),
          ),
        )
        const { splits } = prepared(table, AS_BITS)
        for (const split of SPLITS)
          for (const row of texts(splits[split]))
            expect(row.replaceAll('0', '')).toBe(values.some((value) => value !== null) ? '11' : '1')
      }),
    )
  })
})

describe('greys', () => {
  const pixels = Uint8Array.from({ length: 60 }, (_, i) => [0, 255, 100, 200][i % 4])
  const table = { ...tableOf({ kind: 'grey', columns: 6, pixels }, 10), picture: { width: 3, height: 2 } }

  it('become bits by the threshold, and stay to be looked at', () => {
    const { splits, grey, epochRows } = prepared(table, { binarization: { kind: 'threshold', threshold: 150 } })
    expect(splits.train.toBytes()).toEqual(pixels.slice(0, 48).map((pixel) => (pixel >= 150 ? 1 : 0)))
    expect(grey?.test).toEqual(pixels.slice(54))
    expect(epochRows).toBeNull()
  })

  it('drawn anew for each epoch are others each time, and where they are certain the same', () => {
    const { epochRows, splits } = prepared(table, { binarization: { kind: 'redrawn', seed: 2 } })
    const epochs = [1, 2, 3, 4].map((epoch) => epochRows?.(epoch).toBytes() ?? new Uint8Array())
    expect(epochRows?.(3).toBytes()).toEqual(epochs[2])
    expect(new Set(epochs.map(String)).size).toBe(4)
    for (const bytes of [...epochs, splits.train.toBytes()])
      bytes.forEach((bit, i) => {
        if (pixels[i] === 0 || pixels[i] === 255) expect(bit).toBe(pixels[i] / 255)
      })
  })

  it('are recognised in a table of whole numbers, which may be read as columns all the same', () => {
    const grey = columns(...Array.from({ length: 20 }, (_, d) => numberColumn(`p${d}`, [0, 255, d, 200, 7])))
    expect(suggestedPreparation(grey).grey).toBe(true)
    expect(prepared(grey).splits.train.columns).toBe(20)
    expect(texts(prepared(grey).splits.train)[1]).toBe('1'.repeat(20))
    expect(suggestedPreparation(columns(numberColumn('a', [0, 255, 3]), numberColumn('b', [0, 1, 0]))).grey).toBe(false)
  })

  it('are refused where there are none', async () => {
    await expectFailure(
      () => prepared(columns(numberColumn('a', [0, 256, 3, 1])), { grey: true }),
      'invalid-settings',
      /no greys/,
    )
    await expectFailure(
      () => prepared(table, { picture: { width: 4, height: 2 } }),
      'invalid-settings',
      /8 pixels.*6 bits/,
    )
  })
})

describe('labels', () => {
  it('may be a column, which then is in no bit', async () => {
    const table = columns(
      wordColumn('colour', ['red', 'blue', null, 'red', 'blue']),
      numberColumn('n', [3, 1, 2, 3, 1]),
    )
    const { labels, columnNames } = prepared(table, { label: 0 })
    expect(columnNames).toEqual(['n = 1', 'n = 2', 'n = 3'])
    expect(labels).toMatchObject({ name: 'colour', words: ['red', 'blue'] })
    expect(labels?.codes.train).toEqual(Uint16Array.of(0, 1, NO_LABEL))
    expect(prepared(table, { label: 1 }).labels).toMatchObject({ name: 'n', words: ['1', '2', '3'] })
    const reals = columns(numberColumn('x', [0.5, 1, 2, 3, 4]), numberColumn('n', [3, 1, 2, 3, 1]))
    expect(prepared(reals, { label: 0 }).labels?.words).toEqual(['0.5', '1', '2', '3', '4'])
    const many = Array.from({ length: 5000 }, (_, row) => row)
    const wide = columns(
      numberColumn('n', many),
      wordColumn(
        'colour',
        many.map((row) => (row % 2 ? 'red' : 'blue')),
      ),
    )
    expect(prepared(wide, { label: 0 }).labels?.words.length).toBe(5000)
    const text = columns(numberColumn('n', [3, 1, 2, 3, 1]), { name: 'x', kind: 'text', missing: null })
    await expectFailure(() => prepared(text, { label: 1 }), 'invalid-settings', /cannot be the label/)
  })

  it('go with their rows and never into the bits', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(0, 1, 2, NO_LABEL), { minLength: 64, maxLength: 64 }),
        fc.nat(),
        (codes, seed) => {
          const plain = countingTable(64)
          const labelled: Table = {
            ...plain,
            labels: { name: 'class', words: ['a', 'b', 'c'], codes: Uint16Array.from(codes) },
          }
          const split = {
            ...IN_ORDER,
            order: 'random',
            seed,
            amounts: { kind: 'fractions', valid: 0.2, test: 0.2 },
          } as const
          const { labels, splits } = prepared(labelled, { split })
          const bare = prepared(plain, { split }).splits
          for (const part of SPLITS) {
            expect(splits[part].words).toEqual(bare[part].words)
            labels?.codes[part].forEach((code, row) => expect(code).toBe(codes[numberOf(splits[part], row)]))
          }
        },
      ),
    )
  })
})
