import { spawn } from 'node:child_process'
import { librarySearchPath } from './package-folder'
import PROGRAM from './probe-program.cjs?raw'

const TIME_LIMIT = 60_000
/** Milliseconds that the process has to be ended from here before it ends itself. */
const GRACE = 2000
const MOST_OUTPUT = 1_000_000
/** What the probe program computes. */
const EXPECTED_SUM = (64 * 65 * 129) / 6

/** How it went to load TensorFlow and compute a little with it. */
export type ProbeOutcome =
  | { readonly kind: 'works'; readonly version: string; readonly isUsingGpu: boolean; readonly log: string }
  | { readonly kind: 'refused'; readonly error: string }
  | { readonly kind: 'wrong'; readonly version: string }
  | { readonly kind: 'died'; readonly how: string }
  | { readonly kind: 'silent'; readonly seconds: number }

/**
 * Tries the package in a process of its own, because a bad native library can take its process down.
 * @param timeLimit milliseconds after which it counts as silent
 */
export function probe(folder: string, timeLimit: number = TIME_LIMIT): Promise<ProbeOutcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--eval', PROGRAM, folder, String(timeLimit + GRACE)], {
      env: probeEnvironment(folder),
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    })
    let [stdout, log] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout = (stdout + text).slice(-MOST_OUTPUT)))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (log = (log + text).slice(-MOST_OUTPUT)))
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      child.kill('SIGKILL')
    }, timeLimit)
    child.on('error', ({ message }) => {
      clearTimeout(timer)
      resolve({ kind: 'died', how: message })
    })
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      if (isLate) resolve({ kind: 'silent', seconds: timeLimit / 1000 })
      else if (code === 0) resolve(outcomeOf(stdout, log))
      else resolve({ kind: 'died', how: signal ?? `exit code ${code ?? 'unknown'}` })
    })
  })
}

/** In Electron the same program is Electron itself, which this makes behave as Node.js. The log must say what is lacking. */
function probeEnvironment(folder: string): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, ...inherited } = process.env
  return { ...inherited, ...librarySearchPath(folder), ELECTRON_RUN_AS_NODE: '1', TF_CPP_MIN_LOG_LEVEL: '0' }
}

function outcomeOf(stdout: string, log: string): ProbeOutcome {
  const { error, sum, version = 'unknown', isUsingGpu = false } = reportIn(stdout)
  if (error !== undefined) return { kind: 'refused', error }
  if (sum !== EXPECTED_SUM) return { kind: 'wrong', version }
  return { kind: 'works', version, isUsingGpu, log }
}

interface Report {
  readonly error?: string
  readonly sum?: number
  readonly version?: string
  readonly isUsingGpu?: boolean
}

function reportIn(stdout: string): Report {
  const line = stdout.trimEnd().split('\n').at(-1) ?? ''
  try {
    return JSON.parse(line) as Report
  } catch {
    return { error: 'it ended without a word' }
  }
}
