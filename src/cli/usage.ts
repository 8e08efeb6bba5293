import type { z } from 'zod'
import { issueSentence } from '../shared/issue-words'
import { say, type Sentence } from '../words/say'

/** A command that was called wrongly: exit status 2. As an `Error` it speaks English. */
export class UsageError extends Error {
  constructor(
    /** What is wrong. */
    readonly says: Sentence,
    /** What the person can do. */
    readonly hint: Sentence = say('cli.see-help', { command: say('cli.place.command') }),
  ) {
    super(says.english)
  }
}

/** What each setting is called on the command line. */
const OPTION_OF: Readonly<Record<string, string>> = {
  hidden: '--hidden',
  orderings: '--orderings',
  singleOrdering: '--ordering',
  masks: '--masks',
  activation: '--activation',
  initialisation: '--initialisation',
  outputBiases: '--output-biases',
  learningRateSchedule: '--learning-rate-schedule',
  l2: '--l2',
  'optimizer.learningRate': '--learning-rate',
  'optimizer.epsilon': '--epsilon',
  batchSize: '--batch',
  epochs: '--epochs',
  lookAhead: '--look-ahead',
  averagedEpochs: '--average-epochs',
  seed: '--seed',
  engine: '--engine',
}

/** The first problem that a schema found, as a sentence about the option. */
export function settingErrorOf(error: z.ZodError): UsageError {
  const [issue] = error.issues
  const path = issue.path.filter((part) => typeof part === 'string').join('.')
  return new UsageError(issueSentence(OPTION_OF[path] ?? (path || say('cli.value.settings')), issue))
}

/** A number as typed. @throws UsageError if it is none */
export function numberOf(option: string, text: string): number {
  const value = text.trim() === '' ? NaN : Number(text)
  if (Number.isFinite(value)) return value
  throw new UsageError(say('cli.value.no-number', { option, text }))
}

/** A whole number of at least `least` as typed. @throws UsageError if it is none */
export function wholeOf(option: string, text: string, least: number): number {
  const value = numberOf(option, text)
  if (Number.isSafeInteger(value) && value >= least) return value
  throw new UsageError(say('cli.value.no-whole', { option, text, least }))
}

/** A whole number within bounds as typed. @throws UsageError if it is none */
export function wholeWithin(option: string, text: string, least: number, most: number): number {
  const value = wholeOf(option, text, least)
  if (value > most) throw new UsageError(say('cli.value.most', { option, value, most }))
  return value
}

/** A number within limits as typed. @throws UsageError */
export function numberWithin(option: string, text: string, least: number, most: number): number {
  const value = numberOf(option, text)
  if (value < least) throw new UsageError(say('cli.value.least', { option, value, least }))
  if (value > most) throw new UsageError(say('cli.value.most', { option, value, most }))
  return value
}

/** Whole numbers separated by commas as typed, such as 500,500. @throws UsageError */
export function wholesOf(option: string, text: string): number[] {
  return text.split(',').map((part) => wholeOf(option, part, 1))
}

/** One of some words. @throws UsageError */
export function oneOf<T extends string>(option: string, text: string, words: readonly T[]): T {
  const word = words.find((candidate) => candidate === text)
  if (word !== undefined) return word
  throw noneOf(option, text, words)
}

/** What is said of a value that is none of some words. */
export function noneOf(option: string, text: string, words: readonly string[]): UsageError {
  return new UsageError(say('cli.value.one-of', { option, text, words: words.join(', ') }))
}
