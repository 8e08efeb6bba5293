import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { inProject } from '../../scripts/setup/project.mjs'

const SCRIPT = inProject('bench', 'peers', 'made_torch.py')
/** Debian's, which python3-torch belongs to; another one can be named. */
const PYTHON = process.env['MADE_BENCH_PYTHON'] ?? '/usr/bin/python3'
const MOST_WAIT = 180_000

const failedSchema = z.object({ failed: z.string() })
const greetingSchema = z.object({ torch: z.string(), blas: z.string() })

/** What PyTorch is made of, as it says itself. */
export type TorchVersions = z.infer<typeof greetingSchema>

/** The long-lived child process that runs the peer; one question at a time. */
export class TorchProcess {
  private waiting: { readonly resolve: (line: string) => void; readonly reject: (error: Error) => void } | null = null
  private ended: Error | null = null
  private complaints = ''

  private constructor(private readonly child: ChildProcess) {
    if (!child.stdout || !child.stderr) throw new Error('the peer has no pipes')
    createInterface({ input: child.stdout }).on('line', (line) => this.take()?.resolve(line))
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.complaints = (this.complaints + text).slice(-2000)
    })
    child.stdin?.on('error', () => undefined)
    child.on('error', (error) => this.end(error.message))
    child.on('close', (status, signal) =>
      this.end(`it ended (${signal ?? status ?? 'unknown'}) ${this.complaints.trim()}`),
    )
  }

  /** Starts the peer in an environment. @throws Error with the reason if PyTorch is not there. */
  static async start(
    environment: NodeJS.ProcessEnv,
  ): Promise<{ readonly process: TorchProcess; readonly versions: TorchVersions }> {
    const started = new TorchProcess(spawn(PYTHON, [SCRIPT], { env: environment, stdio: ['pipe', 'pipe', 'pipe'] }))
    return { process: started, versions: await started.reply(greetingSchema) }
  }

  /** Whether it is gone: it crashed, or took too long. */
  get hasEnded(): boolean {
    return this.ended !== null
  }

  /** Asks and waits for the answer. @throws Error if the peer cannot do it or has ended. */
  async ask<T>(
    question: { readonly ask: string } & Readonly<Record<string, unknown>>,
    schema: z.ZodType<T>,
  ): Promise<T> {
    this.child.stdin?.write(`${JSON.stringify(question)}\n`)
    return this.reply(schema)
  }

  /** Ends the process. */
  stop(): void {
    this.child.stdin?.end()
    this.child.kill()
  }

  private async reply<T>(schema: z.ZodType<T>): Promise<T> {
    const limit = setTimeout(() => this.child.kill(), MOST_WAIT)
    try {
      const line = await new Promise<string>((resolve, reject) => {
        if (this.ended) reject(this.ended)
        else this.waiting = { resolve, reject }
      })
      const answer: unknown = JSON.parse(line)
      const failed = failedSchema.safeParse(answer)
      if (failed.success) throw new Error(failed.data.failed)
      return schema.parse(answer)
    } finally {
      clearTimeout(limit)
    }
  }

  private take(): TorchProcess['waiting'] {
    const { waiting } = this
    this.waiting = null
    return waiting
  }

  private end(reason: string): void {
    this.ended ??= new Error(`${PYTHON}: ${reason}`)
    this.take()?.reject(this.ended)
  }
}
