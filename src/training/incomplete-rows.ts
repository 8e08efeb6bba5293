import type { BitMatrix } from '../data/bit-matrix'
import { withFirst, type Connectivity } from '../made/connectivity'
import type { Ordering } from '../made/ordering'
import { PURPOSE, RandomStream } from '../made/random'
import { minibatchCount } from '../shared/run-config'

/** A minibatch of rows of which the variables at the first `observed` places of an ordering are known. */
export interface IncompleteMinibatch {
  /** Numbers of training rows. */
  readonly rows: Uint32Array
  readonly ordering: Ordering
  readonly observed: number
}

/**
 * The minibatches of an epoch (from 1) of rows that lack values, which (seed, epoch) alone decide. Each begins with a row that
 * none before it had: an ordering is drawn in which what that row knows comes first (leading variables first of all). With it go
 * rows that know the first of these variables, too, as many of them as give the minibatch the most terms; the rest of what they
 * know is left unused in that update, so that minibatches stay full. The terms summed are exactly −log p(observed) under the ordering.
 * @param known `[rows, V]`
 */
export function incompleteMinibatches(
  known: BitMatrix,
  leading: readonly number[],
  batchSize: number,
  seed: number,
  epoch: number,
): IncompleteMinibatch[] {
  const stream = new RandomStream(seed, PURPOSE.incompleteRows, epoch)
  // A row that knows nothing teaches nothing.
  const queue = Uint32Array.from({ length: known.rows }, (_, row) => row).filter((row) => known.onesOf(row).length > 0)
  stream.shuffle(queue)
  const isUsed = new Uint8Array(known.rows)
  let next = 0
  const seedRow = (): number => {
    while (next < queue.length && isUsed[queue[next]] === 1) next++
    return next < queue.length ? queue[next] : queue[stream.below(queue.length)]
  }
  return Array.from({ length: minibatchCount(known.rows, batchSize) }, () => {
    const order = variablesFor(known, seedRow(), leading, stream)
    const minibatch = minibatchOf(known, order.known, batchSize, queue, isUsed)
    for (const row of minibatch.rows) isUsed[row] = 1
    const ordering = new Int32Array(known.columns)
    ;[...order.known, ...order.unknown].forEach((variable, place) => (ordering[variable] = place + 1))
    return { ...minibatch, ordering }
  })
}

/** The variables that a row knows and those that it lacks, each in a random order, leading ones first in theirs. */
function variablesFor(
  known: BitMatrix,
  row: number,
  leading: readonly number[],
  stream: RandomStream,
): { readonly known: readonly number[]; readonly unknown: readonly number[] } {
  const leads = new Set(leading)
  const others = Uint32Array.from(Array.from({ length: known.columns }, (_, v) => v).filter((v) => !leads.has(v)))
  stream.shuffle(others)
  const order = [...leading, ...others]
  return { known: order.filter((v) => known.get(row, v) === 1), unknown: order.filter((v) => known.get(row, v) === 0) }
}

/**
 * The rows for an order of variables, and how many of these count: so many that rows times variables are the most. Rows that no
 * minibatch has had come first.
 */
function minibatchOf(
  known: BitMatrix,
  order: readonly number[],
  batchSize: number,
  queue: Uint32Array,
  isUsed: Uint8Array,
): Omit<IncompleteMinibatch, 'ordering'> {
  const reach = new Uint32Array(known.rows)
  const counts = new Uint32Array(order.length + 2)
  for (let row = 0; row < known.rows; row++) {
    let places = 0
    while (places < order.length && known.get(row, order[places]) === 1) places++
    reach[row] = places
    counts[places]++
  }
  let [observed, most, rows] = [1, 0, 0]
  for (let places = order.length; places > 0; places--) {
    rows += counts[places]
    const terms = places * Math.min(rows, batchSize)
    if (terms > most) [observed, most] = [places, terms]
  }
  const fitting = queue.filter((row) => reach[row] >= observed)
  const fresh = fitting.filter((row) => isUsed[row] === 0)
  const used = fitting.filter((row) => isUsed[row] === 1)
  const chosen = new Uint32Array(Math.min(batchSize, fitting.length))
  chosen.set(fresh.subarray(0, chosen.length))
  if (fresh.length < chosen.length) chosen.set(used.subarray(0, chosen.length - fresh.length), fresh.length)
  return { rows: chosen, observed }
}

/**
 * Patterns times pairs of orderings and masks of one scoring at most: each pattern takes connectivities of its own, some 15 µs
 * apiece, and where values lack at random nearly every row has its own pattern.
 */
const MOST_SCORED = { valid: 30_000, test: 300_000 } as const

/** Over how many pairs of those wanted rows of so many patterns are averaged: at least one. */
export function affordablePairs(wanted: number, patterns: number, split: 'valid' | 'test'): number {
  return Math.max(1, Math.min(wanted, Math.floor(MOST_SCORED[split] / patterns)))
}

/** Rows that know the same variables. */
export interface RowPattern {
  readonly rows: Uint32Array
  /** Which variables they know, `[V]`, a one each. */
  readonly isKnown: Uint8Array
}

/** Rows by what they know. @param known `[rows, V]` */
export function patternsOf(known: BitMatrix): RowPattern[] {
  const groups = new Map<string, number[]>()
  for (let row = 0; row < known.rows; row++) {
    const key = known.words.subarray(row * known.wordsPerRow, (row + 1) * known.wordsPerRow).join(' ')
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return [...groups.values()].map((rows) => ({
    rows: Uint32Array.from(rows),
    isKnown: Uint8Array.from({ length: known.columns }, (_, v) => known.get(rows[0], v)),
  }))
}

/** A connectivity whose ordering has the known variables first, in their order under it, and counts these alone. */
export function observedFirst(connectivity: Connectivity, isKnown: Uint8Array): Connectivity {
  if (!isKnown.includes(0)) return connectivity
  const observed = isKnown.reduce((sum, one) => sum + one, 0)
  return { ...withFirst(connectivity, (variable) => isKnown[variable] === 1), observed }
}
