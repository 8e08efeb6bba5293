import type { FailureCode } from '../../../src/base/failure'
import { StudioError, type Failure } from '../../../src/base/failure'
import { said, type Sentence } from '../../../src/words/say'

/** Something that must never be: the target gave an answer that is not right, or none. */
export class Fault extends Error {
  override readonly name = 'Fault'
}

/** An answer that did not come. */
export class Unanswered extends Fault {}

/** @throws Fault with those words where the condition does not hold */
export function require(condition: boolean, words: string): void {
  if (!condition) throw new Fault(words)
}

/** The codes that a failure may have; 'internal' is none of them: it stands for what was not foreseen. */
const CODES = {
  'invalid-request': true,
  'invalid-model': true,
  'invalid-settings': true,
  'invalid-data': true,
  'unreadable-file': true,
  'unknown-format': true,
  'damaged-file': true,
  'newer-version': true,
  'too-large': true,
  diverged: true,
  'disk-full': true,
  'not-writable': true,
  'not-found': true,
  'data-missing': true,
  busy: true,
  'engine-unavailable': true,
  'process-lost': true,
  cancelled: true,
  internal: false,
} as const satisfies Readonly<Record<FailureCode, boolean>>

const SENTENCE = /^[^\n\r]{5,2000}[.?!]$/
/** What a sentence has in it that was put together from something that was not there, or that JavaScript said. */
const NO_WORDS =
  /\bundefined\b|\bNaN\b|\[object |is not a function|Cannot (?:read|convert|destructure)|is not iterable|is not defined|\bat [\w.]+ \(/
/** What the system, Node.js and the libraries say, which is no word of this program. */
const OF_LIBRARIES =
  /\bE[A-Z]{3,}: |\bERR_|Invalid (?:input|option|key|string|array length|typed array)|Unrecognized key|could not be cloned|Unexpected (?:token|end)|allocation failed|Maximum call stack|must be of type|Received /

/**
 * Checks that a failure is one that a person can read. What it quotes (a name in the file, a value) may be anything.
 * @throws Fault
 */
export function checkFailure({ code, ...says }: Failure): void {
  const [message, hint] = [withoutNames(says.message), withoutNames(says.hint)]
  require(Object.hasOwn(CODES, code) && CODES[code], `a failure has the code ${JSON.stringify(code)}: ${message}`)
  require(SENTENCE.test(message), `the message of a failure is no sentence: ${JSON.stringify(message)}`)
  require(SENTENCE.test(hint), `the hint of a failure is no sentence: ${JSON.stringify(hint)}`)
  const own = message.replace(/"(?:[^"\\]|\\.)*"?|“[^”]*”?/g, '""')
  require(!NO_WORDS.test(own) &&
    !OF_LIBRARIES.test(own), `the message of a failure is no words of a person: ${JSON.stringify(message)}`)
  for (const sentence of [says.message, says.hint])
    require(sentence.key === '' ||
      said('ko', sentence) !== sentence.english, `there is no Korean for ${JSON.stringify(sentence)}`)
}

/** A sentence in English, but for the names in it, the longest of which may hold others; those of a few letters may stay. */
function withoutNames(sentence: Sentence): string {
  const names = namesIn(sentence).sort((a, b) => b.length - a.length)
  return names.reduce((text, name) => text.replaceAll(name, '…'), sentence.english)
}

/** What a sentence calls by a name from outside, which may be anything: files, folders, columns, settings. */
function namesIn({ values }: Sentence): string[] {
  return Object.entries(values).flatMap(([key, filling]) => {
    const text = typeof filling === 'object' && 'english' in filling ? filling.english : filling
    if (NAMES.includes(key) && typeof text === 'string') return text.length >= LEAST_LETTERS ? [text] : []
    return typeof filling === 'object' && 'english' in filling ? namesIn(filling) : []
  })
}
const LEAST_LETTERS = 3
const NAMES = ['path', 'folder', 'file', 'name', 'version']

/** What a target says of an input that it could make something of, or refuse in words. */
export type Outcome =
  { readonly kind: 'done'; readonly what: string } | { readonly kind: 'refused'; readonly failure: Failure }

/** Does something that may fail in words. @throws Fault where the failure is none, or whatever else is thrown */
export async function doneOrRefused(work: () => Promise<string>): Promise<Outcome> {
  try {
    return { kind: 'done', what: await work() }
  } catch (thrown) {
    if (!(thrown instanceof StudioError)) throw thrown
    const failure = thrown.toFailure()
    checkFailure(failure)
    return { kind: 'refused', failure }
  }
}
