/** A value of JSON. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value | undefined }
/** Settings by the place where each is set. */
export type Values = Readonly<Record<string, Value>>

/** What was changed at once, place by place. */
export interface Step {
  readonly changes: Readonly<Record<string, { readonly from: Value; readonly to: Value }>>
  /** When it was changed last, in milliseconds. */
  readonly at: number
}

/** Steps that can be undone, the last one last, and steps that can be redone, the next one last. */
export interface History {
  readonly past: readonly Step[]
  readonly future: readonly Step[]
}

export const NO_HISTORY: History = { past: [], future: [] }
/** As many steps are kept. */
export const MOST_STEPS = 100
/** Changes of one setting that come sooner after each other are one step, in milliseconds. */
export const QUICK_MS = 1000

/** What differs between settings before and after; a place that only one of them has is not looked at. */
export function changesBetween(before: Values, after: Values): Step['changes'] {
  const places = Object.keys(after).filter((place) => place in before && !isSame(before[place], after[place]))
  return Object.fromEntries(places.map((place) => [place, { from: before[place], to: after[place] }]))
}

/**
 * The history after a change, behind which there is nothing to be redone.
 * @param fieldOf names the field that places are set in: changes of one that come soon after each other are one step; null for a step
 *   of its own, whatever came before
 */
export function recorded(
  history: History,
  step: Step,
  fieldOf: (places: readonly string[]) => string | null = (places) => places.join(' '),
): History {
  const places = Object.keys(step.changes)
  if (places.length === 0) return history
  const last = history.past.at(-1)
  const field = fieldOf(places)
  const isOne =
    last !== undefined &&
    history.future.length === 0 &&
    step.at - last.at < QUICK_MS &&
    field !== null &&
    field === fieldOf(Object.keys(last.changes))
  const past = isOne ? [...history.past.slice(0, -1), ...merged(last, step)] : [...history.past, step]
  return { past: past.slice(-MOST_STEPS), future: [] }
}

/** The step to go back by, and the history after that; null where there is none. */
export function undone({ past, future }: History): { readonly step: Step; readonly history: History } | null {
  const step = past.at(-1)
  return step ? { step, history: { past: past.slice(0, -1), future: [...future, step] } } : null
}

/** The step to go forward by again, and the history after that; null where there is none. */
export function redone({ past, future }: History): { readonly step: Step; readonly history: History } | null {
  const step = future.at(-1)
  return step ? { step, history: { past: [...past, step], future: future.slice(0, -1) } } : null
}

/** The settings that a step changed, as they were before it or came to be by it. */
export function valuesOf({ changes }: Step, side: 'from' | 'to'): Values {
  return Object.fromEntries(Object.entries(changes).map(([place, change]) => [place, change[side]]))
}

/** Two steps as one; none where the second takes the first back. */
function merged(first: Step, second: Step): readonly Step[] {
  const places = new Set([...Object.keys(first.changes), ...Object.keys(second.changes)])
  const changes = [...places].flatMap((place) => {
    const [one, other] = [first.changes[place], second.changes[place]].filter((change) => change !== undefined)
    const both = { from: one.from, to: (other ?? one).to }
    return isSame(both.from, both.to) ? [] : [[place, both] as const]
  })
  return changes.length === 0 ? [] : [{ changes: Object.fromEntries(changes), at: second.at }]
}

function isSame(one: Value, other: Value): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
