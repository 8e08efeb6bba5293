import { say, type Sentence } from '../words/say'
import { adviceAt, sentenceOf, type Advice, type Place, type Text } from './advice'

/** Every kind of failure that a person can meet. The code is stable: tests, scripts and the window rely on it. */
export const FAILURE_CODES = [
  'invalid-request',
  'invalid-model',
  'invalid-settings',
  'invalid-data',
  'unreadable-file',
  'unknown-format',
  'damaged-file',
  'newer-version',
  'too-large',
  'disk-full',
  'not-writable',
  'not-found',
  'data-missing',
  'busy',
  'engine-unavailable',
  'process-lost',
  'cancelled',
  'diverged',
  'internal',
] as const
export type FailureCode = (typeof FAILURE_CODES)[number]

/** What crosses a process boundary in place of an exception: never a stack. */
export interface Failure {
  readonly code: FailureCode
  /** What happened. */
  readonly message: Sentence
  /** What the person can do, or what was kept. */
  readonly hint: Sentence
}

/** The answer to a request as it crosses a process boundary. */
export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure }

/** An expected failure, worded for a person; as an `Error` it speaks English. */
export class StudioError extends Error {
  override readonly name = 'StudioError'
  /** What happened. */
  readonly says: Sentence

  /** @param advice what the person can do, or what was kept: one sentence */
  constructor(
    readonly code: FailureCode,
    message: Text,
    private readonly advice: Text | Advice,
    options?: ErrorOptions,
  ) {
    const says = sentenceOf(message)
    super(says.english, options)
    this.says = says
  }

  /** The error that a failure from another process stands for. */
  static of({ code, message, hint }: Failure): StudioError {
    return new StudioError(code, message, hint)
  }

  /** What the person can do, as it is said in the window, in English. */
  get hint(): string {
    return adviceAt('window', this.advice).english
  }

  toFailure(place: Place = 'window'): Failure {
    return { code: this.code, message: this.says, hint: adviceAt(place, this.advice) }
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
    message: say('common.internal', { message: message.replace(/\.*$/, '') }),
    hint: say('common.internal.hint'),
  }
}
