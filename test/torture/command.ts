import { spawn, type ChildProcess } from 'node:child_process'
import { inProject, projectFolder } from '../../scripts/setup/project.mjs'

/** How a command ended. */
export interface Ended {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface Started {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
}

/** What a command starts under. */
export interface Around {
  /** A program and its options that run Node.js, such as fiu-run. */
  readonly before?: readonly string[]
  readonly nodeOptions?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** Starts the built `made` with its output in pipes. */
export function startMade(args: readonly string[], { before = [], nodeOptions = [], env = {} }: Around = {}): Started {
  const line = [...before, process.execPath, ...nodeOptions, inProject('out', 'cli', 'made.js'), ...args]
  const child = spawn(line[0], line.slice(1), { cwd: projectFolder, env: { ...process.env, ...env } })
  return { child, ended: endOf(child) }
}

/** Waits for the end of a process and keeps what it printed. */
export function endOf(child: ChildProcess): Promise<Ended> {
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout?.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr?.on('data', (chunk: Buffer) => err.push(chunk))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status, signal) =>
      resolve({ status, signal, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }),
    )
  })
}

/** Whether a failed command said so as it should: one sentence, one hint, no stack. */
export function isInWords({ stderr }: Ended): boolean {
  return /^made: .+\n {6}\S.*\n$/m.test(stderr) && !/\n {4}at |inside MADE Studio|node:/.test(stderr)
}
