import { quoted, StudioError } from '../../base/failure'
import { say } from '../../words/say'
import { DecodingThread, isOutOfMemory } from './decoding-thread'
import source from './parquet-worker.cjs?raw'
import type { Reading } from './reading'

/** What the thread may take for one column of one row group. */
const HEAP_MEGABYTES = 384
/** The values of the largest row group that is read. */
const MOST_ELEMENTS = 2 ** 24
/** After this long the thread is stopped: so much, and so much for each value and each byte. */
const MOST_MILLISECONDS = 3000
const MOST_MILLISECONDS_PER_VALUE = 0.005
const MOST_MILLISECONDS_PER_BYTE = 0.0005
const MODULES = [
  ...['index', 'read', 'column', 'datapage', 'schema'].map((name) => `hyparquet/src/${name}.js`),
  'hyparquet-compressors',
]

/** A column of one row group, and the part of the file that it is in. */
export interface ColumnRequest {
  readonly column: string
  readonly group: number
  readonly rowStart: number
  readonly rowEnd: number
  /** How many values it has, those in lists counted one by one. */
  readonly valueCount: number
  /** Its size once it is unpacked, in bytes. */
  readonly unpackedBytes: number
  /** Of the whole file, in bytes. */
  readonly size: number
  /** The bytes, and where they begin in the file. */
  readonly bytes: Uint8Array
  readonly at: number
}

/** The thread in which the columns of one file are decoded. */
export class ParquetThread {
  private readonly thread: DecodingThread

  constructor(
    private readonly name: string,
    footer: Uint8Array,
    mostPageBytes: number,
  ) {
    const data = { footer, mostPageBytes }
    this.thread = new DecodingThread({
      source,
      modules: MODULES,
      heapMegabytes: HEAP_MEGABYTES,
      mostElements: MOST_ELEMENTS,
      data,
    })
  }

  /**
   * Decodes one column. @throws Error with the library's words, or where the thread took too much time;
   * StudioError 'too-large' where it took too much memory, or 'cancelled'
   */
  async read(request: ColumnRequest, reading: Reading): Promise<ArrayLike<unknown>> {
    try {
      return (await this.thread.ask(request, mostMilliseconds(request), reading)) as ArrayLike<unknown>
    } catch (cause) {
      throw isOutOfMemory(cause) ? this.tooLarge(request, cause) : cause
    }
  }

  stop(): Promise<void> {
    return this.thread.stop()
  }

  private tooLarge({ column, rowStart, rowEnd }: ColumnRequest, cause: unknown): StudioError {
    return new StudioError(
      'too-large',
      say('read.table.parquet.memory', { column: quoted(column), file: this.name, rows: rowEnd - rowStart }),
      say('read.table.parquet.memory.hint'),
      { cause },
    )
  }
}

function mostMilliseconds({ valueCount, unpackedBytes }: ColumnRequest): number {
  return MOST_MILLISECONDS + MOST_MILLISECONDS_PER_VALUE * valueCount + MOST_MILLISECONDS_PER_BYTE * unpackedBytes
}
