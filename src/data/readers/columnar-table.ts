import { quoted, StudioError } from '../../base/failure'
import type { PartName, PictureShape, Table } from '../table'
import type { ColumnBuilder } from './column-builder'
import type { ColumnarFile, FileColumn } from './columnar-file'
import { pictureHeader } from './picture-file'
import { tableOfPictures, type StoredPicture } from './picture-table'
import type { Reading } from './reading'
import { canBeClasses, LABEL_NAME, labelNote } from './row-targets'
import type { TableBuilder, TableIdentity } from './table-builder'

/** So many values are looked at to see whether they may be classes. */
const LABEL_SAMPLE = 200
const SECONDS_PER_DAY = 86_400
const SECONDS_PER_MINUTE = 60
/** The years 1 to 9999, in seconds since 1970-01-01. */
const FIRST_SECOND = Date.parse('0001-01-01T00:00:00Z') / 1000
const LAST_SECOND = Date.parse('+010000-01-01T00:00:00Z') / 1000
const OUT_OF_RANGE = 'out of range'

/** A file of columns of a set, and the part that it is. */
export interface ColumnarPart {
  readonly part: PartName
  readonly name: string
  readonly file: ColumnarFile
}

/**
 * A table of files with the same columns: their numbers, dates, truth values and texts, lists of one length spread
 * over columns; or, if a column holds picture files as in the sets of Hugging Face, those pictures. A column called
 * "label" or the like is taken for the labels.
 * @throws StudioError as `ColumnarFile` and `tableOfPictures`
 */
export async function tableOfColumnar(
  files: readonly ColumnarPart[],
  builder: TableBuilder,
  identity: TableIdentity,
  size: PictureShape | undefined,
  reading: Reading,
): Promise<Table> {
  const [{ file }] = files
  const pictures = await pictureColumn(file, reading)
  if (!pictures) return tableOfColumns(files, builder, identity, reading)
  const label = labelColumn(file, [pictures])
  for (const { name, kind } of file.columns)
    if (name !== pictures.name && name !== label?.name && kind !== 'other')
      builder.notes.add(`The column ${quoted(name)} was left out beside the pictures.`)
  return tableOfPictures(
    await storedPictures(files, pictures, label, reading),
    label?.name ?? 'label',
    identity,
    size,
    builder,
    reading,
  )
}

/** The column that holds picture files; null if none does. */
async function pictureColumn(file: ColumnarFile, reading: Reading): Promise<FileColumn | null> {
  const group = file.groups.findIndex((rows) => rows > 0)
  if (group < 0) return null
  for (const column of file.columns) {
    if (column.kind !== 'files' && column.kind !== 'bytes') continue
    const values = await file.read(column.name, group, reading)
    const first = Array.from(values)
      .map(bytesIn)
      .find((bytes) => bytes !== null)
    if (first && pictureHeader(first)) return column
  }
  return null
}

function labelColumn(file: ColumnarFile, others: readonly FileColumn[]): FileColumn | null {
  return (
    file.columns.find(
      (column) => column.kind === 'values' && LABEL_NAME.test(column.name) && !others.includes(column),
    ) ?? null
  )
}

/** The column that is called as labels are, if its first values may be classes, which is told; null if there is none. */
async function likelyLabel(
  file: ColumnarFile,
  builder: TableBuilder,
  name: string,
  reading: Reading,
): Promise<FileColumn | null> {
  const label = labelColumn(file, [])
  const group = file.groups.findIndex((rows) => rows > 0)
  const others = file.columns.filter((column) => column !== label)
  if (label === null || group < 0 || (others.length === 1 && others[0].kind !== 'lists')) return null
  const values = Array.from(await file.read(label.name, group, reading)).slice(0, LABEL_SAMPLE)
  if (!canBeClasses(values.map((value) => wordOf(value, null) ?? ''))) return null
  builder.notes.add(labelNote(label.name, name))
  return label
}

/** The bytes of a value: themselves, or those of a file as Hugging Face stores it. */
function bytesIn(value: unknown): Uint8Array | null {
  if (value instanceof Uint8Array) return value
  return typeof value === 'object' && value !== null && 'bytes' in value && value.bytes instanceof Uint8Array
    ? value.bytes
    : null
}

async function storedPictures(
  files: readonly ColumnarPart[],
  column: FileColumn,
  label: FileColumn | null,
  reading: Reading,
): Promise<StoredPicture[]> {
  const stored: StoredPicture[] = []
  const pictures = new HeldGroup(column.name, reading)
  for (const place of files) {
    const { part, name, file } = place
    const classes = label && file.classNames(label.name)
    for (let group = 0, before = 0; group < file.groups.length; before += file.groups[group++]) {
      const labels = label && (await file.read(label.name, group, reading))
      for (let row = 0; row < file.groups[group]; row++) {
        const number = before + row + 1
        const read = (): Promise<Uint8Array> => pictures.picture(place, group, row, number)
        stored.push({
          name: `in row ${number} of ${name}`,
          part,
          label: wordOf(labels?.[row], classes),
          size: 0,
          first: read,
          all: read,
        })
      }
    }
  }
  return stored
}

function wordOf(value: unknown, classes: readonly string[] | null): string | null {
  if (value === null || value === undefined) return null
  const word = classes && (typeof value === 'number' || typeof value === 'bigint') ? classes[Number(value)] : undefined
  if (word !== undefined) return word
  return typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'bigint' ||
    typeof value === 'boolean'
    ? String(value)
    : null
}

/** Reads pictures out of files; those of one group of rows are held at a time. */
class HeldGroup {
  private held: { readonly file: ColumnarFile; readonly group: number; readonly values: ArrayLike<unknown> } | null =
    null

  constructor(
    private readonly column: string,
    private readonly reading: Reading,
  ) {}

  async picture({ name, file }: ColumnarPart, group: number, row: number, number: number): Promise<Uint8Array> {
    if (this.held?.file !== file || this.held.group !== group) {
      this.held = null
      this.held = { file, group, values: await file.read(this.column, group, this.reading) }
    }
    const bytes = bytesIn(this.held.values[row])
    if (bytes) return bytes
    throw new StudioError(
      'invalid-data',
      `Row ${number} of ${name} has no picture.`,
      'Leave that row out, or choose another file.',
    )
  }
}

async function tableOfColumns(
  files: readonly ColumnarPart[],
  builder: TableBuilder,
  identity: TableIdentity,
  reading: Reading,
): Promise<Table> {
  const [{ file: first }] = files
  const label = await likelyLabel(first, builder, identity.name, reading)
  const used: FileColumn[] = []
  for (const column of first.columns) {
    const isPlain = column.kind === 'values' || column.kind === 'lists' || column.kind === 'bytes'
    if (!isPlain) builder.notes.add(`The column ${quoted(column.name)} holds no plain values and was left out.`)
    else if (column.kind === 'lists' && !(await areOfOneLength(files, column, reading)))
      builder.notes.add(`The column ${quoted(column.name)} holds lists of several lengths and was left out.`)
    else used.push(column)
  }
  if (used.length === 0)
    throw new StudioError(
      'invalid-data',
      `No column of ${identity.name} holds plain values: all are lists of several lengths, or structures.`,
      'Save it again with a number, a truth value or a text in each cell.',
    )
  const targets = new Map<string, ColumnBuilder[]>()
  let part: PartName | null = null
  const allRows = rowsOf(files)
  for (const { part: itsPart, name, file } of files) {
    if (itsPart !== part) builder.beginPart((part = itsPart))
    for (let group = 0; group < file.groups.length; group++) {
      for (const [done, column] of used.entries()) {
        await reading.reachedShare((builder.rows + (done / used.length) * file.groups[group]) / allRows)
        const values = await file.read(column.name, group, reading)
        const place = `the column ${quoted(column.name)} of ${name}`
        const columns =
          column === label
            ? [builder.labelColumn(column.name)]
            : (targets.get(column.name) ?? newColumns(column, values, builder))
        targets.set(column.name, columns)
        const known = column.dates === null ? values : knownDates(values, column, columns, place, builder)
        putAll(columns, known, builder.rows, place)
      }
      for (let row = 0; row < file.groups[group]; row++) builder.endRow(label !== null)
    }
  }
  return builder.finish(identity)
}

async function areOfOneLength(files: readonly ColumnarPart[], column: FileColumn, reading: Reading): Promise<boolean> {
  let length: number | null = null
  for (const { file } of files)
    for (let group = 0; group < file.groups.length; group++)
      for (const value of Array.from(await file.read(column.name, group, reading))) {
        if (!isList(value)) continue
        length ??= value.length
        if (value.length !== length) return false
      }
  return true
}

function rowsOf(files: readonly ColumnarPart[]): number {
  return files.flatMap(({ file }) => file.groups).reduce((sum, rows) => sum + rows, 0)
}

function newColumns(column: FileColumn, values: ArrayLike<unknown>, builder: TableBuilder): ColumnBuilder[] {
  if (column.kind !== 'lists') {
    const added = builder.addColumn(column.name)
    if (column.words !== null) added.declareWords(column.words)
    return [added]
  }
  const list = Array.from(values).find(isList)
  return Array.from({ length: list?.length ?? 0 }, (_, i) => builder.addColumn(`${column.name} ${i + 1}`))
}

/** The dates among values, in seconds, after the columns were told of which form they are. */
function knownDates(
  values: ArrayLike<unknown>,
  { dates }: FileColumn,
  columns: readonly ColumnBuilder[],
  place: string,
  builder: TableBuilder,
): unknown[] {
  const known = Array.from(values, (value) => (isList(value) ? Array.from(value, knownDate) : knownDate(value)))
  if (known.flat().some((date) => date === OUT_OF_RANGE))
    builder.notes.add(`Dates in ${place} that lie outside the years 1 to 9999 are missing.`)
  const seconds = known.flat().filter((date) => typeof date === 'number')
  for (const column of columns) {
    const before = column.dates
    column.declareDates({
      order: dates === 'clock' ? 'clock' : 'ymd',
      hasTime: dates === 'clock' || before?.hasTime === true || seconds.some((date) => date % SECONDS_PER_DAY !== 0),
      hasSeconds: before?.hasSeconds === true || seconds.some((date) => date % SECONDS_PER_MINUTE !== 0),
    })
  }
  return known
}

/** A date, null where there is none, or what tells that none is known so far from now. */
function knownDate(value: unknown): number | null | typeof OUT_OF_RANGE {
  if (typeof value !== 'number') return null
  return value >= FIRST_SECOND && value < LAST_SECOND ? value : OUT_OF_RANGE
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))
}

/** Puts one value a row into the columns: into one as it is, into several the elements of lists. */
function putAll(columns: readonly ColumnBuilder[], values: ArrayLike<unknown>, firstRow: number, place: string): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    if (!isList(value) || value instanceof Uint8Array) {
      for (const column of columns) put(column, firstRow + i, value)
      continue
    }
    if (value.length !== columns.length)
      throw new StudioError(
        'invalid-data',
        `A list in ${place} has ${value.length} values where the first has ${columns.length} (row ${firstRow + i + 1}).`,
        'All lists of a column must have the same length.',
      )
    for (let d = 0; d < columns.length; d++) put(columns[d], firstRow + i, value[d])
  }
}

function put(column: ColumnBuilder, row: number, value: unknown): void {
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
      return value === '' ? column.setMissing(row) : column.setWord(row, value)
    default:
      if (value instanceof Uint8Array) return column.setWord(row, new TextDecoder().decode(value))
      return column.setMissing(row)
  }
}
