import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import source from './parquet-worker.cjs?raw'
import type { Reading } from './reading'

/** What the thread may take for one column of one row group. */
const LIMITS = { maxOldGenerationSizeMb: 384, maxYoungGenerationSizeMb: 32 }
/** After this long the thread is stopped: so much, and so much for each row. */
const MOST_MILLISECONDS = 10_000
const MOST_MILLISECONDS_PER_ROW = 0.02
const MODULES = ['hyparquet/src/index.js', 'hyparquet/src/read.js', 'hyparquet-compressors']

/** A column of one row group, and the part of the file that it is in. */
export interface ColumnRequest {
  readonly column: string
  readonly rowStart: number
  readonly rowEnd: number
  /** Of the whole file, in bytes. */
  readonly size: number
  /** The bytes, and where they begin in the file. */
  readonly bytes: Uint8Array
  readonly at: number
}

type Answer = { readonly values: ArrayLike<unknown> } | { readonly failure: string }

/** The thread in which the columns of one file are decoded; started at the first request. */
export class ParquetThread {
  private worker: Worker | null = null

  constructor(
    private readonly footer: Uint8Array,
    private readonly mostPageBytes: number,
  ) {}

  /**
   * Decodes one column. @throws Error with the library's words, or where the thread took too much memory or time;
   * StudioError 'cancelled'
   */
  async read(request: ColumnRequest, reading: Reading): Promise<ArrayLike<unknown>> {
    const worker = (this.worker ??= this.start())
    let fail: (cause: unknown) => void = () => undefined
    const looking = setInterval(() => void reading.pause().catch(fail), 100)
    const late = setTimeout(
      () => fail(new Error('it takes far too long')),
      MOST_MILLISECONDS + MOST_MILLISECONDS_PER_ROW * (request.rowEnd - request.rowStart),
    )
    const exited = (): void => fail(new Error('its thread ended'))
    let hear: (answer: Answer) => void = () => undefined
    try {
      const answer = await new Promise<Answer>((resolve, reject) => {
        hear = resolve
        fail = reject
        worker.on('message', hear).on('error', fail).on('exit', exited).postMessage(request)
      })
      if ('failure' in answer) throw new Error(answer.failure)
      return answer.values
    } catch (cause) {
      await this.stop()
      const isMemory = cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY'
      throw isMemory ? new Error('it asks for more memory than its rows can need', { cause }) : cause
    } finally {
      clearInterval(looking)
      clearTimeout(late)
      worker.off('message', hear).off('error', fail).off('exit', exited)
    }
  }

  async stop(): Promise<void> {
    const { worker } = this
    this.worker = null
    await worker?.terminate()
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
