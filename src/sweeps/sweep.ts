import { z } from 'zod'
import { isFields, type Fields } from '../base/migration'
import { quoted, StudioError } from '../base/failure'
import { issueSentence } from '../shared/issue-words'
import { seedSchema, SETTING_LIMITS, whole } from '../shared/setting-limits'
import { say, type Sentence } from '../words/say'

/** Limits of a sweep. */
export const SWEEP_LIMITS = {
  /** Runs: more are refused before they are made out. */
  points: 10_000,
  rungs: 20,
} as const

/** How the points are taken from the lists. */
export type SweepSearch =
  /** Every combination of their values. */
  | { readonly kind: 'grid' }
  /** So many different combinations, each equally likely. */
  | { readonly kind: 'random'; readonly count: number; readonly seed: number }

/**
 * Synchronous successive halving (Jamieson and Talwalkar, AISTATS 2016; the rungs are those of Hyperband): all points are
 * trained for the first number of epochs, the best share of them for the second, and so on; what is left is trained to its end.
 */
export interface Halving {
  /** The share that goes on to the next rung, between 0 and 1. */
  readonly keep: number
  /** After how many epochs in all each rung but the last ends; ascending. */
  readonly epochs: readonly number[]
}

/** Many runs that differ in some settings. */
export interface Sweep {
  /** Settings of all runs, as those of a run; what is left out has its usual value. */
  readonly base: Fields
  /** Values of settings by their paths ("hidden", "optimizer.learningRate"), to be combined; or the points themselves. */
  readonly points:
    | { readonly kind: 'vary'; readonly vary: ReadonlyMap<string, readonly unknown[]>; readonly search: SweepSearch }
    | { readonly kind: 'list'; readonly list: readonly Fields[] }
  readonly halving: Halving | null
}

const fieldsSchema = z.custom<Fields>(isFields)

const halvingSchema = z.strictObject({
  keep: z.number().gt(0).lt(1),
  epochs: z
    .array(whole(SETTING_LIMITS.epochs.least, SETTING_LIMITS.epochs.most))
    .min(1)
    .max(SWEEP_LIMITS.rungs - 1),
})

/** The text of a sweep (docs/formats.md, Sweep). */
const sweepSchema = z.strictObject({
  base: fieldsSchema.default({}),
  vary: fieldsSchema.optional(),
  points: z.array(fieldsSchema).optional(),
  search: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('grid') }),
      z.strictObject({ kind: z.literal('random'), count: z.number().int().min(1), seed: seedSchema.default(1) }),
    ])
    .default({ kind: 'grid' }),
  halving: halvingSchema.optional(),
})

/**
 * Reads a sweep: its form, how many runs it has and whether its lists can be combined. The settings are checked where the
 * points are made out (`pointsOf`).
 * @param read what stands in the file
 * @throws StudioError 'invalid-settings' or 'too-large', which names what is wrong
 */
export function readSweep(read: unknown): Sweep {
  if (!isFields(read)) throw invalid(say('sweep.no-object'))
  const parsed = sweepSchema.safeParse(read)
  if (!parsed.success) throw invalid(sentenceOn(parsed.error.issues[0]))
  const { base, vary, points, search, halving = null } = parsed.data
  if (halving) requireAscending(halving.epochs)
  if (vary && points) throw invalid(say('sweep.both'))
  if (points) {
    if (search.kind === 'random') throw invalid(say('sweep.draws-from-points'))
    if (points.length === 0) throw emptyList('points')
    requireFew(points.length)
    return { base, points: { kind: 'list', list: points }, halving }
  }
  if (!vary) throw invalid(say('sweep.neither'))
  const lists = listsOf(vary)
  const combinations = combinationsOf(lists)
  requireFew(search.kind === 'random' ? search.count : combinations)
  if (search.kind === 'random' && search.count > combinations)
    throw new StudioError('invalid-settings', say('sweep.too-few', { count: search.count, combinations }), {
      window: say('group.too-few.hint'),
      options: say('sweep.too-few.hint'),
    })
  return { base, points: { kind: 'vary', vary: lists, search }, halving }
}

function sentenceOn(issue: z.core.$ZodIssue): Sentence {
  const path = issue.path.join('.')
  if (issue.code === 'unrecognized_keys')
    return say('sweep.unknown-key', { key: quoted([path, issue.keys[0]].filter(Boolean).join('.')) })
  return issueSentence(path, issue)
}

/** How many runs the lists make together. */
function combinationsOf(lists: ReadonlyMap<string, readonly unknown[]>): number {
  return [...lists.values()].reduce((product, { length }) => product * length, 1)
}

function listsOf(vary: Fields): ReadonlyMap<string, readonly unknown[]> {
  const lists = new Map<string, readonly unknown[]>()
  for (const [path, values] of Object.entries(vary)) {
    if (!Array.isArray(values)) throw invalid(say('sweep.no-list', { path }))
    if (values.length === 0) throw emptyList(path)
    requireFew(values.length)
    const seen = new Set<string>()
    for (const text of values.map(textOf)) {
      if (seen.has(text)) throw twice(say('sweep.value-twice', { path, value: quoted(JSON.parse(text)) }))
      seen.add(text)
    }
    lists.set(path, values)
  }
  return lists
}

function requireAscending(epochs: readonly number[]): void {
  if (epochs.every((epoch, i) => i === 0 || epoch > epochs[i - 1])) return
  throw invalid(say('sweep.rungs-descend', { epochs: epochs.join(', ') }))
}

/** @throws StudioError 'too-large' */
function requireFew(runs: number): void {
  if (runs <= SWEEP_LIMITS.points) return
  throw new StudioError('too-large', say('sweep.too-many', { runs, most: SWEEP_LIMITS.points }), {
    window: say('group.too-many.hint'),
    options: say('sweep.too-many.hint'),
  })
}

function emptyList(path: string): StudioError {
  return new StudioError('invalid-settings', say('sweep.no-values', { path }), say('sweep.no-values.hint'))
}

/** What stands in a sweep twice. */
export function twice(message: Sentence): StudioError {
  return new StudioError('invalid-settings', message, say('sweep.twice.hint'))
}

function invalid(message: Sentence): StudioError {
  return new StudioError('invalid-settings', message, say('sweep.hint'))
}

/** A value as a text that is the same for equal values, whatever the order of their fields. */
export function textOf(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    isFields(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  )
}
