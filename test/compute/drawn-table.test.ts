import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { atOnce } from '../../src/base/steps'
import { DrawnWords } from '../../src/compute/drawn-table'
import { BitMatrix } from '../../src/data/bit-matrix'
import { codeRows } from '../../src/data/preparation/coded-rows'
import { rowBits, type RowCoding } from '../../src/data/preparation/coding'
import { drawnRow } from '../../src/data/preparation/drawn-rows'
import { drawnColumns } from '../../src/data/preparation/drawn-values'
import { variablesOfCoding } from '../../src/data/preparation/variables'
import { eachDrawnLogProbability } from '../../src/engine/drawn-probability'
import { columnsByPlace, variablesOf } from '../../src/made/variables'
import { numberColumn, tableOf, wordColumn } from '../data/preparation/tables'

const DAYS = { unit: 'day', format: { order: 'ymd', hasTime: false, hasSeconds: false } } as const
const CODING: RowCoding = {
  kind: 'columns',
  areVariables: true,
  columns: [
    { name: 'work', kind: 'categories', values: ['State', 'Private', 'Own'], gap: 'bit' },
    { name: 'class', kind: 'unused' },
    { name: 'age', kind: 'bins', levels: [25, 37, 50], least: 17, most: 90, decimals: 0, gap: 'left-out' },
    { name: 'pay', kind: 'bins', levels: [-1.25, 0, 3.5], least: -4, most: 9.75, decimals: 2, gap: 'bit' },
    { name: 'old', kind: 'flag', gap: 'left-out' },
    { name: 'since', kind: 'bins', levels: [100], least: 0, most: 400, decimals: 0, dates: DAYS, gap: 'left-out' },
  ],
  label: { name: 'class', words: ['good', 'bad'] },
}
const INPUTS = rowBits(CODING)
const SPEC = { inputs: INPUTS, ...variablesOfCoding(CODING) }
const variables = variablesOf(SPEC)

/** Rows that have one value of each variable. */
const drawn = fc
  .array(
    fc.array(fc.double({ min: 0, max: 0.999999, noNaN: true }), {
      minLength: variables.count,
      maxLength: variables.count,
    }),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((rows) => {
    const bits = new BitMatrix(rows.length, INPUTS)
    rows.forEach((uniforms, row) =>
      uniforms.forEach((uniform, v) => {
        const width = variables.first[v + 1] - variables.first[v]
        const one = Math.floor(uniform * (width === 1 ? 2 : width))
        if (width > 1 || one === 1) bits.set(row, variables.first[v] + (width === 1 ? 0 : one))
      }),
    )
    const probabilities = Float32Array.from({ length: rows.length * INPUTS }, (_, i) => 0.05 + ((i * 7) % 9) / 10)
    return { rows: bits, probabilities }
  })

describe('drawn rows as rows of a table', () => {
  const words = new DrawnWords(CODING, null)
  const columns = words.table ?? []

  it('have the columns of the file, the label in its place', () => {
    expect(columns.map(({ name, holds, isLabel }) => [name, holds, isLabel])).toEqual([
      ['work', 'words', false],
      ['class', 'words', true],
      ['age', 'numbers', false],
      ['pay', 'numbers', false],
      ['old', 'numbers', false],
      ['since', 'dates', false],
    ])
    expect(columns.map(({ name }) => name)).toEqual(drawnColumns(CODING)?.names)
  })

  it('show values that become the same bits again, and the same as are written to a file', () =>
    fc.assert(
      fc.property(drawn, fc.nat(), fc.nat(100_000), (bits, seed, number) => {
        const table = words.tableOf(bits, { seed, number }, null)
        if (!table) throw new Error('this is a table')
        const count = bits.rows.rows
        const column = (i: number): (string | null)[] =>
          Array.from({ length: count }, (_, row) => table.cells[row * columns.length + i])
        const numbers = (i: number): (number | null)[] => column(i).map((text) => (text === null ? null : Number(text)))
        const read = tableOf(
          {
            kind: 'columns',
            columns: [
              wordColumn('work', column(0)),
              wordColumn('class', column(1)),
              numberColumn('age', numbers(2)),
              numberColumn('pay', numbers(3)),
              numberColumn('old', numbers(4)),
              wordColumn('since', column(5)),
            ],
          },
          count,
        )
        expect(atOnce(codeRows(read, CODING)).bits.words).toEqual(bits.rows.words)
        const file = drawnColumns(CODING)
        if (!file) throw new Error('these are columns')
        const written = (row: number): (string | null)[] =>
          drawnRow(file, bits, row, { seed, number: number + row }).map((value) =>
            value === null ? null : String(value),
          )
        expect(Array.from({ length: count }, (_, row) => written(row)).flat()).toEqual(table.cells)
      }),
    ))

  it('have the chances of their values, whose product is that of the row, known when the last of their inputs is drawn', () =>
    fc.assert(
      fc.property(drawn, fc.shuffledSubarray([1, 2, 3, 4, 5, 6], { minLength: 6 }), (bits, ordering) => {
        const order = columnsByPlace(variables, Int32Array.from(ordering))
        const log = (row: number, visit: (logProbability: number, column: number) => void): void =>
          eachDrawnLogProbability(variables, bits.rows, bits.probabilities, row, visit)
        const table = words.tableOf(bits, { seed: 1, number: 0 }, { logProbability: log, order })
        for (let row = 0; row < bits.rows.rows; row++) {
          let sum = 0
          log(row, (logProbability) => (sum += logProbability))
          const chances = Array.from(table?.chances?.subarray(row * columns.length, (row + 1) * columns.length) ?? [])
          expect(Math.log(chances.reduce((product, chance) => product * chance, 1))).toBeCloseTo(sum, 4)
        }
        // Columns and variables are the same but for their order: the label is the last variable.
        const ofColumn = [0, 5, 1, 2, 3, 4]
        const widths = (place: number): number => {
          const variable = ordering.indexOf(place)
          return variables.first[variable + 1] - variables.first[variable]
        }
        ofColumn.forEach((variable, column) => {
          let before = 0
          for (let place = 1; place <= ordering[variable]; place++) before += widths(place)
          expect(table?.knownAfter?.[column]).toBe(before)
        })
      }),
    ))

  it('are told by name, with the bin that a number lies in', () => {
    const bits = BitMatrix.fromBytes(1, INPUTS, [0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0, 1, 0, 1])
    const told = words.told(
      { rows: bits, probabilities: new Float32Array(INPUTS) },
      0,
      { seed: 1, number: 0 },
      variables,
      [5, 0, 1, 2, 3, 4],
    )
    expect(told.map(({ place, name, bin }) => [place, name, bin])).toEqual([
      [0, 'class', null],
      [1, 'work', null],
      [2, 'age', '26–37'],
      [3, 'pay', null],
      [4, 'old', null],
      [5, 'since', '1970-04-12 – 1971-02-05'],
    ])
    expect(told.map(({ value }) => value).slice(0, 2)).toEqual(['bad', null])
    expect([told[3].value, told[4].value]).toEqual([null, '1'])
  })

  it('are counted column by column', () => {
    const bits = BitMatrix.fromBytes(2, INPUTS, [
      ...[1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0],
      ...[0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 1, 0, 0, 1],
    ])
    const histograms = words.histogramsOf(
      { rows: bits, probabilities: new Float32Array(2 * INPUTS) },
      { seed: 1, number: 0 },
    )
    expect(histograms.map(({ missing }) => missing)).toEqual([1, 0, 0, 1, 0, 0])
    expect(histograms[1].bars).toEqual([
      { says: 'good', rows: 1 },
      { says: 'bad', rows: 1 },
    ])
    expect(histograms[2].ends).toEqual(['17', '90'])
    expect(histograms[5].ends).toEqual(['1970-01-01', '1971-02-05'])
  })
})

describe('drawn pictures with a label', () => {
  const coding: RowCoding = {
    kind: 'grey',
    width: 4,
    omitted: [],
    binarization: { kind: 'threshold', threshold: 128 },
    label: { name: 'digit', words: ['0', '1', '2'] },
  }
  const words = new DrawnWords(coding, { width: 2, height: 2 })

  it('are looked at without its bits, which are told as a word', () => {
    const rows = BitMatrix.fromBytes(2, 7, [1, 0, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 0, 0])
    const spec = variablesOf({ inputs: 7, ...variablesOfCoding(coding) })
    expect([words.table, words.values, words.seen, words.areVariables]).toEqual([null, null, 4, false])
    expect(words.labelsOf(rows)).toEqual(['2', '0'])
    expect(
      words.told({ rows, probabilities: new Float32Array(14) }, 0, { seed: 1, number: 0 }, spec, [4, 0, 1, 2, 3]),
    ).toEqual([{ place: 0, name: 'digit', value: '2', bin: null, isBit: false }])
  })
})
