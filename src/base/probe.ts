/** A native library is tried in a process of its own before it is loaded: what that process is told. */
export interface ProbeRequest {
  /** Of the package. */
  readonly folder: string
  /** Milliseconds after which it is ended. */
  readonly timeLimit: number
  /** Variables that it needs to find the library. */
  readonly env: Readonly<Record<string, string>>
}

/** How it died: its exit code, the name of a signal, or what the system said. */
export type ProbeDeath = number | string

/** What became of it. */
export type ProbeEnd =
  /** What it said, and what the library said; `how` is null if it came to its end. */
  | { readonly kind: 'ended'; readonly stdout: string; readonly log: string; readonly how: ProbeDeath | null }
  | { readonly kind: 'late' }

/** Starts such a process. */
export type ProbeRun = (request: ProbeRequest) => Promise<ProbeEnd>

/** Milliseconds that the process has to be ended from outside before it ends itself. */
export const PROBE_GRACE = 2000
const MOST_OUTPUT = 1_000_000

/** Of what a process has written the last that is kept. */
export function lastOutput(text: string): string {
  return text.slice(-MOST_OUTPUT)
}
