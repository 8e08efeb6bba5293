import { fork, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Input } from '../input'
import type { Find, Verdict } from '../run-input'
import { markFileIn, type Figures, type FromWorker, type ToWorker, type WorkerSettings } from './protocol'

/** What JavaScript may take in the process, in MiB; arrays of numbers lie beside it. */
const HEAP_MIB = 1536
const LOOK_EVERY_MS = 500

/** How a stretch of inputs ended: they are all done, or the process ended or had to be ended at one of them. */
export type StretchEnd =
  | { readonly kind: 'done'; readonly figures: Figures }
  | { readonly kind: 'lost'; readonly index: number; readonly find: Find }

/** A process that runs inputs, and is watched. */
export class WorkerProcess {
  private hear: (message: FromWorker) => void = () => undefined
  private lose: (find: Find) => void = () => undefined
  private isGone = false

  private constructor(
    private readonly child: ChildProcess,
    private readonly settings: WorkerSettings,
    /** After so long at one input the process is ended, in milliseconds. */
    private readonly patience: number,
  ) {
    child.on('message', (message) => this.hear(message as FromWorker))
    child.on('exit', (code, signal) => {
      this.isGone = true
      const lose = (): void =>
        this.lose({ kind: 'crash', words: `the process ended: ${signal ?? `exit code ${code}`}`, stack: '' })
      // What it said before may still be on its way.
      if (child.connected) child.once('disconnect', lose)
      else lose()
    })
  }

  /**
   * Starts a process, and waits until it is ready.
   * @param program the built `worker.ts`
   * @throws Error if it ends before
   */
  static async start(
    program: string,
    settings: WorkerSettings,
    corpus: readonly Input[],
    patience: number,
  ): Promise<WorkerProcess> {
    const child = fork(program, [JSON.stringify(settings)], {
      serialization: 'advanced',
      execArgv: ['--enable-source-maps', `--max-old-space-size=${HEAP_MIB}`],
    })
    const worker = new WorkerProcess(child, settings, patience)
    worker.post({ kind: 'corpus', corpus })
    await new Promise<void>((resolve, reject) => {
      worker.hear = ({ kind }) => kind === 'ready' && resolve()
      worker.lose = ({ words }) => reject(new Error(`The inputs of ${settings.target} cannot be run: ${words}.`))
    })
    return worker
  }

  /** Whether it can run no more. */
  get isLost(): boolean {
    return this.isGone
  }

  /** Runs inputs from..from+count−1. @param tell hears of finds on the way */
  async stretch(from: number, count: number, tell: (message: FromWorker) => void): Promise<StretchEnd> {
    this.post({ kind: 'stretch', from, count })
    return this.watched<StretchEnd>(
      (message, resolve) =>
        message.kind === 'stretch-done' ? resolve({ kind: 'done', figures: message.figures }) : tell(message),
      (find) => ({ kind: 'lost', index: this.mark(), find }),
    )
  }

  /** Runs one input. */
  async try(input: Input): Promise<Verdict> {
    const began = performance.now()
    this.post({ kind: 'try', input })
    return this.watched<Verdict>(
      (message, resolve) => message.kind === 'tried' && resolve(message.verdict),
      (find) => ({ kind: 'find', find, milliseconds: performance.now() - began, memory: 0, peak: 0 }),
    )
  }

  /** Ends the process. */
  async end(): Promise<void> {
    if (this.isGone) return
    const gone = new Promise((resolve) => this.child.once('exit', resolve))
    this.child.kill('SIGKILL')
    await gone
  }

  /** What it answers; if it ends or stays at one input for too long, what that means. */
  private async watched<T>(
    hear: (message: FromWorker, resolve: (answer: T) => void) => void,
    lost: (find: Find) => T,
  ): Promise<T> {
    let looking: ReturnType<typeof setInterval> | undefined
    try {
      return await new Promise<T>((resolve) => {
        this.hear = (message) => hear(message, resolve)
        this.lose = (find) => resolve(lost(find))
        let [at, since] = [this.mark(), performance.now()]
        looking = setInterval(() => {
          const now = this.mark()
          if (now !== at) [at, since] = [now, performance.now()]
          else if (performance.now() - since > this.patience) {
            this.lose = () =>
              resolve(lost({ kind: 'hang', words: `no answer within ${this.patience / 1000} seconds`, stack: '' }))
            this.child.kill('SIGKILL')
          }
        }, LOOK_EVERY_MS)
      })
    } finally {
      clearInterval(looking)
    }
  }

  /** The number of the input that the process is at. */
  private mark(): number {
    const bytes = readFileSync(markFileIn(this.settings.place))
    return bytes.length === 8 ? bytes.readDoubleLE() : -1
  }

  private post(message: ToWorker): void {
    this.child.send(message)
  }
}
