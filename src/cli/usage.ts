import type { z } from 'zod'
import { issueInWords } from '../shared/issue-words'

/** A command that was called wrongly: exit status 2. */
export class UsageError extends Error {
  constructor(
    message: string,
    readonly hint = 'See "made --help" or "made <command> --help".',
  ) {
    super(message)
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
  l2: '--l2',
  'optimizer.learningRate': '--learning-rate',
  'optimizer.epsilon': '--epsilon',
  batchSize: '--batch',
  epochs: '--epochs',
  lookAhead: '--look-ahead',
  seed: '--seed',
  engine: '--engine',
}

/** The first problem that a schema found, as a sentence about the option. */
export function usageErrorOf(error: z.ZodError): UsageError {
  const [issue] = error.issues
  const path = issue.path.filter((part) => typeof part === 'string').join('.')
  return new UsageError(`The value of ${OPTION_OF[path] ?? (path || 'the settings')} ${issueInWords(issue)}.`)
}

/** A number as typed. @throws UsageError if it is none */
export function numberOf(option: string, text: string): number {
  const value = text.trim() === '' ? NaN : Number(text)
  if (Number.isFinite(value)) return value
  throw new UsageError(`The value of ${option} is "${text}", which is not a number.`)
}

/** A whole number of at least `least` as typed. @throws UsageError if it is none */
export function wholeOf(option: string, text: string, least: number): number {
  const value = numberOf(option, text)
  if (Number.isSafeInteger(value) && value >= least) return value
  throw new UsageError(`The value of ${option} is "${text}"; it must be a whole number of ${least} or more.`)
}

/** Whole numbers separated by commas as typed, such as 500,500. @throws UsageError */
export function wholesOf(option: string, text: string): number[] {
  return text.split(',').map((part) => wholeOf(option, part, 1))
}

/** One of some words. @throws UsageError */
export function oneOf<T extends string>(option: string, text: string, words: readonly T[]): T {
  const word = words.find((candidate) => candidate === text)
  if (word !== undefined) return word
  throw new UsageError(`The value of ${option} is "${text}"; it must be one of ${words.join(', ')}.`)
}
