import { spawn } from 'node:child_process'
import { z } from 'zod'
import {
  lastOutput,
  PROBE_GRACE,
  type ProbeDeath,
  type ProbeEnd,
  type ProbeRequest,
  type ProbeRun,
} from '../../base/probe'
import { librarySearchPath } from './package-folder'
import PROGRAM from './probe-program.cjs?raw'

const TIME_LIMIT = 60_000
/** What the probe program computes. */
const EXPECTED_SUM = (64 * 65 * 129) / 6

/** How it went to load TensorFlow and compute a little with it; null: it did not say. */
export type ProbeOutcome =
  | { readonly kind: 'works'; readonly version: string | null; readonly isUsingGpu: boolean; readonly log: string }
  | { readonly kind: 'refused'; readonly error: string | null }
  | { readonly kind: 'wrong'; readonly version: string | null }
  | { readonly kind: 'died'; readonly how: ProbeDeath }
  | { readonly kind: 'silent'; readonly seconds: number }

/**
 * Tries the package in a process of its own, because a bad native library can take its process down.
 * @param run starts that process; as plain Node.js unless told otherwise
 * @param timeLimit milliseconds after which it counts as silent
 */
export async function probe(
  folder: string,
  run: ProbeRun = runInNode,
  timeLimit: number = TIME_LIMIT,
): Promise<ProbeOutcome> {
  // The log must say what is lacking.
  const end = await run({ folder, timeLimit, env: { ...librarySearchPath(folder), TF_CPP_MIN_LOG_LEVEL: '0' } })
  if (end.kind === 'late') return { kind: 'silent', seconds: timeLimit / 1000 }
  return end.how === null ? outcomeOf(end.stdout, end.log) : { kind: 'died', how: end.how }
}

/** The program that this one runs in, as Node.js: Electron where the command line is installed. */
function runInNode({ folder, timeLimit, env }: ProbeRequest): Promise<ProbeEnd> {
  return new Promise((resolve) => {
    const { NODE_OPTIONS: _options, ...inherited } = process.env
    const child = spawn(process.execPath, ['--eval', PROGRAM, folder, String(timeLimit + PROBE_GRACE)], {
      env: { ...inherited, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    })
    let [stdout, log] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout = lastOutput(stdout + text)))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (log = lastOutput(log + text)))
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      child.kill('SIGKILL')
    }, timeLimit)
    const end = (how: ProbeDeath | null): void => {
      clearTimeout(timer)
      resolve(isLate ? { kind: 'late' } : { kind: 'ended', stdout, log, how })
    }
    child.on('error', ({ message }) => end(message))
    child.on('close', (code, signal) => end(code === 0 ? null : (signal ?? code ?? NaN)))
  })
}

function outcomeOf(stdout: string, log: string): ProbeOutcome {
  const { error, sum, version = null, isUsingGpu = false } = reportIn(stdout)
  if (error !== undefined) return { kind: 'refused', error }
  if (sum !== EXPECTED_SUM) return { kind: 'wrong', version }
  return { kind: 'works', version, isUsingGpu, log }
}

/** So much of a text of the library is told. */
const MOST_TOLD = 300

function shortened(text: string): string {
  return text.slice(0, MOST_TOLD)
}

const reportSchema = z.object({
  /** Null where it ended without a word. */
  error: z.string().transform(shortened).nullable().optional(),
  sum: z.number().optional(),
  version: z.string().transform(shortened).optional(),
  isUsingGpu: z.boolean().optional(),
})
type Report = z.infer<typeof reportSchema>

/** The last line that it wrote; what is no report is as if it had written nothing. */
function reportIn(stdout: string): Report {
  const line = stdout.trimEnd().split('\n').at(-1) ?? ''
  try {
    return reportSchema.parse(JSON.parse(line))
  } catch {
    return { error: null }
  }
}
