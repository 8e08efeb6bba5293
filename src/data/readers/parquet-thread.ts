import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { quoted, StudioError } from '../../base/failure'
import source from './parquet-worker.cjs?raw'
import type { Reading } from './reading'

/** What the thread may take for one column of one row group. */
const LIMITS = { maxOldGenerationSizeMb: 384, maxYoungGenerationSizeMb: 32 }
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

type Answer = { readonly values: ArrayLike<unknown> } | { readonly failure: string }
type Message = Answer | { readonly isReady: true }

/** The thread in which the columns of one file are decoded; started at the first request. */
export class ParquetThread {
  private worker: Worker | null = null
  /** Whether the thread has loaded what it works with. */
  private isReady = false

  constructor(
    private readonly name: string,
    private readonly footer: Uint8Array,
    private readonly mostPageBytes: number,
  ) {}

  /**
   * Decodes one column. @throws Error with the library's words, or where the thread took too much time;
   * StudioError 'too-large' where it took too much memory, or 'cancelled'
   */
  async read(request: ColumnRequest, reading: Reading): Promise<ArrayLike<unknown>> {
    const worker = (this.worker ??= this.start())
    let fail: (cause: unknown) => void = () => undefined
    const looking = setInterval(() => void reading.pause().catch(fail), 100)
    let late: ReturnType<typeof setTimeout> | undefined
    const setClock = (): void => {
      this.isReady = true
      late = setTimeout(() => fail(new Error('it takes far too long')), mostMilliseconds(request))
    }
    const exited = (): void => fail(new Error('its thread ended'))
    let hear: (message: Message) => void = () => undefined
    try {
      const answer = await new Promise<Answer>((resolve, reject) => {
        hear = (message) => ('isReady' in message ? setClock() : resolve(message))
        fail = reject
        if (this.isReady) setClock()
        worker.on('message', hear).on('error', fail).on('exit', exited).postMessage(request)
      })
      if ('failure' in answer) throw new Error(answer.failure)
      return answer.values
    } catch (cause) {
      await this.stop()
      const isMemory = cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY'
      throw isMemory ? this.tooLarge(request, cause) : cause
    } finally {
      clearInterval(looking)
      clearTimeout(late)
      worker.off('message', hear).off('error', fail).off('exit', exited)
    }
  }

  async stop(): Promise<void> {
    const { worker } = this
    this.worker = null
    this.isReady = false
    await worker?.terminate()
  }

  private tooLarge({ column, rowStart, rowEnd }: ColumnRequest, cause: unknown): StudioError {
    return new StudioError(
      'too-large',
      `The column ${quoted(column)} of ${this.name} takes too much memory in a group of ${rowEnd - rowStart} rows.`,
      'Save the file again with smaller row groups, such as of 10,000 rows.',
      { cause },
    )
  }

  private start(): Worker {
    const require = createRequire(import.meta.url)
    const modules = MODULES.map((name) => pathToFileURL(require.resolve(name)).href)
    const worker = new Worker(source, {
      eval: true,
      resourceLimits: LIMITS,
      workerData: { modules, footer: this.footer, mostPageBytes: this.mostPageBytes },
    })
    return worker.on('error', () => undefined)
  }
}

function mostMilliseconds({ valueCount, unpackedBytes }: ColumnRequest): number {
  return MOST_MILLISECONDS + MOST_MILLISECONDS_PER_VALUE * valueCount + MOST_MILLISECONDS_PER_BYTE * unpackedBytes
}
