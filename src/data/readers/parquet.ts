import { parquetMetadata, parquetSchema, type ColumnMetaData, type FileMetaData, type SchemaTree } from 'hyparquet'
import { parquetHeader } from 'hyparquet/src/column.js'
import { quoted, StudioError } from '../../base/failure'
import type { ByteSource } from '../../made/safetensors'
import { say, verbatim, type Sentence } from '../../words/say'
import { classNamesIn, type ColumnarFile, type FileColumn } from './columnar-file'
import { namedFault } from './decoding-thread'
import { ParquetThread } from './parquet-thread'
import { damagedFile, type Reading } from './reading'
import { ThriftError, thriftEnd } from './thrift'

/** A page, or a piece of a column, that unpacks to more is refused, in bytes. */
const MOST_PAGE_BYTES = 256 * 1024 * 1024
/** The most rows of one row group, and values of one page: columns are in memory one at a time. */
const MOST_GROUP_ROWS = 2 ** 22
/** The most values of a column of lists in one row group. */
const MOST_GROUP_VALUES = 2 ** 24
const MOST_COLUMNS = 100_000
const MOST_FOOTER_BYTES = 64 * 1024 * 1024
const MAGIC = [0x50, 0x41, 0x52, 0x31]

/** Whether a file begins like a Parquet file. */
export function looksLikeParquet(head: Uint8Array): boolean {
  return MAGIC.every((byte, i) => head[i] === byte)
}

/** An opened Parquet file: its columns and row groups, each read on demand. */
export class ParquetFile implements ColumnarFile {
  private constructor(
    private readonly source: ByteSource,
    private readonly name: string,
    private readonly metadata: FileMetaData,
    private readonly thread: ParquetThread,
    readonly columns: readonly FileColumn[],
    /** The number of rows of each row group. */
    readonly groups: readonly number[],
  ) {}

  /** Reads and checks what the file says of itself; no values are read. @throws StudioError 'damaged-file' or 'too-large' */
  static async open(source: ByteSource, name: string): Promise<ParquetFile> {
    return worded(name, async () => {
      const footer = await checkedFooter(source, name)
      const metadata = parquetMetadata(footer, { geoparquet: false })
      const groups = metadata.row_groups.map((group) => Number(group.num_rows))
      const columns = parquetSchema(metadata).children.map((tree) => ({
        name: tree.element.name,
        kind: kindOf(tree),
        dates: datesOf(tree),
        words: null,
      }))
      const file = new ParquetFile(
        source,
        name,
        metadata,
        new ParquetThread(name, footer, MOST_PAGE_BYTES),
        columns,
        groups,
      )
      file.check()
      return file
    })
  }

  classNames(column: string): readonly string[] | null {
    return classNamesIn(this.metadata.key_value_metadata?.find(({ key }) => key === 'huggingface')?.value, column)
  }

  async read(column: string, group: number, reading: Reading): Promise<ArrayLike<unknown>> {
    const { dates = null } = this.columns.find(({ name }) => name === column) ?? {}
    const rowStart = this.groups.slice(0, group).reduce((sum, rows) => sum + rows, 0)
    const rowEnd = rowStart + this.groups[group]
    return worded(this.name, async () => {
      const range = { at: this.source.size, end: 0 }
      let [valueCount, unpackedBytes] = [0, 0]
      for (const { meta_data: chunk } of this.metadata.row_groups[group].columns) {
        if (chunk?.path_in_schema[0] !== column) continue
        const { start, end, unpacked } = await this.checkPages(chunk, this.groups[group])
        range.at = Math.min(range.at, start)
        range.end = Math.max(range.end, end)
        valueCount += Number(chunk.num_values)
        unpackedBytes += unpacked
      }
      const { at, end } = range
      if (end - at > MOST_PAGE_BYTES || end < at)
        throw damaged(this.name, say('read.table.parquet.scattered', { column: quoted(column) }))
      const bytes = await this.source.read(at, end - at)
      await reading.pause()
      const request = { column, group, rowStart, rowEnd, valueCount, unpackedBytes, size: this.source.size, at, bytes }
      const values = await this.thread.read(request, reading)
      if (values.length !== rowEnd - rowStart)
        throw damaged(this.name, columnCount(column, values.length, rowEnd - rowStart))
      return dates === null ? values : Array.from(values, (value) => inSeconds(value, this.perSecond(column)))
    })
  }

  close(): Promise<void> {
    return this.thread.stop()
  }

  /** In how many pieces a second is counted in a column of times of the day, which the library gives as they are. */
  private perSecond(column: string): number {
    const tree = parquetSchema(this.metadata).children.find(({ element }) => element.name === column)
    const { converted_type: type, logical_type: logical } = leafOf(tree)?.element ?? {}
    const unit = logical?.type === 'TIME' ? logical.unit : type === 'TIME_MILLIS' ? 'MILLIS' : 'MICROS'
    return { MILLIS: 1e3, MICROS: 1e6, NANOS: 1e9 }[unit]
  }

  private check(): void {
    const { metadata, name, groups, columns } = this
    if (columns.length === 0)
      throw new StudioError(
        'invalid-data',
        say('read.table.parquet.no-columns', { file: name }),
        say('read.table.parquet.no-columns.hint'),
      )
    if (columns.length > MOST_COLUMNS)
      throw new StudioError(
        'too-large',
        say('read.table.parquet.many-columns', { file: name, columns: columns.length }),
        say('read.table.fewer-columns.hint'),
      )
    if (
      groups.some((rows) => !Number.isSafeInteger(rows) || rows < 0) ||
      groups.reduce((sum, rows) => sum + rows, 0) !== Number(metadata.num_rows)
    )
      throw damaged(name, say('read.table.parquet.group-rows', { rows: Number(metadata.num_rows) }))
    const largest = groups.reduce((most, rows) => Math.max(most, rows), 0)
    if (largest > MOST_GROUP_ROWS)
      throw new StudioError(
        'too-large',
        say('read.table.parquet.large-group', { file: name, rows: largest, most: MOST_GROUP_ROWS }),
        say('read.table.parquet.smaller-groups.hint'),
      )
  }

  /** Walks the pages of a column in a row group: what they say must fit their bytes and the rows. @returns where they are, and their size once unpacked */
  private async checkPages(
    chunk: ColumnMetaData,
    rows: number,
  ): Promise<{ readonly start: number; readonly end: number; readonly unpacked: number }> {
    const start = Number(chunk.dictionary_page_offset ?? chunk.data_page_offset)
    const length = Number(chunk.total_compressed_size)
    const values = Number(chunk.num_values)
    const path = chunk.path_in_schema.join('.')
    const column = quoted(path)
    const fail = (why: Sentence): StudioError => damaged(this.name, why)
    if (!(start >= 0 && length >= 0 && start + length <= this.source.size))
      throw fail(say('read.table.parquet.column-outside', { column }))
    if (length > MOST_PAGE_BYTES)
      throw new StudioError(
        'too-large',
        say('read.table.parquet.large-column', { file: this.name, bytes: length }),
        say('read.table.parquet.smaller-groups.hint'),
      )
    if (values > MOST_GROUP_VALUES)
      throw new StudioError(
        'too-large',
        say('read.table.parquet.many-values', {
          column: quoted(chunk.path_in_schema[0]),
          file: this.name,
          values,
          most: MOST_GROUP_VALUES,
        }),
        say('read.table.parquet.many-values.hint'),
      )
    if (values < 0 || (chunk.path_in_schema.length === 1 && values !== rows))
      throw fail(columnCount(path, values, rows))
    const bytes = await this.source.read(start, length)
    const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 }
    let found = 0
    let unpacked = 0
    while (reader.offset < length - 1 && found < values) {
      if (thriftEnd(bytes, reader.offset) > length) throw fail(say('read.table.parquet.page-outside', { column }))
      const page = parquetHeader(reader)
      const data = page.data_page_header ?? page.data_page_header_v2
      const count = data?.num_values ?? page.dictionary_page_header?.num_values ?? 0
      unpacked += page.uncompressed_page_size
      if (!(page.compressed_page_size >= 0 && reader.offset + page.compressed_page_size <= length))
        throw fail(say('read.table.parquet.page-outside', { column }))
      if (!(page.uncompressed_page_size >= 0 && count >= 0))
        throw fail(say('read.table.parquet.page-unknown', { column }))
      if (unpacked > MOST_PAGE_BYTES) throw fail(say('read.table.parquet.column-unpacks', { column, bytes: unpacked }))
      if (count > Math.min(values, MOST_GROUP_ROWS))
        throw fail(say('read.table.parquet.page-values', { column, values: count }))
      if (data) found += count
      reader.offset += page.compressed_page_size
    }
    if (found !== values) throw fail(say('read.table.parquet.column-differs', { column, found, values }))
    return { start, end: start + length, unpacked }
  }
}

/** The footer of the file, its description of itself: well-formed as far as its lengths go. */
async function checkedFooter(source: ByteSource, name: string): Promise<Uint8Array> {
  if (source.size < 12) throw damaged(name, say('read.table.parquet.short'))
  const tail = await source.read(source.size - 8, 8)
  if (!MAGIC.every((byte, i) => tail[4 + i] === byte)) throw damaged(name, say('read.table.why.end-missing'))
  const length = new DataView(tail.buffer).getUint32(0, true)
  if (length > Math.min(MOST_FOOTER_BYTES, source.size - 12))
    throw damaged(name, say('read.table.parquet.footer-length', { bytes: length }))
  const footer = await source.read(source.size - 8 - length, length + 8)
  thriftEnd(footer.subarray(0, length), 0)
  return footer
}

/** The element at the end of a column, if it has one: of a list that of its values. */
function leafOf(tree: SchemaTree | undefined): SchemaTree | undefined {
  return tree === undefined || tree.children.length === 0 ? tree : leafOf(tree.children[0])
}

function datesOf(tree: SchemaTree): FileColumn['dates'] {
  const { converted_type: converted, logical_type: logical, type } = leafOf(tree)?.element ?? {}
  if (converted === 'DATE' || logical?.type === 'DATE') return 'day'
  if (converted?.startsWith('TIMESTAMP') || logical?.type === 'TIMESTAMP' || type === 'INT96') return 'moment'
  return converted?.startsWith('TIME') || logical?.type === 'TIME' ? 'clock' : null
}

/** A date, a time of the day, or a list of such, in seconds. */
function inSeconds(value: unknown, perSecond: number): unknown {
  if (value instanceof Date) return value.getTime() / 1000
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value) / perSecond
  return Array.isArray(value) ? value.map((one) => inSeconds(one, perSecond)) : value
}

function kindOf({ children, element }: SchemaTree): FileColumn['kind'] {
  if (children.length === 0) {
    // Lists without a group around them, which the library gives without saying where each begins.
    if (element.repetition_type === 'REPEATED') return 'other'
    return element.type === 'BYTE_ARRAY' && element.converted_type === undefined && element.logical_type === undefined
      ? 'bytes'
      : 'values'
  }
  if (children.some((child) => child.element.name === 'bytes' && child.element.type === 'BYTE_ARRAY')) return 'files'
  const [child] = children
  const isList =
    children.length === 1 &&
    child.element.repetition_type === 'REPEATED' &&
    (child.children.length === 0 || (child.children.length === 1 && child.children[0].children.length === 0))
  return isList ? 'lists' : 'other'
}

function columnCount(column: string, values: number, rows: number): Sentence {
  return say('read.table.parquet.column-count', { column: quoted(column), values, rows })
}

/** @param why as `damagedFile` has it */
function damaged(name: string, why: Sentence, cause?: unknown): StudioError {
  return damagedFile(name, 'Parquet', why, cause)
}

/** What the checks in the thread find, by their names. */
const FAULTS = {
  'bytes-outside': () => say('read.table.parquet.check.bytes-outside'),
  'page-size': () => say('read.table.parquet.check.page-size'),
  'levels-outside': () => say('read.table.parquet.check.levels-outside'),
  gaps: () => say('read.table.parquet.check.gaps'),
  'long-runs': () => say('read.table.parquet.check.long-runs'),
} as const
const MOST_CHARACTERS = 120

/** What the library throws, in words. */
async function worded<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (cause instanceof StudioError) throw cause
    const why = whyOf(cause)
    throw damaged(
      name,
      why === null ? say('read.table.why.unreadable') : say('read.table.parquet.unreadable', { why }),
      cause,
    )
  }
}

/** What the checks here or the library say; null where JavaScript itself speaks, which helps nobody. */
function whyOf(cause: unknown): Sentence | null {
  if (cause instanceof ThriftError) return say('read.table.parquet.check.malformed')
  const fault = namedFault(cause, FAULTS)
  if (fault !== null) return fault
  const message = cause instanceof Error ? cause.message : String(cause)
  if (!message.startsWith('parquet ') || /\b(undefined|null|NaN)\b/.test(message)) return null
  const [line] = message.split('\n')
  return verbatim(
    line
      .slice(0, MOST_CHARACTERS)
      .replace(/[.\s]+$/, '')
      .replace(/^parquet /, ''),
  )
}
