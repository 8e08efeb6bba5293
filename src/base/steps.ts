/** Work that can be left off at each of its yields; what they tell is how much of it is done, 0 to 1. Each step is short. */
export type Steps<T> = Generator<number, T, undefined>

/** Takes all steps at once. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/**
 * Takes the steps one by one.
 * @param between called after each with the share done, 0 to 1: lets others have their turn; what it throws ends the work
 */
export async function inTurns<T>(steps: Steps<T>, between: (share: number) => Promise<void>): Promise<T> {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    await between(step.value)
  }
}

/** Takes the steps as the part from `from` to `to` of other work. */
export function* within<T>(steps: Steps<T>, from: number, to: number): Steps<T> {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    yield from + (to - from) * step.value
  }
}

/** Between two steps so many cells of a table are gone through. */
const CELLS_AT_ONCE = 2 ** 18

/** Calls `each` for 0..rows−1, where each call goes through `columns` cells. */
export function* eachRow(rows: number, columns: number, each: (row: number) => void): Steps<void> {
  const rowsAtOnce = Math.max(1, Math.floor(CELLS_AT_ONCE / Math.max(1, columns)))
  for (let start = 0; start < rows; start += rowsAtOnce) {
    const end = Math.min(rows, start + rowsAtOnce)
    for (let row = start; row < end; row++) each(row)
    yield end / rows
  }
}
