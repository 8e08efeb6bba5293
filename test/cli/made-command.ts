import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'

const PROJECT = join(import.meta.dirname, '..', '..')

/** What a finished command left. */
export interface Finished {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** A command that was started. */
export interface Started {
  readonly child: ChildProcess
  readonly finished: Promise<Finished>
}

/** Starts `made` with its output in pipes, as a script would. */
export function startMade(...args: string[]): Started {
  return startMadeBy([], ...args)
}

/** The same by another program, which is given the command to run. */
export function startMadeBy(starter: readonly string[], ...args: string[]): Started {
  const [program, ...words] = [...starter, process.execPath, join(PROJECT, 'bin', 'made.mjs'), ...args]
  const child = spawn(program, words, { cwd: PROJECT })
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status, signal) =>
      resolve({ status, signal, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }),
    )
  })
  return { child, finished }
}

/** Runs `made` to its end. */
export function runMade(...args: string[]): Promise<Finished> {
  return startMade(...args).finished
}
