import { categoryHistogram, numberHistogram, type ColumnHistogram } from '../data/column-histogram'
import type { BitMatrix } from '../data/bit-matrix'
import { writtenBin } from '../data/preparation/bins'
import {
  bitCount,
  bitNames,
  columnCodings,
  datesOf,
  labelAsColumn,
  unlabelledBits,
  writtenValue,
  type BitName,
  type CodedValues,
  type RowCoding,
} from '../data/preparation/coding'
import { drawnRow, type DrawnBits, type SampleName } from '../data/preparation/drawn-rows'
import { columnsWithPlaces, drawnColumns, type DrawnColumns, type PlacedColumn } from '../data/preparation/drawn-values'
import { areNumbered, type CellValue, type PictureShape } from '../data/table'
import { oneIn } from '../engine/drawn-probability'
import type { Variables } from '../made/variables'
import type { DrawnTable, TableColumn, ToldVariable } from '../shared/table-view'

/** How rows that a model draws are told to a person: by columns and values, as far as its preparation knows them. */
export class DrawnWords {
  /** What reads the values of a row; null where rows are pictures, or their bits have no names. */
  readonly values: DrawnColumns | null
  /** The columns as a table; null where rows are not looked at as one. */
  readonly table: readonly TableColumn[] | null
  private readonly placed: readonly PlacedColumn[]
  private readonly label: PlacedColumn | null
  private readonly bitNames: readonly BitName[]
  /** The columns that have names, by their first input. */
  private readonly named: ReadonlyMap<number, { readonly column: CodedValues; readonly number: number }>

  constructor(
    private readonly coding: RowCoding,
    picture: PictureShape | null,
  ) {
    const { label } = coding
    this.label = label ? { column: labelAsColumn(label), first: unlabelledBits(coding) } : null
    this.values = drawnColumns(coding)
    this.placed = coding.kind === 'grey' ? (this.label ? [this.label] : []) : columnsWithPlaces(coding)
    const isTable = coding.kind === 'columns' && picture === null
    this.table = isTable ? this.placed.map((one) => shownColumn(one.column, one.first === this.label?.first)) : null
    const namedBits =
      coding.kind === 'columns' || (coding.kind === 'bits' && !areNumbered(coding.names) && !picture) ? coding : null
    this.bitNames = namedBits ? columnCodings(namedBits).flatMap(bitNames) : []
    const named = this.placed.map(({ column, first }, number) => [first, { column, number }] as const)
    this.named = new Map(namedBits ? named : named.filter(([first]) => first === this.label?.first))
  }

  /** How many of the columns of a row are looked at: all but those of the label. */
  get seen(): number {
    return unlabelledBits(this.coding)
  }

  /** Whether every variable is a column of the table. */
  get areVariables(): boolean {
    return this.table !== null && this.coding.kind === 'columns' && this.coding.areVariables === true
  }

  /** The label of each row; null where none is learnt. */
  labelsOf(rows: BitMatrix): string[] | null {
    const { label, coding } = this
    if (!label || !coding.label) return null
    const { words } = coding.label
    return Array.from(
      { length: rows.rows },
      (_, row) => words[oneIn(rows, row, label.first, label.first + words.length)],
    )
  }

  /** The values of drawn rows, as they are written; null where they are not looked at as a table. @param first of the rows */
  cellsOf(drawn: DrawnBits, { seed, number }: SampleName): (string | null)[] | null {
    const { values } = this
    if (!this.table || !values) return null
    return Array.from({ length: drawn.rows.rows }, (_, row) =>
      drawnRow(values, drawn, row, { seed, number: number + row }).map(asText),
    ).flat()
  }

  /**
   * Drawn rows as rows of a table.
   * @param name of the first
   * @param draw what the variables were drawn with and in which order; null where it is not known
   */
  tableOf(drawn: DrawnBits, name: SampleName, draw: DrawOfRows | null): DrawnTable | null {
    const cells = this.cellsOf(drawn, name)
    if (!this.table || cells === null) return null
    return {
      columns: this.table,
      cells,
      chances: draw && this.chancesOf(drawn.rows.rows, draw),
      knownAfter: draw && this.knownAfter(draw.order),
    }
  }

  /** How often the values of each column occur in drawn rows; none where they are not looked at as a table. */
  histogramsOf(drawn: DrawnBits, { seed, number }: SampleName): ColumnHistogram[] {
    const { values } = this
    if (!this.table || !values) return []
    // Dates are counted as the numbers that they are.
    const plain = drawnColumns(this.coding, (_, value) => value)
    const count = drawn.rows.rows
    const byRow = Array.from({ length: count }, (_, row) =>
      drawnRow(plain ?? values, drawn, row, { seed, number: number + row }),
    )
    return this.placed.map(({ column }, i) =>
      histogramOf(
        column,
        byRow.map((row) => row[i]),
      ),
    )
  }

  /** What is known by name of the variables of row `row`. @param byPlace the variables in the order in which they are drawn */
  told(
    drawn: DrawnBits,
    row: number,
    name: SampleName,
    variables: Variables,
    byPlace: ArrayLike<number>,
  ): ToldVariable[] {
    const { values, label, bitNames: names } = this
    const cells = values ? drawnRow(values, drawn, row, name) : []
    const told: ToldVariable[] = []
    for (let place = 0; place < byPlace.length; place++) {
      const [first, end] = [variables.first[byPlace[place]], variables.first[byPlace[place] + 1]]
      const known = this.named.get(first)
      const one = oneIn(drawn.rows, row, first, end)
      if (known && isWhole(known.column, end - first)) {
        const { column, number } = known
        const value = first === label?.first ? this.coding.label?.words[one] : cells[number]
        const bin = column.kind === 'bins' && one <= column.levels.length ? writtenBin(column, one) : null
        told.push({ place, name: column.name, value: asText(value ?? null), bin, isBit: false })
      } else if (end === first + 1 && names[first] !== undefined)
        told.push({ place, name: names[first], value: String(one + 1), bin: null, isBit: true })
    }
    return told
  }

  private chancesOf(rows: number, { logProbability }: DrawOfRows): Float32Array {
    const columns = this.placed.length
    const owner = this.ownerOfColumn()
    const sums = new Float64Array(rows * columns)
    for (let row = 0; row < rows; row++)
      logProbability(row, (log, column) => {
        if (owner[column] >= 0) sums[row * columns + owner[column]] += log
      })
    return Float32Array.from(sums, Math.exp)
  }

  private knownAfter(order: ArrayLike<number>): Int32Array {
    const owner = this.ownerOfColumn()
    const after = new Int32Array(this.placed.length)
    for (let t = 0; t < order.length; t++) if (owner[order[t]] >= 0) after[owner[order[t]]] = t + 1
    return after
  }

  /** Which column of the table each input is of. */
  private ownerOfColumn(): Int32Array {
    const inputs = this.seen + (this.coding.label?.words.length ?? 0)
    const owner = new Int32Array(inputs).fill(-1)
    this.placed.forEach(({ column, first }, number) => owner.fill(number, first, first + bitCount(column)))
    return owner
  }
}

/** How rows were drawn. */
export interface DrawOfRows {
  /** Tells log p of each variable of a row, with its first column. */
  readonly logProbability: (row: number, visit: (logProbability: number, column: number) => void) => void
  /** The columns in the order in which they were drawn. */
  readonly order: ArrayLike<number>
}

/** Whether a variable of so many columns is all of a column of the table. */
function isWhole(column: CodedValues, width: number): boolean {
  return column.kind !== 'levels' && width === bitCount(column) && (width > 1 || column.kind === 'flag')
}

function asText(value: CellValue | null): string | null {
  return value === null ? null : String(value)
}

function shownColumn(column: CodedValues, isLabel: boolean): TableColumn {
  return {
    name: column.name,
    holds: holds(column),
    letters: lettersOf(column).reduce((most, text) => Math.max(most, text.length), 1),
    isLabel,
    isUsed: true,
  }
}

function holds(column: CodedValues): TableColumn['holds'] {
  if (datesOf(column)) return 'dates'
  return column.kind === 'categories' && column.values.some((value) => typeof value === 'string') ? 'words' : 'numbers'
}

/** The longest values that a column can have, among others. */
function lettersOf(column: CodedValues): string[] {
  const written = (value: CellValue): string => String(writtenValue(column, value))
  switch (column.kind) {
    case 'flag':
      return ['0']
    case 'categories':
      return column.values.map(written)
    case 'levels':
      return column.means.map(written)
    case 'bins': {
      const { least, most, levels, decimals, dates } = column
      const ends = [least, most, ...levels]
      return dates ? ends.map(written) : ends.map((number) => number.toFixed(decimals))
    }
  }
}

function histogramOf(column: CodedValues, values: readonly (CellValue | null | undefined)[]): ColumnHistogram {
  const rows = values.length
  if (column.kind === 'flag' || column.kind === 'categories') {
    const codes: readonly CellValue[] = column.kind === 'flag' ? [0, 1] : column.values
    const counts = new Map<CellValue, number>()
    for (const value of values)
      if (value !== null && value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1)
    return categoryHistogram(
      codes.map((value) => counts.get(value) ?? 0),
      codes.map((value) => String(writtenValue(column, value))),
      rows,
    )
  }
  const numbers = Float64Array.from(values.filter((value) => typeof value === 'number'))
  const { levels, dates } = column
  const isWhole =
    dates !== undefined || (column.kind === 'bins' ? column.decimals === 0 : numbers.every(Number.isInteger))
  const range = column.kind === 'bins' ? { range: [column.least, column.most] as const } : {}
  return numberHistogram(numbers, rows, { isWhole, levels, ...range, ...(dates ? { dates } : {}) })
}
