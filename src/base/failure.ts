import { adviceAt, inOneLine, type Advice, type Place } from './advice'

/** Every kind of failure that a person can meet. The code is stable: tests, scripts and the window rely on it. */
export type FailureCode =
  | 'invalid-request'
  | 'invalid-model'
  | 'invalid-settings'
  | 'invalid-data'
  | 'unreadable-file'
  | 'unknown-format'
  | 'damaged-file'
  | 'newer-version'
  | 'too-large'
  | 'disk-full'
  | 'not-writable'
  | 'not-found'
  | 'data-missing'
  | 'busy'
  | 'engine-unavailable'
  | 'process-lost'
  | 'cancelled'
  | 'diverged'
  | 'internal'

/** What crosses a process boundary in place of an exception: never a stack. */
export interface Failure {
  readonly code: FailureCode
  /** One sentence: what happened. */
  readonly message: string
  /** One sentence: what the person can do, or what was kept. */
  readonly hint: string
}

/** The answer to a request as it crosses a process boundary. */
export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure }

/** An expected failure, worded for a person. Names of files and the like in its sentences cannot break them. */
export class StudioError extends Error {
  override readonly name = 'StudioError'
  /** What the person can do, as it is said in the window. */
  readonly hint: string

  /** @param advice what the person can do, or what was kept: one sentence */
  constructor(
    readonly code: FailureCode,
    message: string,
    private readonly advice: string | Advice,
    options?: ErrorOptions,
  ) {
    super(inOneLine(message), options)
    this.hint = inOneLine(adviceAt('window', advice))
  }

  toFailure(place: Place = 'window'): Failure {
    return { code: this.code, message: this.message, hint: inOneLine(adviceAt(place, this.advice)) }
  }
}

/** Text from outside (a name in a file, a setting) in quotes, short and on one line, so that it fits a sentence. */
export function quoted(text: unknown): string {
  const json = JSON.stringify(text) ?? String(text)
  return json.length <= 80 ? json : `${json.slice(0, 79)}…`
}

/**
 * The failure that any thrown value stands for. What was not foreseen is 'internal'; its own message is kept, its stack is not.
 * @param place where a person will read it
 */
export function failureOf(thrown: unknown, place: Place = 'window'): Failure {
  if (thrown instanceof StudioError) return thrown.toFailure(place)
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return {
    code: 'internal',
    message: `Something went wrong inside MADE Studio: ${message.replace(/\.*$/, '')}.`,
    hint: 'What was saved is kept. Please try again; if it happens again, report this sentence.',
  }
}
