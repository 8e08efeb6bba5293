import { StudioError } from '../../base/failure'
import { say } from '../../words/say'
import type { ReadingChoices } from '../reading-choices'
import type { PictureShape, Table } from '../table'
import { tableOfColumns } from './columnar-columns'
import type { ColumnarFile, ColumnarPart, FileColumn } from './columnar-file'
import { pictureHeader } from './picture-file'
import { tableOfPictures, type StoredPicture } from './picture-table'
import type { Reading } from './reading'
import { LABEL_NAME } from './row-targets'
import type { TableBuilder, TableIdentity } from './table-builder'

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
  choices: ReadingChoices,
): Promise<Table> {
  const [{ file }] = files
  const pictures = await pictureColumn(file, reading)
  if (!pictures) return tableOfColumns(files, builder, identity, reading, choices)
  const label = choices.label === null ? null : labelColumn(file, pictures)
  for (const { name, kind } of file.columns)
    if (name !== pictures.name && name !== label?.name && kind !== 'other')
      builder.leaveOut(
        { name, why: say('read.array.columns.beside-pictures.why'), use: null },
        say('read.array.columns.beside-pictures', { column: name }),
      )
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

function labelColumn(file: ColumnarFile, pictures: FileColumn): FileColumn | null {
  return (
    file.columns.find((column) => column.kind === 'values' && LABEL_NAME.test(column.name) && column !== pictures) ??
    null
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
          name: say('read.array.columns.picture', { row: number, file: name }),
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

/** Reads pictures of such files; those of one row group are held at a time. */
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
      say('read.array.columns.no-picture', { row: number, file: name }),
      say('read.array.columns.no-picture.hint'),
    )
  }
}
