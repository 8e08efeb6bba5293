import { quoted, StudioError } from '../../base/failure'
import type { PartName, PictureShape, Table } from '../table'
import type { ColumnBuilder } from './column-builder'
import type { ParquetColumn, ParquetFile } from './parquet'
import { pictureHeader } from './picture-file'
import { tableOfPictures, type StoredPicture } from './picture-table'
import type { Reading } from './reading'
import { LABEL_NAME } from './row-targets'
import type { TableBuilder, TableIdentity } from './table-builder'

/** A Parquet file of a set, and the part that it is. */
export interface ParquetPart {
  readonly part: PartName
  readonly name: string
  readonly file: ParquetFile
}

/**
 * A table of Parquet files with the same columns: their numbers, truth values and texts, lists of one length spread
 * over columns; or, if a column holds picture files as in the sets of Hugging Face, those pictures. A column called
 * "label" or the like is taken for the labels.
 * @throws StudioError as `ParquetFile` and `tableOfPictures`
 */
export async function tableOfParquet(
  files: readonly ParquetPart[],
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
async function pictureColumn(file: ParquetFile, reading: Reading): Promise<ParquetColumn | null> {
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

function labelColumn(file: ParquetFile, others: readonly ParquetColumn[]): ParquetColumn | null {
  return (
    file.columns.find(
      (column) => column.kind === 'values' && LABEL_NAME.test(column.name) && !others.includes(column),
    ) ?? null
  )
}

/** The bytes of a value: themselves, or those of a file as Hugging Face stores it. */
function bytesIn(value: unknown): Uint8Array | null {
  if (value instanceof Uint8Array) return value
  return typeof value === 'object' && value !== null && 'bytes' in value && value.bytes instanceof Uint8Array
    ? value.bytes
    : null
}

async function storedPictures(
  files: readonly ParquetPart[],
  column: ParquetColumn,
  label: ParquetColumn | null,
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

/** Reads pictures of Parquet files; those of one row group are held at a time. */
class HeldGroup {
  private held: { readonly file: ParquetFile; readonly group: number; readonly values: ArrayLike<unknown> } | null =
    null

  constructor(
    private readonly column: string,
    private readonly reading: Reading,
  ) {}

  async picture({ name, file }: ParquetPart, group: number, row: number, number: number): Promise<Uint8Array> {
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
  files: readonly ParquetPart[],
  builder: TableBuilder,
  identity: TableIdentity,
  reading: Reading,
): Promise<Table> {
  const [{ file: first }] = files
  const label = labelColumn(first, [])
  const used: ParquetColumn[] = []
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
        if (column === label) putAll([builder.labelColumn(column.name)], values, builder.rows, place)
        else {
          const known = targets.get(column.name)
          const columns = known ?? newColumns(column, values, builder)
          targets.set(column.name, columns)
          putAll(columns, values, builder.rows, place)
        }
      }
      for (let row = 0; row < file.groups[group]; row++) builder.endRow(label !== null)
    }
  }
  return builder.finish(identity)
}

async function areOfOneLength(
  files: readonly ParquetPart[],
  column: ParquetColumn,
  reading: Reading,
): Promise<boolean> {
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

function rowsOf(files: readonly ParquetPart[]): number {
  return files.flatMap(({ file }) => file.groups).reduce((sum, rows) => sum + rows, 0)
}

function newColumns(column: ParquetColumn, values: ArrayLike<unknown>, builder: TableBuilder): ColumnBuilder[] {
  if (column.kind !== 'lists') return [builder.addColumn(column.name)]
  const list = Array.from(values).find(isList)
  return Array.from({ length: list?.length ?? 0 }, (_, i) => builder.addColumn(`${column.name} ${i + 1}`))
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
      if (value instanceof Date) return column.setNumber(row, value.getTime())
      return column.setMissing(row)
  }
}
