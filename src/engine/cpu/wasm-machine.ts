import { Worker } from 'node:worker_threads'
import { StudioError } from '../../base/failure'
import { say, type Sentence } from '../../words/say'

/** What a call is given: numbers, and addresses in the memory. */
type Call = (...args: number[]) => number

/** The calls of native/wasm/calls.cpp. */
const CALLS = [
  'take',
  'give',
  'open',
  'close',
  'write',
  'read',
  'setRows',
  'settle',
  'begin',
  'help',
  'train',
  'score',
  'draw',
  'measure',
] as const
type CallName = (typeof CALLS)[number]
/** Those that are made by the workers. */
export type WorkName = 'train' | 'score' | 'draw' | 'measure'

const PAGE = 65536
const MOST_PAGES = 65536
const STACK_BYTES = 256 * 1024

/**
 * A memory of the WebAssembly kernels and the threads that work in it. The calling thread copies in and out and makes
 * what is short; all that takes long is made by workers, so that the event loop stays free.
 */
export class WasmMachine {
  private readonly memory: WebAssembly.Memory
  private readonly calls: Readonly<Record<CallName, Call>>
  private readonly workers: Worker[] = []
  private pending: { readonly done: () => void; readonly fail: (error: Error) => void } | null = null
  private over: Error | null = null

  constructor(
    private readonly kernels: WebAssembly.Module,
    private readonly workerText: string,
  ) {
    // Growing it beyond what is there now is the kernels' own doing.
    this.memory = new WebAssembly.Memory({ initial: 16, maximum: MOST_PAGES, shared: true })
    const made = {
      outOfMemory: () => {
        throw outOfMemory()
      },
    }
    const { exports } = new WebAssembly.Instance(kernels, { env: { memory: this.memory }, made })
    this.calls = Object.fromEntries(CALLS.map((name) => [name, exports[name] as Call])) as Record<CallName, Call>
  }

  /** Bytes of memory in use, free ones inside included. */
  get bytes(): number {
    return this.memory.buffer.byteLength
  }

  /** The memory as it is now; any call may make it grow. */
  get buffer(): ArrayBufferLike {
    return this.memory.buffer
  }

  get isOver(): boolean {
    return this.over !== null
  }

  /** Makes a short call on this thread. */
  call(name: Exclude<CallName, WorkName | 'help'>, ...args: number[]): number {
    if (this.over) throw this.over
    try {
      return this.calls[name](...args)
    } catch (error) {
      // Whatever the kernels were doing is left half done.
      this.end(error instanceof Error ? error : new Error(String(error)))
      throw error
    }
  }

  /** Makes a call of a model on that many workers. */
  async work(threads: number, name: WorkName, model: number, ...args: number[]): Promise<void> {
    this.call('begin', model, threads)
    while (this.workers.length < threads) this.startWorker()
    const workers = this.workers.slice(0, threads)
    // Only work keeps the process from ending.
    for (const worker of workers) worker.ref()
    try {
      await new Promise<void>((resolve, reject) => {
        this.pending = { done: resolve, fail: reject }
        workers.forEach((worker, i) => worker.postMessage(i === 0 ? [name, model, ...args] : ['help', model, i]))
      })
    } finally {
      this.pending = null
      for (const worker of workers) worker.unref()
    }
  }

  /** Ends the workers; what is under way and every later call fails for that reason. */
  end(why: Error): void {
    if (this.over) return
    this.over = why
    for (const worker of this.workers) void worker.terminate()
    this.workers.length = 0
    this.pending?.fail(why)
  }

  private startWorker(): void {
    const stack = this.call('take', STACK_BYTES) + STACK_BYTES
    const workerData = { module: this.kernels, memory: this.memory, stack }
    const worker = new Worker(this.workerText, { eval: true, workerData, name: 'made-kernels' })
    worker.on('message', (failure: string | null) => {
      if (failure === null) this.pending?.done()
      else
        this.end(
          failure === 'out of memory' ? outOfMemory() : workerLost(say('engine.thread.failed', { why: failure })),
        )
    })
    worker.on('error', (error) => this.end(workerLost(say('engine.thread.failed', { why: error.message }))))
    worker.on('exit', () => this.end(workerLost(say('engine.thread.ended'))))
    worker.unref()
    this.workers.push(worker)
  }
}

/** The most bytes that a model and its data can take: the memory less a share for stacks and gaps. */
export const MOST_BYTES = PAGE * MOST_PAGES - 64 * 1024 * 1024

function outOfMemory(): StudioError {
  return new StudioError('too-large', say('engine.wasm.out-of-memory'), say('engine.wasm.out-of-memory.hint'))
}

function workerLost(message: Sentence): StudioError {
  return new StudioError('process-lost', message, say('engine.thread.hint'))
}
