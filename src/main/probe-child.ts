import { once } from 'node:events'
import { constants } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { utilityProcess } from 'electron'
import { lastOutput, PROBE_GRACE, type ProbeDeath, type ProbeEnd, type ProbeRequest } from '../base/probe'
import probeEntry from '../compute/probe-process?modulePath'
import { killProcess } from './kill-process'

/** Signals by which bad code ends a process: all that Electron tells of them is their number. */
const FATAL_SIGNALS = ['SIGILL', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGSEGV'] as const

/** Milliseconds in which what an ended process has written must have been read. */
const REST_LIMIT = 2000

/** Tries a library in a utility process of its own. */
export function runProbe({ folder, timeLimit, env }: ProbeRequest): Promise<ProbeEnd> {
  return new Promise((resolve) => {
    const { NODE_OPTIONS: _options, ...inherited } = process.env
    const child = utilityProcess.fork(probeEntry, [folder, String(timeLimit + PROBE_GRACE)], {
      serviceName: 'MADE Studio TensorFlow trial',
      stdio: 'pipe',
      env: { ...inherited, ...env },
    })
    const [stdout, log] = [new Output(child.stdout), new Output(child.stderr)]
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      if (child.pid !== undefined) killProcess(child.pid)
    }, timeLimit)
    child.on('error', () => undefined)
    child.on('exit', (code) => {
      clearTimeout(timer)
      if (isLate) return resolve({ kind: 'late' })
      const how = howItEnded(code)
      void Promise.all([stdout.whole(), log.whole()]).then(([stdout, log]) =>
        resolve({ kind: 'ended', stdout, log, how }),
      )
    })
  })
}

/** What a utility process writes to one of its streams. */
class Output {
  private text = ''
  private readonly take = (text: string): void => void (this.text = lastOutput(this.text + text))

  constructor(private readonly stream: NodeJS.ReadableStream | null) {
    stream?.setEncoding('utf8').on('data', this.take)
  }

  /** All of it, for a process that has just exited: this may be told before the last of it was read. */
  async whole(): Promise<string> {
    const { stream } = this
    if (stream === null) return this.text
    // Electron takes the listeners off the stream as soon as all have heard of the exit.
    await Promise.resolve()
    if (stream.readable) {
      const end = once(stream.on('data', this.take), 'end')
      // A process that the library has started may keep the stream open.
      await Promise.race([end, wait(REST_LIMIT, undefined, { ref: false })])
    }
    return this.text
  }
}

function howItEnded(code: number): ProbeDeath | null {
  if (code === 0) return null
  const isOnWindows = process.platform === 'win32'
  const signal = isOnWindows ? undefined : FATAL_SIGNALS.find((name) => constants.signals[name] === code)
  return signal ?? code
}
