import { StudioError } from '../../base/failure'
import { PURPOSE, UniformSource } from '../../made/random'
import { say, type Sentence } from '../../words/say'
import { BitMatrix } from '../bit-matrix'
import { ColumnBuilder, MemoryBudget } from '../readers/column-builder'
import { MOST_TABLE_BYTES } from '../readers/table-builder'
import { atOnce } from '../../base/steps'
import { cellOf, isMissing, NO_LABEL, type CellValue, type Column, type Labels, type Table } from '../table'
import { besideEachOther, bitsOfRows, codesOf, UNKNOWN, type CodedColumn } from './coded-column'
import { inUnitsOf } from '../dates'
import { bitCount, datesOf, labelAsColumn, writtenValue, type LabelCoding, type ModelPreparation } from './coding'
import { drawnValue } from './drawn-values'
import { labelColumn, matchColumns } from './matched-columns'
import { Tally } from './tally'

/** The rows of a table that lack values, as a model sees them. */
export interface Gaps {
  /** Their numbers in the table, ascending. */
  readonly rows: Uint32Array
  /** `[rows, D]`; a bit that is not known is zero. */
  readonly bits: BitMatrix
  /** A one where the bit is known: the bits of every column that has a value in the row, and one that the model knows. */
  readonly known: BitMatrix
  /** The columns that the bits stand for. */
  readonly columns: readonly CodedColumn[]
  /** What a person may not expect. */
  readonly notes: readonly Sentence[]
}

/** Values for the rows of `Gaps`, by the number of their column. */
export type FilledValues = ReadonlyMap<number, readonly (CellValue | null)[]>

/**
 * The rows that lack a value of a column that the model sees, coded as the rows that it was trained on. A value that the
 * model has never seen stays what it is, and conditions nothing.
 * @throws StudioError 'invalid-settings' if the model was taught something else about missing values, 'invalid-data' where
 * the table has other columns
 */
export function findGaps(table: Table, { coding, missing }: Pick<ModelPreparation, 'coding' | 'missing'>): Gaps {
  if (missing === 'category' || missing === 'common' || coding.kind === 'grey')
    throw new StudioError('invalid-settings', say('prepare.gaps.taught-otherwise'), {
      window: say('prepare.gaps.taught-otherwise.window'),
      options: say('prepare.gaps.taught-otherwise.options'),
    })
  const { coded, required, notes } = matchColumns(table, coding)
  const columns = besideEachOther([...coded, ...(coding.label ? [codedLabel(table, coding.label)] : [])])
  // A label that no row has is nothing that could be filled in.
  const used = [...columns.filter(({ number }) => number !== ABSENT).map(({ column }) => column), ...required]
  const lacksValue = (row: number): boolean => used.some((column) => isMissing(column, row))
  const rows = Uint32Array.from({ length: table.rows }, (_, row) => row).filter(lacksValue)
  const unknown = columns.map(() => new Tally())
  const known = knownBits(columns, rows, unknown)
  const words = unknown.flatMap((tally, i) =>
    tally.inWords((count, values) =>
      say('prepare.unseen-ignored', { rows: count, values, column: columns[i].column.name }),
    ),
  )
  const bits = atOnce(bitsOfRows(columns, rows))
  bits.words.forEach((word, i) => (bits.words[i] = word & known.words[i]))
  return { rows, bits, known, columns, notes: [...notes, ...words] }
}

/** The number of a label that is kept apart from the columns of its table, and of one that is not there. */
const [APART, ABSENT] = [-1, -2]

/** A label that the model learnt, which the rows may have or lack. */
function codedLabel(table: Table, label: LabelCoding): Omit<CodedColumn, 'first'> {
  const { name } = label
  const coding = labelAsColumn(label)
  const column = labelColumn(table, name)
  if (column === null) {
    const missing = new Uint32Array(Math.ceil(table.rows / 32)).fill(0xffffffff)
    return { column: { name, kind: 'text', missing }, coding, number: ABSENT }
  }
  const number = table.values.kind === 'columns' ? table.values.columns.indexOf(column) : APART
  return { column, coding, number: number < 0 ? APART : number }
}

function knownBits(columns: readonly CodedColumn[], rows: Uint32Array, unknown: readonly Tally[]): BitMatrix {
  const known = new BitMatrix(
    rows.length,
    columns.reduce((sum, { coding }) => sum + bitCount(coding), 0),
  )
  for (const [i, { column, coding, first }] of columns.entries()) {
    const code = codesOf(coding, column)
    rows.forEach((number, row) => {
      if (isMissing(column, number)) return
      if (code(number) === UNKNOWN) unknown[i].add(number, String(cellOf(column, number)))
      else for (let bit = 0; bit < bitCount(coding); bit++) known.set(row, first + bit)
    })
  }
  return known
}

/**
 * What drawn rows say of each column.
 * @param drawn `[rows, D]`
 * @param probabilities `[rows, D]`: of a one, that each bit was drawn with
 * @param seed of what is drawn within bins
 */
export function valuesOf({ columns }: Gaps, drawn: BitMatrix, probabilities: Float32Array, seed: number): FilledValues {
  const uniforms = new UniformSource(seed, PURPOSE.withinBin)
  const valueAt = ({ coding, column, first }: CodedColumn, row: number): CellValue | null => {
    const value = drawnValue(
      coding,
      (bit) => drawn.get(row, first + bit) === 1,
      (bit) => probabilities[row * drawn.columns + first + bit],
      () => uniforms.at(row, first),
    )
    return value === null ? null : asHeldBy(column, coding, value)
  }
  const rows = Array.from({ length: drawn.rows }, (_, row) => row)
  return new Map(columns.map((column) => [column.number, rows.map((row) => valueAt(column, row))]))
}

/** A drawn value as its column holds it: dates in the units of the column, or in words. */
function asHeldBy(column: Column, coding: CodedColumn['coding'], value: CellValue): CellValue {
  const dates = datesOf(coding)
  if (!dates || typeof value !== 'number') return value
  const own = column.kind === 'integers' || column.kind === 'numbers' ? column.dates : undefined
  return (own && inUnitsOf(value, dates, own)) ?? writtenValue(coding, value)
}

/**
 * The table with values where they were missing. What was there stays as it is.
 * @param rows the numbers of the rows that `values` are for, ascending
 */
export function filledTable(table: Table, rows: Uint32Array, values: FilledValues): Table {
  if (table.values.kind !== 'columns') return table
  const columns = table.values.columns.map((column, number) => {
    const filled = values.get(number)
    return filled && column.missing !== null ? filledColumn(column, table.rows, rows, filled) : column
  })
  const labels = table.labels && filledLabels(table.labels, rows, values.get(APART) ?? [])
  return { ...table, values: { kind: 'columns', columns }, labels }
}

function filledLabels(labels: Labels, rows: Uint32Array, values: readonly (CellValue | null)[]): Labels {
  const codes = labels.codes.slice()
  const words = [...labels.words]
  values.forEach((value, i) => {
    if (value === null || codes[rows[i]] !== NO_LABEL) return
    const word = String(value)
    if (!words.includes(word)) words.push(word)
    codes[rows[i]] = words.indexOf(word)
  })
  return { ...labels, codes, words }
}

function filledColumn(column: Column, count: number, rows: Uint32Array, values: readonly (CellValue | null)[]): Column {
  const builder = new ColumnBuilder(column.name, new MemoryBudget(MOST_TABLE_BYTES))
  if (column.kind === 'categories') builder.declareWords(column.words)
  for (let row = 0, next = 0; row < count; row++) {
    while (next < rows.length && rows[next] < row) next++
    setCell(builder, row, cellOf(column, row) ?? (rows[next] === row ? values[next] : null))
  }
  const finished = builder.finish(count)
  const isOfDates = (column.kind === 'integers' || column.kind === 'numbers') && column.dates !== undefined
  return isOfDates && (finished.kind === 'integers' || finished.kind === 'numbers')
    ? { ...finished, dates: column.dates }
    : finished
}

function setCell(builder: ColumnBuilder, row: number, value: CellValue | null): void {
  if (value === null) builder.setMissing(row)
  // A number among words of the data that the model was trained on is a number again among numbers.
  else if (typeof value === 'number' || (builder.isNumeric && String(Number(value)) === value))
    builder.setNumber(row, Number(value))
  else builder.setWord(row, value)
}
