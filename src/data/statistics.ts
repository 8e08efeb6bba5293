import { eachRun, variablesFor, type EqualVariables, type VariableRun } from '../made/variables'
import type { BitMatrix } from './bit-matrix'

/**
 * The share of ones among all bits, 0 to 1; 0 for a matrix without rows.
 * @param ones how many are in each column, `[columns]`, here and below: many rows take a while to count; here the columns may be
 * some of them
 */
export function shareOfOnes(bits: BitMatrix, ones = bits.columnCounts()): number {
  const total = bits.rows * ones.length
  return total === 0 ? 0 : ones.reduce((sum, count) => sum + count, 0) / total
}

/** The mean of each column, `[columns]`, 0 to 1; zeros for a matrix without rows. */
export function columnMeans(bits: BitMatrix, ones = bits.columnCounts()): Float32Array {
  return Float32Array.from(ones, (count) => count / Math.max(1, bits.rows))
}

/** What is known of rows beside their bits. */
export interface RowFacts {
  /** Of the first columns; all columns are binary if absent. */
  readonly variables?: readonly VariableRun[] | undefined
  /** Which variables of each row are known, `[rows, V]`; all if absent. */
  readonly known?: Readonly<Record<'train' | 'valid', BitMatrix>> | undefined
  /** How many ones are in each column, `[columns]`, counted if absent. */
  readonly ones?: Readonly<Record<'train' | 'valid', Uint32Array>>
}

/**
 * Mean NLL in nats of the validation rows under independent variables: what any model must beat. The probability of a one in
 * a binary column is (ones + 1) / (rows + 2) over the training rows, of a value of k it is (ones + 1) / (rows + k) (Laplace),
 * so that no validation row is impossible. Where rows lack values, those that know a variable count for it.
 */
export function independentNll(train: BitMatrix, valid: BitMatrix, { variables, known, ones }: RowFacts = {}): number {
  const counts = {
    train: { rows: train.rows, ones: ones?.train ?? train.columnCounts(), known: known?.train.columnCounts() },
    valid: { rows: valid.rows, ones: ones?.valid ?? valid.columnCounts(), known: known?.valid.columnCounts() },
  }
  let nll = 0
  eachVariable(train.columns, variables, (run, first, variable) => {
    const p = smoothed(countsOf(counts.train, run, first, variable))
    countsOf(counts.valid, run, first, variable).forEach((count, value) => (nll -= count * Math.log(p[value])))
  })
  return nll / valid.rows
}

/**
 * The logits `[columns]` of independent variables: of the probabilities under which `independentNll` scores, in every column of a
 * binary variable log p/(1 − p), in those of a categorical one log p.
 */
export function independentLogits(train: BitMatrix, { variables, known }: RowFacts = {}): Float32Array {
  const counts = { rows: train.rows, ones: train.columnCounts(), known: known?.train.columnCounts() }
  const logits = new Float32Array(train.columns)
  eachVariable(train.columns, variables, (run, first, variable) => {
    const p = smoothed(countsOf(counts, run, first, variable))
    if (run.kind === 'binary') logits[first] = Math.log(p[1] / p[0])
    else p.forEach((one, value) => (logits[first + value] = Math.log(one)))
  })
  return logits
}

/** Looks at each variable: what it is, its first column and its number. */
function eachVariable(
  columns: number,
  variables: readonly VariableRun[] | undefined,
  look: (run: EqualVariables, first: number, variable: number) => void,
): void {
  let variable = 0
  eachRun(variablesFor({ columns, ...(variables ? { variables } : {}) }), (run) => {
    for (let i = 0; i < run.count; i++) look(run, run.first + i * run.columns, variable++)
  })
}

/** The probability of each value, one more of each counted than there are (Laplace). */
function smoothed(counts: readonly number[]): number[] {
  const all = counts.reduce((sum, count) => sum + count, 0) + counts.length
  return counts.map((count) => (count + 1) / all)
}

interface ColumnCounts {
  readonly rows: number
  readonly ones: Uint32Array
  readonly known: Uint32Array | undefined
}

/** How many of the rows that know a variable have each of its values. */
function countsOf(
  { rows, ones, known }: ColumnCounts,
  { kind, columns }: EqualVariables,
  first: number,
  variable: number,
): number[] {
  const there = known?.[variable] ?? rows
  if (kind === 'binary') return [there - ones[first], ones[first]]
  // In the place of an unknown value stands the first one (`GapCoding`).
  return Array.from(ones.subarray(first, first + columns), (count, value) =>
    value === 0 ? count - (rows - there) : count,
  )
}

/** How many columns are the same in all rows: nothing can be learnt of them. */
export function constantColumns(bits: BitMatrix, ones = bits.columnCounts()): number {
  return ones.filter((count) => count === 0 || count === bits.rows).length
}

/** How often each grey occurs, `[256]`. */
export function greyHistogram(pixels: Uint8Array): Uint32Array {
  // By index: with for…of the 39 million of MNIST take half a second, five times as long.
  const counts = new Uint32Array(256)
  for (let i = 0; i < pixels.length; i++) counts[pixels[i]]++
  return counts
}

/** Rows, to look others up among. */
export class RowIndex {
  /** How many of the rows are equal to an earlier one. */
  readonly repeats: number
  /** Open addressing: row number + 1, or 0 where there is none. */
  private readonly slots: Uint32Array

  constructor(private readonly rows: BitMatrix) {
    this.slots = new Uint32Array(2 ** Math.ceil(Math.log2(2 * rows.rows + 2)))
    let repeats = 0
    for (let row = 0; row < rows.rows; row++) {
      const slot = this.slotOf(rows, row)
      if (this.slots[slot] === 0) this.slots[slot] = row + 1
      else repeats++
    }
    this.repeats = repeats
  }

  /** How many rows of another matrix of the same columns are among these. */
  countOf(others: BitMatrix): number {
    let count = 0
    for (let row = 0; row < others.rows; row++) if (this.slots[this.slotOf(others, row)] !== 0) count++
    return count
  }

  /** The slot of an equal row, or the free one where it would go. */
  private slotOf(others: BitMatrix, row: number): number {
    const mask = this.slots.length - 1
    let slot = hashOf(others, row) & mask
    while (this.slots[slot] !== 0 && !equalRows(this.rows, this.slots[slot] - 1, others, row)) slot = (slot + 1) & mask
    return slot
  }
}

function hashOf({ words, wordsPerRow }: BitMatrix, row: number): number {
  let hash = 0x811c9dc5
  for (let i = row * wordsPerRow; i < (row + 1) * wordsPerRow; i++) {
    hash = Math.imul(hash ^ words[i], 0x9e3779b1)
    hash ^= hash >>> 15
  }
  return hash >>> 0
}

function equalRows(one: BitMatrix, oneRow: number, other: BitMatrix, otherRow: number): boolean {
  const { wordsPerRow } = one
  for (let i = 0; i < wordsPerRow; i++)
    if (one.words[oneRow * wordsPerRow + i] !== other.words[otherRow * wordsPerRow + i]) return false
  return true
}
