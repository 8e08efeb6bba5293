import type { ModelSpec } from './spec'
import { variableCount } from './variables'
import { drawDegrees, type Degrees } from './degrees'
import { naturalOrdering, randomOrdering, type Ordering } from './ordering'
import type { Connectivity } from './connectivity'
import { StudioError } from '../base/failure'
import { say } from '../words/say'

/** A number of orderings or masks that stands for "a fresh one for every update". */
export const UNLIMITED = -1

/** How connectivities are drawn over the updates of a run (order-agnostic and connectivity-agnostic training). */
export interface Schedule {
  /** 0 or 1: a single ordering; n > 1: a list of n random orderings; −1: a fresh random one for every update. */
  readonly orderings: number
  /** With a single ordering: the natural order, or one random order. */
  readonly singleOrdering: 'natural' | 'random'
  /** The same count for the degrees (0 counts as 1). */
  readonly masks: number
  readonly seed: number
}

/** The longest list of either kind, and the longest test-time list. */
export const MOST_CONNECTIVITIES = 10_000

/**
 * Checks the counts of a schedule.
 * @throws StudioError 'invalid-settings'
 */
export function validateSchedule(schedule: Schedule): void {
  requireCount('orderings', schedule.orderings)
  requireCount('masks', schedule.masks)
  const { orderings, masks } = schedule
  const pairs = isUnlimited(schedule) ? 0 : leastCommonMultiple(orderings || 1, masks || 1)
  if (pairs > MOST_CONNECTIVITIES)
    throw new StudioError(
      'invalid-settings',
      say('model.too-many-pairs', { orderings, masks, pairs, most: MOST_CONNECTIVITIES }),
      say('model.too-many-pairs.hint'),
    )
}

function requireCount(what: 'orderings' | 'masks', count: number): void {
  if (Number.isInteger(count) && count >= UNLIMITED && count <= MOST_CONNECTIVITIES) return
  throw new StudioError(
    'invalid-settings',
    say('model.list-length', { what, value: String(count), most: MOST_CONNECTIVITIES }),
    say('model.number.hint'),
  )
}

/** Whether orderings or masks are fresh at every update. */
export function isUnlimited(schedule: Schedule): boolean {
  return schedule.orderings === UNLIMITED || schedule.masks === UNLIMITED
}

/** The ordering and the set of degrees, by number, that update t (0-based) uses. */
export function pairOf(schedule: Schedule, t: number): { readonly ordering: number; readonly degrees: number } {
  return { ordering: listIndex(schedule.orderings, t), degrees: listIndex(schedule.masks, t) }
}

function listIndex(count: number, t: number): number {
  return count === UNLIMITED ? t : t % Math.max(1, count)
}

/** Which of the connectivities of a schedule one is: with the model, enough to make it again anywhere. */
export interface DrawName {
  readonly schedule: Schedule
  readonly t: number
}

/** Kept beside the connectivities, so that one that is changed into another does not take its name along. */
const names = new WeakMap<Connectivity, DrawName>()

/** The name of a connectivity that this module drew; null for any other. */
export function drawNameOf(connectivity: Connectivity): DrawName | null {
  return names.get(connectivity) ?? null
}

/**
 * The connectivity that update t (0-based) uses; also entry t of the test-time list. Its numbers are drawn when they are
 * first looked at: whoever only passes it on need not wait for them.
 */
export function connectivityAt(spec: ModelSpec, schedule: Schedule, t: number): Connectivity {
  const pair = pairOf(schedule, t)
  let ordering: Ordering | null = null
  let degrees: readonly Degrees[] | null = null
  const connectivity: Connectivity = {
    get ordering() {
      return (ordering ??= drawOrdering(spec, schedule, pair.ordering))
    },
    get degrees() {
      return (degrees ??= drawDegrees(spec, schedule.seed, pair.degrees))
    },
  }
  names.set(connectivity, { schedule, t })
  return connectivity
}

function drawOrdering(spec: ModelSpec, schedule: Schedule, index: number): Ordering {
  const single = schedule.orderings === 0 || schedule.orderings === 1
  const variables = variableCount(spec)
  if (single && schedule.singleOrdering === 'natural') return naturalOrdering(variables, spec.leading)
  return randomOrdering(variables, schedule.seed, index, spec.leading)
}

/**
 * The length of the test-time list: the first lcm(orderings, masks) pairs, or `whenUnlimited` pairs if either is unlimited.
 */
export function testListLength(schedule: Schedule, whenUnlimited: number): number {
  if (isUnlimited(schedule)) return whenUnlimited
  return leastCommonMultiple(schedule.orderings || 1, schedule.masks || 1)
}

/** The pairs of a schedule by their number; pairs that share an ordering or degrees share one array. */
export function connectivityDrawer(spec: ModelSpec, schedule: Schedule): (t: number) => Connectivity {
  const ordering = memorised((index) => drawOrdering(spec, schedule, index))
  const degrees = memorised((index) => drawDegrees(spec, schedule.seed, index))
  return (t) => {
    const pair = pairOf(schedule, t)
    const connectivity = { ordering: ordering(pair.ordering), degrees: degrees(pair.degrees) }
    names.set(connectivity, { schedule, t })
    return connectivity
  }
}

/** The first `count` pairs of a schedule; pairs that share an ordering or degrees share one array. */
export function connectivityList(spec: ModelSpec, schedule: Schedule, count: number): Connectivity[] {
  const draw = connectivityDrawer(spec, schedule)
  return Array.from({ length: count }, (_, t) => draw(t))
}

function memorised<T>(draw: (index: number) => T): (index: number) => T {
  const drawn = new Map<number, T>()
  return (index) => {
    const known = drawn.get(index)
    if (known !== undefined) return known
    const value = draw(index)
    drawn.set(index, value)
    return value
  }
}

function leastCommonMultiple(a: number, b: number): number {
  const greatestCommonDivisor = (x: number, y: number): number => (y === 0 ? x : greatestCommonDivisor(y, x % y))
  return (a / greatestCommonDivisor(a, b)) * b
}
