import { constants } from 'node:os'
import { utilityProcess } from 'electron'
import { lastOutput, PROBE_GRACE, type ProbeDeath, type ProbeEnd, type ProbeRequest } from '../base/probe'
import probeEntry from '../compute/probe-process?modulePath'
import { killProcess } from './kill-process'

/** Signals by which bad code ends a process: all that Electron tells of them is their number. */
const FATAL_SIGNALS = ['SIGILL', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGSEGV'] as const

/** Tries a library in a utility process of its own. */
export function runProbe({ folder, timeLimit, env }: ProbeRequest): Promise<ProbeEnd> {
  return new Promise((resolve) => {
    const { NODE_OPTIONS: _options, ...inherited } = process.env
    const child = utilityProcess.fork(probeEntry, [folder, String(timeLimit + PROBE_GRACE)], {
      serviceName: 'MADE Studio TensorFlow trial',
      stdio: 'pipe',
      env: { ...inherited, ...env },
    })
    let [stdout, log] = ['', '']
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout = lastOutput(stdout + text)))
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (log = lastOutput(log + text)))
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      if (child.pid !== undefined) killProcess(child.pid)
    }, timeLimit)
    child.on('error', () => undefined)
    child.on('exit', (code) => {
      clearTimeout(timer)
      resolve(isLate ? { kind: 'late' } : { kind: 'ended', stdout, log, how: howItEnded(code) })
    })
  })
}

function howItEnded(code: number): ProbeDeath | null {
  if (code === 0) return null
  const isOnWindows = process.platform === 'win32'
  const signal = isOnWindows ? undefined : FATAL_SIGNALS.find((name) => constants.signals[name] === code)
  return signal ?? code
}
