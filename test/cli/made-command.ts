import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { vi } from 'vitest'
import { run } from '../../src/cli/program'

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

/** Of a person whose system speaks English, whatever the machine of the tests speaks. */
const ENGLISH = { LC_ALL: '', LC_MESSAGES: '', LANG: 'en_GB.UTF-8' }

/** Starts `made` with its output in pipes, as a script would. */
export function startMade(...args: string[]): Started {
  return startMadeBy([], ...args)
}

/** The same by another program, which is given the command to run. */
export function startMadeBy(starter: readonly string[], ...args: string[]): Started {
  return start([...starter, process.execPath, join(PROJECT, 'bin', 'made.mjs'), ...args])
}

/** The same as it was built, without a look at what it is made from: as jobs of a cluster do, and in less time. */
export function startBuiltMade(...args: string[]): Started {
  return start([process.execPath, join(PROJECT, 'out', 'cli', 'made.js'), ...args])
}

function start([program, ...words]: readonly string[]): Started {
  const child = spawn(program, words, { cwd: PROJECT, env: { ...process.env, ...ENGLISH } })
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

/**
 * Runs `made` in this process, which takes a fraction of the time: for what does not depend on processes. One at a time.
 */
export function runMadeHere(...args: string[]): Promise<Finished> {
  return runMadeIn(ENGLISH, ...args)
}

/** The same where the system speaks another language. @param environment LC_ALL, LC_MESSAGES and LANG, as they are set */
export async function runMadeIn(
  environment: Readonly<Partial<Record<keyof typeof ENGLISH, string>>>,
  ...args: string[]
): Promise<Finished> {
  const lines = { stdout: '', stderr: '' }
  const spies = [
    vi.spyOn(console, 'log').mockImplementation((text: string) => void (lines.stdout += `${text}\n`)),
    vi.spyOn(console, 'error').mockImplementation((text: string) => void (lines.stderr += `${text}\n`)),
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => (lines.stdout += String(text)) !== ''),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => (lines.stderr += String(text)) !== ''),
  ]
  const kept = Object.fromEntries(Object.keys(ENGLISH).map((name) => [name, process.env[name]]))
  for (const name of Object.keys(ENGLISH)) setVariable(name, new Map(Object.entries(environment)).get(name))
  try {
    return { status: await run(['node', 'made', ...args]), signal: null, ...lines }
  } finally {
    for (const spy of spies) spy.mockRestore()
    for (const [name, value] of Object.entries(kept)) setVariable(name, value)
  }
}

function setVariable(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name]
  else process.env[name] = value
}

/** Runs `made` to its end. */
export function runMade(...args: string[]): Promise<Finished> {
  return startMade(...args).finished
}
