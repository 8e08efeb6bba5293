import { constants } from 'node:os'
import { isatty } from 'node:tty'
import type { Sentence } from '../words/say'

/**
 * By what a process is asked to end: Ctrl+C, a scheduler or a container that stops, the terminal closed, and on Windows
 * Ctrl+Break.
 */
const SIGNALS: readonly NodeJS.Signals[] = [
  'SIGINT',
  'SIGTERM',
  'SIGHUP',
  ...(process.platform === 'win32' ? (['SIGBREAK'] as const) : []),
]

/** A person who presses Ctrl+C so often leaves at once. */
const PRESSES_TO_LEAVE = 3
/** Presses within so many milliseconds are one: programs between the terminal and this one pass a signal on once more. */
const ONE_PRESS = 400

/** Work was ended by a signal before there was anything to save. */
export class Interrupted extends Error {
  constructor(
    readonly signal: NodeJS.Signals,
    /** What the person can do; null: nothing was changed. */
    readonly hint: Sentence | null = null,
  ) {
    super(`interrupted: ${signal}`)
  }

  /** 128 and the number of the signal, as shells have it. */
  get status(): number {
    return 128 + (constants.signals[this.signal] ?? 0)
  }
}

/** What interruptions do to the process; a terminal and a clock of one's own for tests. */
export interface Surroundings {
  readonly leave: (status: number) => void
  readonly say: (text: string) => void
  /** Whether a person sits at a terminal and can press Ctrl+C. */
  readonly hasTerminal: () => boolean
  /** Milliseconds. */
  readonly now: () => number
}

const OF_THIS_PROCESS: Surroundings = {
  leave: (status) => process.exit(status),
  say: (text) => console.error(text),
  hasTerminal: () => isatty(0),
  now: () => performance.now(),
}

/**
 * Answers the signals that ask the process to end. Before its work begins it leaves at once. During the work the first
 * signal asks the work to end in order, and every further one asks for the same again: wrappers and schedulers send a
 * signal twice, and a save must outlast that. Only a person at a terminal can leave at once all the same, by pressing
 * Ctrl+C three times.
 */
export class Interruptions {
  private readonly control = new AbortController()
  private hasWork = false
  private presses = 0
  private pressedAt = -Infinity
  private leaving = (): string => ''

  constructor(private readonly surroundings: Surroundings = OF_THIS_PROCESS) {}

  /** Listens from now on; as the first process of a container too, which no signal ends that it does not listen to. */
  listen(): void {
    for (const signal of SIGNALS) process.on(signal, () => this.hear(signal))
  }

  /**
   * What aborts the work, with an `Interrupted` as its reason. From now on signals no longer end the process at once.
   * @param leaving says to a person at a terminal that the work ends in order, and how to leave at once
   */
  begin(leaving: () => string): AbortSignal {
    this.hasWork = true
    this.leaving = leaving
    return this.control.signal
  }

  /** Why the work was aborted; null if it was not. */
  get reason(): Interrupted | null {
    const reason: unknown = this.control.signal.reason
    return reason instanceof Interrupted ? reason : null
  }

  hear(signal: NodeJS.Signals): void {
    const interrupted = new Interrupted(signal)
    const { leave, say, hasTerminal } = this.surroundings
    if (!this.hasWork) return leave(interrupted.status)
    const isPress = signal === 'SIGINT' && hasTerminal() && this.isNewPress()
    if (isPress && this.presses === PRESSES_TO_LEAVE) return leave(interrupted.status)
    if (isPress && this.presses === 1) say(`\n${this.leaving()}`)
    // Only the first reason counts.
    this.control.abort(interrupted)
  }

  private isNewPress(): boolean {
    const now = this.surroundings.now()
    if (now - this.pressedAt < ONE_PRESS) return false
    this.pressedAt = now
    this.presses++
    return true
  }
}

/** Those of this process. */
export const interruptions = new Interruptions()
