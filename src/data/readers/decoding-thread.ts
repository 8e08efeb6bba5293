import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { StudioError } from '../../base/failure'
import type { Sentence } from '../../words/say'
import prelude from './decoding-thread.cjs?raw'
import type { Reading } from './reading'

/** What a thread has for a file of any size; and for more of it, another megabyte for so many bytes. */
const LEAST_HEAP_MEGABYTES = 192
const BYTES_PER_MEGABYTE_OF_HEAP = 256
/** A sixteenth of a megabyte in elements of eight bytes. */
const ELEMENTS_PER_MEGABYTE = 2 ** 20 / 16 / 8

/** What runs in a thread that decodes files. */
export interface DecodingProgram {
  /** Sets `globalThis.decode`; see `decoding-thread.cjs`. */
  readonly source: string
  /** The modules whose exports it is given, by the names that a package manager knows. */
  readonly modules: readonly string[]
  /** What its objects may take in memory. */
  readonly heapMegabytes: number
  /** To so many elements a list may grow; a sixteenth of the heap unless it says otherwise. */
  readonly mostElements?: number
  /** What WebAssembly in it may take, where it brings such. */
  readonly wasmMegabytes?: number
  /** What it finds in `workerData`. */
  readonly data?: object
}

/** A thread took more time than it may. */
class TooSlow extends Error {}

type Message = { readonly answer: unknown } | { readonly failure: string } | { readonly isReady: true }

/**
 * A thread in which a library decodes a file: libraries trust what files say of themselves, so what they take of memory
 * and time is bounded, and the process goes on whatever becomes of them. Started at the first request; answers one at a time.
 */
export class DecodingThread {
  private worker: Worker | null = null
  /** Whether the thread has loaded what it works with. */
  private isReady = false

  constructor(private readonly program: DecodingProgram) {}

  /**
   * Asks for one thing. After a failure the thread is gone, and starts anew at the next request.
   * @param mostMilliseconds after which the thread is stopped
   * @throws Error with the library's words, or where the thread took too much time; `isOutOfMemory` knows the one for too
   * much memory; StudioError 'cancelled'
   */
  async ask(request: unknown, mostMilliseconds: number, reading: Reading): Promise<unknown> {
    const worker = (this.worker ??= this.start())
    let fail: (cause: unknown) => void = () => undefined
    const looking = setInterval(() => void reading.pause().catch(fail), 100)
    let late: ReturnType<typeof setTimeout> | undefined
    const setClock = (): void => {
      this.isReady = true
      late = setTimeout(() => fail(new TooSlow()), mostMilliseconds)
    }
    const exited = (): void => fail(new Error('its thread ended'))
    let hear: (message: Message) => void = () => undefined
    try {
      const message = await new Promise<Exclude<Message, { isReady: true }>>((resolve, reject) => {
        hear = (heard) => ('isReady' in heard ? setClock() : resolve(heard))
        fail = reject
        if (this.isReady) setClock()
        worker.on('message', hear).on('error', fail).on('exit', exited).postMessage(request)
      })
      if ('failure' in message) throw new Error(message.failure)
      return message.answer
    } catch (cause) {
      await this.stop()
      throw cause
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

  private start(): Worker {
    const { source, modules, heapMegabytes, wasmMegabytes, data } = this.program
    const { mostElements = Math.floor(heapMegabytes * ELEMENTS_PER_MEGABYTE) } = this.program
    const worker = new Worker(`${prelude}\n${source}`, {
      eval: true,
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes, maxYoungGenerationSizeMb: 32 },
      workerData: { ...data, mostElements, wasmMegabytes, modules: modules.map(addressOf) },
    })
    return worker.on('error', () => undefined)
  }
}

/**
 * The heap, or the memory of WebAssembly, of a thread that decodes a file of so many bytes, megabytes: a small file that asks
 * for much is refused long before it has it, and a larger one may be packed a thousandfold.
 * @param most megabytes for a file of any size
 */
export function heapFor(bytes: number, most: number): number {
  return Math.min(most, Math.ceil(LEAST_HEAP_MEGABYTES + bytes / BYTES_PER_MEGABYTE_OF_HEAP))
}

/** Where a module lies, of the older kind where a package has both. */
function addressOf(name: string): string {
  try {
    return pathToFileURL(createRequire(import.meta.url).resolve(name)).href
  } catch {
    return import.meta.resolve(name)
  }
}

/** Whether a thread ended because it took more memory than it may. */
export function isOutOfMemory(cause: unknown): boolean {
  if (!(cause instanceof Error) || cause instanceof StudioError) return false
  return (
    ('code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY') ||
    /^(Array buffer allocation failed|Invalid (string|array( buffer)?) length|Cannot create a string longer)/.test(
      cause.message,
    )
  )
}

/** Whether a thread was stopped because it took more time than it may. */
export function isTooSlow(cause: unknown): boolean {
  return cause instanceof TooSlow
}

/**
 * The words for what a thread found wrong with a file and threw by its name: `fault: name`, perhaps with a number after it.
 * @param faults the sentence of each name
 * @returns null where nothing was named
 */
export function namedFault(
  cause: unknown,
  faults: Readonly<Record<string, (number: number) => Sentence>>,
): Sentence | null {
  const match = cause instanceof Error ? /^fault: ([a-z-]+)(?: (\d+))?$/.exec(cause.message) : null
  const name = match?.[1] ?? ''
  return match && Object.hasOwn(faults, name) ? faults[name](Number(match[2])) : null
}
