import { StudioError } from '../../base/failure'
import { say, type Sentence } from '../../words/say'
import type { ByteSource } from '../../made/safetensors'
import source from './arrow-worker.cjs?raw'
import { classNamesIn, type ColumnarFile, type FileColumn } from './columnar-file'
import { DecodingThread, heapFor, isOutOfMemory, isTooSlow, namedFault } from './decoding-thread'
import { damagedFile, type Reading } from './reading'
import { MOST_ROWS } from './table-builder'

/** The library holds the whole file in memory, unpacked. */
const MOST_FILE_BYTES = 1024 ** 3
const MOST_UNPACKED_BYTES = 2 * 1024 ** 3
const HEAP_MEGABYTES = 1024
/** After this long for opening a file, or for one column of a group, the thread is stopped: so much, and so much a byte. */
const MOST_MILLISECONDS = 10_000
const MOST_MILLISECONDS_PER_BYTE = 0.001
/** A batch of more rows is read in several groups. */
const GROUP_ROWS = 2 ** 18
const MOST_COLUMNS = 100_000
const FILE_MARK = [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31]
const STREAM_MARK = [0xff, 0xff, 0xff, 0xff]
/** The description of a table, with which a stream begins, has at least so many bytes, and no more than so many. */
const [LEAST_SCHEMA_BYTES, MOST_SCHEMA_BYTES] = [16, 2 ** 26]

/** What the thread finds wrong with a file, by the names that it gives it. */
const FAULTS: Readonly<Record<string, () => Sentence>> = {
  piece: () => say('read.array.columns.arrow-piece'),
  dictionary: () => say('read.array.columns.arrow-dictionary'),
  kind: () => say('read.array.columns.arrow-kind'),
  short: () => say('read.array.columns.arrow-short'),
}

/** What the thread says of a file. */
interface Description {
  readonly columns: readonly FileColumn[]
  /** The number of rows of each batch. */
  readonly rows: readonly number[]
  readonly huggingface: string | null
}

/** Rows of a batch that are read together. */
interface Group {
  readonly batch: number
  readonly from: number
  readonly to: number
}

/** Whether a file begins like an Arrow file (also called Feather, version 2) or a stream of Arrow. */
export function looksLikeArrow(head: Uint8Array): boolean {
  if (FILE_MARK.every((byte, i) => head[i] === byte)) return true
  if (!STREAM_MARK.every((byte, i) => head[i] === byte) || head.length < LEAST_SCHEMA_BYTES) return false
  const view = new DataView(head.buffer, head.byteOffset, LEAST_SCHEMA_BYTES)
  const [length, root] = [view.getInt32(4, true), view.getInt32(8, true)]
  return length >= LEAST_SCHEMA_BYTES && length <= MOST_SCHEMA_BYTES && length % 8 === 0 && root > 0 && root < length
}

/** An opened Arrow file. It must be closed. */
export class ArrowFile implements ColumnarFile {
  private constructor(
    private readonly name: string,
    private readonly thread: DecodingThread,
    private readonly mostMilliseconds: number,
    private readonly description: Description,
    private readonly batchGroups: readonly Group[],
  ) {}

  /** Unpacks a file and reads what it says of itself. @throws StudioError 'damaged-file' or 'too-large' */
  static async open(file: ByteSource, name: string, reading: Reading): Promise<ArrowFile> {
    if (file.size > MOST_FILE_BYTES) throw tooLarge(name)
    const thread = new DecodingThread({
      source,
      // The later one has the name that two of them give to what unpacks: zstd.
      modules: ['apache-arrow', 'lz4js', 'fzstd'],
      heapMegabytes: heapFor(file.size, HEAP_MEGABYTES),
      data: { mostUnpackedBytes: MOST_UNPACKED_BYTES },
    })
    try {
      const bytes = await file.read(0, file.size)
      const mostMilliseconds = MOST_MILLISECONDS + MOST_MILLISECONDS_PER_BYTE * bytes.length
      const description = (await thread.ask({ bytes }, mostMilliseconds, reading)) as Description
      check(description, name)
      return new ArrowFile(name, thread, mostMilliseconds, description, description.rows.flatMap(groupsOf))
    } catch (cause) {
      await thread.stop()
      throw worded(name, cause)
    }
  }

  get columns(): readonly FileColumn[] {
    return this.description.columns
  }

  get groups(): readonly number[] {
    return this.batchGroups.map(({ from, to }) => to - from)
  }

  classNames(column: string): readonly string[] | null {
    return classNamesIn(this.description.huggingface, column)
  }

  async read(column: string, group: number, reading: Reading): Promise<ArrayLike<unknown>> {
    const at = this.columns.findIndex(({ name }) => name === column)
    try {
      const request = { column: at, ...this.batchGroups[group] }
      return (await this.thread.ask(request, this.mostMilliseconds, reading)) as ArrayLike<unknown>
    } catch (cause) {
      throw worded(this.name, cause)
    }
  }

  close(): Promise<void> {
    return this.thread.stop()
  }
}

function groupsOf(rows: number, batch: number): Group[] {
  return Array.from({ length: Math.ceil(rows / GROUP_ROWS) }, (_, i) => ({
    batch,
    from: i * GROUP_ROWS,
    to: Math.min(rows, (i + 1) * GROUP_ROWS),
  }))
}

function check({ columns, rows }: Description, name: string): void {
  if (columns.length === 0)
    throw new StudioError('invalid-data', say('read.array.columns.none', { name }), say('read.text.empty.hint'))
  if (columns.length > MOST_COLUMNS)
    throw new StudioError(
      'too-large',
      say('read.array.columns.many', { name, columns: columns.length }),
      say('read.array.columns.many.hint'),
    )
  const total = rows.reduce((sum, count) => sum + count, 0)
  if (!rows.every((count) => Number.isSafeInteger(count) && count >= 0) || !(total <= MOST_ROWS))
    throw damagedFile(name, 'Arrow', say('read.array.columns.arrow-rows', { rows: total }))
}

function worded(name: string, cause: unknown): StudioError {
  if (cause instanceof StudioError) return cause
  if (isOutOfMemory(cause) || isTooSlow(cause)) return tooLarge(name, cause)
  return damagedFile(name, 'Arrow', namedFault(cause, FAULTS) ?? say('read.array.columns.arrow-unreadable'), cause)
}

function tooLarge(name: string, cause?: unknown): StudioError {
  return new StudioError(
    'too-large',
    say('read.array.columns.arrow-too-large', { name }),
    say('read.array.columns.arrow-too-large.hint'),
    { cause },
  )
}
