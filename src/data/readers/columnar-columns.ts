import { quoted, StudioError } from '../../base/failure'
import { say, type Sentence } from '../../words/say'
import type { ReadingChoices } from '../reading-choices'
import type { PartName, Table } from '../table'
import type { ColumnBuilder } from './column-builder'
import { FieldReader } from './field'
import type { ColumnarFile, ColumnarPart, FileColumn } from './columnar-file'
import { declareKnownDates, knownDates, writtenSeconds, type ColumnPlace } from './columnar-dates'
import type { Reading } from './reading'
import { rowTargets } from './row-targets'
import type { TableBuilder, TableIdentity } from './table-builder'

/** So many rows are looked at before it is decided what the columns are. */
const SAMPLE = 200

/** A column of a file and those of the table that it becomes: one, or one for each element of its lists. */
interface Field {
  readonly column: FileColumn
  /** How long all its lists are; null if it holds no lists. */
  readonly length: number | null
}

/**
 * Makes a table of the columns of files that hold plain values, lists of one length spread over columns; others are
 * left out and told.
 * @throws StudioError as `ColumnarFile`
 */
export async function tableOfColumns(
  files: readonly ColumnarPart[],
  builder: TableBuilder,
  identity: TableIdentity,
  reading: Reading,
  choices: ReadingChoices,
): Promise<Table> {
  const fields = await plainFields(files, builder, reading)
  const targets = await targetsOf(files[0], fields, builder, reading, choices)
  const writer = new CellWriter(builder)
  const allRows = files.flatMap(({ file }) => file.groups).reduce((sum, rows) => sum + rows, 0)
  let part: PartName | null = null
  for (const { part: itsPart, name, file } of files) {
    if (itsPart !== part) builder.beginPart((part = itsPart))
    for (let group = 0; group < file.groups.length; group++) {
      for (const [done, { column }] of fields.entries()) {
        await reading.reachedShare((builder.rows + (done / fields.length) * file.groups[group]) / allRows)
        const columns = targets.of.get(column.name) ?? []
        if (columns.every((target) => target === null)) continue
        const place = { column: column.name, file: name }
        const values = await file.read(column.name, group, reading)
        writer.putAll(
          columns,
          column.dates === null ? values : datesOf(values, column, columns, place, builder, choices),
          builder.rows,
          place,
        )
      }
      for (let row = 0; row < file.groups[group]; row++) builder.endRow(targets.hasLabels)
    }
  }
  return builder.finish(identity)
}

/** The columns of the first file that hold a value, or a list of one length, in each row. */
async function plainFields(
  files: readonly ColumnarPart[],
  builder: TableBuilder,
  reading: Reading,
): Promise<readonly Field[]> {
  const [{ file: first }, ...others] = files
  const leaveOut = (name: string, why: Sentence, says: Sentence): void =>
    builder.leaveOut({ name, why, use: null }, says)
  const fields: Field[] = []
  for (const column of first.columns) {
    const { kind, name } = column
    if (kind === 'values' || kind === 'bytes') fields.push({ column, length: null })
    else if (kind !== 'lists')
      leaveOut(name, say('read.array.columns.not-plain.why'), say('read.array.columns.not-plain', { column: name }))
    else {
      const length = await lengthOfLists(files, column, reading)
      if (length === null)
        leaveOut(name, say('read.array.columns.lists.why'), say('read.array.columns.lists', { column: name }))
      else fields.push({ column, length })
    }
  }
  const known = new Set(first.columns.map(({ name }) => name))
  for (const { name: fileName, file } of others)
    for (const { name } of file.columns)
      if (!known.has(name))
        leaveOut(
          name,
          say('read.array.columns.not-everywhere.why'),
          say('read.array.columns.not-everywhere', { column: name, file: fileName }),
        )
  return fields
}

/** How long all lists of a column are; null if they are of several lengths. */
async function lengthOfLists(
  files: readonly ColumnarPart[],
  column: FileColumn,
  reading: Reading,
): Promise<number | null> {
  let length: number | null = null
  for (const { file } of files)
    for (let group = 0; group < file.groups.length; group++)
      for (const value of Array.from(await file.read(column.name, group, reading))) {
        if (!isList(value)) continue
        length ??= value.length
        if (value.length !== length) return null
      }
  return length ?? 0
}

interface Targets {
  /** For each column of the files those of the table that it becomes; null where one is left out. */
  readonly of: ReadonlyMap<string, readonly (ColumnBuilder | null)[]>
  readonly hasLabels: boolean
}

/** Decides from the first rows where the values of each column go. */
async function targetsOf(
  { name, file }: ColumnarPart,
  fields: readonly Field[],
  builder: TableBuilder,
  reading: Reading,
  choices: ReadingChoices,
): Promise<Targets> {
  const header = fields.flatMap(namesOf)
  if (header.length === 0) return { of: new Map(), hasLabels: false }
  const samples: (readonly string[])[] = []
  for (const field of fields) for (const texts of await sampleOf(file, field, reading)) samples.push(texts)
  const rows = samples.reduce((most, { length }) => Math.max(most, length), 0)
  const sample = Array.from({ length: rows }, (_, row) => samples.map((texts) => texts[row] ?? ''))
  const columns = { file: name, header, width: header.length, roles: null, hasRowNames: false, sample }
  const { columns: targets, hasLabels } = rowTargets(columns, builder, choices)
  let next = 0
  const of = new Map(fields.map((field) => [field.column.name, targets.slice(next, (next += field.length ?? 1))]))
  for (const { column } of fields)
    if (column.words !== null && !choices.numbers?.includes(column.name))
      for (const target of of.get(column.name) ?? []) target?.declareWords(column.words)
  return { of, hasLabels }
}

/** The dates among values as the columns take them: as numbers, as dates, or where a person reads them by their values as text. */
function datesOf(
  values: ArrayLike<unknown>,
  { dates }: FileColumn,
  columns: readonly (ColumnBuilder | null)[],
  place: ColumnPlace,
  builder: TableBuilder,
  { words = [], numbers = [] }: ReadingChoices,
): unknown[] {
  const known = knownDates(values, place, builder)
  const areIn = (names: readonly string[]): boolean =>
    columns.some((column) => column !== null && names.includes(column.name))
  if (areIn(numbers)) return known
  if (!areIn(words)) {
    declareKnownDates(known, dates, columns)
    return known
  }
  return known.map((value) =>
    Array.isArray(value) ? value.map((one) => writtenSeconds(one, dates)) : writtenSeconds(value, dates),
  )
}

function namesOf({ column: { name }, length }: Field): string[] {
  return length === null ? [name] : Array.from({ length }, (_, i) => `${name} ${i + 1}`)
}

/** The first values of a column as text, those of lists apart by their places. */
async function sampleOf(file: ColumnarFile, { column, length }: Field, reading: Reading): Promise<string[][]> {
  const group = file.groups.findIndex((rows) => rows > 0)
  const values = group < 0 ? [] : Array.from(await file.read(column.name, group, reading)).slice(0, SAMPLE)
  const text = (value: unknown): string => (column.dates === null ? textOf(value) : writtenSeconds(value, column.dates))
  if (length === null) return [values.map(text)]
  return Array.from({ length }, (_, i) => values.map((value) => (isList(value) ? text(value[i]) : '')))
}

function textOf(value: unknown): string {
  switch (typeof value) {
    case 'boolean':
      return value ? '1' : '0'
    case 'bigint':
    case 'number':
      return String(value)
    case 'string':
      return value
    default:
      return value instanceof Uint8Array ? new TextDecoder().decode(value) : ''
  }
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))
}

/** Puts values into columns of the table: into one as it is, into several the elements of lists. */
class CellWriter {
  private readonly fields: FieldReader

  constructor({ marks, marksFound }: TableBuilder) {
    this.fields = new FieldReader(false, marks, marksFound)
  }

  putAll(
    columns: readonly (ColumnBuilder | null)[],
    values: ArrayLike<unknown>,
    firstRow: number,
    { column, file }: ColumnPlace,
  ): void {
    for (let i = 0; i < values.length; i++) {
      const value = values[i]
      const isOne = !isList(value) || value instanceof Uint8Array
      // All lists were looked at before.
      if (!isOne && value.length !== columns.length)
        throw new StudioError(
          'invalid-data',
          say('read.array.columns.list-length', {
            column: quoted(column),
            file,
            values: value.length,
            first: columns.length,
            row: firstRow + i + 1,
          }),
          say('read.array.columns.list-length.hint'),
        )
      columns.forEach((column, d) => {
        if (column !== null) this.put(column, firstRow + i, isOne ? value : value[d])
      })
    }
  }

  private put(column: ColumnBuilder, row: number, value: unknown): void {
    switch (typeof value) {
      case 'boolean':
        return column.setNumber(row, value ? 1 : 0)
      case 'bigint':
      case 'number': {
        const number = Number(value)
        if (Number.isNaN(number)) return column.setMissing(row)
        // What is infinite is missing among numbers, and told.
        return Number.isFinite(number) ? column.setNumber(row, number) : column.setWord(row, String(number))
      }
      case 'string':
        return this.putText(column, row, value)
      default:
        if (value instanceof Uint8Array) return this.putText(column, row, new TextDecoder().decode(value))
        return column.setMissing(row)
    }
  }

  /** What a file says is text is no number, though it may be a date. */
  private putText(column: ColumnBuilder, row: number, text: string): void {
    if (text === '') column.setMissing(row)
    else if (column.dates !== null) this.fields.readText(column, row, text)
    else column.setWord(row, text)
  }
}
