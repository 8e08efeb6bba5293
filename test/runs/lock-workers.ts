import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { build } from 'vite'
import { onTestFinished } from 'vitest'

/** Compiles lock-worker.ts into that folder. @returns the path of the program */
export async function buildLockWorker(folder: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: join(import.meta.dirname, 'lock-worker.ts'),
      outDir: folder,
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'lock-worker.mjs' } },
    },
  })
  return join(folder, 'lock-worker.mjs')
}

/** Another process, which takes locks when it is told to. It ends with the test. */
export class LockWorker {
  private readonly answers: AsyncIterator<string>

  /** Settles when the process is over. */
  readonly over: Promise<unknown>

  private constructor(readonly child: ChildProcess & { readonly stdout: NodeJS.ReadableStream }) {
    this.over = new Promise((resolve) => child.once('close', resolve))
    this.answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    onTestFinished(() => void child.kill('SIGKILL'))
  }

  /** @param before a program that starts the process, with its arguments */
  static async start(
    program: string,
    { before = [], env = {} }: { readonly before?: readonly string[]; readonly env?: NodeJS.ProcessEnv } = {},
  ): Promise<LockWorker> {
    const [command, ...args] = [...before, process.execPath, program]
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...env } })
    const worker = new LockWorker(child)
    await worker.hear()
    return worker
  }

  /** Gives a command. @returns the answer, or 'gone' if the process ended instead */
  ask(command: string): Promise<string> {
    this.child.stdin?.write(`${command}\n`)
    return this.hear()
  }

  /** Ends the process without a word, and waits until it is gone. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL')
    await this.over
  }

  /** Holds the process where it is, so that it cannot touch what it holds. @returns what lets it go on */
  hold(): { release(): void } {
    const pid = this.child.pid ?? 0
    // What makes a namespace starts the program as its one child.
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
    const held = children === '' ? pid : Number(children)
    process.kill(held, 'SIGSTOP')
    return { release: () => process.kill(held, 'SIGCONT') }
  }

  private async hear(): Promise<string> {
    const { value, done } = await this.answers.next()
    return done === true ? 'gone' : value
  }
}

/** What starts a program as the first process of a pid namespace of its own. */
export const IN_NEW_NAMESPACE = ['unshare', '--pid', '--fork', '--mount-proc', '--kill-child']

/** Whether this process may make pid namespaces; tried, since root in a container may not. */
export function canMakeNamespaces(): boolean {
  const [command, ...args] = [...IN_NEW_NAMESPACE, 'true']
  return spawnSync(command, args).status === 0
}
